import type { PersonId } from '../core/ids.ts';
import { texts } from '../text/index.ts';
import type { Reader } from './view.ts';

/** The name as the directory has it; a word in its place for someone who has left. */
export const nameOf = ({ directory, locale }: Reader, id: PersonId): string =>
  directory.person(id)?.name || texts(locale).labels.someone;
