import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalError } from './group.ts';

/** In a folder that the local world made itself; holds the id of the process that uses it. */
const marker = '.local-world';

/**
 * Takes the data folder into use, for one local world at a time: two storages on the same files would each
 * overwrite what the other saved.
 *
 * @param fresh empties it first; refused for a folder that the local world did not make
 * @throws {LocalError} when it is in use, or not ours to empty
 */
export async function openDataFolder(folder: string, fresh: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const found = await readdir(folder);
  const file = join(folder, marker);
  const ours = found.length === 0 || found.includes(marker);
  if (fresh && !ours) {
    throw new LocalError(
      `${folder} has no file ${marker}, so it may hold something else: delete it yourself.`,
    );
  }
  const user = found.includes(marker) ? Number(await readFile(file, 'utf8')) : 0;
  if (isRunning(user)) {
    throw new LocalError(`${folder} is in use by process ${user}: stop it, or choose another DATA_DIR.`);
  }
  if (fresh) await Promise.all(found.map((name) => rm(join(folder, name), { recursive: true })));
  if (ours) await writeFile(file, String(process.pid));
}

function isRunning(id: number): boolean {
  if (!id) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
