import type { Incident } from '../core/incident.ts';
import { texts } from '../text/index.ts';
import { button, caseButton, rowsOf } from './button.ts';
import { markIf } from './marked.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** How many reports the list shows; each with its button, and the card must stay under 25 KB. */
const mostShown = 12;

/** "Mina rapporter", newest first: number, day, how each stands, and a way in. */
export function reports(
  reader: Reader,
  { incidents, nonce }: { incidents: readonly Incident[]; nonce: string },
): View {
  const t = texts(reader.locale);
  const newest = incidents.slice(0, mostShown);
  const items = newest.map((incident) => {
    const { withdrawnAt, stage } = incident;
    const closed = stage.status === 'closed';
    return {
      id: markIf(reader, incident, incident.id),
      day: t.time.day(incident.reportedAt),
      state: withdrawnAt && !closed ? t.labels.withdrawn : t.labels.reportStatus[stage.status],
      rows: rowsOf([caseButton(t.buttons.open, 'details', { incident, face: 'receipt', nonce })]),
    };
  });
  const none = items.length === 0;
  return card('list', reader, {
    summary: t.reports.summary,
    title: t.reports.title,
    lines: none
      ? [line(t.reports.none), line(t.reports.noneRight)]
      : incidents.length > mostShown
        ? [line(t.reports.newest(mostShown), { subtle: true })]
        : [],
    also: items.map(({ id, day, state }) => `${id}, ${day}: ${state}`),
    buttons: none ? [button(t.buttons.report, 'report', {}, { main: true })] : [],
    extra: { items },
  });
}
