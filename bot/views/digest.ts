import type { Notice } from '../core/effects.ts';
import type { Incident } from '../core/incident.ts';
import type { Actor } from '../core/people.ts';
import { answersAlarms, worstFirst } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { classOf } from './board.ts';
import { button } from './button.ts';
import { markIf } from './marked.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/**
 * One message about many cases, worst first: their numbers and how they stand, and the way to a list where they can be
 * acted on.
 *
 * @param cases each with whether this may have come before
 * @param actor whose message it is; someone who answers alarms is shown how urgent each is
 */
export function digest(
  reader: Reader,
  {
    notice,
    cases,
    actor,
    late = false,
  }: {
    notice: Notice;
    cases: readonly { incident: Incident; repeat: boolean }[];
    actor: Actor;
    late?: boolean;
  },
): View {
  const t = texts(reader.locale);
  const answers = answersAlarms(actor);
  const title = t.digest.title[notice](cases.length);
  const lineOf = (incident: Incident, repeat: boolean): string =>
    [
      markIf(reader, incident, incident.id),
      ...(answers ? [classOf(reader, incident)] : []),
      (answers ? t.labels.status : t.labels.reportStatus)[incident.stage.status],
      ...(repeat ? [t.digest.repeat] : []),
    ].join(' · ');
  const exercise = cases.every(({ incident }) => incident.exercise);
  return card(
    'words',
    { ...reader, exercise },
    {
      summary: notice === 'alarm' ? t.digest.alarms : t.digest.summary,
      title,
      call: notice === 'nobodyYet',
      lines: [
        ...(late ? [line(t.labels.late, { strong: true })] : []),
        ...cases
          .toSorted((one, other) => worstFirst(one.incident, other.incident))
          .map(({ incident, repeat }) => line(lineOf(incident, repeat))),
      ],
      buttons: [
        answers
          ? button(t.digest.board, 'board', {}, { main: true })
          : button(t.buttons.reports, 'reports', {}, { main: true }),
      ],
    },
  );
}
