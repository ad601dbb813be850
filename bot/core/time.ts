import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from './ids.ts';
import { lastAnswer } from './lastAnswer.ts';

/** All clock rules are about this place: the people who answer live here. */
export const zone = 'Europe/Stockholm';

const zoned = lastAnswer((at: Instant) =>
  Temporal.Instant.fromEpochMilliseconds(Date.parse(at)).toZonedDateTimeISO(zone),
);
const asInstant = (at: Temporal.ZonedDateTime) => instant(at.epochMilliseconds);

export const later = (at: Instant, milliseconds: number): Instant => instant(Date.parse(at) + milliseconds);
export const minutes = (n: number): number => n * 60_000;
/** Of 24 hours each, in milliseconds. */
export const days = (n: number): number => minutes(n * 24 * 60);
export const monthsLater = (at: Instant, months: number): Instant => asInstant(zoned(at).add({ months }));
export const yearOf = (at: Instant): number => zoned(at).year;

/** Night is 22-07, when a serious case first asks "Behöver du någon i natt?" (routing table). */
export function isNight(at: Instant): boolean {
  const { hour } = zoned(at);
  return hour >= 22 || hour < 7;
}

/** Hours of the day, "07:00" to "22:00" (or "24:00"), every day or on working days. */
export interface Hours {
  from: string;
  to: string;
  days: 'every' | 'working';
}

export function isWithin({ from, to, days }: Hours, at: Instant): boolean {
  const local = zoned(at);
  const clock = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return from <= clock && clock < to && (days === 'every' || isWorkingDay(local.toPlainDate()));
}

/** The next 07:00, when the night is over. */
export function nextMorning(at: Instant): Instant {
  const now = zoned(at);
  const day = now.hour < 7 ? now : now.add({ days: 1 });
  return asInstant(day.with({ hour: 7, minute: 0, second: 0, millisecond: 0 }));
}

/**
 * Western Easter Sunday (the anonymous Gregorian computus), from which the movable Swedish holidays follow.
 */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return Temporal.PlainDate.from({ year, month, day: ((h + l - 7 * m + 114) % 31) + 1 });
}

/**
 * Public holidays on weekdays (lag 1989:253), and the three eves on which public offices are closed by
 * agreement (midsommarafton, julafton, nyårsafton). All Saints' Day and Pentecost fall on a weekend.
 */
function isHoliday(date: Temporal.PlainDate): boolean {
  const fixed = ['01-01', '01-06', '05-01', '06-06', '12-24', '12-25', '12-26', '12-31'];
  if (fixed.includes(date.toString().slice(5))) return true;
  const easter = easterSunday(date.year);
  const movable = [-2, 1, 39].map((days) => easter.add({ days }));
  if (movable.some((holiday) => holiday.equals(date))) return true;
  const midsummerEve = date.month === 6 && date.dayOfWeek === 5 && date.day >= 19 && date.day <= 25;
  return midsummerEve;
}

export function isWorkingDay(date: Temporal.PlainDate): boolean {
  return date.dayOfWeek <= 5 && !isHoliday(date);
}

/**
 * When the coordinators read at the latest what is not urgent: the end (16:00) of the next working day
 * (DOMAIN F ackNormal: one working day).
 */
export function nextWorkingDay(at: Instant): Instant {
  let date = zoned(at).toPlainDate().add({ days: 1 });
  while (!isWorkingDay(date)) date = date.add({ days: 1 });
  return asInstant(date.toZonedDateTime({ timeZone: zone, plainTime: '16:00' }));
}

const boardTime = '08:00';

/** How many calendar days after a call the operator can be asked to trace it (S2:100). */
const traceDays = 10;
/** When the coordinators are reminded, at 08:00: well before, and the day before (DOMAIN F `trace`). */
const traceReminders = [7, 9];

const daysAfter = (at: Instant, days: number) => zoned(at).toPlainDate().add({ days });

/** The last moment in which the trace of a call can be applied for: the end of the tenth calendar day after it. */
export const traceBy = (call: Instant): Instant =>
  later(asInstant(daysAfter(call, traceDays + 1).toZonedDateTime(zone)), -1);

/** When to remind of it. */
export const traceRemindersOf = (call: Instant): Instant[] =>
  traceReminders.map((days) =>
    asInstant(daysAfter(call, days).toZonedDateTime({ timeZone: zone, plainTime: boardTime })),
  );

/** With seconds, as an operator needs it: "2026-11-25 17:42:07". */
export const exactly = (at: Instant): string => `${zoned(at).toPlainDate()} ${exactClock(at)}`;
export const exactClock = (at: Instant): string =>
  zoned(at).toPlainTime().toString({ smallestUnit: 'second' });

const typedClock = /^(?:(\d{4}-\d\d-\d\d)[ T]+)?(?:kl\.? *)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?$/i;

/**
 * The time of a call as somebody typed it: "17.42", "17:42:07", "2026-11-25 17:42". Without a date it is the last time
 * the clock showed that.
 *
 * @returns `undefined` when it is no time, or has not been yet
 */
export function pastTime(text: string, now: Instant): Instant | undefined {
  const [, date, hour, minute, second = '00'] = typedClock.exec(text.trim()) ?? [];
  if (!hour) return undefined;
  const clock = `${hour.padStart(2, '0')}:${minute}:${second}`;
  const today = zoned(now).toPlainDate();
  const dates = date ? [date] : [`${today}`, `${today.subtract({ days: 1 })}`];
  return dates.flatMap((each) => timesOf(`${each}T${clock}`)).find((at) => at <= now);
}

/** The instants at which a clock showed this, last first: two when the clocks have been set back. */
function timesOf(text: string): Instant[] {
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return (['later', 'earlier'] as const).map((disambiguation) =>
      asInstant(local.toZonedDateTime(zone, { disambiguation })),
    );
  } catch {
    return [];
  }
}

/** The next 08:00 of a working day: when the coordinators are told what is open, and what was left to the day. */
export function nextWorkingMorning(at: Instant): Instant {
  const on = (date: Temporal.PlainDate) =>
    asInstant(date.toZonedDateTime({ timeZone: zone, plainTime: boardTime }));
  let date = zoned(at).toPlainDate();
  while (!isWorkingDay(date) || on(date) <= at) date = date.add({ days: 1 });
  return on(date);
}

/** Whether what was to be shown at `due` may still be shown now: later the same working day, never the day after. */
export function isBoardDay(due: Instant, now: Instant): boolean {
  const [day, today] = [zoned(due).toPlainDate(), zoned(now).toPlainDate()];
  const time = asInstant(today.toZonedDateTime({ timeZone: zone, plainTime: boardTime }));
  return day.equals(today) && isWorkingDay(today) && now >= time;
}

/** The next times that the clock shows one of these whole hours, soonest first. */
export function nextHours(at: Instant, hours: readonly number[], count: number): Instant[] {
  const found: Instant[] = [];
  for (let date = zoned(at).toPlainDate(); found.length < count; date = date.add({ days: 1 })) {
    const ofDay = hours.map((hour) =>
      asInstant(date.toZonedDateTime({ timeZone: zone, plainTime: { hour } })),
    );
    found.push(...ofDay.filter((one) => one > at));
  }
  return found.slice(0, count);
}

/**
 * An instant as people write it: with an offset, or as Swedish clock time without one.
 *
 * @returns `undefined` for a date that does not exist, and for the hour that a change of clocks leaves out or has twice
 */
export function instantOf(text: string): Instant | undefined {
  try {
    if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return instant(Temporal.Instant.from(text).epochMilliseconds);
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return asInstant(local.toZonedDateTime(zone, { disambiguation: 'reject' }));
  } catch {
    return undefined;
  }
}

/** Parts of an instant as people in Sweden read them; the words around them live in `bot/text`. */
export const localParts = lastAnswer((at: Instant) => {
  const local = zoned(at);
  return {
    date: local.toPlainDate().toString(),
    weekday: local.dayOfWeek,
    day: local.day,
    month: local.month,
    clock: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
});
