/** An exercise: the coordinators try the whole chain of an alarm, as it is. */
import type { IncidentId, Instant, PersonId } from './ids.ts';
import { type Answers, begin, evolve, type IncidentEvent } from './incident.ts';
import { type PageTarget, pagedNow } from './page.ts';
import { monthsLater } from './time.ts';

/** What it is started with: a call is wanted now, which alarms by day and by night, and nobody is said to be in danger. */
export const exerciseAnswers: Answers = {
  dangerNow: 'no',
  channel: 'unknown',
  affected: 'self',
  whenRough: 'now',
  callback: 'now',
};

/** How it went with one of those who were asked. */
export interface Tried {
  who: PageTarget;
  /** Whether the alarm reached their chat; never said of the duty function, which has none. */
  delivered?: 'yes' | 'no' | 'unknown';
  /** Whether the telephone service took the first page on; nothing when no phone rings. */
  paged?: 'sent' | 'gone' | 'unknown';
  answer: 'taken' | 'declined' | 'none';
  /** From when they were asked to their answer, in ms. */
  after?: number;
}

/**
 * How an exercise went, in the order in which people were asked.
 *
 * @param events of the case, in order
 * @param reached whose chats hold the alarm
 * @param phones whether phones ring too
 */
export function triedIn(
  id: IncidentId,
  events: readonly IncidentEvent[],
  { reached, phones }: { reached: readonly PersonId[]; phones: boolean },
): Tried[] {
  const [first, ...others] = events;
  if (first?.type !== 'Reported') return [];
  let incident = begin(id, first);
  const tried = new Map<PageTarget, Tried & { askedAt: Instant }>();
  const ask = (askedAt: Instant) => {
    for (const who of pagedNow(incident).filter((asked) => !tried.has(asked))) {
      tried.set(who, {
        who,
        ...(who !== 'dutyFunction' && { delivered: reached.includes(who) ? 'yes' : 'unknown' }),
        ...(phones && { paged: 'unknown' }),
        answer: 'none',
        askedAt,
      });
    }
  };
  const found = (who: PageTarget, what: Partial<Tried>) => {
    const known = tried.get(who);
    if (known) tried.set(who, { ...known, ...what });
  };
  const answered = (by: PersonId, answer: Tried['answer'], at: Instant) => {
    const known = tried.get(by);
    if (known) found(by, { answer, after: Date.parse(at) - Date.parse(known.askedAt) });
  };
  ask(first.at);
  for (const event of others) {
    incident = evolve(incident, event);
    ask(event.at);
    if (event.type === 'Acknowledged') answered(event.by, 'taken', event.at);
    if (event.type === 'Declined') answered(event.by, 'declined', event.at);
    if (event.type === 'Paged') found(event.to, { paged: event.outcome });
    if (event.type === 'Undeliverable' && !reached.includes(event.person)) {
      found(event.person, { delivered: 'no' });
    }
  }
  return [...tried.values()].map(({ askedAt: _, ...each }) => each);
}

/** Who took an exercise first, or was given it, and how long after it began, in ms; also someone who was never asked. */
export function takenIn(events: readonly IncidentEvent[]): { by: PersonId; after: number } | undefined {
  const taken = events.find((event) => event.type === 'Acknowledged' || event.type === 'Assigned');
  const [first] = events;
  if (!taken || !first) return undefined;
  const by = taken.type === 'Assigned' ? taken.to : taken.by;
  return { by, after: Date.parse(taken.at) - Date.parse(first.at) };
}

/** How many months may pass between exercises. */
const mostMonths = 6;

/** @param last when the last exercise ended; absent when none has */
export const isExerciseDue = (last: Instant | undefined, now: Instant): boolean =>
  last === undefined || monthsLater(last, mostMonths) <= now;
