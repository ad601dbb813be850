/** What is done to a case from its cards, and how it is shown: one feature a verb. */
import { z } from 'zod';
import type { Access } from '../core/access.ts';
import type { Command, PlainVerb, Refusal } from '../core/decide.ts';
import { type IncidentId, isIncidentId } from '../core/ids.ts';
import { type Entry, type Incident, isOut, type Sealed } from '../core/incident.ts';
import { readable, scopesOf } from '../core/needToKnow.ts';
import { allowedVerbs, relationsOf, type Verb } from '../core/policy.ts';
import { faultOf } from '../log.ts';
import { texts } from '../text/index.ts';
import {
  details as detailsCard,
  faceFor,
  file as fileCard,
  opener,
  readers as readersCard,
  readings as readingsCard,
  readingWaits,
  refusal,
  relationsOn,
  supportDetails,
  words,
} from '../views/index.ts';
import { type Face, faces, type View } from '../views/view.ts';
import { denied } from './denied.ts';
import { face as drawFace } from './draw.ts';
import { type Feature, type Fields, fieldsOf } from './feature.ts';
import { act, dueRows } from './incident.ts';
import { StorageReadingWaits } from './ports.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** What every button of a case carries. */
const button = z.object({
  incident: z.string().refine(isIncidentId),
  face: z.enum(faces),
  nonce: z.string().min(1).max(100),
});

/** The button that was pressed: which case, on which of its cards. */
export interface On {
  id: IncidentId;
  face: Face;
  nonce: string;
}

/** A feature of a case: reads what every button carries and hands on the rest. */
export const onCase = (
  run: (ports: Ports, turn: Turn, on: On, fields: Fields) => Promise<Answer>,
): Feature => ({
  where: 'anywhere',
  async run(ports, turn, raw) {
    const pressed = button.safeParse(raw);
    if (!pressed.success) return unreadable(turn);
    const { incident, face, nonce } = pressed.data;
    return run(ports, turn, { id: incident, face, nonce }, fieldsOf(raw));
  },
});

const unreadable = ({ reader }: Turn): Answer => ({
  card: words(reader, { paragraphs: [texts(reader.locale).error.unreadable], call: true }),
});
const missing = ({ reader }: Turn): Answer => ({
  card: words(reader, { paragraphs: [texts(reader.locale).error.noSuchIncident], call: true }),
});

/** The card of the case that this person may see; none when it is no longer theirs. */
function cardOf(ports: Ports, { actor, reader }: Turn, on: On, incident: Incident): View | undefined {
  const face = faceFor(on.face, incident, actor);
  return face && drawFace(face, reader, { incident, actor, nonce: ports.nonce() });
}

/** Who has just passed an alarm on sees on its card that they have, though nothing is left for them to do. */
function givenUp(
  ports: Ports,
  { actor, reader }: Turn,
  { face }: On,
  { verb }: Command,
  incident: Incident,
): View | undefined {
  const passedOn = (verb === 'handOver' || verb === 'decline') && face === 'alarm';
  return passedOn && !isOut(incident, actor.person)
    ? drawFace(face, reader, { incident, actor, nonce: ports.nonce() })
    : undefined;
}

/** Said to someone who has just given up the case, or a part in it. */
const notYours = ({ reader }: Turn): View =>
  words(reader, { paragraphs: [texts(reader.locale).error.notYours] });

/** What every card that opens from a case is drawn with. */
export const opening = (ports: Ports, on: On) => ({ face: on.face, nonce: ports.nonce() });

/**
 * Does it, and shows the card the click stood on, brought up to date.
 *
 * @param extras.opens what to show instead; the clicked message is then left alone until it is closed
 * @param extras.instead what the clicked message becomes for good, when it is no card of the case
 */
export async function done(
  ports: Ports,
  turn: Turn,
  on: On,
  command: Command,
  extras: {
    sealed?: Sealed | undefined;
    opens?: (incident: Incident) => Promise<View | undefined>;
    instead?: View | undefined;
  } = {},
): Promise<Answer> {
  const outcome = await act(ports, on.id, turn, command, {
    sealed: extras.sealed,
    nonce: on.nonce,
    except: extras.opens ? turn.clicked : undefined,
  });
  switch (outcome.outcome) {
    case 'done':
      await inLog(ports, turn, on.id, command.verb);
      if (extras.instead) return { card: extras.instead, settle: true };
      return {
        card:
          (await opened(ports, extras.opens, outcome.incident)) ??
          givenUp(ports, turn, on, command, outcome.incident) ??
          cardOf(ports, turn, on, outcome.incident) ??
          notYours(turn),
      };
    case 'refused':
      return { card: refusal(turn.reader, { ...outcome, ...opening(ports, on) }) };
    case 'missing':
      await denied(ports, turn, on.id, command.verb);
      return missing(turn);
    default:
      return outcome satisfies never;
  }
}

/** What the log of the case says too, beside who has read it. */
const recorded: Partial<Record<Command['verb'], Access>> = { restrict: 'restricted', erase: 'erased' };

/** What is done is done, also when it cannot be logged. */
async function inLog(
  { cases, log }: Ports,
  { actor, now: at }: Turn,
  id: IncidentId,
  verb: Command['verb'],
): Promise<void> {
  const what = recorded[verb];
  if (!what) return;
  try {
    await cases.record(id, { at, by: actor.person, what, why: verb });
  } catch (error) {
    log.warn('not in the log', { incident: id, verb, error: faultOf(error) });
  }
}

/** What is done is done, also when what it should open cannot be read just now: then the card itself is shown. */
async function opened(
  { log }: Ports,
  opens: ((incident: Incident) => Promise<View | undefined>) | undefined,
  incident: Incident,
): Promise<View | undefined> {
  try {
    return await opens?.(incident);
  } catch (error) {
    log.warn('not opened', { incident: incident.id, error: faultOf(error) });
    return undefined;
  }
}

/** Shows something of a case to someone who may do this to it now; says why not to others. */
export async function show(
  ports: Ports,
  turn: Turn,
  on: On,
  verb: Verb,
  view: (incident: Incident) => View | undefined | Promise<View | undefined>,
): Promise<Answer> {
  const incident = await related(ports, turn, on.id, verb);
  if (!incident) return missing(turn);
  const shown = allowedVerbs(incident, turn.actor).includes(verb) ? await view(incident) : undefined;
  if (shown) return { card: shown };
  if (verb === 'details' && !incident.erasedAt) await denied(ports, turn, on.id, verb);
  const why: Refusal = incident.erasedAt
    ? { why: 'erased' }
    : { why: 'notAllowed', verb, status: incident.stage.status };
  return { card: refusal(turn.reader, { refusal: why, incident, ...opening(ports, on) }) };
}

/** The case, unless this person has nothing to do with it: then it is not there, and the try is logged. */
async function related(
  ports: Ports,
  turn: Turn,
  id: IncidentId,
  verb: Verb | 'hide',
): Promise<Incident | undefined> {
  const loaded = await ports.cases.load(id);
  if (loaded && relationsOf(loaded.incident, turn.actor).length > 0) return loaded.incident;
  await denied(ports, turn, id, verb);
  return undefined;
}

const simple = (verb: PlainVerb): Feature => onCase((ports, turn, on) => done(ports, turn, on, { verb }));

export const reached = simple('reached');
export const unreached = simple('unreached');
export const decline = simple('decline');
export const reopen = simple('reopen');
export const alarm = simple('alarm');
export const withdraw = simple('withdraw');
export const unshare = simple('unshare');
export const talked = simple('talked');
export const traced = simple('traced');

/**
 * "Jag tar det": the same tap answers with name, number, place and words. Not in the channel, whose one card shows
 * everybody at once who has taken it.
 */
export const acknowledge = onCase((ports, turn, on) => {
  const opens = (incident: Incident) => open(ports, turn, on, incident, 0);
  return done(ports, turn, on, { verb: 'acknowledge' }, turn.personal ? { opens } : {});
});

const page = z.coerce.number().int().min(0).max(1_000).catch(0);

/** "Visa uppgifter": a logged reading, shown to the one who clicked and to nobody else. */
export const details = onCase((ports, turn, on, fields) =>
  show(ports, turn, on, 'details', (incident) =>
    open(ports, turn, on, incident, page.parse(fields.page ?? 0)),
  ),
);

/**
 * The reading is logged before what it shows is handed out. It is read as the card it stands on is: a confirmation with the
 * reporter's eyes. Nothing opens to someone whom the table gives nothing.
 */
export async function open(
  ports: Ports,
  turn: Turn,
  on: On,
  incident: Incident,
  part: number,
): Promise<View | undefined> {
  const { actor, now, reader } = turn;
  const face = [on.face, ...faces].find((each) => opensOn(each, incident, turn));
  if (!face) return undefined;
  const as = relationsOn(face, incident, actor);
  const what = as.includes('overrider') ? 'override' : 'read';
  await ports.cases.record(on.id, { at: now, by: actor.person, what, why: face });
  const entries = await unlessWaiting(ports, on.id);
  const read = readable(incident, entries ?? [], turn, as);
  const shown = { incident, readable: read, actor, nonce: ports.nonce() };
  if (!entries) {
    const { number } = scopesOf(incident, turn, as);
    return readingWaits(reader, { ...shown, face, mayCall: number === 'all' });
  }
  return face === 'support'
    ? supportDetails(reader, shown)
    : detailsCard(reader, { ...shown, face, page: part });
}

/** What people wrote; `undefined` while who keeps the keys does not answer. */
async function unlessWaiting({ cases, log }: Ports, id: IncidentId): Promise<Entry[] | undefined> {
  try {
    return await cases.open(id);
  } catch (error) {
    if (!(error instanceof StorageReadingWaits)) throw error;
    log.warn('reading waits', { incident: id });
    return undefined;
  }
}

/** Whether anything of the case itself may be read from this card of it; the log is another matter. */
function opensOn(face: Face, incident: Incident, turn: Turn): boolean {
  const { log: _log, ...given } = scopesOf(incident, turn, relationsOn(face, incident, turn.actor));
  return Object.keys(given).length > 0;
}

/** `Dölj`, "Avbryt": back to the card, which is now also brought up to date for good. */
export const hide = onCase(async (ports, turn, on) => {
  const incident = await related(ports, turn, on.id, 'hide');
  if (!incident) return missing(turn);
  const rows = dueRows(incident, [{ do: 'freshen', at: turn.now }]);
  await ports.cases.plan(rows);
  ports.wake(rows);
  return { card: cardOf(ports, turn, on, incident) ?? notYours(turn) };
});

/** "Vem kan läsa?" */
export const readers = onCase((ports, turn, on) =>
  show(ports, turn, on, 'readers', (incident) =>
    readersCard(turn.reader, { incident, ...opening(ports, on) }),
  ),
);

/** "Vem har läst?": to coordinators the whole log; to the others everyone else who has read. */
export const readings = onCase((ports, turn, on, fields) =>
  show(ports, turn, on, 'readings', async (incident) => {
    const reader = turn.reader;
    const { actor } = turn;
    const read = {
      actor,
      overrides: await overridesOf(ports, turn, incident),
      page: page.parse(fields.page ?? 0),
    };
    return readingsCard(reader, {
      ...read,
      log: await ports.cases.log(on.id),
      incident,
      ...opening(ports, on),
    });
  }),
);

/** Each opening in an emergency, with its reason; nothing else of the case is opened for that. */
async function overridesOf(ports: Ports, turn: Turn, incident: Incident): Promise<readonly Entry[]> {
  if (!incident.overrides || incident.erasedAt) return [];
  const { entries } = readable(incident, (await unlessWaiting(ports, incident.id)) ?? [], turn);
  return entries.filter(({ event }) => event.type === 'Overridden');
}

/**
 * `ärende` with its number: the way to the card of it that this person may see. What stands in the chat afterwards is no
 * more than the number they wrote themselves.
 */
export async function byNumber(ports: Ports, turn: Turn, number: string): Promise<Answer> {
  const wanted = number.trim().toUpperCase();
  const incident = isIncidentId(wanted) ? await related(ports, turn, wanted, 'hide') : undefined;
  const face = incident && faceFor('triage', incident, turn.actor);
  if (!incident || !face) return missing(turn);
  const drawn = { incident, actor: turn.actor, nonce: ports.nonce() };
  return { card: face === 'file' ? fileCard(turn.reader, drawn) : opener(turn.reader, { ...drawn, face }) };
}
