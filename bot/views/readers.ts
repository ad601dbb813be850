import type { PersonId } from '../core/ids.ts';
import { assigneeOf, type Incident, type Reading } from '../core/incident.ts';
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

/** How many readings are shown, newest first. */
const mostShown = 50;

/** "Vem har läst?" */
export function readings(
  reader: Reader,
  { readings, ...carried }: { readings: readonly (Reading & { name: string })[] } & Carried,
): View {
  const t = texts(reader.locale);
  const newest = readings.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, mostShown);
  return card('words', reader, {
    summary: t.readers.readingsSummary,
    title: t.readers.readingsTitle,
    lines:
      newest.length === 0
        ? [line(t.readers.noReadings)]
        : newest.map(({ name, at }) => line(t.readers.reading(name || t.labels.someone, t.time.moment(at)))),
    buttons: [backButton(t.buttons.hide, carried)],
  });
}
