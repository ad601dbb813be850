import { type Incident, subjectOf } from '../core/incident.ts';
import type { Directory } from '../core/people.ts';
import { texts } from '../text/index.ts';
import type { Reader, View } from './view.ts';

/**
 * A card of a case, which says first of all that it is an exercise when it is one, and never the name of someone whose
 * identity is protected.
 */
export const marked =
  <Shown extends { incident: Incident }>(draw: (reader: Reader, shown: Shown) => View) =>
  (reader: Reader, shown: Shown): View =>
    draw(
      {
        ...reader,
        exercise: shown.incident.exercise === true,
        directory: directoryFor(reader, shown.incident),
      },
      shown,
    );

function directoryFor({ directory, locale }: Reader, incident: Incident): Directory {
  const hidden = incident.protectedIdentity ? subjectOf(incident) : undefined;
  if (!hidden) return directory;
  const name = texts(locale).labels.theOne;
  return {
    ...directory,
    person(id) {
      const person = directory.person(id);
      return person && id === hidden ? { ...person, name } : person;
    },
  };
}

/** The words for one case among others. */
export const markIf = ({ locale }: Reader, { exercise }: Incident, said: string): string =>
  exercise ? texts(locale).exercise.mark(said) : said;
