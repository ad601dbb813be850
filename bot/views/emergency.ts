import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** 112, the duty function's number, and an alarm that is sent before anything is asked. */
export function emergency(reader: Reader, { nonce }: { nonce: string }): View {
  const t = texts(reader.locale);
  const duty = reader.directory.dutyFunction();
  return card('words', reader, {
    summary: t.emergency.summary,
    call: true,
    title: t.emergency.title,
    lines: [
      line(t.call.teamsWakesNobody(duty.name, duty.number), { strong: true }),
      line(t.emergency.goesTo(duty.name)),
      line(t.emergency.not112, { strong: true }),
      line(t.emergency.whereAfter, { subtle: true }),
    ],
    buttons: [
      button(t.emergency.send, 'report', { nonce, dangerNow: 'yes', channel: 'unknown' }, { main: true }),
    ],
  });
}
