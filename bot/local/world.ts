/** The local world: fictional people, their rota and their team, in one file that a tester can swap. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Instant, instant, personId } from '../core/ids.ts';
import { type Directory, type Person, type Role, type Rung, roles } from '../core/people.ts';
import { minutes } from '../core/time.ts';

const oid = z.guid().transform(personId);
const when = z.iso.datetime({ offset: true }).transform((text) => instant(Date.parse(text)));
const minutesLong = z
  .number()
  .positive()
  .max(24 * 60);
const teams = z.object({ id: z.string().min(1), name: z.string().min(1) });

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

const world = z
  .object({
    tenantId: z.guid(),
    bot: teams,
    team: teams.extend({ channels: z.array(teams).min(1) }),
    triageChannel: z.string().min(1),
    dutyFunction: z.object({ name: z.string().min(1), number: z.string().min(3) }),
    people: z
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
      .min(1),
    deadlines: z
      .object({ answerMinutes: minutesLong, reachMinutes: minutesLong, giveBackMinutes: minutesLong })
      .default({ answerMinutes: 5, reachMinutes: 15, giveBackMinutes: 10 }),
    rota: z.array(z.object({ from: when, to: when, dutyOfficer: oid, backup: oid.optional() })),
    heartbeatUrl: z
      .url({ protocol: /^https?$/ })
      .refine((url) => url.startsWith('https:') || isLoopback(url), 'must be https')
      .optional(),
    clients: z
      .array(z.object({ port: z.int().min(1024).max(65535), person: oid, team: z.boolean() }))
      .length(3),
  })
  .superRefine((read, context) => {
    const known = new Set(read.people.map((person) => person.oid));
    const named = [
      ...read.rota.flatMap(({ dutyOfficer, backup }, i) => [
        { path: ['rota', i, 'dutyOfficer'], id: dutyOfficer },
        ...(backup ? [{ path: ['rota', i, 'backup'], id: backup }] : []),
      ]),
      ...read.clients.map(({ person }, i) => ({ path: ['clients', i, 'person'], id: person })),
    ];
    for (const { path, id } of named) {
      if (!known.has(id))
        context.addIssue({ code: 'custom', path, message: 'nobody in people has this oid' });
    }
    if (!read.team.channels.some(({ id }) => id === read.triageChannel)) {
      context.addIssue({
        code: 'custom',
        path: ['triageChannel'],
        message: 'no channel of the team has this id',
      });
    }
  });
export type World = z.infer<typeof world>;

export class WorldError extends Error {
  override name = 'WorldError';
}

/**
 * @param path of the world file
 * @throws {WorldError} one sentence that names the file and every wrong field in it
 */
export async function readWorld(path: string): Promise<World> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WorldError(`The world file ${path} cannot be read (${error.code}).`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new WorldError(`The world file ${path} is not JSON: ${(error as Error).message}.`);
  }
  const parsed = world.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new WorldError(`The world file ${path} is wrong: ${wrong.join('; ')}.`);
}

/** The people of the world, answered from memory. */
export function worldDirectory({ people, rota, dutyFunction, deadlines }: World): Directory {
  const byId = new Map<string, Person>(
    people.map((person) => [
      person.oid,
      {
        id: person.oid,
        name: person.name,
        roles: person.roles,
        number: person.number,
        locale: person.locale,
      },
    ]),
  );
  const all = [...byId.values()];
  const holding = (role: Role) => all.filter((person) => person.roles.includes(role));
  return {
    person: (id) => byId.get(id),
    holding,
    search(text, among, limit) {
      const wanted = text.trim().toLocaleLowerCase('sv');
      const fits = ({ name, roles: held }: Person) =>
        name.toLocaleLowerCase('sv').includes(wanted) && held.some((role) => among.includes(role));
      return all.filter(fits).slice(0, limit);
    },
    dutyFunction: () => dutyFunction,
    deadlines: () => ({
      answer: minutes(deadlines.answerMinutes),
      reach: minutes(deadlines.reachMinutes),
      giveBack: minutes(deadlines.giveBackMinutes),
    }),
    ladder(now: Instant) {
      const shift = rota.find(({ from, to }) => from <= now && now < to);
      const ids = (role: Role) => holding(role).map(({ id }) => id);
      const rungs: Rung[] = [
        { role: 'dutyOfficer', people: shift ? [shift.dutyOfficer] : [] },
        { role: 'backup', people: shift?.backup ? [shift.backup] : [] },
        { role: 'coordinator', people: ids('coordinator') },
        { role: 'preparednessManager', people: ids('preparednessManager') },
      ];
      return rungs.filter((rung) => rung.people.length > 0);
    },
  };
}
