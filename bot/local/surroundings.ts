/** What stands around the bot in the local world: people from a file, a clock that can be moved, a phone to look at. */
import type { Surroundings } from '../app.ts';
import { ConfigError, type LocalConfig } from '../config.ts';
import { readLastKnown } from '../lastKnown.ts';
import type { Log } from '../log.ts';
import { choosePager } from '../pager.ts';
import type { Start } from '../serve.ts';
import { openStorage } from '../storage/open.ts';
import { localDoor } from '../teams/door.ts';
import { createMovableClock } from './clock.ts';
import { withoutFillers } from './fillers.ts';
import { worldPeople } from './people.ts';
import { createLocalPhone } from './phone.ts';
import { readWorld } from './world.ts';

export const localStart = (config: LocalConfig, log: Log): Start => ({
  host: config.host,
  port: config.port,
  door: localDoor,
  surroundings: () => localSurroundings(config, log),
  // As the world file says; when that cannot be read, as it was last known.
  whomToCall: () => readWorld(config.worldFile).catch(() => readLastKnown(config.dataDir)),
});

/**
 * @throws {OrganisationError} when the world file is wrong
 * @throws {ConfigError} when the telephone service it names needs secrets that are not there
 */
async function localSurroundings(config: LocalConfig, log: Log): Promise<Surroundings> {
  const { worldFile, dataDir, storageConnection: connection, secrets, graphUrl: url } = config;
  const movable = createMovableClock();
  const clock = movable.now;
  const world = await readWorld(worldFile);
  const { paging, tenantId, entra } = world;
  const phone = createLocalPhone(world, clock);
  return {
    organisation: world,
    door: localDoor,
    dataDir,
    clock,
    pager: paging && choosePager(paging, secrets, log, phone),
    openStorage: (options) => openStorage({ ...options, connection, tenantId, dataDir }),
    async openPeople(storage) {
      if (!url) return worldPeople(worldFile, world, log);
      if (!entra) throw new ConfigError('GRAPH_URL needs entra in the world file.');
      const { openGraphPeople } = await import('../graph/open.ts');
      return openGraphPeople(entra, {
        token: async () => 'local',
        url,
        known: storage.knownPeople,
        clock,
        log,
      });
    },
    corrected: withoutFillers,
    pages: { clock: movable, phone: paging?.by === 'localPhone' ? phone : undefined },
  };
}
