/** The people of a world file as Graph shows them: a security group for each role. */
import { type Role, roles } from '../../bot/core/people.ts';
import type { World } from '../../bot/local/world.ts';
import { type FakeGraph, startGraph } from './graph.ts';

export type Groups = Record<Role, string>;

/** The group of each role, by its place among them. */
export const groups = Object.fromEntries(
  roles.map((role, n) => [role, `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`]),
) as Groups;

export async function startGraphOf({ people }: Pick<World, 'people'>): Promise<FakeGraph> {
  const graph = await startGraph();
  for (const role of roles) graph.groups.set(groups[role], new Set());
  for (const { oid, name, number, locale, roles: held } of people) {
    graph.users.set(oid, {
      id: oid,
      displayName: name,
      mobilePhone: number ?? null,
      preferredLanguage: locale === undefined ? null : locale === 'sv' ? 'sv-SE' : 'en-GB',
    });
    for (const role of held) graph.groups.get(groups[role])?.add(oid);
  }
  return graph;
}
