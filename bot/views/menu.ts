import type { Role } from '../core/people.ts';
import { answersAlarms } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** Welcome and menu: 112, then alarm, then report. */
export function menu(reader: Reader, { roles }: { roles: readonly Role[] }): View {
  const t = texts(reader.locale);
  const answers = answersAlarms({ roles });
  return card('words', reader, {
    summary: t.menu.summary,
    call: true,
    title: t.menu.title,
    lines: [
      line(t.menu.right),
      line(t.menu.alarmGoesTo(reader.directory.dutyFunction().name)),
      line(t.menu.freeText, { subtle: true }),
      ...(answers ? [line(t.menu.answering), line(t.menu.forCaller)] : []),
      ...(roles.includes('coordinator') ? [line(t.menu.exercise)] : []),
    ],
    buttons: [
      button(t.buttons.alarm, 'emergency', {}, { main: true }),
      button(t.buttons.report, 'report'),
      button(t.buttons.reports, 'reports'),
      button(t.checklist.all, 'checklists'),
      button(t.phoneList.title, 'phoneList'),
      ...(answers ? [button(t.digest.board, 'board'), button(t.dutyRota.title, 'onDuty')] : []),
    ],
  });
}
