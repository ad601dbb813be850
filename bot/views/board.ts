import { assigneeOf, type Incident } from '../core/incident.ts';
import { worstFirst } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { caseButton, rowsOf } from './button.ts';
import { nameOf } from './names.ts';
import { card, line } from './parts.ts';
import type { Face, Reader, View } from './view.ts';

/** How many cases the board shows; each with its button, and the card must stay under 25 KB. */
const mostShown = 12;

/** `läge`: every open case, worst first: number, class, since when, who has it or when it is read, and a way to take it. */
export function board(
  reader: Reader,
  { incidents, nonce, face }: { incidents: readonly Incident[]; nonce: string; face: Face },
): View {
  const t = texts(reader.locale);
  const items = incidents
    .toSorted(worstFirst)
    .slice(0, mostShown)
    .map((incident) => ({
      id: `${incident.id} · ${classOf(reader, incident)}`,
      day: t.board.since(t.time.moment(incident.reportedAt)),
      state: standing(reader, incident),
      rows:
        incident.stage.status === 'new'
          ? rowsOf([caseButton(t.buttons.acknowledge, 'acknowledge', { incident, face, nonce })])
          : [],
    }));
  const hidden = incidents.length - items.length;
  return card('list', reader, {
    summary: t.board.summary,
    title: t.board.title,
    lines: [
      ...(items.length === 0 ? [line(t.board.none)] : []),
      ...(hidden > 0 ? [line(t.board.more(hidden), { strong: true })] : []),
    ],
    also: items.map(({ id, day, state }) => `${id}. ${day}. ${state}`),
    extra: { items },
  });
}

/** What a coordinator has assessed, else what the answers suggested. */
export function classOf({ locale }: Reader, { assessment, urgency }: Incident): string {
  const { labels } = texts(locale);
  return assessment ? labels.riskClass[assessment.riskClass] : labels.urgency[urgency];
}

function standing(reader: Reader, incident: Incident): string {
  const { board, labels, time } = texts(reader.locale);
  const { readBy, alarmedAt, handedOver, stage, withdrawnAt } = incident;
  const assignee = assigneeOf(incident);
  const who = assignee
    ? board.has(nameOf(reader, assignee), labels.status[stage.status])
    : handedOver
      ? board.handedOver(time.moment(handedOver.at))
      : readBy && !alarmedAt
        ? board.readBy(time.moment(readBy))
        : labels.status.new;
  return withdrawnAt ? `${labels.withdrawn}. ${who}` : who;
}
