/** What stands around the bot in the local world: people from a file, a clock that can be moved, a phone to look at. */
import type { Surroundings } from '../app.ts';
import { ConfigError, type LocalConfig } from '../config.ts';
import type { PeopleSource } from '../features/ports.ts';
import { readLastKnown } from '../lastKnown.ts';
import type { Log } from '../log.ts';
import { dutyRulesOf } from '../organisation.ts';
import { choosePager } from '../pager.ts';
import type { Start } from '../serve.ts';
import { openStorage } from '../storage/open.ts';
import { localDoor } from '../teams/localDoor.ts';
import { createMovableClock } from './clock.ts';
import { withoutFillers } from './fillers.ts';
import { worldPeople } from './people.ts';
import { createLocalPhone } from './phone.ts';
import { readWorld, type World } from './world.ts';

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
  const { worldFile, dataDir, storageConnection, secrets, publicAddress } = config;
  const movable = createMovableClock();
  const world = await readWorld(worldFile);
  const phone = createLocalPhone(world, movable.now);
  return {
    ...world,
    door: localDoor,
    dataDir,
    publicAddress,
    clock: movable.now,
    pager: world.paging && choosePager(world.paging, secrets, log, phone),
    dutyRules: dutyRulesOf(world),
    people: (ports) => choosePeople(config, world, ports),
    between: withoutFillers,
    openStorage: (options) =>
      openStorage({ ...options, connection: storageConnection, tenantId: world.tenantId, dataDir }),
    pages: { clock: movable, phone: world.paging?.by === 'localPhone' ? phone : undefined },
  };
}

/** Entra's groups where a server that plays Graph is named, else the world file. */
async function choosePeople(
  { worldFile, graphUrl: url }: LocalConfig,
  world: World,
  { storage, clock, log }: Parameters<Surroundings['people']>[0],
): Promise<PeopleSource> {
  const { entra } = world;
  if (!url) return worldPeople(worldFile, world, log);
  if (!entra) throw new ConfigError('GRAPH_URL needs entra in the world file.');
  const { openGraphPeople } = await import('../graph/open.ts');
  return openGraphPeople(entra, { token: async () => 'local', url, known: storage.knownPeople, clock, log });
}
