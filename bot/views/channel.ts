/** Why nothing is posted in the coordinators' channel, and when it is again. */
import { texts } from '../text/index.ts';
import { card, line, marks } from './parts.ts';
import type { Reader, View } from './view.ts';

/** To everyone in the channel, whoever they are: nothing is posted here now. */
export function channelHasOutsider(reader: Reader): View {
  const { summary, title, why } = texts(reader.locale).channel.outsider;
  return card('words', reader, { summary, title, lines: [line(why)] });
}

/** To a coordinator in 1:1: the channel is not used, why, and what to do. */
export function channelClosed(
  reader: Reader,
  { why, repeat = false }: { why: 'outsider' | 'unread'; repeat?: boolean },
): View {
  const t = texts(reader.locale);
  const { summary, title, instead, act, ...reasons } = t.channel.closed;
  const lines = [...marks(t, { repeat }), line(reasons[why]), line(instead), line(act[why])];
  return card('words', reader, { summary, title, lines });
}

/** Everyone in the channel may read again. */
export function channelOpen(reader: Reader, { repeat = false }: { repeat?: boolean }): View {
  const t = texts(reader.locale);
  const { summary, title, all } = t.channel.open;
  return card('words', reader, { summary, title, lines: [...marks(t, { repeat }), line(all)] });
}
