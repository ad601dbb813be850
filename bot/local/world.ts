/** The local world: fictional people, their rota and their team, in one file that a tester can swap. */
import { z } from 'zod';
import { directoryOf, type Register, registerOf } from '../core/directory.ts';
import type { Rota } from '../core/dutyRota.ts';
import { type Directory, type Person, roles } from '../core/people.ts';
import { dutyRulesOf, named, oid, readJsonFile, rotaIssues, shape } from '../organisation.ts';

const people = z
  .array(
    z.object({
      id: z.string().startsWith('29:'),
      oid,
      name: z.string().min(1),
      email: z.email(),
      number: z.string().min(3).optional(),
      locale: z.enum(['sv', 'en']).optional(),
      roles: z.array(z.enum(roles)),
    }),
  )
  .min(1);

const world = z
  .object({
    ...shape,
    team: named.extend({ channels: z.array(named).min(1) }),
    people,
    clients: z
      .array(z.object({ port: z.int().min(1024).max(65535), person: oid, team: z.boolean() }))
      .length(3),
  })
  .superRefine((read, context) => {
    const known = new Set(read.people.map((person) => person.oid));
    for (const [i, { person }] of read.clients.entries()) {
      if (known.has(person)) continue;
      const path = ['clients', i, 'person'];
      context.addIssue({ code: 'custom', path, message: 'nobody in people has this oid' });
    }
    const register = registerOfWorld(read);
    for (const issue of rotaIssues(read.rota, (id) => register.people.get(id))) context.addIssue(issue);
    if (!read.team.channels.some(({ id }) => id === read.triageChannel)) {
      context.addIssue({
        code: 'custom',
        path: ['triageChannel'],
        message: 'no channel of the team has this id',
      });
    }
  });
export type World = z.infer<typeof world>;

/** @throws {OrganisationError} one sentence that names the file and every wrong field in it */
export const readWorld = (path: string): Promise<World> => readJsonFile(path, 'world file', world);

/**
 * Its people alone: whom its rota names may have lost their role since the start.
 *
 * @throws {OrganisationError} one sentence that names the file and every wrong field in it
 */
export const readRegister = async (path: string): Promise<Register> =>
  registerOfWorld(await readJsonFile(path, 'world file', z.object({ people })));

export const registerOfWorld = (read: Pick<World, 'people'>): Register =>
  registerOf(
    read.people.map(({ oid: id, name, roles: held, number, locale }): Person => {
      return { id, name, roles: held, number, locale };
    }),
  );

/**
 * The people of the world, answered from memory.
 *
 * @param rota the one in force
 */
export function worldDirectory(world: World, rota: () => Rota = () => world.rota): Directory {
  const register = registerOfWorld(world);
  return directoryOf(dutyRulesOf(world), () => register, rota);
}
