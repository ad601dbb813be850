/** The people of the world file, read again when it has been saved: a role that is taken there is taken at once. */
import { stat } from 'node:fs/promises';
import type { Register } from '../core/directory.ts';
import { createLoop } from '../features/loop.ts';
import type { PeopleSource } from '../features/ports.ts';
import { faultOf, type Log } from '../log.ts';
import { readRegister, registerOfWorld, type World } from './world.ts';

const lookEvery = 1_000;

/**
 * @param path of the file
 * @param world as it was read at the start; all but its people holds until the next one
 */
export function worldPeople(path: string, world: World, log: Log): PeopleSource {
  let register: Register = registerOfWorld(world);
  let savedAt: number | undefined;
  const look = async (): Promise<void> => {
    const { mtimeMs } = await stat(path);
    if (savedAt === mtimeMs) return;
    // Kept also when it cannot be read: half a file is told of once, and people stay as they were.
    savedAt = mtimeMs;
    register = await readRegister(path);
    log.info('people read', { count: register.people.size });
  };
  const loop = createLoop(look, lookEvery, (error) =>
    log.warn('world file not read again', { error: faultOf(error) }),
  );
  return {
    register: () => register,
    oldSince: () => undefined,
    ready: async () => undefined,
    lookUp: async () => undefined,
    start: async () => loop.start(),
    stop: () => void loop.stop(),
  };
}
