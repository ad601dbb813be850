/** What the auditor looks for, in plain comparisons of what is stored. */
import type { Effect } from './effects.ts';
import type { IncidentId, Instant, PersonId } from './ids.ts';
import { type Incident, isUnanswered } from './incident.ts';
import { nextStepOf } from './nextStep.ts';
import { minutes } from './time.ts';

/**
 * `unanswered`: everyone has been asked, and nobody has taken the alarm. `undelivered`: an alarm that has not reached the
 * one it was for. `late`: any other step. `missing`: a case whose next step does not stand in the agenda.
 */
export const faultKinds = ['unanswered', 'undelivered', 'late', 'missing'] as const;
export interface Fault {
  kind: (typeof faultKinds)[number];
  id: IncidentId;
  /** The step, the same in every look for as long as the fault lasts. */
  step: string;
}

/** What must be known of an open case to look for faults in it, and to tell of them. */
export interface WatchedCase {
  id: IncidentId;
  /** What must stand in its agenda (`nextStepOf`). */
  next?: Effect | undefined;
  /** See `isUnanswered`. */
  unanswered: boolean;
  /** Who alone is told of a case that is kept from some; `null` for any other. Absent when that is not known. */
  keptTo?: PersonId[] | null | undefined;
}

export const watchedOf = (incident: Incident): Omit<WatchedCase, 'id'> => ({
  next: nextStepOf(incident),
  unanswered: isUnanswered(incident),
  keptTo: incident.confined?.to ?? null,
});

/** How often the auditor looks, in ms. */
export const lookEvery = 10_000;
/** A fault counts when two looks in a row have seen it: a step is then 30 s late or more (THREATS G7). */
const lateAfter = 20_000;

/** Everything that looks wrong at this instant. */
export function faultsIn(
  {
    open,
    agenda,
    whole,
  }: {
    open: WatchedCase[];
    agenda: { id: IncidentId; at: Instant; what: string; effect: Effect }[];
    whole: boolean;
  },
  now: Instant,
): Fault[] {
  const overdue = agenda.filter(({ at, effect }) => {
    // A page comes back every minute for as long as nobody answers; each time anew is its time.
    const due = effect.do === 'page' ? at : effect.at;
    return Date.parse(now) - Date.parse(due) >= lateAfter;
  });
  const late = overdue.map(({ id, what, effect }): Fault => {
    const alarm = effect.do === 'post' && effect.notice === 'alarm';
    return { kind: alarm ? 'undelivered' : 'late', id, step: what };
  });
  const unanswered = open.filter((one) => one.unanswered);
  const seen = [...unanswered.map(({ id }): Fault => ({ kind: 'unanswered', id, step: 'ladder' })), ...late];
  if (!whole) return seen;
  const standing = new Set(agenda.map(({ id, effect }) => `${id} ${stepOf(effect)}`));
  const missing = open.flatMap(({ id, next }): Fault[] => {
    // A word that has been said is gone from the agenda, and rightly.
    if (!next || (next.do === 'post' && next.at <= now)) return [];
    const step = stepOf(next);
    return standing.has(`${id} ${step}`) ? [] : [{ kind: 'missing', id, step }];
  });
  return [...seen, ...missing];
}

/** Whether somebody may be left waiting: worth waking people for, as a card that is drawn late is not. */
export const isGrave = ({ kind, step }: Fault): boolean =>
  kind !== 'late' || /\.(escalate|raise|giveBack|page)\b/.test(step);

/** What makes a step of a case the same step, whenever it is to be done. */
function stepOf(effect: Effect): string {
  switch (effect.do) {
    case 'escalate':
      return `escalate ${effect.rung}`;
    case 'giveBack':
      return `giveBack ${effect.since}`;
    case 'post':
      return `post ${effect.notice} ${effect.to}`;
    default:
      return effect.do;
  }
}

/** What the coordinators were last told, and when. */
export interface Told {
  at: Instant;
  cases: IncidentId[];
}

const saidAgainAfter = minutes(15);
/** However much changes, no more often than this. */
const saidAgainAtMost = minutes(1);

/** Whether something is to be said: at once, when another case has a fault too, every 15 min; and once when all is well. */
export function wordDue(
  told: Told | undefined,
  faults: readonly Fault[],
  now: Instant,
): 'found' | 'mended' | undefined {
  if (faults.length === 0) return told ? 'mended' : undefined;
  if (!told) return 'found';
  const since = Date.parse(now) - Date.parse(told.at);
  const another = faults.some(({ id }) => !told.cases.includes(id));
  return since >= saidAgainAfter || (another && since >= saidAgainAtMost) ? 'found' : undefined;
}

/** A clock that differs from its own count of time by more than this, in ms, has jumped (THREATS F26). */
export const jumpAfter = 60_000;
