/** What the commands for editors share. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem, Source } from '../content/file.ts';
import { readContactsSource, readSources } from '../content/load.ts';
import { LocalError } from './group.ts';

/** The defaults, by the path that an editor opens. */
export async function defaultSources(): Promise<Source[]> {
  const [lists, contacts] = await Promise.all([readSources(), readContactsSource()]);
  return [
    ...lists.map(({ file, text }) => ({ file: `bot/content/checklists/${file}`, text })),
    { ...contacts, file: `bot/content/${contacts.file}` },
  ];
}

/**
 * A file as named on the command line, from where the command was given.
 *
 * @throws {LocalError} when it cannot be read
 */
export async function sourceAt(file: string): Promise<Source> {
  const path = resolve(process.env.INIT_CWD ?? '', file);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new LocalError(`${file} cannot be read (${error.code}).`);
  });
  return { file, text };
}

/** One line a problem, as compilers write them, so that an editor can jump there. */
export const asLines = (problems: readonly Problem[]): string =>
  problems
    .map(({ file, line, sentence, weight }) => {
      const mark = weight === 'warning' ? 'warning: ' : '';
      return `${file}:${line}: ${mark}${sentence}\n`;
    })
    .join('');
