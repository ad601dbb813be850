/** A local version put in force, for every instance; every version there was is kept. */
import type { Checklist } from '../core/checklist.ts';
import type { Instant, PersonId } from '../core/ids.ts';
import { type Settings, StorageRefused } from '../features/ports.ts';
import { combine, tooLarge } from './combine.ts';
import { holdsContacts, readContacts } from './contacts.ts';
import { asLocal, contactsName, type LocalDocument, localName, localOf, nothingLocal } from './content.ts';
import { type Problem, readFile, type Source, unfilled } from './file.ts';
import type { ReadFiles } from './files.ts';

export type Change =
  /** The list in this file takes the place of the one with its id, or is one more; so do its contacts, which are all there are. */
  | { do: 'publish'; source: Source }
  /** The default is in force again; a list without one is gone. `contacts` are the local contacts. */
  | { do: 'withdraw'; id: string }
  /** Where sources disagree this one holds here. */
  | { do: 'choose'; choice: string; variant: string };

export type Published =
  | { outcome: 'published'; version: number }
  /** Nothing is stored. */
  | { outcome: 'refused'; problems: readonly Problem[] };

export interface Parts {
  settings: Settings;
  defaults: ReadFiles;
  /** Whether the card of a list is small enough to be drawn. */
  fits: (list: Checklist) => boolean;
}

const maxTries = 5;

/**
 * Checks a change with everything else that is in force, and writes it when it adds nothing wrong.
 *
 * @throws {StorageRefused | StorageUnknown} as the settings do; a document larger than a row takes is refused
 */
export async function publish(
  { settings, defaults, fits }: Parts,
  change: Change,
  { at, by }: { at: Instant; by: PersonId },
): Promise<Published> {
  for (let tries = 0; tries < maxTries; tries++) {
    const found = await settings.read('checklists');
    const before = found ? localOf(found) : nothingLocal;
    const changed = apply(before, change);
    if ('problems' in changed) return { outcome: 'refused', problems: changed.problems };
    const wrong = (document: LocalDocument) => {
      const local = asLocal(document);
      const loaded = combine(defaults, local, unfilled, at);
      const large = tooLarge(loaded, fits, [...defaults.lists, ...local.files.lists]);
      return [...loaded.problems.filter(({ weight }) => weight === 'wrong'), ...large];
    };
    const known = new Set(wrong(before).map(({ sentence }) => sentence));
    const added = wrong(changed.local).filter(
      ({ file, sentence }) => file === changed.file || !known.has(sentence),
    );
    if (added.length > 0) return { outcome: 'refused', problems: added };
    const written = await settings.write('checklists', { content: changed.local, at, by }, found?.tag);
    if (written === 'written') return { outcome: 'published', version: (found?.version ?? 0) + 1 };
  }
  throw new StorageRefused('the local checklists changed under every try');
}

/** The document after the change, and the name that what is wrong with a new list is told by. */
function apply(
  before: LocalDocument,
  change: Change,
): { local: LocalDocument; file?: string } | { problems: readonly Problem[] } {
  switch (change.do) {
    case 'publish': {
      if (holdsContacts(change.source)) {
        const { problems } = readContacts(change.source);
        if (problems.length > 0) return { problems };
        return { local: { ...before, contacts: change.source.text }, file: localName(contactsName) };
      }
      const { list, problems } = readFile(change.source);
      if (!list) return { problems };
      const lists = { ...before.lists, [list.id]: change.source.text };
      return { local: { ...before, lists }, file: localName(list.id) };
    }
    case 'withdraw': {
      if (change.id === contactsName) return { local: { ...before, contacts: undefined } };
      const { [change.id]: _withdrawn, ...lists } = before.lists;
      return { local: { ...before, lists } };
    }
    case 'choose':
      return { local: { ...before, choices: { ...before.choices, [change.choice]: change.variant } } };
    default:
      return change satisfies never;
  }
}
