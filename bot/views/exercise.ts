/** Starting an exercise, and how it went. */
import type { Tried } from '../core/exercise.ts';
import type { PersonId } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import type { Rung } from '../core/people.ts';
import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { nameOf } from './names.ts';
import { card, fact, line, marks } from './parts.ts';
import type { Reader, View } from './view.ts';

/**
 * What will happen, and "yes"; at night asked twice.
 *
 * @param ladder who would be asked now, in order; the duty function's number when there is nobody
 * @param phones whether phones ring too
 * @param sure yes has been said once already, and it is night
 */
export function exerciseQuestion(
  reader: Reader,
  {
    ladder,
    phones,
    nonce,
    sure = false,
  }: { ladder: readonly Rung[]; phones: boolean; nonce: string; sure?: boolean },
): View {
  const { question: say, night } = texts(reader.locale).exercise;
  const [first = reader.directory.dutyFunction().name, ...others] = ladder.map((rung) =>
    namesOf(reader, rung),
  );
  return card('words', reader, {
    summary: say.summary,
    title: say.title,
    lines: [
      ...(sure ? [line(night.title(first), { strong: true })] : []),
      line(say.real, { strong: !sure }),
      line(say.asked(first)),
      ...others.map((names) => line(say.next(names))),
      line(phones ? say.phones : say.noPhones),
      line(say.ends),
      line(say.reported),
    ],
    buttons: [
      button(sure ? night.yes : say.yes, 'exercise', { nonce, ...(sure && { sure: 'yes' }) }, { main: true }),
      button(say.no, 'exercise', { nonce, stop: 'yes' }),
    ],
  });
}

const namesOf = (reader: Reader, { dutyFunction, people }: Rung): string =>
  [
    ...(dutyFunction ? [reader.directory.dutyFunction().name] : []),
    ...people.map((person) => nameOf(reader, person)),
  ].join(', ');

/** What the question becomes where others read it. */
export function exerciseStarted(reader: Reader, { incident }: { incident: Incident }): View {
  const { started } = texts(reader.locale).exercise;
  return card('words', reader, {
    summary: started.summary(incident.id),
    title: started.title(incident.id),
    lines: [line(started.by(nameOf(reader, incident.reporter)))],
  });
}

/** How it went, person by person, in the coordinators' channel. */
export function exerciseEnded(
  reader: Reader,
  {
    incident,
    tried,
    taken,
    repeat = false,
    late = false,
  }: {
    incident: Incident;
    tried: readonly Tried[];
    taken: { by: PersonId; after: number } | undefined;
    repeat?: boolean;
    late?: boolean;
  },
): View {
  const t = texts(reader.locale);
  const say = t.exercise.ended;
  const { stage, reportedAt, id } = incident;
  const took = (milliseconds: number) => tookOf(reader, milliseconds);
  return card('words', reader, {
    summary: say.summary(id),
    title: say.title(id),
    lines: [
      ...marks(t, { repeat, late }),
      line(taken ? say.taken(nameOf(reader, taken.by), took(taken.after)) : say.untaken, { strong: true }),
      ...(stage.status === 'closed'
        ? [line(say.lasted(took(Date.parse(stage.closedAt) - Date.parse(reportedAt))))]
        : []),
      ...tried.map((each) => fact(whoIs(reader, each), howOf(reader, each))),
    ],
  });
}

const whoIs = (reader: Reader, { who }: Tried): string =>
  who === 'dutyFunction' ? reader.directory.dutyFunction().name : nameOf(reader, who);

function howOf(reader: Reader, { delivered, paged, answer, after = 0 }: Tried): string {
  const { ended: say } = texts(reader.locale).exercise;
  return [
    ...(delivered ? [say.delivered[delivered]] : []),
    ...(paged ? [say.paged[paged]] : []),
    answer === 'none' ? say.answer.none : say.answer[answer](tookOf(reader, after)),
  ].join(', ');
}

/** In seconds while that is a number people can picture. */
function tookOf({ locale }: Reader, milliseconds: number): string {
  const { ended: say } = texts(locale).exercise;
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 120 ? say.seconds(seconds) : say.minutes(Math.round(seconds / 60));
}
