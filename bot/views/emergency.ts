import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** 112, the duty function's number, and an alarm that is sent before anything is asked. */
export function emergency(
  reader: Reader,
  { nonce, draft }: { nonce: string; draft?: string | undefined },
): View {
  const t = texts(reader.locale);
  return card('words', reader, {
    summary: t.emergency.summary,
    call: true,
    title: t.emergency.title,
    lines: [
      line(t.emergency.goesTo(reader.directory.dutyFunction().name)),
      line(t.emergency.not112, { strong: true }),
      line(t.emergency.whereAfter, { subtle: true }),
      ...(draft ? [line(t.emergency.draftFollows)] : []),
    ],
    buttons: [
      button(
        t.emergency.send,
        'report',
        { nonce, draft, dangerNow: 'yes', channel: 'unknown' },
        { main: true },
      ),
    ],
  });
}
