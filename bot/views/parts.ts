/** What every card is made of: lines of text, the block with 112, and the plain words that stand in for the card. */
import type { Person } from '../core/people.ts';
import { dialledNumber } from '../core/phone.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Button, rowsOf } from './button.ts';
import type { Data, Reader, View } from './view.ts';

type Run = { text: string; weight: string; subtle: boolean };
/** One line of a card: runs of text that no client reads as markdown. */
export type Line = { runs: Run[]; spacing: string };

const run = (text: string, { strong = false, subtle = false } = {}): Run => ({
  text: shown(text),
  weight: strong ? 'Bolder' : 'Default',
  subtle,
});

/** A sentence or a paragraph. */
export const line = (text: string, look: { strong?: boolean; subtle?: boolean } = {}): Line => ({
  runs: [run(text, look)],
  spacing: 'Small',
});

/** A label with its value: "Telefon: 070-..." */
export const fact = (label: string, value: string, look: { strong?: boolean } = {}): Line => ({
  runs: [run(`${label}: `, { subtle: true }), run(value, look)],
  spacing: 'Small',
});

/** What must be said of how a message came: that it may have come before, and that it should have come earlier. */
export const marks = (
  { labels }: Texts,
  { repeat, late = false }: { repeat: boolean; late?: boolean },
): Line[] => [
  ...(repeat ? [line(labels.repeat, { strong: true })] : []),
  ...(late ? [line(labels.late, { strong: true })] : []),
];

/** A line that begins a new part of the card. */
export const apart = (begun: Line): Line => ({ ...begun, spacing: 'Medium' });

/** A line as plain words. */
export const plain = ({ runs }: Line): string => runs.map(({ text }) => text).join('');

/**
 * Text as it may be put on a card: what would be invisible, or turn the reading direction of its surroundings
 * (control characters, bidirectional overrides and isolates, lone surrogates), is shown as a replacement character.
 */
export const shown = (text: string): string =>
  text.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');

/** An address that dials, or `undefined` when the number is not one: numbers are typed by people. */
export function dialled(number: string): string | undefined {
  const digits = dialledNumber(number);
  return digits && `tel:${digits}`;
}

/** A link that calls. The number is always text on the card too: on a computer such a link may do nothing. */
export function callLink(title: string, number: string): Data[] {
  const url = dialled(number);
  return url ? [{ title, url }] : [];
}

/**
 * 112, that the bot cannot call, and the duty function with its number.
 *
 * @param first what must be known next after 112
 */
function callBlock(
  { directory }: Reader,
  { call }: Texts,
  first: string | undefined,
): { data: Data; words: string[] } {
  const { name, number } = directory.dutyFunction();
  return {
    data: {
      danger: call.danger,
      first: first ? [line(first, { strong: true })] : [],
      cannotCall: call.cannotCall,
      dutyFunction: shown(name),
      number: shown(number),
      links: [...callLink(call.call112, '112'), ...callLink(call.callNumber(shown(number)), number)],
    },
    words: [call.danger, ...(first ? [first] : []), call.cannotCall, call.duty(name, number)],
  };
}

/** A mention stands in text that is markdown, so of a name only what names are made of is left. */
function mentionOf({ id, name: written }: Person): Data {
  const name = written.replaceAll(/[^\p{L}\p{M}\p{N} .'-]/gu, ' ').trim();
  return { id, name, mention: `<at>${name}</at>` };
}

/**
 * A card with what all cards have; templates show of it what they need.
 *
 * @param content.title a fixed sentence, at most with a case number: a heading is markdown
 * @param content.call puts 112 and the duty function first
 * @param content.first what must be known next after 112, in its block
 * @param content.mentions who must act now, in a channel: Teams notifies them
 * @param content.also what the plain words say beside the lines
 * @param content.extra what only this card has
 */
export function card(
  name: string,
  reader: Reader,
  content: {
    summary: string;
    title?: string | undefined;
    call?: boolean;
    first?: string | undefined;
    mentions?: readonly Person[];
    lines: Line[];
    buttons?: Button[];
    also?: string[];
    extra?: Data;
  },
): View {
  const t = texts(reader.locale);
  const { call = false, first, mentions = [] } = content;
  const { lines, buttons = [], also = [], extra = {} } = content;
  const mark = (said: string) => (reader.exercise ? t.exercise.mark(said) : said);
  const summary = mark(content.summary);
  const title = mark(content.title ?? '').trim();
  const block = call ? [callBlock(reader, t, first)] : [];
  return {
    card: name,
    data: {
      lang: reader.locale,
      call: block.map(({ data }) => data),
      title,
      titled: title !== '',
      mentions: mentions.map(mentionOf),
      lines,
      rows: rowsOf(buttons),
      ...extra,
    },
    summary,
    fallback: [
      ...(reader.exercise && call ? [mark('').trim()] : []),
      ...block.flatMap(({ words }) => words),
      ...(title ? [title] : []),
      ...lines.map(plain),
      ...also,
      ...(buttons.length > 0 ? [t.call.noButtons] : []),
    ].join('\n'),
  };
}
