import { coming, onDuty as onDutyNow } from '../core/dutyRota.ts';
import type { Person } from '../core/people.ts';
import { nextHours } from '../core/time.ts';
import { texts } from '../text/index.ts';
import type { RotaVerb } from './button.ts';
import { momentOf, type RotaCard, rotaButton, spanOf, swappable } from './dutyRota.ts';
import { choices } from './input.ts';
import { nameOf } from './names.ts';
import { card, line, shown } from './parts.ts';
import type { Data, Reader, View } from './view.ts';

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
