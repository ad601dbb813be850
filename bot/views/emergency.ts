import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { card, line } from './parts.ts';
import { phonesNow } from './phones.ts';
import type { Reader, View } from './view.ts';

/** 112, the duty function's number, and an alarm that is sent before anything is asked. */
export function emergency(reader: Reader, { nonce }: { nonce: string }): View {
  const t = texts(reader.locale);
  const { first, also } = phonesNow(reader);
  return card('words', reader, {
    summary: t.emergency.summary,
    call: true,
    first,
    title: t.emergency.title,
    lines: [
      line(t.emergency.goesTo(reader.directory.dutyFunction().name)),
      ...also.map((said) => line(said)),
      line(t.emergency.not112, { strong: true }),
      line(t.emergency.whereAfter, { subtle: true }),
    ],
    buttons: [
      button(t.emergency.send, 'report', { nonce, dangerNow: 'yes', channel: 'unknown' }, { main: true }),
    ],
  });
}
