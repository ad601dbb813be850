/** Keeps in the log who is given a role that opens other people's cases, and who loses it, wherever that is done. */
import { z } from 'zod';
import { type PersonId, personId, system } from '../core/ids.ts';
import { type Directory, type Role, roles } from '../core/people.ts';
import { answering } from '../core/policy.ts';
import { later, minutes } from '../core/time.ts';
import type { Log } from '../log.ts';
import type { Audit, Clock, Routines } from './ports.ts';
import { routineLease } from './routine.ts';

/** What happened between two looks is logged as of the second. */
const lookEvery = minutes(1);
/** Those who report are many, and no role of theirs opens anything of others. */
const watched: readonly Role[] = [...answering, 'auditor', 'hr', 'admin'];
/** So many fit into what a routine remembers. */
const mostHolders = 300;

const memory = z.object({
  held: z.array(z.object({ person: z.string().transform(personId), role: z.enum(roles) })),
});

export interface RoleWatchPorts {
  directory: Directory;
  audit: Audit;
  routines: Routines;
  clock: Clock;
  log: Log;
}

/** Looks when it is due, by one of the instances. One that ends halfway logs some of it twice, and loses nothing. */
export async function watchRoles({ directory, audit, routines, clock, log }: RoleWatchPorts): Promise<void> {
  const now = clock();
  const held = await routines.take('roles', now, routineLease, now);
  if (!held) return;
  const next = { at: later(now, lookEvery) };
  const all = watched.flatMap((role) => directory.holding(role).map(({ id: person }) => ({ person, role })));
  if (all.length > mostHolders) log.warn('more roles than are watched', { count: all.length });
  const after = all.slice(0, mostHolders);
  // Nobody at all: the directory has not been read yet.
  if (after.length === 0) return void (await routines.finish(held, { ...next, memory: held.memory }));
  const before = memory.safeParse(held.memory).data?.held ?? [];
  const record = (person: PersonId, why: string) =>
    audit.record({ at: now, by: system, what: 'roleChanged', why, whom: person });
  const without = (some: typeof after, others: typeof after) =>
    some.filter(({ person, role }) => !others.some((one) => one.person === person && one.role === role));
  for (const { person, role } of without(after, before)) await record(person, `given.${role}`);
  for (const { person, role } of without(before, after)) await record(person, `taken.${role}`);
  await routines.finish(held, { ...next, memory: { held: after } });
}
