/** What an organisation decides: whom to call, how long is waited, which phones ring, and where its coordinators sit. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { DutyRules } from './core/directory.ts';
import { faultsOf, type RotaFault, readRota } from './core/dutyRota.ts';
import { type PersonId, personId } from './core/ids.ts';
import { type Person, roles } from './core/people.ts';
import { answering } from './core/policy.ts';
import { minutes } from './core/time.ts';
import { pagingSettings } from './paging/settings.ts';

export const oid = z.guid().transform(personId);
export const named = z.object({ id: z.string().min(1), name: z.string().min(1) });
const minutesLong = z
  .number()
  .positive()
  .max(24 * 60);

const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** Which Entra security group holds which role; members of groups in a group count. */
const entra = z.object({
  groups: z
    .partialRecord(z.enum(roles), z.guid())
    .refine(
      ({ dutyOfficer, coordinator }) => dutyOfficer && coordinator,
      'needs a group for dutyOfficer and for coordinator',
    ),
  /** Whether a guest in one of the groups holds its role. */
  guests: z.boolean().default(false),
  /** How often all groups are read anew. */
  refreshMinutes: z.number().positive().max(60).default(5),
});
export type Entra = z.infer<typeof entra>;

/** What the local world and production have in common. */
export const shape = {
  tenantId: z.guid(),
  bot: named,
  team: named,
  triageChannel: z.string().min(1),
  /** Who may be in that channel: for as long as anybody else is, nothing of a case is written there. */
  triageRoles: z.array(z.enum(roles)).min(1).default(['coordinator']),
  dutyFunction: z.object({ name: z.string().min(1), number: z.string().min(3) }),
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
  /** The local world may have it too, to be tried against a server that plays Entra. */
  entra: entra.optional(),
};

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

const aboutPeople: readonly RotaFault['why'][] = ['unknownPerson', 'noNumber', 'noRole'];

/**
 * Every fault of the rota, named for whoever wrote it.
 *
 * @param people absent where they are not known yet: whom the rota names is then looked at by readiness
 */
export function rotaIssues(
  rota: Parameters<typeof faultsOf>[0],
  people?: (id: PersonId) => Person | undefined,
): ReturnType<typeof issueOf>[] {
  return faultsOf(rota, people ?? (() => undefined))
    .filter(({ why }) => people || !aboutPeople.includes(why))
    .map((fault) => issueOf(fault, ['rota']));
}

const organisation = z.object({ ...shape, entra }).superRefine(({ rota }, context) => {
  for (const issue of rotaIssues(rota)) context.addIssue(issue);
});
const common = z.object(shape);
/** What the product is started with, in production and in the local world. */
export type Organisation = z.infer<typeof common>;

/** A file that the product is started with is not what it should be. */
export class OrganisationError extends Error {
  override name = 'OrganisationError';
}

/**
 * @param path of a JSON file
 * @param what it is called when something is wrong with it
 * @throws {OrganisationError} one sentence that names the file and every wrong field in it
 */
export async function readJsonFile<T>(path: string, what: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OrganisationError(`The ${what} ${path} cannot be read (${error.code}).`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new OrganisationError(`The ${what} ${path} is not JSON: ${(error as Error).message}.`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new OrganisationError(`The ${what} ${path} is wrong: ${wrong.join('; ')}.`);
}

/** @throws {OrganisationError} one sentence that names the file and every wrong field in it */
export const readOrganisation = (path: string): Promise<Organisation & { entra: Entra }> =>
  readJsonFile(path, 'organisation file', organisation);

/** What the directory needs of it. */
export const dutyRulesOf = ({
  dutyFunction,
  deadlines,
  paging,
}: Pick<Organisation, 'dutyFunction' | 'deadlines' | 'paging'>): DutyRules => ({
  dutyFunction,
  deadlines: {
    answer: minutes(deadlines.answerMinutes),
    reach: minutes(deadlines.reachMinutes),
    giveBack: minutes(deadlines.giveBackMinutes),
  },
  phones: paging,
});
