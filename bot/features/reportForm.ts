/** The quick report: from what the card sent to a stored report. What could be read is kept, whatever else is wrong. */
import { z } from 'zod';
import { type PersonId, personId } from '../core/ids.ts';
import {
  type Answers,
  affected,
  callback,
  channels,
  dangerNow,
  type Incident,
  type Sealed,
  whenRough,
} from '../core/incident.ts';
import type { Person, Role } from '../core/people.ts';
import { answering } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { receipt, reportForm, supplementForm, words } from '../views/index.ts';
import { forgetDraft, keepDraft, longestField, longestText, readDraft } from './drafts.ts';
import { type Feature, type Fields, fieldsOf } from './feature.ts';
import type { Draft } from './ports.ts';
import { fileReport, reportMade } from './report.ts';
import type { Answer, Ports, Turn } from './turn.ts';

const absentWhenEmpty = (value: unknown) => (value === '' ? undefined : value);
const short = z.preprocess(absentWhenEmpty, z.string().max(500).optional());

/** Every field by itself, so that one that cannot be read does not take the others with it. */
const fields = {
  dangerNow: z.enum(dangerNow),
  channel: z.enum(channels),
  affected: z.preprocess(absentWhenEmpty, z.enum(affected).default('self')),
  whenRough: z.preprocess(absentWhenEmpty, z.enum(whenRough).default('now')),
  callback: z.preprocess(absentWhenEmpty, z.enum(callback).default('today')),
  affectedWho: short,
  where: short,
  number: short,
  text: z.preprocess(absentWhenEmpty, z.string().max(longestText).optional()),
  /** Ids with commas between. */
  exclude: z.preprocess(absentWhenEmpty, z.string().max(2_000).optional()),
};
type Field = keyof typeof fields;
const names = Object.keys(fields) as Field[];

const envelope = z.object({
  open: z.literal('form').optional().catch(undefined),
  nonce: z.string().min(1).max(100).optional().catch(undefined),
  draft: z.string().min(1).max(100).optional().catch(undefined),
  /** On the reminder of an unsent text: without that text there is nothing to send. */
  needs: z.literal('draft').optional().catch(undefined),
});

/**
 * `report`. Without a nonce (a command, a button of the menu) or with `open` it shows the form; with one it is sent.
 * Is someone in danger, nothing that is missing or wrong holds the alarm up (DOMAIN C1).
 */
export const report: Feature = {
  where: 'personal',
  async run(ports, turn, raw) {
    const input = fieldsOf(raw);
    const { open, nonce, draft: draftId, needs } = envelope.parse(input);
    const draft = await draftOf(ports, turn, draftId, needs !== undefined);
    if (open || !nonce) return showForm(ports, turn, draft);

    const read = readFields(input);
    const inDanger = read.values.dangerNow === 'yes' || read.values.dangerNow === 'unsure';
    if (read.wrong.length > 0 && !inDanger) {
      const beside = draft ?? (await keepDraft(ports, turn, longText(input)));
      return { card: formAgain(ports, turn, input, read.wrong, beside) };
    }
    const operation = [nonce, read.values, draftId ?? ''];
    if (needs && !draft) return sentAlready(ports, turn, { operation, nonce });
    const said = {
      asksWhere: inDanger && !read.values.where,
      lostText: read.wrong.includes('text') || (draftId !== undefined && !draft),
      typed: draft !== undefined,
    };
    const answered = await fileReport(
      ports,
      turn,
      {
        operation,
        nonce,
        answers: answersOf(read.values),
        sealed: sealedOf(turn, read.values, draft),
        excluded: excludedBy(turn, read.values),
      },
      (incident) => answer(ports, turn, incident, said),
    );
    if (draft) forgetDraft(ports, draft);
    return answered;
  },
};

/** What each field holds where it could be read, and the names of those that could not. */
function readFields(input: Fields) {
  const values: { [F in Field]?: z.infer<(typeof fields)[F]> } = {};
  const wrong: Field[] = [];
  for (const name of names) {
    const parsed = fields[name].safeParse(input[name]);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else wrong.push(name);
  }
  return { values, wrong };
}
type Values = ReturnType<typeof readFields>['values'];

const answersOf = (values: Values): Answers => ({
  dangerNow: values.dangerNow ?? 'unsure',
  channel: values.channel ?? 'unknown',
  affected: values.affected ?? 'self',
  whenRough: values.whenRough ?? 'now',
  callback: values.callback ?? 'today',
});

function sealedOf(turn: Turn, values: Values, draft: Draft | undefined): Sealed {
  const typed = values.text;
  const text = !draft
    ? typed
    : typed && draft.text.length > longestField
      ? `${draft.text}\n\n${typed}`
      : (typed ?? draft.text);
  return {
    reporterName: turn.person?.name,
    number: values.number ?? turn.person?.number,
    text,
    where: values.where,
    affectedWho: values.affectedWho,
  };
}

/** Those who might come to know of a report, and whom a reporter may keep it from: everyone but themselves. */
function excludable({ actor, reader }: Turn): Person[] {
  const byId = new Map(
    mayKnow.flatMap((role) => reader.directory.holding(role)).map((person) => [person.id, person]),
  );
  byId.delete(actor.person);
  return [...byId.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'sv')).slice(0, 60);
}
const mayKnow: readonly Role[] = [...answering, 'groupLeader', 'hr', 'auditor'];

const guid = z.guid();

/** Whoever is named is kept out, also someone the directory does not know just now: they may be back tomorrow. */
const excludedBy = ({ actor }: Turn, { exclude = '' }: Values): PersonId[] =>
  [...new Set(exclude.split(',').map((id) => personId(id.trim())))].filter(
    (id) => id !== actor.person && guid.safeParse(id).success,
  );

/** Where the text is all there is to send, a draft that cannot be read stops it; anywhere else the report goes first. */
async function draftOf(
  ports: Ports,
  turn: Turn,
  id: string | undefined,
  needed: boolean,
): Promise<Draft | undefined> {
  if (!id) return undefined;
  if (!needed) return readDraft(ports, turn, id);
  const draft = await ports.drafts.get(id, turn.actor.person);
  return draft?.of ? undefined : draft;
}

/** With people's own words in it the form is only the answer to a click: no message that is stored repeats them. */
function showForm(ports: Ports, turn: Turn, draft: Draft | undefined): Answer {
  const form = reportForm(turn.reader, {
    nonce: ports.nonce(),
    number: turn.person?.number,
    excludable: excludable(turn),
    draft,
  });
  return draft ? { card: form } : { posts: [form], said: texts(turn.reader.locale).menu.openedBelow };
}

/** The reminder's text is gone: sent by this very click, by another, or a day old. An alarm of nothing is not sent. */
async function sentAlready(
  ports: Ports,
  turn: Turn,
  click: { operation: unknown; nonce: string },
): Promise<Answer> {
  const { reader, actor } = turn;
  const incident = await reportMade(ports, turn, click);
  if (incident) return { card: receipt(reader, { incident, actor, nonce: ports.nonce() }) };
  return { card: words(reader, { paragraphs: [texts(reader.locale).draft.gone], call: true }), settle: true };
}

/** What the form's own field cannot show again; kept as a draft, so that a missing answer costs no words. */
const longText = ({ text }: Fields): string =>
  typeof text === 'string' && text.length > longestField ? text : '';

/** The form as it was filled in, with what is missing or wrong said on it. */
function formAgain(ports: Ports, turn: Turn, input: Fields, wrong: Field[], draft: Draft | undefined) {
  const { error } = texts(turn.reader.locale);
  const kept = names.flatMap((name) => {
    const value = input[name];
    return typeof value === 'string' && value.length <= longestField ? [[name, value]] : [];
  });
  const mandatory: readonly Field[] = ['dangerNow', 'channel'];
  const tooLong = wrong.includes('text') && typeof input.text === 'string';
  const unreadable = wrong.some((name) => !mandatory.includes(name) && !(name === 'text' && tooLong));
  return reportForm(turn.reader, {
    nonce: ports.nonce(),
    number: turn.person?.number,
    excludable: excludable(turn),
    draft,
    values: Object.fromEntries(kept),
    errors: [
      ...(wrong.some((name) => mandatory.includes(name)) ? [error.missingAnswer] : []),
      ...(tooLong ? [error.textTooLong] : []),
      ...(unreadable ? [error.unreadableField] : []),
    ],
  });
}

function answer(
  ports: Ports,
  turn: Turn,
  incident: Incident,
  { asksWhere, lostText, typed }: { asksWhere: boolean; lostText: boolean; typed: boolean },
): Answer {
  const { reader, actor } = turn;
  const nonce = ports.nonce();
  const firstTime = incident.reportedAt === turn.now;
  const posts = [
    ...(lostText ? [words(reader, { paragraphs: [texts(reader.locale).error.textLeftBehind] })] : []),
    ...(asksWhere
      ? [
          supplementForm(reader, {
            incident,
            face: 'receipt',
            nonce: ports.nonce(),
            what: 'where',
            own: true,
          }),
        ]
      : []),
  ];
  return {
    card: receipt(reader, { incident, actor, nonce, justSent: firstTime, typed }),
    ...(firstTime && { posts }),
  };
}
