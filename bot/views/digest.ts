import type { Notice } from '../core/effects.ts';
import type { Incident } from '../core/incident.ts';
import type { Actor } from '../core/people.ts';
import { answersAlarms, worstFirst } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { classOf } from './board.ts';
import { button } from './button.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/**
 * One message about many cases, worst first: their numbers and how they stand, and the way to a list where they can be
 * acted on.
 *
 * @param actor whose message it is; someone who answers alarms is shown how urgent each is
 */
export function digest(
  reader: Reader,
  {
    notice,
    incidents,
    actor,
    repeat = false,
    late = false,
  }: { notice: Notice; incidents: readonly Incident[]; actor: Actor; repeat?: boolean; late?: boolean },
): View {
  const t = texts(reader.locale);
  const answers = answersAlarms(actor);
  const title = t.digest.title[notice](incidents.length);
  const lineOf = (incident: Incident): string =>
    answers
      ? [incident.id, classOf(reader, incident), t.labels.status[incident.stage.status]].join(' · ')
      : [incident.id, t.labels.reportStatus[incident.stage.status]].join(' · ');
  return card('words', reader, {
    summary: notice === 'alarm' ? t.digest.alarms : t.digest.summary,
    title,
    call: notice === 'nobodyYet',
    lines: [
      ...(repeat ? [line(t.labels.repeat, { strong: true })] : []),
      ...(late ? [line(t.labels.late, { strong: true })] : []),
      ...incidents.toSorted(worstFirst).map((incident) => line(lineOf(incident))),
    ],
    buttons: [
      answers
        ? button(t.digest.board, 'board', {}, { main: true })
        : button(t.buttons.reports, 'reports', {}, { main: true }),
    ],
  });
}
