/** Any number of files of the content, told apart by what is in them. */
import { holdsContacts, readContacts, type WrittenContact } from './contacts.ts';
import { type Problem, readFile, type Source, type WrittenList } from './file.ts';

/** What several files hold, read once. */
export interface ReadFiles {
  lists: readonly WrittenList[];
  contacts: readonly WrittenContact[];
  problems: readonly Problem[];
}

export function readFiles(sources: readonly Source[]): ReadFiles {
  const lists = sources.filter((source) => !holdsContacts(source)).map(readFile);
  const contacts = sources.filter(holdsContacts).map(readContacts);
  return {
    lists: lists.flatMap(({ list }) => list ?? []),
    contacts: contacts.flatMap((each) => each.contacts),
    problems: [...lists, ...contacts].flatMap(({ problems }) => problems),
  };
}
