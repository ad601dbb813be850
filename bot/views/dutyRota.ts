import {
  coming,
  onDuty as onDutyNow,
  type Rota,
  rotaChangers,
  rotaReaders,
  type Shift,
  type Span,
  uncovered,
  warnedAhead,
} from '../core/dutyRota.ts';
import type { Instant, PersonId } from '../core/ids.ts';
import type { Role } from '../core/people.ts';
import { answering } from '../core/policy.ts';
import { later, localParts, yearOf } from '../core/time.ts';
import { texts } from '../text/index.ts';
import { type Button, button, type RotaVerb } from './button.ts';
import { nameOf } from './names.ts';
import { card, type Line, line, shown } from './parts.ts';
import type { Data, Reader, View } from './view.ts';

/** What every card of the rota is drawn from; `mark` tells at a click whether the rota is still the one shown. */
export interface RotaCard {
  rota: Rota;
  mark: string;
  nonce: string;
}

/** How many shifts to come are shown. */
const mostComing = 2;

const holds = (roles: readonly Role[], some: readonly Role[]): boolean =>
  roles.some((role) => some.includes(role));

/** A moment, with its year when that is another than now: "tisdag 1 januari 2030 kl. 08:00". */
export function momentOf({ locale, now }: Reader, at: Instant): string {
  const { time } = texts(locale);
  return yearOf(at) === yearOf(now) ? time.moment(at) : `${time.day(at)} ${yearOf(at)} ${time.clock(at)}`;
}

/** The date is said again only when it is another. */
export function spanOf(reader: Reader, { from, to }: Span): string {
  const { dutyRota, time } = texts(reader.locale);
  const sameDay = localParts(from).date === localParts(to).date;
  return dutyRota.span(momentOf(reader, from), sameDay ? time.clock(to) : momentOf(reader, to));
}

/**
 * `jour`: who is on duty now and next. Names and numbers to those who answer alarms, names to group leaders; to
 * everyone else the function's number, with 112 before it.
 *
 * @param notes what has just happened, or why it did not
 * @param personal false in a channel, where nothing is changed
 */
export function onDuty(
  reader: Reader,
  {
    roles,
    personal = true,
    notes = [],
    ...shownRota
  }: RotaCard & { roles: readonly Role[]; personal?: boolean; notes?: readonly string[] },
): View {
  const t = texts(reader.locale);
  const { rota } = shownRota;
  const current = onDutyNow(rota, reader.now);
  const noted = notes.map((note) => line(note, { strong: true }));
  const empty = current
    ? []
    : [line(t.dutyRota.nobody, { strong: true }), line(t.dutyRota.coordinatorsInstead)];
  if (!holds(roles, rotaReaders)) {
    return card('words', reader, {
      summary: t.dutyRota.summary,
      title: t.dutyRota.title,
      call: true,
      lines: [...noted, ...(current ? [line(t.dutyRota.someone)] : empty)],
    });
  }
  const numbers = holds(roles, rotaChangers);
  const duty = reader.directory.dutyFunction();
  const items = [
    ...(current ? [itemOf(reader, current, 'now', numbers)] : []),
    ...coming(rota, reader.now)
      .slice(0, mostComing)
      .map((shift) => itemOf(reader, shift, 'next', numbers)),
  ];
  return card('list', reader, {
    summary: t.dutyRota.summary,
    title: t.dutyRota.title,
    lines: [
      ...noted,
      line(duty.name),
      line(duty.number, { strong: true }),
      ...empty,
      ...gapLines(reader, rota),
    ],
    buttons: personal ? buttonsFor(reader, roles, shownRota) : [],
    also: items.map(({ id, day, state }) => `${id}. ${day}. ${state}`),
    extra: { items },
  });
}

/** A gap ahead is said while there is time to fill it. */
function gapLines(reader: Reader, rota: Rota): Line[] {
  const { dutyRota } = texts(reader.locale);
  const horizon = later(reader.now, warnedAhead);
  const [gap] = uncovered(rota, reader.now, horizon).filter(({ from }) => from > reader.now);
  if (!gap) return [];
  const open = gap.to === horizon && coming(rota, gap.from).length === 0;
  return [
    line(
      open
        ? `${dutyRota.gapFrom(momentOf(reader, gap.from))} ${dutyRota.noMore}`
        : dutyRota.gap(spanOf(reader, gap)),
      { strong: true },
    ),
  ];
}

type Item = { id: string; day: string; state: string; rows: Data[] };

function itemOf(reader: Reader, shift: Shift, when: 'now' | 'next', numbers: boolean): Item {
  const { dutyRota } = texts(reader.locale);
  const who = (id: PersonId) => (numbers ? withNumber(reader, id) : nameOf(reader, id));
  return {
    id: shown(dutyRota[when](who(shift.dutyOfficer))),
    day: when === 'now' ? dutyRota.until(momentOf(reader, shift.to)) : spanOf(reader, shift),
    state: shown(shift.backup ? dutyRota.backup(who(shift.backup)) : dutyRota.noBackup),
    rows: [],
  };
}

const withNumber = (reader: Reader, id: PersonId): string =>
  `${nameOf(reader, id)}, ${reader.directory.person(id)?.number ?? texts(reader.locale).dutyRota.numberMissing}`;

/** The shift under way and those to come that can be swapped. */
export const swappable = (rota: Rota, now: Instant): Shift[] => {
  const current = onDutyNow(rota, now);
  return [...(current ? [current] : []), ...coming(rota, now)].slice(0, mostSwappable);
};
const mostSwappable = 12;

function buttonsFor(reader: Reader, roles: readonly Role[], shownRota: RotaCard): Button[] {
  if (!holds(roles, rotaChangers)) return [];
  const { dutyRota } = texts(reader.locale);
  const { rota } = shownRota;
  const officers = new Set(swappable(rota, reader.now).map(({ dutyOfficer }) => dutyOfficer));
  return [
    ...(holds(roles, answering) ? [rotaButton(dutyRota.takeOver.button, 'takeOver', shownRota)] : []),
    ...(onDutyNow(rota, reader.now)
      ? [rotaButton(dutyRota.handOver.button, 'handOverShift', shownRota)]
      : []),
    ...(officers.size > 1 ? [rotaButton(dutyRota.swap.button, 'swapShifts', shownRota)] : []),
  ];
}

export const rotaButton = (
  title: string,
  verb: RotaVerb,
  { mark, nonce }: RotaCard,
  look: { main?: boolean; inputs?: boolean } = {},
): Button => button(title, verb, { rota: mark, nonce }, look);
