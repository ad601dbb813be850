import { assigneeOf, type Incident } from '../core/incident.ts';
import { nextStepOf } from '../core/nextStep.ts';
import { worstFirst } from '../core/policy.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Button, button, type Carried, caseButton, rowsOf } from './button.ts';
import { markIf } from './marked.ts';
import { nameOf } from './names.ts';
import { card, line, marks } from './parts.ts';
import type { Face, Reader, View } from './view.ts';

/** How many cases the board shows; each with its button, and the card must stay under 25 KB. */
const mostShown = 12;

/** `läge`: every open case, worst first: number, class, since when, who has it, what happens next, and a way to take it. */
export function board(
  reader: Reader,
  {
    incidents,
    nonce,
    face,
    page = 0,
    repeat = false,
    late = false,
  }: {
    incidents: readonly Incident[];
    nonce: string;
    face: Face;
    page?: number;
    repeat?: boolean;
    late?: boolean;
  },
): View {
  const t = texts(reader.locale);
  const from = page * mostShown;
  const items = incidents
    .toSorted(worstFirst)
    .slice(from, from + mostShown)
    .map((incident) => ({
      id: markIf(reader, incident, `${incident.id} · ${classOf(reader, incident)}`),
      day: t.board.since(t.time.moment(incident.reportedAt)),
      state: standing(reader, incident),
      rows: rowsOf([actOn(t, { incident, face, nonce })]),
    }));
  const left = Math.max(0, incidents.length - from - items.length);
  return card('list', reader, {
    summary: t.board.summary,
    title: t.board.title,
    lines: [
      ...marks(t, { repeat, late }),
      ...(items.length === 0 ? [line(t.board.none)] : []),
      ...(left > 0 ? [line(t.board.more(left), { strong: true })] : []),
    ],
    also: items.map(({ id, day, state }) => `${id}. ${day}. ${state}`),
    buttons: left > 0 ? [button(t.buttons.more, 'board', { page: String(page + 1) })] : [],
    extra: { items },
  });
}

/** A case that nobody has is taken; one that somebody has is opened, as the card that may never have come for it. */
const actOn = ({ buttons }: Texts, carried: Carried): Button =>
  carried.incident.stage.status === 'new'
    ? caseButton(buttons.acknowledge, 'acknowledge', carried)
    : caseButton(buttons.open, 'hide', carried);

/** What a coordinator has assessed, else what the answers suggested. */
export function classOf({ locale }: Reader, { assessment, urgency }: Incident): string {
  const { labels } = texts(locale);
  return assessment ? labels.riskClass[assessment.riskClass] : labels.urgency[urgency];
}

function standing(reader: Reader, incident: Incident): string {
  const { board, labels, time } = texts(reader.locale);
  const { handedOver, stage, withdrawnAt } = incident;
  const assignee = assigneeOf(incident);
  const who = assignee
    ? board.has(nameOf(reader, assignee), labels.status[stage.status])
    : handedOver
      ? board.handedOver(time.moment(handedOver.at))
      : labels.status[stage.status];
  return [...(withdrawnAt ? [labels.withdrawn] : []), who, ...next(reader, incident)].join('. ');
}

/** What happens next if nobody does anything, and when. */
function next({ locale }: Reader, incident: Incident): string[] {
  const { board, time } = texts(locale);
  const step = nextStepOf(incident);
  switch (step?.do) {
    case 'escalate':
      return [board.asksNext(time.moment(step.at))];
    case 'giveBack':
      return [board.givesBack(time.moment(step.at))];
    case 'raise':
      return [board.alarms(time.moment(step.at))];
    case 'post':
      return [board.readBy(time.moment(step.at))];
    default:
      return [];
  }
}
