/**
 * The duty rota: who answers alarms, and when. Nothing here overlaps, and no change opens a gap in time that was
 * covered: an alarm in a gap has nobody to wake.
 */
import type { Instant, PersonId } from './ids.ts';
import type { Person, Role } from './people.ts';
import { answering, answersAlarms } from './policy.ts';
import { ok, type Result, refuse } from './result.ts';
import { days, instantOf, later } from './time.ts';

/** From `from` up to, but not including, `to`. */
export interface Span {
  from: Instant;
  to: Instant;
}
export interface Shift extends Span {
  dutyOfficer: PersonId;
  backup?: PersonId;
}
export type Rota = readonly Shift[];

/** A shift as people write it down: instants with their offset, or Swedish clock time without one. */
export interface Line {
  from: string;
  to: string;
  dutyOfficer: PersonId;
  backup?: PersonId | undefined;
}

/** Who is who; nobody for someone unknown. */
export type People = (id: PersonId) => Person | undefined;

/** What is wrong with one line of a rota, counted from 0. */
export type RotaFault = { line: number } & (
  | { why: 'noSuchDate'; end: 'first' | 'last' }
  | { why: 'endsBeforeItBegins' }
  | { why: 'overlaps'; other: number }
  /** Backups that point at each other, or one's own backup: when the first does not answer nobody is left. */
  | { why: 'cycle'; other: number }
  | PersonFault
);
type PersonFault = {
  why: 'unknownPerson' | 'noNumber' | 'noRole';
  field: 'dutyOfficer' | 'backup';
  person: PersonId;
};

/** Why a change is not made; the old rota stays. */
export type RotaRefusal =
  | RotaFault
  | ({ why: 'opensGap' } & Span)
  | { why: 'nobodyOnDuty' }
  | { why: 'alreadyOnDuty'; person: PersonId }
  | { why: 'noSuchTime' }
  | { why: 'noSuchShift' }
  | { why: 'samePerson' };

/** What someone wants changed. A shift is named by its beginning. */
export type RotaChange =
  /** From now until a chosen time, the end of the shift at the latest: nobody takes a shift that has not begun. */
  | { do: 'takeOver'; person: PersonId; until: Instant }
  /** The rest of the shift under way. */
  | { do: 'handOver'; to: PersonId }
  /** Who has one has the other, with their backups; of a shift under way, what is left of it. */
  | { do: 'swap'; one: Instant; other: Instant };

/**
 * A change as it is told, and what follows from it: cases go with a shift that is handed over. `from` is absent where
 * nobody was on duty; `shifts` are the two as they are now, of one that was under way what is left of it.
 */
export type RotaNews = { at: Instant; by: PersonId } & (
  | { do: 'takeOver' | 'handOver'; from?: PersonId; to: PersonId; until: Instant }
  | { do: 'swap'; shifts: Shift[] }
);

/** What may leave an alarm unanswered, to be told ahead. */
export type RotaWarning =
  | { why: 'nobodyOnDuty'; until?: Instant }
  | ({ why: 'gap' } & Span)
  | ({ from: Instant } & PersonFault);

/** May change it. Only who answers alarms may be in it. */
export const rotaChangers: readonly Role[] = [...answering, 'admin'];
/** Read names in it (DOMAIN E1); everyone else reads the function's number, and that somebody has it. */
export const rotaReaders: readonly Role[] = [...rotaChangers, 'groupLeader'];

/** How far ahead a gap is told of. */
export const warnedAhead = days(7);

export const onDuty = (rota: Rota, now: Instant): Shift | undefined =>
  rota.find(({ from, to }) => from <= now && now < to);

/** Shifts that have not begun, soonest first. */
export const coming = (rota: Rota, now: Instant): Shift[] =>
  rota.filter(({ from }) => from > now).toSorted(byBeginning);

const byBeginning = (one: Span, other: Span): number => (one.from < other.from ? -1 : 1);
const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

/** The shifts that these lines say; else every date that does not exist. */
export function readRota(lines: readonly Line[]): Result<Shift[], RotaFault[]> {
  const faults: RotaFault[] = [];
  const shifts = lines.flatMap(({ backup, ...each }, line): Shift[] => {
    const [from, to] = [instantOf(each.from), instantOf(each.to)];
    if (!from) faults.push({ line, why: 'noSuchDate', end: 'first' });
    if (!to) faults.push({ line, why: 'noSuchDate', end: 'last' });
    return from && to ? [{ ...each, from, to, ...(backup && { backup }) }] : [];
  });
  return faults.length > 0 ? refuse(faults) : ok(shifts);
}

/** Everything that is wrong with a rota, line by line. */
export function faultsOf(rota: Rota, people: People): RotaFault[] {
  return [...timeFaults(rota), ...cycles(rota), ...personFaults(rota, people)].sort(
    (one, other) => one.line - other.line,
  );
}

/** Of two shifts that overlap the one written later is named. */
function timeFaults(rota: Rota): RotaFault[] {
  const backwards = (shift: Span) => shift.to <= shift.from;
  return rota.flatMap((shift, line): RotaFault[] => {
    if (backwards(shift)) return [{ line, why: 'endsBeforeItBegins' }];
    const other = rota.slice(0, line).findIndex((earlier) => !backwards(earlier) && overlap(earlier, shift));
    return other < 0 ? [] : [{ line, why: 'overlaps', other }];
  });
}

function cycles(rota: Rota): RotaFault[] {
  return rota.flatMap((start, line): RotaFault[] => {
    if (start.backup === undefined) return [];
    if (start.backup === start.dutyOfficer) return [{ line, why: 'cycle', other: line }];
    const first = backedBy(rota, start);
    const met = new Set<Shift>();
    for (let at = first; at && !met.has(at); at = backedBy(rota, at)) {
      if (first && at === start) return [{ line, why: 'cycle', other: rota.indexOf(first) }];
      met.add(at);
    }
    return [];
  });
}

/** The shift of the one who is backup, at the same time. */
const backedBy = (rota: Rota, shift: Shift): Shift | undefined =>
  rota.find((other) => other !== shift && other.dutyOfficer === shift.backup && overlap(other, shift));

const personFaults = (rota: Rota, people: People): RotaFault[] =>
  rota.flatMap((shift, line) => peopleOf(shift, people).map((fault) => ({ line, ...fault })));

function peopleOf({ dutyOfficer, backup }: Shift, people: People): PersonFault[] {
  return [
    ...personFault('dutyOfficer', dutyOfficer, people),
    ...(backup ? personFault('backup', backup, people) : []),
  ];
}

function personFault(field: PersonFault['field'], person: PersonId, people: People): PersonFault[] {
  const found = people(person);
  if (!found) return [{ why: 'unknownPerson', field, person }];
  return [
    ...(found.number ? [] : [{ why: 'noNumber' as const, field, person }]),
    ...(answersAlarms(found) ? [] : [{ why: 'noRole' as const, field, person }]),
  ];
}

/** The time of `before` that is not covered by `after`, soonest first. */
export function gapsOpened(before: Rota, after: Rota): Span[] {
  return before
    .flatMap((shift) =>
      after.reduce((left, by) => left.flatMap((part) => without(part, by)), [spanOf(shift)]),
    )
    .sort(byBeginning);
}

const spanOf = ({ from, to }: Span): Span => ({ from, to });

/** What is left of it: nothing, one piece, or two. */
function without<T extends Span>(whole: T, taken: Span): T[] {
  if (!overlap(whole, taken)) return [whole];
  return [
    ...(whole.from < taken.from ? [{ ...whole, to: taken.from }] : []),
    ...(taken.to < whole.to ? [{ ...whole, from: taken.to }] : []),
  ];
}

/**
 * The rota after a change, or every reason why it is not made. What was wrong before does not stop it: someone who
 * must take over at night is not held up by a number that is missing in another week.
 */
export function change(
  rota: Rota,
  wanted: RotaChange,
  { now, people }: { now: Instant; people: People },
): Result<Shift[], RotaRefusal[]> {
  const pieces = piecesOf(rota, wanted, now);
  if (!pieces.ok) return refuse([pieces.error]);
  const after = pieces.value.reduce(place, rota).toSorted(byBeginning);
  const known = new Set(faultsOf(rota, people).map(nameOf));
  const refusals: RotaRefusal[] = [
    ...faultsOf(after, people).filter((fault) => !known.has(nameOf(fault))),
    ...gapsOpened(rota, after).map((gap) => ({ why: 'opensGap' as const, ...gap })),
  ];
  return refusals.length > 0 ? refuse(refusals) : ok(after);
}

/** What a change from one rota to the next is told as. */
export function newsOf(
  { before, after }: { before: Rota; after: Rota },
  wanted: RotaChange,
  { at, by }: { at: Instant; by: PersonId },
): RotaNews {
  if (wanted.do === 'swap') {
    const begins = [wanted.one, wanted.other].map((from) => (from < at ? at : from));
    return {
      at,
      by,
      do: 'swap',
      shifts: begins.flatMap((from) => after.find((each) => each.from === from) ?? []),
    };
  }
  const [left, comes] = [onDuty(before, at)?.dutyOfficer, onDuty(after, at)];
  const to = wanted.do === 'takeOver' ? wanted.person : wanted.to;
  return { at, by, do: wanted.do, ...(left && { from: left }), to, until: comes?.to ?? at };
}

/** A fault apart from its line, which a change may move. */
const nameOf = (fault: RotaFault): string => JSON.stringify({ ...fault, line: 0, other: 0 });

/** A shift takes its time from whoever had it. */
const place = (rota: Rota, piece: Shift): Shift[] => [
  ...rota.flatMap((shift) => without(shift, piece)),
  piece,
];

function piecesOf(rota: Rota, wanted: RotaChange, now: Instant): Result<Shift[], RotaRefusal> {
  const current = onDuty(rota, now);
  switch (wanted.do) {
    case 'takeOver': {
      const { person, until } = wanted;
      if (until <= now || until > latestEnd(rota, now)) return refuse({ why: 'noSuchTime' });
      if (current?.dutyOfficer === person && current.to >= until) {
        return refuse({ why: 'alreadyOnDuty', person });
      }
      return ok([{ from: now, to: until, ...led(person, current?.backup) }]);
    }
    case 'handOver': {
      const { to: person } = wanted;
      if (!current) return refuse({ why: 'nobodyOnDuty' });
      if (current.dutyOfficer === person) return refuse({ why: 'alreadyOnDuty', person });
      return ok([{ from: now, to: current.to, ...led(person, current.backup) }]);
    }
    case 'swap': {
      const [one, other] = [wanted.one, wanted.other].map((from) =>
        rota.find((shift) => shift.from === from && shift.to > now),
      );
      if (!one || !other) return refuse({ why: 'noSuchShift' });
      if (one.dutyOfficer === other.dutyOfficer) return refuse({ why: 'samePerson' });
      const left = ({ from, to }: Span) => ({ from: from < now ? now : from, to });
      return ok([
        { ...left(one), ...led(other.dutyOfficer, other.backup) },
        { ...left(other), ...led(one.dutyOfficer, one.backup) },
      ]);
    }
    default:
      return wanted satisfies never;
  }
}

/** How long someone may take over: the shift under way, or the gap until the next; a week when nothing is planned. */
export const latestEnd = (rota: Rota, now: Instant): Instant =>
  onDuty(rota, now)?.to ?? coming(rota, now)[0]?.from ?? later(now, warnedAhead);

/** Nobody is their own backup: who steps in from there leaves the place empty, and the alarm goes on to the next. */
const led = (dutyOfficer: PersonId, backup: PersonId | undefined): Pick<Shift, 'dutyOfficer' | 'backup'> => ({
  dutyOfficer,
  ...(backup && backup !== dutyOfficer && { backup }),
});

/** The time between two instants that no shift covers, soonest first. */
export function uncovered(rota: Rota, from: Instant, to: Instant): Span[] {
  return rota.reduce((left, shift) => left.flatMap((part) => without(part, shift)), [{ from, to }]);
}

/**
 * What the coordinators are told of: nobody on duty, time that is not covered and people who cannot be called or may
 * not answer, from now and `warnedAhead` on.
 */
export function warnings(rota: Rota, people: People, now: Instant): RotaWarning[] {
  const horizon = later(now, warnedAhead);
  const gaps = uncovered(rota, now, horizon).map(({ from, to }): RotaWarning => {
    if (from > now) return { why: 'gap', from, to };
    return { why: 'nobodyOnDuty', ...(to < horizon && { until: to }) };
  });
  const soon = rota.filter((shift) => overlap(shift, { from: now, to: horizon })).toSorted(byBeginning);
  const persons = soon.flatMap((shift) =>
    peopleOf(shift, people).map((fault): RotaWarning => ({ from: shift.from, ...fault })),
  );
  return [...gaps, ...persons];
}
