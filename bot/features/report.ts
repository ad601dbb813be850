/** Taking a threat report: the one thing that must never fail quietly. */
import { report as reported } from '../core/decide.ts';
import { effectsOf } from '../core/effects.ts';
import { type IncidentId, type Instant, incidentNumbers, type PersonId } from '../core/ids.ts';
import { type Answers, begin, type Incident, type Sealed } from '../core/incident.ts';
import type { Role } from '../core/people.ts';
import { minutes, yearOf } from '../core/time.ts';
import { commit, dueRows } from './incident.ts';
import { nextTurn } from './loop.ts';
import { type CardRow, StorageRefused } from './ports.ts';
import type { Answer, Ports, Turn } from './turn.ts';

export interface Report {
  /** What makes two submissions the same: what the card sent, before names, numbers and drafts were looked up. */
  operation: unknown;
  answers: Answers;
  sealed: Sealed;
  /** Whom the reporter does not want to know of it. */
  excluded?: readonly PersonId[];
  nonce: string;
  /** See `core/exercise.ts`. */
  exercise?: true;
  /** When the telephone call that it is about began. */
  callAt?: Instant;
}

/** The same operation within this time gets the same receipt; later it is a new, linked incident (DESIGN 5). */
const sameReport = minutes(15);

/** The same form, sent again on later days, in a row: bounded so that a fault can never loop. */
const maxRounds = 50;

/**
 * Stores a report, with everything that must follow from it, in one transaction.
 *
 * @param draw the answer about a case; drawn while the storage writes, and given back only when it has
 * @returns the answer about the case, new or the one that this very operation already made
 * @throws {StorageRefused} nothing was stored
 * @throws {StorageUnknown} nobody can tell; sending again is safe
 */
export async function fileReport(
  ports: Ports,
  turn: Turn,
  report: Report,
  draw: (incident: Incident) => Answer,
): Promise<Answer> {
  const { operation, year } = identity(turn, report);
  let follows: IncidentId | undefined;
  for (let round = 0; round < maxRounds; round++) {
    const hmac = ports.hmac(`${operation}${round}`);
    const hash = Buffer.from(hmac).toString('hex');
    let repeats: IncidentId | undefined;
    for (const id of incidentNumbers(hmac, year)) {
      const made = change(turn, report, id, follows);
      const operationRow = { hash, at: turn.now, by: turn.actor.person };
      const [committed, answer] = await Promise.all([
        commit(ports, { ...made, operation: operationRow }),
        drawnAhead(ports, () => draw(made.incident)),
      ]);
      if (committed.outcome === 'committed') return answer;
      if (committed.outcome === 'replay') {
        const again = Date.parse(turn.now) - Date.parse(committed.at) < sameReport;
        const loaded = again ? await ports.cases.load(id) : undefined;
        if (loaded) return draw(loaded.incident);
        repeats = id;
        break;
      }
    }
    if (repeats) follows = repeats;
  }
  throw new StorageRefused('no free case number');
}

async function drawnAhead({ messenger }: Ports, draw: () => Answer): Promise<Answer> {
  // Only when the request has left does the storage write meanwhile.
  await nextTurn();
  const answer = draw();
  if (answer.card) messenger.prepare(answer.card);
  return answer;
}

/** The case that this very operation has made, if it has. */
export async function reportMade(ports: Ports, turn: Turn, report: Identity): Promise<Incident | undefined> {
  const { operation, year } = identity(turn, report);
  for (const id of incidentNumbers(ports.hmac(`${operation}0`), year)) {
    const loaded = await ports.cases.load(id);
    const same = report.exercise ?? loaded?.incident.reporter === turn.actor.person;
    if (!loaded || same) return loaded?.incident;
  }
  return undefined;
}

type Identity = Pick<Report, 'operation' | 'nonce' | 'exercise'>;

/** A question of an exercise stands before every coordinator, and makes one exercise whoever says yes to it. */
const identity = (turn: Turn, { operation, nonce, exercise }: Identity) => ({
  operation: JSON.stringify([exercise ? 'exercise' : turn.actor.person, 'report', operation]),
  year: yearOfNonce(nonce, turn.now),
});

function change(turn: Turn, report: Report, id: IncidentId, follows: IncidentId | undefined) {
  const { answers, sealed, exercise, excluded, callAt } = report;
  const { directory } = turn.reader;
  const ladder = directory.ladder(turn.now);
  const idsOf = (role: Role) => directory.holding(role).map(({ id: person }) => person);
  const event = reported(
    {
      answers,
      ladder,
      deadlines: directory.deadlines(),
      numberKnown: Boolean(sealed.number),
      follows,
      exercise,
      excluded,
      callAt,
      levels: [idsOf('coordinator'), idsOf('preparednessManager')],
    },
    turn,
  );
  const incident = begin(id, event);
  const card = turn.clicked && !follows ? receiptCard(turn, id, turn.clicked) : undefined;
  const effects = effectsOf(event, incident);
  if (!card) effects.push({ do: 'post', notice: 'receipt', to: turn.actor.person, at: turn.now });
  return {
    id,
    expected: undefined,
    incident,
    entries: [{ event, sealed }],
    due: dueRows(incident, effects, { card }),
  };
}

/** The message that held the form becomes the receipt, and is kept up to date as such. */
const receiptCard = ({ actor, conversation }: Turn, id: IncidentId, activityId: string): CardRow => ({
  id,
  version: 1,
  notice: 'receipt',
  to: actor.person,
  conversation,
  activityId,
  shown: 0,
});

/** A form's nonce begins with its year, so that a report sent again just after midnight keeps its number. */
const yearOfNonce = (nonce: string, now: Instant): number => {
  const year = /^(20\d\d)-/.exec(nonce)?.[1];
  return year ? Number(year) : yearOf(now);
};

/** @param random hexadecimal or the like, unguessable */
export const newNonce = (now: Instant, random: string): string => `${yearOf(now)}-${random}`;
