/** Whether an alarm that comes now, or in the week ahead, would be answered: what is missing, found before it is needed. */
import { isExerciseDue } from './exercise.ts';
import { type Instant, instant, type PersonId } from './ids.ts';
import type { Person, Rung } from './people.ts';
import { minutes } from './time.ts';

export type Gap =
  /** Nobody has the duty at this moment. */
  | { what: 'nobodyNow' }
  /** No phone rings: an alarm is only a message in Teams, which wakes nobody. */
  | { what: 'noPaging' }
  /** Who holds which role could not be read in full since then. */
  | { what: 'oldDirectory'; since: Instant }
  /** The coordinators' channel is not used: somebody is there who may not read it, or who is cannot be read. */
  | { what: 'channelOutsider' | 'channelUnread' }
  /** No exercise for half a year, or ever. */
  | { what: 'noExercise'; last?: Instant }
  /** Nobody has it in a time ahead; without `to` it lasts for as far as is looked. */
  | { what: 'uncovered'; from: Instant; to?: Instant }
  /** Asked when an alarm comes, and has never added the bot, or has removed it. */
  | { what: 'noBot' | 'blocked'; person: PersonId }
  /** Asked when an alarm comes, and nobody can call. */
  | { what: 'noNumber'; person: PersonId };

/** Whether a message can reach someone: as Teams last told. */
export type Reach = 'open' | 'noBot' | 'blocked';

export interface Known {
  /** Who is asked at each instant of `instantsAhead`, in order; the first is now. */
  ahead: readonly { at: Instant; ladder: readonly Rung[] }[];
  person: (id: PersonId) => Person | undefined;
  reach: (id: PersonId) => Reach;
  /** Whether alarms go out by phone too. */
  paging: boolean;
  /** When what is known of people was last right, if that is too long ago. */
  oldSince?: Instant | undefined;
  /** Why the coordinators' channel is not used; absent when it is. */
  channel?: 'outsider' | 'unread' | undefined;
  /** When the last exercise ended; absent when none has. */
  exercisedAt?: Instant | undefined;
}

const hour = minutes(60);
const hoursAhead = 7 * 24;

/** Now, and every whole hour of the next seven days. */
export function instantsAhead(now: Instant): Instant[] {
  const wholeHour = Math.floor(Date.parse(now) / hour) * hour;
  return [now, ...Array.from({ length: hoursAhead }, (_, n) => instant(wholeHour + (n + 1) * hour))];
}

const isCovered = ({ ladder }: Known['ahead'][number]): boolean =>
  ladder.some(({ role, people }) => role === 'dutyOfficer' && people.length > 0);

/** Everyone who is asked at some time, once. */
export const askedAhead = (ahead: Known['ahead']): PersonId[] => [
  ...new Set(ahead.flatMap(({ ladder }) => ladder.flatMap(({ people }) => people))),
];

function nobodyNow({ ahead: [now] }: Known): Gap[] {
  return now && !isCovered(now) ? [{ what: 'nobodyNow' }] : [];
}

/** Each stretch without a duty officer; one that lasts already is told of by `nobodyNow`. */
function uncovered({ ahead }: Known): Gap[] {
  return ahead.flatMap((here, n): Gap[] => {
    const before = ahead[n - 1];
    if (!before || isCovered(here) || !isCovered(before)) return [];
    const end = ahead.slice(n).find(isCovered);
    return [{ what: 'uncovered', from: here.at, ...(end && { to: end.at }) }];
  });
}

const unreached = ({ ahead, reach }: Known): Gap[] =>
  askedAhead(ahead).flatMap((person): Gap[] => {
    const what = reach(person);
    return what === 'open' ? [] : [{ what, person }];
  });

const withoutNumber = ({ ahead, person }: Known): Gap[] =>
  askedAhead(ahead)
    .filter((id) => !person(id)?.number)
    .map((id) => ({ what: 'noNumber', person: id }));

const unpaged = ({ paging }: Known): Gap[] => (paging ? [] : [{ what: 'noPaging' }]);

const outdated = ({ oldSince: since }: Known): Gap[] => (since ? [{ what: 'oldDirectory', since }] : []);

const unusedChannel = ({ channel }: Known): Gap[] =>
  channel ? [{ what: channel === 'outsider' ? 'channelOutsider' : 'channelUnread' }] : [];

const unexercised = ({ ahead: [now], exercisedAt: last }: Known): Gap[] =>
  now && isExerciseDue(last, now.at) ? [{ what: 'noExercise', ...(last && { last }) }] : [];

/** What is looked at; one more is one more line. */
const checks: readonly ((known: Known) => Gap[])[] = [
  nobodyNow,
  uncovered,
  unreached,
  withoutNumber,
  unpaged,
  outdated,
  unusedChannel,
  unexercised,
];

export const gapsIn = (known: Known): Gap[] => checks.flatMap((check) => check(known));

/** The same for as long as the gap is the same. */
export function keyOf(gap: Gap): string {
  switch (gap.what) {
    case 'nobodyNow':
    case 'noPaging':
    case 'channelOutsider':
    case 'channelUnread':
      return gap.what;
    case 'uncovered':
      return `${gap.what} ${gap.from}`;
    case 'oldDirectory':
      return `${gap.what} ${gap.since}`;
    case 'noExercise':
      return `${gap.what} ${gap.last ?? 'ever'}`;
    default:
      return `${gap.what} ${gap.person}`;
  }
}

/** What the coordinators were last told of, and when. */
export interface ToldOf {
  at: Instant;
  keys: string[];
}

const saidAgainAfter = minutes(24 * 60);

/**
 * Whether something is to be said: at once when something changes, then daily; once when nothing is missing any more.
 *
 * @param accepted what a coordinator has accepted; nothing is said for as long as it is just that
 */
export function readinessWord(
  told: ToldOf | undefined,
  accepted: readonly string[],
  keys: readonly string[],
  now: Instant,
): 'gaps' | 'mended' | undefined {
  if (keys.length === 0) return told ? 'mended' : undefined;
  if (same(keys, accepted)) return undefined;
  if (!told || !same(keys, told.keys)) return 'gaps';
  return Date.parse(now) - Date.parse(told.at) >= saidAgainAfter ? 'gaps' : undefined;
}

const same = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));
