import { texts } from '../text/index.ts';
import { backButton, type Carried, caseButton } from './button.ts';
import { callLink, card, fact, type Line, line, shown } from './parts.ts';
import type { Reader, View } from './view.ts';

/**
 * What people wrote is there and cannot be opened just now.
 *
 * @param mayCall whether this person reads everybody's numbers: then the one that the directory has of who reported is
 *   shown, so that nobody is left waiting for a key
 */
export function readingWaits(reader: Reader, { mayCall, ...carried }: Carried & { mayCall: boolean }): View {
  const t = texts(reader.locale);
  const { incident, face } = carried;
  const number = mayCall ? reader.directory.person(incident.reporter)?.number : undefined;
  const lines: Line[] = [
    line(t.details.waits, { strong: true }),
    line(t.details.waitsIsKept),
    line(t.details.waitsTryAgain),
    ...(number ? [fact(t.details.waitsReporter, shown(number), { strong: true })] : []),
  ];
  return card('details', reader, {
    summary: t.details.summary(incident.id),
    title: face !== 'receipt' ? t.details.title(incident.id) : t.details.ownTitle(incident.id),
    lines,
    buttons: [
      caseButton(t.buttons.tryAgain, 'details', carried, {}, { main: true }),
      backButton(t.buttons.hide, carried),
    ],
    extra: {
      calls: number ? [{ links: callLink(t.call.callNumber(shown(number)), number) }] : [],
      story: [],
    },
  });
}
