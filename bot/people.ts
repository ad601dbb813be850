import { minutes } from './core/time.ts';
import type { Clock, PeopleSource } from './features/ports.ts';
import type { Log } from './log.ts';
import type { Entra } from './organisation.ts';
import type { Storage } from './storage/open.ts';

/** Roles from Entra's groups. The SDK takes its time to load, so only where it is used. */
export async function openGraphPeople({
  entra,
  storage,
  clock,
  log,
  ...at
}: {
  entra: Entra;
  /** An access token for Graph that is good right now. */
  token: () => Promise<string>;
  /** Another address of Graph than Microsoft's. */
  url?: string;
  storage: Pick<Storage, 'knownPeople'>;
  clock: Clock;
  log: Log;
}): Promise<PeopleSource> {
  const { createGraph } = await import('./graph/client.ts');
  const { createGraphPeople } = await import('./graph/people.ts');
  return createGraphPeople({
    graph: createGraph({ ...at, guests: entra.guests }),
    groups: entra.groups,
    every: minutes(entra.refreshMinutes),
    known: storage.knownPeople,
    clock,
    log,
    random: Math.random,
  });
}
