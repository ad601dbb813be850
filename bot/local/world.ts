/** The local world: fictional people, their rota and their team, in one file that a tester can swap. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { faultsOf, onDuty, type Rota, type RotaFault, readRota } from '../core/dutyRota.ts';
import { type Instant, type PersonId, personId } from '../core/ids.ts';
import { type Directory, type Person, type Role, type Rung, roles } from '../core/people.ts';
import { answering } from '../core/policy.ts';
import { isWithin, minutes } from '../core/time.ts';
import { pagingSettings } from '../paging/settings.ts';

const oid = z.guid().transform(personId);
const minutesLong = z
  .number()
  .positive()
  .max(24 * 60);
const teams = z.object({ id: z.string().min(1), name: z.string().min(1) });

/** What is wrong with a line of the rota, for whoever wrote it. */
function issueOf(fault: RotaFault, path: string[]) {
  const issue = (message: string, ...field: string[]) => ({
    code: 'custom' as const,
    path: [...path, fault.line, ...field],
    message,
  });
  switch (fault.why) {
    case 'noSuchDate':
      return issue('this date does not exist', fault.end === 'first' ? 'from' : 'to');
    case 'endsBeforeItBegins':
      return issue('ends before it begins');
    case 'overlaps':
      return issue(`overlaps rota.${fault.other}`);
    case 'cycle':
      return issue(
        fault.other === fault.line ? 'is its own backup' : `has a backup that rota.${fault.other} needs`,
      );
    case 'unknownPerson':
      return issue('nobody in people has this oid', fault.field);
    case 'noNumber':
      return issue('this person has no number', fault.field);
    case 'noRole':
      return issue(`this person has none of the roles ${answering.join(', ')}`, fault.field);
    default:
      return fault satisfies never;
  }
}
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
    /** Without it nothing but Teams carries an alarm. */
    paging: pagingSettings.optional(),
    rota: z
      .array(z.object({ from: z.string(), to: z.string(), dutyOfficer: oid, backup: oid.optional() }))
      .transform((lines, context) => {
        const shifts = readRota(lines);
        if (shifts.ok) return shifts.value;
        for (const fault of shifts.error) context.addIssue(issueOf(fault, []));
        return z.NEVER;
      }),
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
    for (const [i, { person }] of read.clients.entries()) {
      if (known.has(person)) continue;
      const path = ['clients', i, 'person'];
      context.addIssue({ code: 'custom', path, message: 'nobody in people has this oid' });
    }
    const people = new Map(read.people.map((person) => [person.oid, personOf(person)]));
    for (const fault of faultsOf(read.rota, (id) => people.get(id))) {
      context.addIssue(issueOf(fault, ['rota']));
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

const personOf = ({ oid: id, name, roles: held, number, locale }: World['people'][number]): Person => ({
  id,
  name,
  roles: held,
  number,
  locale,
});

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

/**
 * The people of the world, answered from memory.
 *
 * @param rota the one in force
 */
export function worldDirectory(
  { people, rota: seed, dutyFunction, deadlines, paging }: World,
  rota: () => Rota = () => seed,
): Directory {
  const byId = new Map(people.map((person) => [person.oid, personOf(person)]));
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
    alsoByPhone: (now) =>
      paging !== undefined && (paging.dutyHours === undefined || isWithin(paging.dutyHours, now)),
    deadlines: () => ({
      answer: minutes(deadlines.answerMinutes),
      reach: minutes(deadlines.reachMinutes),
      giveBack: minutes(deadlines.giveBackMinutes),
    }),
    ladder(now: Instant) {
      const shift = onDuty(rota(), now);
      const ids = (role: Role) => holding(role).map(({ id }) => id);
      // Who has left, or answers alarms no longer, is passed over: the next is asked at once and not in five minutes.
      const able = (id: PersonId | undefined): PersonId[] =>
        id && byId.get(id)?.roles.some((role) => answering.includes(role)) ? [id] : [];
      const officers = able(shift?.dutyOfficer);
      const byNumber = paging?.dutyFunction && officers.length === 0;
      const rungs: Rung[] = [
        { role: 'dutyOfficer', people: officers, ...(byNumber && { dutyFunction: true }) },
        { role: 'backup', people: able(shift?.backup) },
        { role: 'coordinator', people: ids('coordinator') },
        { role: 'preparednessManager', people: ids('preparednessManager') },
      ];
      return rungs.filter((rung) => rung.people.length > 0 || rung.dutyFunction);
    },
  };
}
