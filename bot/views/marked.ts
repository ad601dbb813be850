import type { Incident } from '../core/incident.ts';
import { texts } from '../text/index.ts';
import type { Reader, View } from './view.ts';

/** A card of a case, which says first of all that it is an exercise when it is one. */
export const marked =
  <Shown extends { incident: Incident }>(draw: (reader: Reader, shown: Shown) => View) =>
  (reader: Reader, shown: Shown): View =>
    draw({ ...reader, exercise: shown.incident.exercise === true }, shown);

/** The words for one case among others. */
export const markIf = ({ locale }: Reader, { exercise }: Incident, said: string): string =>
  exercise ? texts(locale).exercise.mark(said) : said;
