import {
  type Call,
  type CallNotes,
  endIn,
  nextQuestion,
  several,
  type Trait,
  telephones,
  traitNames,
  traits,
  unpacked,
} from '../core/call.ts';
import type { Instant } from '../core/ids.ts';
import { dangerNow, type Incident, type Sealed } from '../core/incident.ts';
import { exactClock, exactly, traceBy } from '../core/time.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Button, button, type Carried, caseButton } from './button.ts';
import { type Form, form } from './forms.ts';
import { among, type Choice, choices, field, type Values } from './input.ts';
import { apart, card, fact, type Line, line } from './parts.ts';
import { readersLine } from './readers.ts';
import type { Data, Reader, View } from './view.ts';

/** Longer than this, the exact words are not shown in their field again (DOMAIN C1). */
const longestShown = 2_000;

/** What stands on the first screen; the rest is behind "Fler frågor". */
const atOnce = ['voice', 'background'] as const satisfies readonly Trait[];
const behind: readonly Trait[] = traitNames.filter((name) => name !== 'voice' && name !== 'background');

/**
 * The card that is filled in while the call goes on (DOMAIN D). Nothing on it must be answered, and every button keeps
 * all that is filled in. With words in it, it is only the answer to a click.
 *
 * @param id of what is kept of it; the same for every press
 * @param more whether the folded questions are open
 * @param incident the report that the call belongs to, when there is one
 * @param saved when it was kept last
 * @param errors sentences
 */
export function callCard(
  reader: Reader,
  {
    id,
    notes,
    more = false,
    incident,
    saved,
    errors = [],
  }: {
    id: string;
    notes: CallNotes;
    more?: boolean;
    incident?: string | undefined;
    saved?: Instant | undefined;
    errors?: readonly string[];
  },
): View {
  const t = texts(reader.locale);
  const { callCard: words } = t;
  const { filled, version } = notes;
  const beside = (filled.wording ?? '').length > longestShown;
  const press = (title: string, does: string, look: { main?: boolean; more?: boolean } = {}): Button =>
    button(
      title,
      'callCard',
      {
        nonce: id,
        seen: String(version),
        does,
        incident,
        more: more || look.more ? 'yes' : undefined,
        beside: beside ? 'yes' : undefined,
      },
      { main: look.main ?? false },
    );
  return card('callCard', reader, {
    summary: words.summary,
    title: words.title,
    lines: [
      ...errors.map((error) => line(error, { strong: true })),
      ...(saved ? [line(words.saved(exactClock(saved)), { strong: true })] : []),
      line(words.calm),
      line(words.listen),
      line(words.nothingNeeded, { subtle: true }),
      ...(beside ? [line(words.longWords((filled.wording ?? '').length))] : []),
    ],
    also: [t.call.danger],
    buttons: [
      press(words.save, 'save'),
      ...(more ? [] : [press(words.more, 'save', { more: true })]),
      press(words.send, 'send', { main: true }),
    ],
    extra: {
      danger: [line(t.call.danger, { strong: true })],
      first: [
        {
          buttons: [
            filled.callStart ? press(words.endsNow, 'end') : press(words.now, 'start', { main: true }),
            press(words.save, 'save'),
          ],
        },
      ],
      inputs: [
        ...inView(t, filled, beside),
        ...(more ? folded(t, filled) : []),
        choices('dangerNow', {
          label: t.report.dangerNow,
          value: filled.dangerNow,
          among: among(dangerNow, t.labels.dangerNow),
        }),
      ],
      readers: [readersLine(reader, 'words')],
    },
  });
}

function inView({ callCard }: Texts, filled: Values, beside: boolean): Data[] {
  return [
    field('callStart', { label: callCard.callStart, value: filled.callStart }),
    ...(filled.callEnd ? [field('callEnd', { label: callCard.callEnd, value: filled.callEnd })] : []),
    field('wording', {
      label: callCard.wording,
      value: beside ? '' : filled.wording,
      lines: 'many',
    }),
    ...atOnce.map((name) => chosen(callCard, name, filled)),
  ];
}

const folded = ({ callCard }: Texts, filled: Values): Data[] => [
  field('callerNumber', { label: callCard.callerNumber, value: filled.callerNumber }),
  ...behind.map((name) => chosen(callCard, name, filled)),
];

const chosen = ({ fields, choices: titles }: Texts['callCard'], name: Trait, filled: Values): Data =>
  choices(name, {
    label: fields[name],
    value: filled[name],
    multiple: several.includes(name),
    among: traits[name].map((value): Choice => ({ title: titles[value], value })),
  });

/** What is asked of the call after it is sent, one thing at a time. */
export function callQuestion({ locale }: Reader, call: Call, carried: Carried): Data[] {
  const { callCard } = texts(locale);
  const ask = (question: string, buttons: Button[]): Data[] => [{ question, rows: [{ buttons }] }];
  const tells = (title: string, told: Record<string, string>) => caseButton(title, 'callTold', carried, told);
  switch (nextQuestion(call)) {
    case 'time':
      return ask(callCard.isTimeRight(exactly(call.at)), [
        tells(callCard.right, { at: call.at }),
        tells(callCard.correct, { correct: 'yes' }),
      ]);
    case 'screenshot':
      return ask(callCard.screenshot, [
        tells(callCard.done, { screenshot: 'yes' }),
        tells(callCard.cannot, { screenshot: 'no' }),
      ]);
    case 'telephone':
      return ask(
        callCard.whose,
        telephones.map((telephone) => tells(callCard.telephone[telephone], { telephone })),
      );
    case undefined:
      return [];
  }
}

/** "Ändra tiden". */
export function callTimeForm(reader: Reader, asked: Form): View {
  const { callCard } = texts(reader.locale);
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: callCard.correctTitle,
    verb: 'callTold',
    send: callCard.save,
    intro: [],
    inputs: [
      field('callTime', {
        label: callCard.time,
        value: values.callTime ?? (incident.call ? exactly(incident.call.at) : ''),
        missing: callCard.badTime,
      }),
    ],
  });
}

/** Until when the call can be traced, to the one who was called. */
export function traceLines({ locale }: Reader, { call, stage }: Incident): Line[] {
  const { callCard, time } = texts(locale);
  if (!call || stage.status === 'closed') return [];
  return call.traced
    ? [apart(line(callCard.traced))]
    : [
        apart(line(callCard.traceBy(time.day(traceBy(call.at))), { strong: true })),
        line(callCard.traceNeeds),
      ];
}

/** The same on the coordinators' card. */
export function traceFacts({ locale }: Reader, { call }: Incident): Line[] {
  const { callCard, time } = texts(locale);
  if (!call) return [];
  return call.traced
    ? [fact(callCard.tracedAt, time.moment(call.traced))]
    : [fact(callCard.traceAt, time.day(traceBy(call.at)), { strong: true })];
}

/** What is known of the call, where a case is opened. */
export function callFacts({ locale }: Reader, { call }: Incident): Line[] {
  const { callCard } = texts(locale);
  if (!call) return [];
  const { screenshot, telephone } = call;
  const at = exactly(call.at);
  return [
    fact(callCard.at, call.confirmed ? callCard.confirmed(at) : at),
    ...(screenshot === undefined
      ? []
      : [fact(callCard.picture, screenshot ? callCard.pictureYes : callCard.pictureNo)]),
    ...(telephone ? [fact(callCard.phone, callCard.telephone[telephone])] : []),
  ];
}

/** What was noted of it, with the words. */
export function callNoted({ locale }: Reader, { call = '', callerNumber }: Sealed): Line[] {
  const { callCard } = texts(locale);
  const ended = endIn(call);
  return [
    ...(callerNumber ? [fact(callCard.from, callerNumber)] : []),
    ...(ended ? [fact(callCard.ended, exactly(ended))] : []),
    ...unpacked(call).map(([name, ids]) =>
      fact(callCard.fields[name], ids.map((id) => callCard.choices[id]).join(', ')),
    ),
  ];
}

/** The question that comes when a card of a call has lain unsent. Nothing of it is in this message. */
export function unsentCall(reader: Reader, { draft }: { draft: string }): View {
  const { callCard, unsent } = texts(reader.locale);
  return card('words', reader, {
    summary: callCard.unsent,
    call: true,
    title: callCard.unsent,
    lines: [line(callCard.unsentIsKept)],
    buttons: [
      button(callCard.open, 'callCard', { nonce: draft, does: 'open' }, { main: true }),
      button(unsent.notNow, 'dismiss', { draft }),
    ],
  });
}
