import {
  coming,
  onDuty as onDutyNow,
  type Rota,
  type RotaNews,
  type RotaRefusal,
  rotaChangers,
  rotaReaders,
  type Shift,
  type Span,
  uncovered,
  warnedAhead,
} from '../core/dutyRota.ts';
import type { Instant, PersonId } from '../core/ids.ts';
import type { Person, Role } from '../core/people.ts';
import { answering } from '../core/policy.ts';
import { later, localParts, nextHours, yearOf } from '../core/time.ts';
import { texts } from '../text/index.ts';
import { type Button, button, type RotaVerb } from './button.ts';
import { choices } from './input.ts';
import { nameOf } from './names.ts';
import { card, type Line, line, shown } from './parts.ts';
import type { Data, Reader, View } from './view.ts';
import { words } from './words.ts';

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
function spanOf(reader: Reader, { from, to }: Span): string {
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
const swappable = (rota: Rota, now: Instant): Shift[] => {
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

const rotaButton = (
  title: string,
  verb: RotaVerb,
  { mark, nonce }: RotaCard,
  look: { main?: boolean; inputs?: boolean } = {},
): Button => button(title, verb, { rota: mark, nonce }, look);

interface Form extends RotaCard {
  errors?: readonly string[];
}

const form = (
  reader: Reader,
  asked: Form,
  shape: { title: string; verb: RotaVerb; send: string; intro: string[]; inputs: Data[] },
): View => {
  const t = texts(reader.locale);
  return card('form', reader, {
    summary: t.forms.summary,
    title: shape.title,
    lines: [
      ...(asked.errors ?? []).map((error) => line(error, { strong: true })),
      ...shape.intro.map((each) => line(each)),
    ],
    buttons: [
      rotaButton(shape.send, shape.verb, asked, { main: true }),
      rotaButton(t.buttons.cancel, 'onDuty', asked, { inputs: false }),
    ],
    extra: { inputs: shape.inputs },
  });
};

/** Hours of the day at which duties commonly change. */
const changeHours = [8, 16, 22];
const mostTimes = 4;

/** From now until the end of the shift, or a time before it. */
export function takeOverForm(reader: Reader, asked: Form): View {
  const { takeOver } = texts(reader.locale).dutyRota;
  const { rota } = asked;
  const current = onDutyNow(rota, reader.now);
  const end = current?.to ?? coming(rota, reader.now)[0]?.from;
  const times = nextHours(reader.now, changeHours, mostTimes).filter((at) => !end || at < end);
  const among = [
    ...(end
      ? [
          {
            title: (current ? takeOver.shiftEnd : takeOver.nextShift)(momentOf(reader, end)),
            value: end,
          },
        ]
      : []),
    ...times.map((at) => ({ title: momentOf(reader, at), value: at })),
  ];
  return form(reader, asked, {
    title: takeOver.title,
    verb: 'takeOver',
    send: takeOver.send,
    intro: [...(current ? [takeOver.has(nameOf(reader, current.dutyOfficer)), takeOver.casesStay] : [])],
    inputs: [choices('until', { label: takeOver.until, value: among[0]?.value, among })],
  });
}

/**
 * What is left of the shift, to another who answers alarms.
 *
 * @param cases how many open cases go with it
 */
export function handOverShiftForm(
  reader: Reader,
  { people, cases, ...asked }: Form & { people: readonly Person[]; cases: number },
): View {
  const t = texts(reader.locale);
  const { handOver } = t.dutyRota;
  const current = onDutyNow(asked.rota, reader.now);
  return form(reader, asked, {
    title: handOver.title,
    verb: 'handOverShift',
    send: handOver.send,
    intro: [
      ...(current ? [handOver.until(nameOf(reader, current.dutyOfficer), momentOf(reader, current.to))] : []),
      cases === 0 ? handOver.noCases : cases === 1 ? handOver.oneCase : handOver.cases(cases),
    ],
    inputs: [
      choices('to', {
        label: handOver.to,
        missing: t.error.missingAnswer,
        among: people.map(({ id, name }) => ({ title: shown(name), value: id })),
      }),
    ],
  });
}

/** Two shifts, of two people. */
export function swapShiftsForm(reader: Reader, asked: Form): View {
  const t = texts(reader.locale);
  const { swap } = t.dutyRota;
  const among = swappable(asked.rota, reader.now).map((shift) => ({
    title: shown(swap.shift(nameOf(reader, shift.dutyOfficer), spanOf(reader, shift))),
    value: shift.from,
  }));
  const missing = t.error.missingAnswer;
  return form(reader, asked, {
    title: swap.title,
    verb: 'swapShifts',
    send: swap.send,
    intro: [],
    inputs: [
      choices('one', { label: swap.one, missing, folded: true, among }),
      choices('other', { label: swap.other, missing, folded: true, among }),
    ],
  });
}

/** That the rota has changed: one sentence to the channel; to a person, what it means for them and by whom. */
export function rotaNews(reader: Reader, { news, to }: { news: RotaNews; to: PersonId | 'channel' }): View {
  const t = texts(reader.locale);
  const paragraphs =
    to === 'channel'
      ? [channelNews(reader, news)]
      : [personNews(reader, news, to), t.dutyRota.news.by(nameOf(reader, news.by))];
  return { ...words(reader, { paragraphs }), summary: t.dutyRota.news.summary };
}

function channelNews(reader: Reader, news: RotaNews): string {
  const { news: say, swap } = texts(reader.locale).dutyRota;
  const by = nameOf(reader, news.by);
  if (news.do === 'swap') {
    const [one = '', other = ''] = news.shifts.map((shift) =>
      swap.shift(nameOf(reader, shift.dutyOfficer), spanOf(reader, shift)),
    );
    return say.swapped(by, one, other);
  }
  const [to, until] = [nameOf(reader, news.to), momentOf(reader, news.until)];
  const from = news.from && news.from !== news.by ? nameOf(reader, news.from) : undefined;
  if (news.do === 'takeOver') return from ? say.tookFrom(by, from, until) : say.took(by, until);
  return from ? say.handedFrom(by, from, to, until) : say.handed(by, to, until);
}

function personNews(reader: Reader, news: RotaNews, person: PersonId): string {
  const { done, news: say } = texts(reader.locale).dutyRota;
  if (news.do === 'swap') {
    const own = news.shifts.find(({ dutyOfficer }) => dutyOfficer === person);
    return own ? say.youHave(spanOf(reader, own)) : say.summary;
  }
  return news.to === person
    ? done.youHave(momentOf(reader, news.until))
    : say.youAreRelieved(nameOf(reader, news.to));
}

/** Why a change was not made, in words. */
export function rotaRefusal(reader: Reader, refusal: RotaRefusal): string {
  const { refused, nobody } = texts(reader.locale).dutyRota;
  switch (refusal.why) {
    case 'noNumber':
    case 'noRole':
    case 'alreadyOnDuty':
      return refused[refusal.why](nameOf(reader, refusal.person));
    case 'opensGap':
      return refused.opensGap(spanOf(reader, refusal));
    case 'nobodyOnDuty':
      return nobody;
    case 'noSuchDate':
      return refused.noSuchTime;
    case 'unknownPerson':
    case 'cycle':
    case 'overlaps':
    case 'endsBeforeItBegins':
    case 'noSuchTime':
    case 'noSuchShift':
    case 'samePerson':
      return refused[refusal.why];
    default:
      return refusal satisfies never;
  }
}
