/** People from Entra's groups, as the composition root asks for them. */
import { minutes } from '../core/time.ts';
import type { Clock, KnownPeople } from '../features/ports.ts';
import type { Log } from '../log.ts';
import type { Entra } from '../organisation.ts';
import { createGraph } from './client.ts';
import { createGraphPeople, type GraphPeople } from './people.ts';

/**
 * @param from.token gives an access token for `https://graph.microsoft.com/.default` that is good right now; asked for
 * with every request, so its giver keeps it. The application permissions `GroupMember.Read.All` and `User.Read.All`.
 * @param from.url where Graph is, when it is not Microsoft's own
 */
export function openGraphPeople(
  { groups, guests, refreshMinutes }: Entra,
  from: { token: () => Promise<string>; url?: string; known: KnownPeople; clock: Clock; log: Log },
): GraphPeople {
  const { token, url, known, clock, log } = from;
  const graph = createGraph({ token, ...(url && { url }), guests });
  return createGraphPeople({
    graph,
    groups,
    every: minutes(refreshMinutes),
    known,
    clock,
    log,
    random: Math.random,
  });
}
