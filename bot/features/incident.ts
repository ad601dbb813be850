/** Every write to a case goes through here: load -> decide -> commit -> deliver. */
import { type Command, type Context, decide, type Refusal } from '../core/decide.ts';
import { type Effect, effectsOf } from '../core/effects.ts';
import type { IncidentId } from '../core/ids.ts';
import { evolve, type Incident, type IncidentEvent, type Sealed } from '../core/incident.ts';
import { relationsOf } from '../core/policy.ts';
import type { Result } from '../core/result.ts';
import {
  type CardRow,
  type Cases,
  type Change,
  type Committed,
  type DueRow,
  type Hmac,
  type Hold,
  StorageRefused,
  StorageUnknown,
} from './ports.ts';

export interface IncidentPorts {
  cases: Cases;
  hmac: Hmac;
  /** See `Delivery`. */
  hold: (due: readonly DueRow[]) => Hold | undefined;
  wake: (rows: readonly DueRow[], written?: Incident) => void;
}

/** A person's words and the click they came with. */
export interface Extras {
  sealed?: Sealed | undefined;
  /** Tells a repeated click from a new one with the same answers. */
  nonce: string;
  /** What makes two clicks the same, when it is not what comes of them. */
  operation?: unknown;
  /** Message whose reader has just opened something in it, not to be drawn over. */
  except?: string | undefined;
}

export type Outcome =
  | { outcome: 'done'; incident: Incident }
  | { outcome: 'refused'; refusal: Refusal; incident: Incident }
  /** Not there, or nothing this person has to do with: the same answer, so that numbers cannot be tried out. */
  | { outcome: 'missing' };

/** Racing writers each win in turn; a writer that loses this often is told that nothing was stored. */
const maxTries = 20;

/**
 * Does one thing to a case.
 *
 * @throws {StorageRefused} nothing was stored
 * @throws {StorageUnknown} nobody can tell
 */
export async function act(
  ports: IncidentPorts,
  id: IncidentId,
  context: Context,
  command: Command,
  extras: Extras,
): Promise<Outcome> {
  const hash = operationHash(ports.hmac, context, [
    id,
    extras.nonce,
    ...(extras.operation === undefined ? [command, extras.sealed ?? null] : [extras.operation]),
  ]);
  for (let tries = 0; tries < maxTries; tries++) {
    const loaded = await ports.cases.load(id);
    if (!loaded || relationsOf(loaded.incident, context.actor).length === 0) return { outcome: 'missing' };
    const decision: Result<IncidentEvent[], Refusal> = decide(loaded.incident, command, context);
    if (!decision.ok) return { outcome: 'refused', refusal: decision.error, incident: loaded.incident };
    if (decision.value.length === 0) return { outcome: 'done', incident: loaded.incident };

    const { incident, due } = apply(loaded.incident, decision.value, extras.except);
    const committed = await commit(ports, {
      id,
      expected: loaded.tag,
      incident,
      entries: decision.value.map((event, i) => ({ event, ...(i === 0 && { sealed: extras.sealed }) })),
      operation: { hash, at: context.now, by: context.actor.person },
      due,
    });
    if (committed.outcome === 'committed') return { outcome: 'done', incident };
    if (committed.outcome === 'replay') {
      const now = await ports.cases.load(id);
      return now ? { outcome: 'done', incident: now.incident } : { outcome: 'missing' };
    }
  }
  throw new StorageRefused('the case changed under every try');
}

/**
 * Appends what a timer or a failed delivery gives, where no person has clicked.
 *
 * @param events what happens to the case as it is now; none when it no longer matters
 */
export async function happen(
  ports: IncidentPorts,
  id: IncidentId,
  operation: Pick<DueRow, 'what'> & Context,
  events: (incident: Incident) => IncidentEvent[],
): Promise<void> {
  const hash = operationHash(ports.hmac, operation, [id, operation.what]);
  for (let tries = 0; tries < maxTries; tries++) {
    const loaded = await ports.cases.load(id);
    const happened = loaded ? events(loaded.incident) : [];
    if (!loaded || happened.length === 0) return;
    const { incident, due } = apply(loaded.incident, happened);
    const { outcome } = await commit(ports, {
      id,
      expected: loaded.tag,
      incident,
      entries: happened.map((event) => ({ event })),
      operation: { hash, at: operation.now, by: operation.actor.person },
      due,
    });
    if (outcome !== 'conflict') return;
  }
}

/**
 * Stores a change, and has the worker do what is due at once. What a crash leaves behind is found by the worker's sweep.
 *
 * @throws {StorageRefused} nothing was stored
 * @throws {StorageUnknown} nobody can tell
 */
export async function commit(ports: IncidentPorts, change: Omit<Change, 'hold'>): Promise<Committed> {
  const hold = ports.hold(change.due);
  const committed = await ports.cases.commit({ ...change, hold }).catch((error: unknown) => {
    // It may be stored all the same, and then all others leave these rows to this instance.
    if (hold && error instanceof StorageUnknown) ports.wake(hold.rows);
    throw error;
  });
  if (committed.outcome === 'committed' && hold) ports.wake(hold.rows, change.incident);
  return committed;
}

/** The case after these events, and everything they set in motion. */
function apply(
  before: Incident,
  events: IncidentEvent[],
  except?: string,
): { incident: Incident; due: DueRow[] } {
  let incident = before;
  const due: DueRow[] = [];
  for (const event of events) {
    incident = evolve(incident, event);
    due.push(...dueRows(incident, effectsOf(event, incident), { except }));
  }
  return { incident, due: oneFreshening(due) };
}

/** Effects as rows of the outbox, with what the one that draws the case's cards must know of them. */
export function dueRows(
  incident: Incident,
  effects: Effect[],
  { except, card }: { except?: string | undefined; card?: CardRow | undefined } = {},
): DueRow[] {
  const version = String(incident.version).padStart(6, '0');
  return effects.map((effect) => ({
    id: incident.id,
    at: effect.at,
    what: [
      version,
      effect.do,
      ...(effect.do === 'post' ? [effect.notice, effect.to] : []),
      ...(effect.do === 'page' ? [effect.to] : []),
    ].join('.'),
    effect,
    version: incident.version,
    urgency: incident.urgency,
    tries: 0,
    repeat: false,
    ...(effect.do === 'freshen' && { ...(except && { except }), ...(card && { card }) }),
  }));
}

/** Several events at once draw the cards once, and what more is asked of any of them is done. */
function oneFreshening(due: DueRow[]): DueRow[] {
  const freshens = ({ effect }: DueRow) => effect.do === 'freshen';
  const kept =
    due.findLast(({ effect }) => effect.do === 'freshen' && effect.lists) ?? due.findLast(freshens);
  return due.filter((row) => row === kept || !freshens(row));
}

/** What makes an operation the same when it is asked for again. */
export const operationHash = (hmac: Hmac, { actor }: Context, parts: unknown[]): string =>
  Buffer.from(hmac(JSON.stringify([actor.person, ...parts]))).toString('hex');
