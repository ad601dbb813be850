import { closeReasons, grades } from '../core/incident.ts';
import { texts } from '../text/index.ts';
import { backButton, type Carried, caseButton } from './button.ts';
import { among, choices, field, type Values } from './input.ts';
import { card, type Line, line } from './parts.ts';
import { readersLine } from './readers.ts';
import { reasonsOf } from './triage.ts';
import type { Data, Reader, View } from './view.ts';
import { words } from './words.ts';

/** A small form of a case: what it is drawn with. */
export interface Form extends Carried {
  /** Sentences. */
  errors?: readonly string[] | undefined;
  /** What was filled in, when the form comes back. */
  values?: Values | undefined;
  /** True for a form that is a message of its own, and was not opened from a card. */
  own?: boolean | undefined;
}

/** A form with one way to send it, and one way back to the card it was opened from. */
export const form = (
  reader: Reader,
  asked: Form,
  shape: {
    title: string;
    verb:
      | 'assess'
      | 'note'
      | 'handOver'
      | 'close'
      | 'erase'
      | 'supplement'
      | 'restrict'
      | 'categorise'
      | 'share'
      | 'override'
      | 'callTold';
    send: string;
    intro: Line[];
    inputs: Data[];
    sends?: Record<string, string>;
  },
): View => {
  const t = texts(reader.locale);
  return card('form', reader, {
    summary: t.forms.summary,
    title: shape.title,
    lines: [...errorLines(asked), ...shape.intro],
    buttons: [
      caseButton(
        shape.send,
        shape.verb,
        asked,
        { ...shape.sends, ...(asked.own && { own: 'yes' }) },
        { main: true },
      ),
      ...(asked.own ? [] : [backButton(t.buttons.cancel, asked)]),
    ],
    extra: { inputs: shape.inputs },
  });
};

export const errorLines = ({ errors = [] }: Form): Line[] =>
  errors.map((error) => line(error, { strong: true }));

/** "Låg, ingen matris" first, else the 4 x 4 of DOMAIN C5. */
export function assessForm(reader: Reader, asked: Form): View {
  const t = texts(reader.locale);
  const { assess } = t.forms;
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: assess.title(incident.id),
    verb: 'assess',
    send: assess.send,
    intro: [
      readersLine(reader, 'factors', incident),
      line(assess.suggestion(t.labels.urgency[incident.urgency]), { strong: true }),
      line(reasonsOf(incident, t), { subtle: true }),
    ],
    inputs: [
      choices('method', {
        label: assess.method,
        value: values.method,
        missing: assess.methodMissing,
        among: [
          { title: assess.none, value: 'none' },
          { title: assess.matrix, value: 'matrix' },
        ],
      }),
      choices('likelihood', {
        label: assess.likelihood,
        value: values.likelihood,
        among: among(grades, t.labels.likelihood),
      }),
      choices('consequence', {
        label: assess.consequence,
        value: values.consequence,
        among: among(grades, t.labels.consequence),
      }),
    ],
  });
}

export function noteForm(reader: Reader, asked: Form): View {
  const { note } = texts(reader.locale).forms;
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: note.title(incident.id),
    verb: 'note',
    send: note.send,
    intro: [readersLine(reader, 'factors', incident)],
    inputs: [
      field('text', { label: note.text, value: values.text, missing: note.textMissing, lines: 'many' }),
      choices('visibleTo', {
        label: note.visibleTo,
        value: values.visibleTo ?? 'staff',
        among: [
          { title: note.staff, value: 'staff' },
          { title: note.reporter, value: 'reporter' },
        ],
      }),
    ],
  });
}

/** The note is for whoever takes the case. */
export function handOverForm(reader: Reader, asked: Form): View {
  const { handOver } = texts(reader.locale).forms;
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: handOver.title(incident.id),
    verb: 'handOver',
    send: handOver.send,
    intro: [line(handOver.told), readersLine(reader, 'factors', incident)],
    inputs: [
      field('text', {
        label: handOver.text,
        value: values.text,
        missing: handOver.textMissing,
        lines: 'many',
      }),
    ],
  });
}

export function closeForm(reader: Reader, asked: Form): View {
  const t = texts(reader.locale);
  const { close } = t.forms;
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: close.title(incident.id),
    verb: 'close',
    send: close.send,
    intro: [line(close.told)],
    inputs: [
      choices('reason', {
        label: close.reason,
        value: values.reason,
        missing: close.reasonMissing,
        among: among(closeReasons, t.labels.closeReason),
      }),
    ],
  });
}

/** What is deleted, what stays, and for how long backups keep it: the send button is the confirmation. */
export function eraseForm(reader: Reader, asked: Form): View {
  const { erased } = texts(reader.locale);
  return form(reader, asked, {
    title: erased.title(asked.incident.id),
    verb: 'erase',
    send: erased.send,
    intro: [
      line(erased.what, { strong: true }),
      line(erased.left),
      line(erased.noReturn, { strong: true }),
      line(erased.backups),
      line(erased.decision),
    ],
    inputs: [],
    sends: { sure: 'yes' },
  });
}

/**
 * More to tell, or where one is; and a number to call, when nobody knows one.
 *
 * @param asked.what `where` is asked after an alarm that was sent before anything was asked
 */
export function supplementForm(reader: Reader, asked: Form & { what: 'text' | 'where' }): View {
  const { forms, report } = texts(reader.locale);
  const { supplement } = forms;
  const { values = {}, incident, what } = asked;
  const number = incident.numberKnown
    ? []
    : [field('number', { label: report.number, value: values.number })];
  const shape = { verb: 'supplement', send: supplement.send, sends: { what } } as const;
  return what === 'where'
    ? form(reader, asked, {
        ...shape,
        title: supplement.whereTitle,
        intro: [
          ...(incident.alarmedAt ? [line(supplement.alarmSent(incident.id), { strong: true })] : []),
          line(supplement.whereTold),
          readersLine(reader, 'place', incident),
        ],
        inputs: [
          field('where', {
            label: supplement.where,
            value: values.where,
            missing: supplement.whereMissing,
          }),
          ...number,
        ],
      })
    : form(reader, asked, {
        ...shape,
        title: supplement.title(incident.id),
        intro: [readersLine(reader, 'words', incident)],
        inputs: [
          field('text', {
            label: supplement.text,
            value: values.text,
            // A number alone is enough where one is asked for.
            ...(incident.numberKnown && { missing: supplement.textMissing }),
            lines: 'many',
          }),
          ...number,
        ],
      });
}

/** What a supplement form that was a message of its own becomes. */
export function supplemented(reader: Reader, what: 'text' | 'where'): View {
  const { supplement } = texts(reader.locale).forms;
  return words(reader, { paragraphs: [what === 'where' ? supplement.whereSent : supplement.textSent] });
}
