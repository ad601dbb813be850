import type { Instant } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { texts } from '../text/index.ts';
import { verbsOn, withList } from './button.ts';
import { nameOf } from './names.ts';
import { card, fact, type Line, line, marks } from './parts.ts';
import { reasonsOf } from './triage.ts';
import type { CaseCard, Reader, View } from './view.ts';

/**
 * The alarm in 1:1 to someone who answers: no name, no place, no words of the report. Those open by a logged click.
 */
export function alarm(
  reader: Reader,
  { incident, actor, nonce, repeat = false, late = false }: CaseCard,
): View {
  const t = texts(reader.locale);
  const { id, urgency, answers, numberKnown } = incident;
  return card('alarm', reader, {
    summary: t.alarm.summary(id),
    title: t.alarm.title(t.labels.urgency[urgency]),
    lines: [
      ...marks(t, { repeat, late }),
      ...standing(reader, incident),
      fact(t.alarm.why, reasonsOf(incident, t)),
      fact(t.alarm.wish, t.labels.wish[answers.callback]),
      ...(numberKnown ? [] : [line(t.alarm.numberMissing, { strong: true })]),
      fact(t.alarm.channel, t.labels.channel[answers.channel]),
      fact(t.alarm.received, t.time.moment(incident.reportedAt)),
      fact(t.alarm.id, id),
      ...(incident.company === false ? [line(t.alarm.alone, { strong: true })] : []),
      ...(incident.stage.status === 'new' ? [line(t.alarm.afterTaking, { subtle: true })] : []),
    ],
    buttons: withList(reader, verbsOn('alarm', incident, actor), { incident, face: 'alarm', nonce }),
  });
}

/** What has happened since: who has it, and whether it has been withdrawn. */
function standing(reader: Reader, { stage, withdrawnAt, reportedAt, handedOver }: Incident): Line[] {
  const { alarm, time } = texts(reader.locale);
  const since = (at: Instant) => time.since(reportedAt, at);
  const gone = withdrawnAt ? [line(alarm.withdrawn(since(withdrawnAt)), { strong: true })] : [];
  switch (stage.status) {
    case 'new':
      return handedOver
        ? [
            ...gone,
            line(alarm.handedOver(nameOf(reader, handedOver.by), since(handedOver.at)), { strong: true }),
          ]
        : gone;
    case 'acknowledged':
      return [
        ...gone,
        line(alarm.taken(nameOf(reader, stage.assignee), since(stage.acknowledgedAt)), {
          strong: true,
        }),
      ];
    case 'reached':
      return [
        ...gone,
        line(alarm.reached(nameOf(reader, stage.reachedBy), since(stage.reachedAt)), { strong: true }),
        ...(stage.assignee === stage.reachedBy ? [] : [line(alarm.has(nameOf(reader, stage.assignee)))]),
      ];
    case 'closed':
      return [...gone, line(alarm.closed(since(stage.closedAt)), { strong: true })];
    default:
      return stage satisfies never;
  }
}
