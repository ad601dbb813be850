/**
 * The year of the test, from the almanac and not from the product's own calendar: both clock changes, every month's
 * end, the holidays, and a 29 February.
 */
import type { Random } from './random.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Summer time ends on 31 October 2027 and begins on 26 March 2028, at 01:00 UTC. */
const winter = { from: Date.UTC(2027, 9, 31, 1), to: Date.UTC(2028, 2, 26, 1) };
/** Milliseconds that Sweden is ahead of UTC. */
const ahead = (at: number): number => (at >= winter.from && at < winter.to ? hour : 2 * hour);

export const days = 365;
/** 00:00 on 1 September 2027, in Sweden. */
export const begins = Date.UTC(2027, 7, 31, 22);
export const ends = begins + days * day;

/** Weekdays within the year on which nobody is at work. */
const free = [
  ...['2027-12-24', '2027-12-31', '2028-01-06', '2028-04-14', '2028-04-17'],
  ...['2028-05-01', '2028-05-25', '2028-06-06', '2028-06-23'],
];

/** What clocks in Sweden show, as if they showed UTC. */
const shown = (at: number): number => at + ahead(at);
/** When clocks in Sweden show this; never asked of the hour that a clock change repeats or leaves out. */
const when = (local: number): number => {
  const summer = local - 2 * hour;
  return ahead(summer) === 2 * hour ? summer : local - hour;
};
const midnight = (at: number): number => Math.floor(shown(at) / day) * day;

export function isNight(at: number): boolean {
  const clock = shown(at) - midnight(at);
  return clock >= 22 * hour || clock < 7 * hour;
}

/** The next 07:00 in Sweden. */
export function morningAfter(at: number): number {
  const today = midnight(at) + 7 * hour;
  return when(shown(at) < today ? today : today + day);
}

/** 16:00 in Sweden on the next working day. */
export function readBy(at: number): number {
  let date = midnight(at) + day;
  while (isFree(date)) date += day;
  return when(date + 16 * hour);
}

function isFree(date: number): boolean {
  const weekday = new Date(date).getUTCDay();
  return weekday === 0 || weekday === 6 || free.includes(new Date(date).toISOString().slice(0, 10));
}

export interface Outage {
  from: number;
  to: number;
}

/** Three hours every day, and a whole day from some hour of every month's last day; those that meet are one. */
export function outagesOf(random: Random): Outage[] {
  const all: Outage[] = [];
  for (let date = begins; date < ends; date += day) {
    const from = Math.floor(date + random.between(0, 21 * hour));
    const lastOfMonth = new Date(shown(date) + day + hour).getUTCDate() === 1;
    all.push({ from, to: from + (lastOfMonth ? day : 3 * hour) });
  }
  const merged: Outage[] = [];
  for (const outage of all.toSorted((a, b) => a.from - b.from)) {
    const before = merged.at(-1);
    if (before && outage.from <= before.to) before.to = Math.max(before.to, outage.to);
    else merged.push({ ...outage });
  }
  return merged;
}
