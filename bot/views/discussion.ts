import { type Checklist, hasExpired } from '../core/checklist.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Button, button } from './button.ts';
import { field } from './input.ts';
import { card, type Line, line, plain, shown } from './parts.ts';
import type { Reader, View } from './view.ts';

/** A talk as one person has it before them. */
interface Talk {
  list: Checklist;
  /** Which question, from 0. */
  at: number;
  /** What its proposals are kept in. */
  talk: string;
  /** What stands in the field: only in an answer to its writer. */
  text?: string | undefined;
  errors?: readonly string[];
  /** How many proposals there are, never what they are; absent when it is not known. */
  saved?: number | undefined;
  justSaved?: boolean | undefined;
}

/** One question, large, and a field for what the group proposes. */
export function discussion(reader: Reader, talk: Talk): View {
  const { locale } = reader;
  const t = texts(locale).discussion;
  const { list, at, text, errors = [] } = talk;
  const question = list.items[at]?.text[locale] ?? '';
  const left = list.items.length - at - 1;
  const notes = [
    ...errors.map((error) => line(error, { strong: true })),
    ...standing(t, talk),
    line(t.told, { subtle: true }),
    line(t.noThreats, { subtle: true }),
  ];
  return card('question', reader, {
    summary: t.summary,
    title: list.title[locale],
    lines: [
      line(`${t.where(at + 1, list.items.length)} ${t.left(left)}`, { subtle: true }),
      ...(hasExpired(list, reader.now) ? [line(texts(locale).checklist.expired(list.validUntil))] : []),
    ],
    also: [question, ...notes.map(plain)],
    buttons: buttonsOf(t, talk),
    extra: {
      question: shown(question),
      notes,
      inputs: [field('text', { label: t.proposal, value: text, lines: 'many' })],
    },
  });
}

function standing(t: Texts['discussion'], { saved, justSaved = false }: Talk): Line[] {
  return [
    ...(justSaved ? [line(t.justSaved, { strong: true })] : []),
    ...(saved ? [line(t.saved(saved), { strong: true })] : []),
  ];
}

function buttonsOf(t: Texts['discussion'], { list, at, talk }: Talk): Button[] {
  const here = { list: list.id, talk, at: String(at) };
  const to = (n: number) => ({ ...here, to: String(n) });
  return [
    button(t.save, 'propose', here, { main: true }),
    ...(at > 0 ? [button(t.previous, 'discuss', to(at - 1))] : []),
    ...(at + 1 < list.items.length ? [button(t.next, 'discuss', to(at + 1))] : []),
  ];
}

/** Every talk there is, to choose from. */
export function discussions(reader: Reader, { lists }: { lists: readonly Checklist[] }): View {
  const t = texts(reader.locale).discussion;
  return card('words', reader, {
    summary: t.summary,
    title: t.title,
    lines: [line(lists.length === 0 ? t.none : t.choose)],
    also: lists.map(({ title }) => title[reader.locale]),
    buttons: lists.map((list) => button(list.title[reader.locale], 'discuss', { list: list.id })),
  });
}
