/** Checklists and contacts in force: local versions, read from the settings, over the defaults. Answered from memory. */
import { z } from 'zod';
import type { DutyFunction } from '../core/people.ts';
import { localParts } from '../core/time.ts';
import { type Clock, type Content, type Setting, type Settings, StorageRefused } from '../features/ports.ts';
import { combine, type Loaded, type Local } from './combine.ts';
import type { Filled, Problem } from './file.ts';
import { type ReadFiles, readFiles } from './files.ts';

export interface KeptContent extends Content {
  /** What an editor should mend; none of it stops the rest. */
  problems(): readonly Problem[];
  /** @throws {StorageRefused} and the content known so far stays */
  refresh(): Promise<void>;
}

/** What an organisation has published: one document, so that it is always whole. */
export interface LocalDocument {
  /** File text by the id of the list. */
  lists: Record<string, string>;
  choices: Record<string, string>;
  /** Text of the file of local contacts. */
  contacts?: string | undefined;
}
const document: z.ZodType<LocalDocument> = z.looseObject({
  lists: z.record(z.string(), z.string()).default({}),
  choices: z.record(z.string(), z.string()).default({}),
  contacts: z.string().optional(),
});

/** @throws {StorageRefused} when this version cannot read it */
export function localOf({ content }: Pick<Setting, 'content'>): LocalDocument {
  const read = document.safeParse(content);
  if (!read.success) throw new StorageRefused('the local checklists are not what this version can read');
  return read.data;
}

export const nothingLocal: LocalDocument = { lists: {}, choices: {} };

/** What a local version is told by, so that an editor knows it from a file. */
export const localName = (id: string): string => `local ${id}`;

/** The file of contacts has one name, for there is one. */
export const contactsName = 'contacts';

export const asLocal = ({ lists, choices, contacts }: LocalDocument): Local => {
  const texts = [
    ...Object.entries(lists),
    ...(contacts === undefined ? [] : [[contactsName, contacts] as const]),
  ];
  return { files: readFiles(texts.map(([id, text]) => ({ file: localName(id), text }))), choices };
};

/** What configuration fills in: the duty function as people call it, and its number. */
export const filledBy = ({ name, number }: DutyFunction): Filled => ({
  dutyFunction: name,
  dutyNumber: number,
});

/**
 * @param options.defaults the files that the product comes with
 * @param options.filled what configuration says now, for the placeholders
 * @param options.onProblem told of everything to mend, whenever the checklists are made anew
 */
export function createContent({
  settings,
  defaults,
  filled,
  clock,
  onProblem = () => {},
}: {
  settings: Settings;
  defaults: ReadFiles;
  filled: () => Filled;
  clock: Clock;
  onProblem?: (problem: Problem) => void;
}): KeptContent {
  /** What it is made of beside the files; while this is the same nothing is made anew. */
  const basisOf = (version: number) => JSON.stringify([version, localParts(clock()).date, filled()]);
  let held = make(0, nothingLocal);

  function make(version: number, local: LocalDocument): { version: number; basis: string; loaded: Loaded } {
    const loaded = combine(defaults, asLocal(local), filled(), clock());
    loaded.problems.forEach(onProblem);
    return { version, basis: basisOf(version), loaded };
  }

  return {
    checklists: () => held.loaded.checklists,
    phoneContacts: () => held.loaded.contacts,
    problems: () => held.loaded.problems,
    async refresh() {
      const found = await settings.read('checklists');
      const version = found?.version ?? 0;
      // A reading that was under way while a newer version was published does not take its place.
      if (version < held.version || basisOf(version) === held.basis) return;
      held = make(version, found ? localOf(found) : nothingLocal);
    },
  };
}
