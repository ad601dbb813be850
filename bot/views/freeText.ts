import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { apart, card, type Line, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** What someone just wrote: the ways to send it. Without a draft it could not be kept, and only stands in the chat. */
export function freeText(
  reader: Reader,
  { nonce, draft }: { nonce: string; draft?: string | undefined },
): View {
  const t = texts(reader.locale);
  const duty = reader.directory.dutyFunction().name;
  return card('words', reader, {
    summary: t.freeText.summary,
    call: true,
    title: draft ? t.freeText.title : t.freeText.notSent,
    lines: [
      ...(draft
        ? [line(t.freeText.notSent, { strong: true }), line(t.freeText.alarm(duty)), line(t.freeText.form)]
        : [line(t.freeText.staysInChat), line(t.freeText.sendAnyway)]),
      ...keptByTeams(reader),
    ],
    buttons: [
      button(
        t.buttons.alarm,
        'report',
        { nonce, draft, dangerNow: 'yes', channel: 'unknown' },
        { main: true },
      ),
      button(t.buttons.report, 'report', { nonce, draft, open: 'form' }),
    ],
  });
}

/** To whoever has written in the chat itself: where it stands too, and how it is taken away. */
export const keptByTeams = ({ locale }: Reader): Line[] => {
  const { freeText } = texts(locale);
  return [apart(line(freeText.teamsKeeps, { subtle: true })), line(freeText.teamsRemove, { subtle: true })];
};

/** The question that comes when what someone wrote has lain unsent. */
export function unsent(reader: Reader, { nonce, draft }: { nonce: string; draft: string }): View {
  const t = texts(reader.locale);
  return card('words', reader, {
    summary: t.unsent.summary,
    call: true,
    title: t.unsent.title,
    lines: [line(t.unsent.goesTo(reader.directory.dutyFunction().name))],
    buttons: [
      button(
        t.unsent.send,
        'report',
        { nonce, draft, needs: 'draft', dangerNow: 'unsure', channel: 'unknown' },
        { main: true },
      ),
      button(t.unsent.notNow, 'dismiss', { draft }),
    ],
  });
}
