/** What the bot says of its own watch, in the coordinators' channel. */
import { type Fault, faultKinds } from '../core/audit.ts';
import { texts } from '../text/index.ts';
import { card, fact, line, marks } from './parts.ts';
import type { Reader, View } from './view.ts';

/** How many case numbers are said. */
const mostCases = 10;

/** Something should have happened and has not: how much of what, and in which cases. */
export function auditorFound(
  reader: Reader,
  { faults, repeat = false }: { faults: readonly Fault[]; repeat?: boolean },
): View {
  const t = texts(reader.locale);
  const { summary, title, cases, more, act, ...kinds } = t.watch.found;
  const ids = [...new Set(faults.map(({ id }) => id))];
  const hidden = ids.length - mostCases;
  const counts = faultKinds.map((kind) => ({
    label: kinds[kind],
    count: faults.filter((fault) => fault.kind === kind).length,
  }));
  return card('words', reader, {
    summary,
    title,
    lines: [
      ...marks(t, { repeat }),
      ...counts.filter(({ count }) => count > 0).map(({ label, count }) => fact(label, String(count))),
      fact(cases, [...ids.slice(0, mostCases), ...(hidden > 0 ? [more(hidden)] : [])].join(', ')),
      line(act),
    ],
  });
}

/** All that was stuck has moved on. */
export function auditorMended(reader: Reader, { repeat = false }: { repeat?: boolean }): View {
  const t = texts(reader.locale);
  const { summary, title, all } = t.watch.mended;
  const lines = [...marks(t, { repeat }), line(all)];
  return card('words', reader, { summary, title, lines });
}

/** The storage has not answered for a while. */
export function auditorBlind(reader: Reader): View {
  const { summary, title, calls, act } = texts(reader.locale).watch.blind;
  return card('words', reader, { summary, title, call: true, lines: [line(calls), line(act)] });
}

/** @param by how far the clock has jumped, in ms */
export function clockJumped(reader: Reader, { by }: { by: number }): View {
  const { clock } = texts(reader.locale).watch;
  const lines = [line(clock.by(Math.round(by / 60_000))), line(clock.act)];
  return card('words', reader, { summary: clock.summary, title: clock.title, lines });
}
