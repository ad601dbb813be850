/** What an alarm would lack, in the coordinators' channel. */
import type { Instant, PersonId } from '../core/ids.ts';
import type { Gap } from '../core/readiness.ts';
import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { nameOf } from './names.ts';
import { card, type Line, line, marks } from './parts.ts';
import type { Reader, View } from './view.ts';

/** How many gaps are said one by one. */
const mostGaps = 20;

function linesOf(reader: Reader, gaps: readonly Gap[]): Line[] {
  const { more } = texts(reader.locale).readiness.gaps;
  const hidden = gaps.length - mostGaps;
  return [
    ...gaps.slice(0, mostGaps).map((gap) => line(sentenceOf(reader, gap))),
    ...(hidden > 0 ? [line(more(hidden))] : []),
  ];
}

function sentenceOf(reader: Reader, gap: Gap): string {
  const { readiness, time } = texts(reader.locale);
  const say = readiness.gaps;
  switch (gap.what) {
    case 'nobodyNow':
      return say.nobodyNow;
    case 'noPaging':
      return say.noPaging;
    case 'channelOutsider':
    case 'channelUnread':
      return say[gap.what];
    case 'oldDirectory':
      return say.oldDirectory(time.moment(gap.since));
    case 'noExercise':
      return gap.last ? say.lastExercise(time.day(gap.last)) : say.noExercise;
    case 'uncovered':
      return gap.to
        ? say.uncoveredTo(time.moment(gap.from), time.moment(gap.to))
        : say.uncovered(time.moment(gap.from));
    default:
      return say[gap.what](nameOf(reader, gap.person));
  }
}

/**
 * @param of mark of these gaps, sent back by the button
 * @param changed an older card was pressed
 */
export function readiness(
  reader: Reader,
  {
    gaps,
    of,
    repeat = false,
    changed = false,
  }: { gaps: readonly Gap[]; of: string; repeat?: boolean; changed?: boolean },
): View {
  const t = texts(reader.locale);
  const say = t.readiness.gaps;
  return card('words', reader, {
    summary: say.summary,
    title: say.title,
    lines: [
      ...marks(t, { repeat }),
      ...(changed ? [line(say.changed, { strong: true })] : []),
      ...linesOf(reader, gaps),
      line(say.means, { subtle: true }),
    ],
    buttons: [button(say.accept, 'accept', { of })],
  });
}

/** What has been accepted, by whom and when. */
export function readinessAccepted(
  reader: Reader,
  { gaps, by, at }: { gaps: readonly Gap[]; by: PersonId; at: Instant },
): View {
  const { readiness, time } = texts(reader.locale);
  const say = readiness.accepted;
  return card('words', reader, {
    summary: say.summary,
    title: say.title,
    lines: [...linesOf(reader, gaps), line(say.by(nameOf(reader, by), time.moment(at))), line(say.until)],
  });
}

/** Nothing is missing any more. */
export function readinessMended(reader: Reader, { repeat = false }: { repeat?: boolean }): View {
  const t = texts(reader.locale);
  const { summary, title, all } = t.readiness.mended;
  const lines = [...marks(t, { repeat }), line(all)];
  return card('words', reader, { summary, title, lines });
}
