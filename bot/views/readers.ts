import { type AuditEntry, isReading } from '../core/access.ts';
import type { PersonId } from '../core/ids.ts';
import { assigneeOf, type Incident } from '../core/incident.ts';
import type { Actor } from '../core/people.ts';
import { relationsOf } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { backButton, type Carried } from './button.ts';
import { nameOf } from './names.ts';
import { apart, card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** "Vem kan läsa?": everyone whom the policy lets open the case now, by name. */
export function readers(reader: Reader, carried: Carried): View {
  const t = texts(reader.locale);
  const { incident } = carried;
  const assignee = assigneeOf(incident);
  const asked = askedSoFar(incident);
  const names = (ids: readonly PersonId[]) =>
    ids.map((id) => nameOf(reader, id)).join(', ') || t.readers.nobody;
  return card('words', reader, {
    summary: t.readers.summary,
    title: t.readers.title,
    lines: [
      line(t.readers.reporter),
      ...(incident.victim ? [line(t.readers.victim)] : []),
      line(t.readers.coordinators(names(reader.directory.holding('coordinator').map(({ id }) => id)))),
      ...(asked.length > 0 ? [line(t.readers.asked(names(asked)))] : []),
      ...(assignee ? [line(t.readers.assignee(names([assignee])))] : []),
      apart(line(t.readers.logged, { subtle: true })),
      line(t.readers.publicRecord, { subtle: true }),
    ],
    buttons: [backButton(t.buttons.hide, carried)],
  });
}

/** Those the alarm has gone to may open the case until someone has taken it. */
function askedSoFar({ stage, alarmedAt, ladder, rung }: Incident): PersonId[] {
  if (!alarmedAt || stage.status !== 'new') return [];
  return [...new Set(ladder.slice(0, rung + 1).flatMap(({ people }) => people))];
}

/** How many lines are shown, newest first. */
const mostShown = 50;

/**
 * "Vem har läst?" Coordinators read the whole log of the case. The reporter and the one it is about read who else has
 * seen their words; a denied try has seen nothing, and may be a mistyped number: it is for coordinators to judge.
 */
export function readings(
  reader: Reader,
  { log, actor, ...carried }: { log: readonly AuditEntry[]; actor: Actor } & Carried,
): View {
  const t = texts(reader.locale);
  const whole = carried.face !== 'receipt' && relationsOf(carried.incident, actor).includes('coordinator');
  const shown = log
    .filter((entry) => whole || (isReading(entry) && entry.by !== actor.person))
    .toReversed()
    .slice(0, mostShown);
  const said = ({ by, at, what }: AuditEntry): string => {
    const name = nameOf(reader, by);
    const moment = t.time.moment(at);
    return whole || what !== 'read'
      ? t.readers.did(name, moment, t.labels.access[what])
      : t.readers.reading(name, moment);
  };
  return card('words', reader, {
    summary: t.readers.readingsSummary,
    title: t.readers.readingsTitle,
    lines: shown.length === 0 ? [line(t.readers.noReadings)] : shown.map((entry) => line(said(entry))),
    buttons: [backButton(t.buttons.hide, carried)],
  });
}
