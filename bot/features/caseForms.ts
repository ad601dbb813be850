/** Verbs that ask something first: without answers they show their form, with answers they act. */
import { z } from 'zod';
import type { Command } from '../core/decide.ts';
import { personId } from '../core/ids.ts';
import {
  type Assessment,
  closeReasons,
  grades,
  type Incident,
  isOut,
  type Sealed,
  type Supplied,
  supplied,
} from '../core/incident.ts';
import { type Role, roles } from '../core/people.ts';
import { answering, answersAlarms, riskClassOf, type Verb } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import {
  assessForm,
  choosePerson,
  closeForm,
  eraseForm,
  handOverForm,
  noteForm,
  supplemented,
  supplementForm,
} from '../views/index.ts';
import type { Face, Reader, View } from '../views/view.ts';
import { done, onCase, open, opening, show } from './case.ts';
import { longestField, longestText } from './drafts.ts';
import type { Feature, Fields } from './feature.ts';
import type { Turn } from './turn.ts';

/** What the answers amount to. */
interface Answered {
  command: Command;
  sealed?: Sealed;
}

/** What a form is drawn with: what was filled in, and what is missing or wrong. */
interface Form {
  incident: Incident;
  face: Face;
  nonce: string;
  values: Record<string, string>;
  errors: string[];
}

/**
 * @param inputs ids of the form's inputs; one of them among the fields means that the form was sent
 * @param read the answers; `undefined` when they are not complete
 * @param thank what a form that is a message of its own becomes when it has been answered
 * @param opensDetails the answer is what opens
 */
export const asking = (
  verb: Verb,
  inputs: readonly string[],
  read: (fields: Fields, turn: Turn) => Answered | undefined,
  draw: (turn: Turn, form: Form, fields: Fields) => View,
  thank?: (turn: Turn, fields: Fields) => View,
  opensDetails = false,
): Feature =>
  onCase(async (ports, turn, on, fields) => {
    const answered = read(fields, turn);
    if (answered) {
      const own = fields.own === 'yes' && thank ? thank(turn, fields) : undefined;
      const opens = (incident: Incident) => open(ports, turn, on, incident, 0);
      return done(ports, turn, on, answered.command, {
        sealed: answered.sealed,
        instead: own,
        ...(opensDetails && { opens }),
      });
    }
    const given = inputs.filter((input) => input in fields);
    const values = given.flatMap((input): [string, string][] => {
      const value = fields[input];
      return typeof value === 'string' && value.length <= longestField ? [[input, value]] : [];
    });
    const { error } = texts(turn.reader.locale);
    const tooLong = Object.values(fields).some(
      (value) => typeof value === 'string' && value.length > longestText,
    );
    const errors = given.length === 0 ? [] : [tooLong ? error.textTooLong : error.missingAnswer];
    return show(ports, turn, on, verb, (incident) =>
      draw(turn, { incident, ...opening(ports, on), values: Object.fromEntries(values), errors }, fields),
    );
  });

export const written = z.string().trim().min(1).max(longestText);

const assessment = z.union([
  z.object({ method: z.literal('none') }),
  z.object({
    method: z.literal('matrix').default('matrix'),
    likelihood: z.coerce.number().pipe(z.literal(grades)),
    consequence: z.coerce.number().pipe(z.literal(grades)),
  }),
]);

/** "Låg, ingen matris", or likelihood x consequence (DOMAIN C5). */
export const assess = asking(
  'assess',
  ['method', 'likelihood', 'consequence'],
  (fields) => {
    const read = assessment.safeParse(fields);
    if (!read.success) return undefined;
    const made: Assessment =
      read.data.method === 'none'
        ? { method: 'none', riskClass: 'low' }
        : { ...read.data, riskClass: riskClassOf(read.data.likelihood, read.data.consequence) };
    return { command: { verb: 'assess', assessment: made } };
  },
  ({ reader }, form) => assessForm(reader, form),
);

/** A note, internal or visible to the one who reported. */
export const note = asking(
  'note',
  ['text', 'visibleTo'],
  (fields) => {
    const read = z
      .object({ text: written, visibleTo: z.enum(['staff', 'reporter']).default('staff') })
      .safeParse(fields);
    if (!read.success) return undefined;
    return { command: { verb: 'note', visibleTo: read.data.visibleTo }, sealed: { text: read.data.text } };
  },
  ({ reader }, form) => noteForm(reader, form),
);

/** "Lämna över till dagen": the case to the coordinators, with a note for whoever takes it. */
export const handOver = asking(
  'handOver',
  ['text'],
  (fields) => {
    const read = z.object({ text: written }).safeParse(fields);
    return read.success ? { command: { verb: 'handOver' }, sealed: { text: read.data.text } } : undefined;
  },
  ({ reader }, form) => handOverForm(reader, form),
);

export const close = asking(
  'close',
  ['reason'],
  (fields) => {
    const read = z.object({ reason: z.enum(closeReasons) }).safeParse(fields);
    return read.success ? { command: { verb: 'close', reason: read.data.reason } } : undefined;
  },
  ({ reader }, form) => closeForm(reader, form),
);

/** "Radera": what people wrote in a closed case, for good. Asked first; the log of the case says who did it. */
export const erase = onCase((ports, turn, on, { sure }) =>
  sure === 'yes'
    ? done(ports, turn, on, { verb: 'erase' })
    : show(ports, turn, on, 'erase', (incident) =>
        eraseForm(turn.reader, { incident, ...opening(ports, on) }),
      ),
);

const supplements = {
  text: written,
  where: written.max(500),
  number: written.max(50),
} as const satisfies Record<Supplied, z.ZodType>;

/** More to tell, where one is, or a number to call: pushed to whoever has the case. */
export const supplement = asking(
  'supplement',
  supplied,
  (fields) => {
    const sealed: Sealed = {};
    for (const name of supplied) {
      const read = supplements[name].safeParse(fields[name]);
      if (read.success) sealed[name] = read.data;
    }
    const gave = supplied.filter((name) => sealed[name]);
    return gave.length > 0 ? { command: { verb: 'supplement', gave }, sealed } : undefined;
  },
  ({ reader }, form, { what, own }) =>
    supplementForm(reader, { ...form, what: what === 'where' ? 'where' : 'text', own: own === 'yes' }),
  ({ reader }, { what }) => supplemented(reader, what === 'where' ? 'where' : 'text'),
);

/** "Har du någon hos dig i kväll?": two buttons, no form. */
export const company = onCase((ports, turn, on, fields) =>
  done(ports, turn, on, { verb: 'company', company: fields.company === 'yes' }),
);

/** To me, or to another who answers alarms. */
export const assign = asking(
  'assign',
  ['to', 'query'],
  ({ to }, turn) => {
    const chosen = to === 'me' ? turn.person : personOf(turn.reader, to);
    return chosen && answersAlarms(chosen) ? { command: { verb: 'assign', to: chosen.id } } : undefined;
  },
  (turn, form) => choose(turn, form, 'assign', answering),
);

/** The person that the report is about. */
export const link = asking(
  'link',
  ['person', 'query'],
  ({ person }, turn) => {
    const chosen = personOf(turn.reader, person);
    return chosen ? { command: { verb: 'link', person: chosen.id } } : undefined;
  },
  (turn, form) => choose(turn, form, 'link', roles),
);

export const personOf = ({ directory }: Reader, id: unknown) =>
  typeof id === 'string' && id !== '' ? directory.person(personId(id)) : undefined;

/** More than this is not a choice but a list: the search is narrowed instead. */
const mostMatches = 20;

function choose(turn: Turn, form: Form, verb: 'assign' | 'link', among: readonly Role[]): View {
  const query = form.values.query ?? '';
  const searched = verb === 'assign' || query !== '';
  const found = searched
    ? turn.reader.directory.search(query, among, mostMatches).filter(({ id }) => !isOut(form.incident, id))
    : [];
  const chose = Boolean(form.values.to ?? form.values.person);
  const { error } = texts(turn.reader.locale);
  const errors = chose ? [error.unknownPerson] : searched && found.length === 0 ? [error.nobodyFound] : [];
  return choosePerson(turn.reader, { ...form, errors, verb, query, matches: found, me: turn.actor.person });
}
