import { readdir, readFile } from 'node:fs/promises';
import type { Source } from './file.ts';

/** The checklists that the product comes with. */
export const defaultsFolder = new URL('checklists/', import.meta.url);
const contactsFile = 'contacts.yaml';

/** The contacts that the product comes with. @throws when the file cannot be read */
export const readContactsSource = async (): Promise<Source> => ({
  file: contactsFile,
  text: await readFile(new URL(contactsFile, import.meta.url), 'utf8'),
});

/**
 * The files of a folder, in the order of their names.
 *
 * @throws when the folder or one of its files cannot be read
 */
export async function readSources(folder: URL = defaultsFolder): Promise<Source[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  return Promise.all(
    names.map(async (file) => ({ file, text: await readFile(new URL(file, folder), 'utf8') })),
  );
}
