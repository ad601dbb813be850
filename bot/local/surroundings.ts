/** What stands around the bot in the local world: people from a file, a clock that can be moved, a phone to look at. */
import type { Surroundings } from '../app.ts';
import type { LocalConfig } from '../config.ts';
import { readLastKnown } from '../lastKnown.ts';
import type { Log } from '../log.ts';
import { choosePager } from '../pager.ts';
import type { Start } from '../serve.ts';
import { openStorage } from '../storage/open.ts';
import { localDoor } from '../teams/door.ts';
import { createMovableClock } from './clock.ts';
import { createLocalPhone } from './phone.ts';
import { readWorld, worldDirectory } from './world.ts';

export const localStart = (config: LocalConfig, log: Log): Start => ({
  host: config.host,
  port: config.port,
  door: localDoor,
  surroundings: () => localSurroundings(config, log),
  // As the world file says; when that cannot be read, as it was last known.
  whomToCall: () => readWorld(config.worldFile).catch(() => readLastKnown(config.dataDir)),
});

/**
 * @throws {WorldError} when the world file is wrong
 * @throws {ConfigError} when the telephone service it names needs secrets that are not there
 */
async function localSurroundings(
  { worldFile, dataDir, storageConnection, secrets }: LocalConfig,
  log: Log,
): Promise<Surroundings> {
  const movable = createMovableClock();
  const world = await readWorld(worldFile);
  const phone = createLocalPhone(world, movable.now);
  return {
    ...world,
    door: localDoor,
    dataDir,
    clock: movable.now,
    pager: world.paging && choosePager(world.paging, secrets, log, phone),
    directory: (rota) => worldDirectory(world, rota),
    openStorage: (options) =>
      openStorage({ ...options, connection: storageConnection, tenantId: world.tenantId, dataDir }),
    pages: { clock: movable, phone: world.paging?.by === 'localPhone' ? phone : undefined },
  };
}
