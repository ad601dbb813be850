import { affected, callback, channels, dangerNow, whenRough } from '../core/incident.ts';
import type { Person } from '../core/people.ts';
import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { among, choices, field, type Values } from './input.ts';
import { card, line, shown } from './parts.ts';
import { readersLine } from './readers.ts';
import type { Data, Reader, View } from './view.ts';

/** Longer than this, a draft travels beside the form instead of in its field (DOMAIN C1). */
const longestShown = 2_000;

/** What an alarm without questions leaves unanswered is not a choice that people make. */
const askedChannels = channels.filter((channel) => channel !== 'unknown');

/** The inputs behind "Lägg till mer", with what they hold until someone answers (DOMAIN C1). */
const defaults = {
  affected: 'self',
  affectedWho: '',
  whenRough: 'now',
  where: '',
  callback: 'today',
  number: '',
  exclude: '',
} as const satisfies Values;
type Folded = keyof typeof defaults;
const folded = Object.keys(defaults) as Folded[];

/**
 * The quick report (DOMAIN C1): two mandatory answers, three inputs in view.
 *
 * @param number the reader's own number, as the directory has it
 * @param excludable who may be kept from knowing
 * @param values what was filled in, when the form comes back with errors
 * @param errors sentences
 */
export function reportForm(
  reader: Reader,
  {
    nonce,
    number,
    excludable = [],
    draft,
    values = {},
    errors = [],
  }: {
    nonce: string;
    number?: string | undefined;
    excludable?: readonly Person[] | undefined;
    draft?: { id: string; text: string } | undefined;
    values?: Values | undefined;
    errors?: readonly string[] | undefined;
  },
): View {
  const t = texts(reader.locale);
  const beside = draft !== undefined && draft.text.length > longestShown;
  const text = values.text ?? (draft && !beside ? draft.text : '');
  return card('report', reader, {
    summary: t.report.summary,
    title: t.report.title,
    lines: [
      ...errors.map((error) => line(error, { strong: true })),
      line(t.report.intro, { subtle: true }),
      ...(beside ? [line(t.report.draftFollows(draft.text.length))] : []),
    ],
    also: [t.call.danger],
    buttons: [button(t.report.send, 'report', { nonce, draft: draft?.id }, { main: true })],
    extra: {
      danger: [line(t.call.danger, { strong: true })],
      inputs: inView(reader, values, text),
      moreTitle: t.report.more,
      moreOpen: folded.some((id) => (values[id] ?? defaults[id]) !== defaults[id]),
      more: behind(reader, values, { number, excludable }),
      calls: [line(number ? t.report.weCall(number) : t.report.noNumber)],
      readers: [readersLine(reader, 'words')],
    },
  });
}

function inView({ locale }: Reader, values: Values, text: string): Data[] {
  const { report, labels } = texts(locale);
  return [
    choices('dangerNow', {
      label: report.dangerNow,
      value: values.dangerNow,
      missing: report.dangerNowMissing,
      among: among(dangerNow, labels.dangerNow),
    }),
    choices('channel', {
      label: report.channel,
      value: values.channel,
      missing: report.channelMissing,
      among: among(askedChannels, labels.channel),
    }),
    field('text', { label: report.text, value: text, lines: 'many', placeholder: report.textPlaceholder }),
  ];
}

function behind(
  { locale }: Reader,
  values: Values,
  { number, excludable }: { number: string | undefined; excludable: readonly Person[] },
): Data[] {
  const { report, labels } = texts(locale);
  const filled = (id: Folded) => values[id] ?? defaults[id];
  return [
    choices('affected', {
      label: report.affected,
      value: filled('affected'),
      among: among(affected, labels.affected),
    }),
    field('affectedWho', { label: report.affectedWho, value: filled('affectedWho') }),
    choices('whenRough', {
      label: report.whenRough,
      value: filled('whenRough'),
      among: among(whenRough, labels.whenRough),
    }),
    field('where', { label: report.where, value: filled('where') }),
    choices('callback', {
      label: report.callback,
      value: filled('callback'),
      among: among(callback, labels.callback),
    }),
    field('number', { label: number ? report.otherNumber : report.number, value: filled('number') }),
    ...(excludable.length > 0
      ? [
          choices('exclude', {
            label: report.exclude,
            value: filled('exclude'),
            folded: true,
            among: [
              { title: report.excludeNobody, value: '' },
              ...excludable.map(({ id, name }) => ({ title: shown(name), value: id })),
            ],
          }),
        ]
      : []),
  ];
}
