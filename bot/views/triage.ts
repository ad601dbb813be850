import { system } from '../core/ids.ts';
import { assigneeOf, type Incident } from '../core/incident.ts';
import { allowedVerbs, routeOf } from '../core/policy.ts';
import { isNight } from '../core/time.ts';
import { type Texts, texts } from '../text/index.ts';
import { withList } from './button.ts';
import { traceFacts } from './callCard.ts';
import { nameOf } from './names.ts';
import { card, fact, type Line, line, marks } from './parts.ts';
import type { Reader, View } from './view.ts';

/** Every reader of the channel sees the same buttons: a coordinator's. Who clicks is asked at the click. */
const anyCoordinator = { person: system, roles: ['coordinator'] } as const;

/**
 * The thin card in the coordinators' channel (DESIGN 6): nothing on it says who, where or what was written.
 *
 * @param repeat it may have come before
 */
export function triage(
  reader: Reader,
  { incident, nonce, repeat = false }: { incident: Incident; nonce: string; repeat?: boolean },
): View {
  const t = texts(reader.locale);
  const { id, urgency, answers, assessment, follows, reportedAt } = incident;
  const assignee = assigneeOf(incident);
  return card('triage', reader, {
    summary: t.triage.summary(id),
    title: t.triage.title(id, t.labels.urgency[urgency]),
    lines: [
      ...marks(t, { repeat }),
      ...(incident.withdrawnAt ? [line(t.triage.withdrawn, { strong: true })] : []),
      fact(t.triage.state, stateOf(incident, t)),
      ...(assignee ? [fact(t.triage.assignee, nameOf(reader, assignee))] : []),
      ...(assessment
        ? [fact(t.triage.risk, t.triage.assessedRisk(t.labels.riskClass[assessment.riskClass]))]
        : [fact(t.triage.why, reasonsOf(incident, t))]),
      fact(t.triage.channel, t.labels.channel[answers.channel]),
      fact(t.triage.received, t.time.moment(reportedAt)),
      ...(incident.handedOver ? [fact(t.triage.handedOver, t.time.moment(incident.handedOver.at))] : []),
      ...deadlineOf(reader, incident),
      ...traceFacts(reader, incident),
      ...(follows ? [fact(t.triage.follows, follows)] : []),
    ],
    buttons: withList(reader, allowedVerbs(incident, anyCoordinator, ['coordinator']), {
      incident,
      face: 'triage',
      nonce,
    }),
  });
}

/** Everything that spoke for the urgency. */
export const reasonsOf = ({ answers, reportedAt }: Incident, { labels }: Texts): string =>
  routeOf(answers, isNight(reportedAt))
    .reasons.map((reason) => labels.reason[reason])
    .join('. ');

function stateOf({ stage }: Incident, { labels, triage }: Texts): string {
  return stage.status === 'closed'
    ? triage.closedBecause(labels.closeReason[stage.reason])
    : labels.status[stage.status];
}

/** When it is read or alarmed at the latest, while that is still to come; else when the alarm went out. */
function deadlineOf(
  { locale, now }: Reader,
  { stage, alarmedAt, handedOver, readBy, route }: Incident,
): Line[] {
  const { triage, time } = texts(locale);
  if (stage.status !== 'new' || handedOver) return [];
  if (alarmedAt) return [fact(triage.alarmed, time.moment(alarmedAt))];
  if (!readBy || readBy <= now) return [];
  return [fact(route === 'alarmInTheMorning' ? triage.alarmAt : triage.deadline, time.moment(readBy))];
}
