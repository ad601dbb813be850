/** What stored JSON must look like to be trusted. Loose everywhere: what a newer version added is kept. */
import { z } from 'zod';
import { type AuditEntry, accesses } from '../core/access.ts';
import { telephones } from '../core/call.ts';
import type { Tick } from '../core/checklist.ts';
import { type Effect, notices } from '../core/effects.ts';
import { type IncidentId, type Instant, instant, isIncidentId, personId } from '../core/ids.ts';
import {
  affected,
  callback,
  channels,
  closeReasons,
  dangerNow,
  grades,
  type Incident,
  type IncidentEvent,
  personCategories,
  type Route,
  riskClasses,
  type Sealed,
  type Stage,
  sharedWith,
  supplied,
  urgencies,
  whenRough,
} from '../core/incident.ts';
import type { Sends } from '../core/pace.ts';
import { type Rung, roles } from '../core/people.ts';
import { type Decision, proposalStates } from '../core/proposal.ts';
import type { CardRow, Contact, DueRow } from '../features/ports.ts';

const id = z.custom<IncidentId>((value) => typeof value === 'string' && isIncidentId(value));
const person = z.string().min(1).transform(personId);
const at = z.custom<Instant>((value) => typeof value === 'string' && isInstant(value));
export const instantText = at;
const count = z.int().nonnegative();

/** Row keys sort by it, so only the one form with milliseconds will do. */
function isInstant(text: string): boolean {
  const epoch = Date.parse(text);
  return !Number.isNaN(epoch) && instant(epoch) === text;
}

/** The shape of a union that forgets none of its kinds: with one missing, nothing fits this type. */
type Whole<Union extends Record<Kind, string>, Kind extends string, Shape extends z.ZodType> =
  Exclude<Union[Kind], z.infer<Shape> extends Record<Kind, infer Known> ? Known : never> extends never
    ? z.ZodType<Union>
    : never;

const answers = z.looseObject({
  dangerNow: z.enum(dangerNow),
  channel: z.enum(channels),
  affected: z.enum(affected),
  whenRough: z.enum(whenRough),
  callback: z.enum(callback),
});
const rung = z.looseObject({
  role: z.enum({
    dutyOfficer: 'dutyOfficer',
    backup: 'backup',
    coordinator: 'coordinator',
    preparednessManager: 'preparednessManager',
  } satisfies { [R in Rung['role']]: R }),
  people: z.array(person),
  dutyFunction: z.exactOptional(z.boolean()),
});
const route = z.enum({
  alarm: 'alarm',
  alarmInTheMorning: 'alarmInTheMorning',
  workingDay: 'workingDay',
} satisfies { [R in Route]: R });
const deadlines = z.looseObject({ answer: count, reach: count, giveBack: count });
const grade = z.literal(grades);
const assessment = z.discriminatedUnion('method', [
  z.looseObject({ method: z.literal('none'), riskClass: z.literal('low') }),
  z.looseObject({
    method: z.literal('matrix'),
    likelihood: grade,
    consequence: grade,
    riskClass: z.enum(riskClasses),
  }),
]);

const anyStage = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('new') }),
  z.looseObject({ status: z.literal('acknowledged'), assignee: person, acknowledgedAt: at }),
  z.looseObject({ status: z.literal('reached'), assignee: person, reachedAt: at, reachedBy: person }),
  z.looseObject({
    status: z.literal('closed'),
    assignee: z.exactOptional(person),
    closedAt: at,
    reason: z.enum(closeReasons),
  }),
]);
const stage: Whole<Stage, 'status', typeof anyStage> = anyStage;

const confined = z.looseObject({ to: z.array(person), out: z.array(person) });
const share = { with: z.enum(sharedWith), person: z.exactOptional(person) };
const byWhom = z.looseObject({ at, by: person });

export const incident: z.ZodType<Incident> = z.looseObject({
  id,
  version: count,
  stage,
  reportedAt: at,
  reporter: person,
  answers,
  urgency: z.enum(urgencies),
  route,
  readBy: z.exactOptional(at),
  numberKnown: z.boolean(),
  follows: z.exactOptional(id),
  exercise: z.exactOptional(z.literal(true)),
  ladder: z.array(rung),
  deadlines,
  rung: count,
  declined: z.array(person),
  unreachable: z.exactOptional(z.array(person)),
  alarmedAt: z.exactOptional(at),
  askedAt: z.exactOptional(at),
  alarmedOn: z.exactOptional(count),
  victim: z.exactOptional(person),
  excluded: z.exactOptional(z.array(person)),
  confined: z.exactOptional(confined),
  personCategory: z.exactOptional(z.enum(personCategories)),
  protectedIdentity: z.exactOptional(z.literal(true)),
  shared: z.exactOptional(z.array(z.looseObject(share))),
  talked: z.exactOptional(byWhom),
  overrides: z.exactOptional(z.array(byWhom)),
  assessment: z.exactOptional(assessment),
  company: z.exactOptional(z.boolean()),
  call: z.exactOptional(
    z.looseObject({
      at,
      confirmed: z.exactOptional(z.literal(true)),
      screenshot: z.exactOptional(z.boolean()),
      telephone: z.exactOptional(z.enum(telephones)),
      traced: z.exactOptional(at),
    }),
  ),
  withdrawnAt: z.exactOptional(at),
  erasedAt: z.exactOptional(at),
  handedOver: z.exactOptional(z.looseObject({ at, by: person, remindedAt: z.exactOptional(at) })),
  tasks: z.exactOptional(z.record(z.string(), z.looseObject({ as: z.enum(['done', 'notRelevant']), at }))),
});

const task = z.looseObject({ item: z.string(), as: z.enum(['done', 'notRelevant', 'open']) });

const pageTarget = z.union([z.literal('dutyFunction'), person]);

const eventOf = <T extends IncidentEvent['type'], S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.looseObject({ type: z.literal(type), at, by: person, ...shape });

const anyEvent = z.discriminatedUnion('type', [
  eventOf('Reported', {
    answers,
    urgency: z.enum(urgencies),
    route,
    readBy: z.exactOptional(at),
    ladder: z.array(rung),
    deadlines,
    numberKnown: z.boolean(),
    follows: z.exactOptional(id),
    exercise: z.exactOptional(z.literal(true)),
    excluded: z.exactOptional(z.array(person)),
    confined: z.exactOptional(confined),
    callAt: z.exactOptional(at),
  }),
  eventOf('Alarmed', { due: z.exactOptional(at) }),
  eventOf('Acknowledged', {}),
  eventOf('Declined', { rung: count }),
  eventOf('Paged', { to: pageTarget, outcome: z.enum(['sent', 'gone', 'unknown']) }),
  eventOf('Undeliverable', { person, rung: count, due: z.exactOptional(at) }),
  eventOf('Escalated', { rung: count, due: z.exactOptional(at) }),
  eventOf('Returned', { rung: count, due: z.exactOptional(at) }),
  eventOf('Assigned', { to: person }),
  eventOf('Reached', {}),
  eventOf('Unreached', {}),
  eventOf('Assessed', { assessment }),
  eventOf('Noted', { visibleTo: z.enum(['staff', 'reporter']), task: z.exactOptional(task) }),
  eventOf('Linked', { person }),
  eventOf('Restricted', {
    to: z.array(person),
    out: z.array(person),
    tells: z.array(person),
    asks: z.array(person),
  }),
  eventOf('Categorised', { category: z.enum(personCategories), protectedIdentity: z.boolean() }),
  eventOf('Shared', share),
  eventOf('Unshared', {}),
  eventOf('Talked', {}),
  eventOf('Overridden', {}),
  eventOf('Supplemented', { gave: z.array(z.enum(supplied)), callAt: z.exactOptional(at) }),
  eventOf('CallTold', {
    callAt: z.exactOptional(at),
    screenshot: z.exactOptional(z.boolean()),
    telephone: z.exactOptional(z.enum(telephones)),
  }),
  eventOf('Traced', {}),
  eventOf('CompanyAnswered', { company: z.boolean() }),
  eventOf('HandedOver', {}),
  eventOf('Reminded', {}),
  eventOf('Withdrawn', {}),
  eventOf('Closed', { reason: z.enum(closeReasons) }),
  eventOf('Reopened', {}),
  eventOf('Erased', {}),
]);
export const incidentEvent: Whole<IncidentEvent, 'type', typeof anyEvent> = anyEvent;

export const operation = z.looseObject({ at, by: person, token: z.string() });

const text = z.string().optional();
export const sealedPart: z.ZodType<Sealed> = z.looseObject({
  reporterName: text,
  number: text,
  text,
  where: text,
  affectedWho: text,
  call: text,
  callerNumber: text,
});

const notice = z.enum(notices);
const target = z.union([z.literal('channel'), person]);
const conversation = z.looseObject({ serviceUrl: z.string(), id: z.string() });

const anyEffect = z.discriminatedUnion('do', [
  z.looseObject({ do: z.literal('post'), notice, to: target, at }),
  z.looseObject({ do: z.literal('page'), to: pageTarget, rung: count, at }),
  z.looseObject({ do: z.literal('raise'), at }),
  z.looseObject({ do: z.literal('escalate'), rung: count, at }),
  z.looseObject({ do: z.literal('giveBack'), since: at, at }),
  z.looseObject({ do: z.literal('remind'), at }),
  z.looseObject({ do: z.literal('freshen'), at, lists: z.literal(true).optional() }),
]);
const effect: Whole<Effect, 'do', typeof anyEffect> = anyEffect;

/** The thin row of an open case, as the auditor reads it. */
export const openRow = z.looseObject({
  next: effect.optional(),
  unanswered: z.boolean().default(false),
  keptTo: z.array(person).nullable().optional(),
});

export const cardRow: z.ZodType<CardRow> = z.looseObject({
  id,
  version: z.int().positive(),
  notice,
  to: target,
  conversation,
  activityId: z.string(),
  shown: count,
});

export const dueRow: z.ZodType<DueRow> = z.looseObject({
  id,
  at,
  what: z.string(),
  effect,
  version: count,
  urgency: z.enum(urgencies),
  tries: count,
  repeat: z.boolean(),
  instead: z.exactOptional(person),
  except: z.exactOptional(z.string()),
  card: z.exactOptional(cardRow),
});

export const auditEntry: z.ZodType<AuditEntry> = z.looseObject({
  at,
  by: person,
  what: z.enum(accesses).default('read'),
  why: z.string(),
  whom: z.exactOptional(person),
});

/** Where a chain of the log ends. */
export const chainHead = z.looseObject({ seq: count, hash: z.string() });

/** The same of a chain that is not anchored yet. */
export const movedChain = z.object({ chain: z.string(), seq: z.int().positive(), hash: z.string() });

export const draft = z.looseObject({
  id: z.string(),
  person,
  at,
  asked: count,
  askAt: at,
  of: z.exactOptional(z.literal('call')),
});

export const draftDue = z.looseObject({ id: z.string() });

/** What stands beside a document of `settings`; `token` tells our own success, whose reply was lost, from another's. */
export const setting = z.looseObject({ version: z.int().positive(), at, by: person, token: z.string() });

/** A case in a list. */
export const listed = z.looseObject({ id });

export const contact: z.ZodType<Contact> = z.looseObject({
  conversation,
  locale: z.enum(['sv', 'en']),
  blocked: z.exactOptional(z.literal(true)),
});

/** People as last known; it stands whole under a seal. */
export const knownPeople = z.array(
  z.object({
    id: person,
    name: z.string(),
    roles: z.array(z.enum(roles)),
    number: z.string().optional(),
    locale: z.enum(['sv', 'en']).optional(),
  }),
);
/** When everybody's roles were last right. */
export const knownSince = z.looseObject({ rightAt: at });

export const sends: z.ZodType<Sends> = z.looseObject({
  recent: z.array(z.number()),
  minutes: z.array(z.tuple([count, count])),
});

/** Something done now and then. While someone holds it, `heldUntil` says for how long. */
export const routine = z.looseObject({
  at,
  memory: z.unknown().optional(),
  repeat: z.boolean(),
  heldUntil: at.optional(),
});

/** Of a checklist. */
export const tick: z.ZodType<Tick> = z.looseObject({
  as: z.enum({ done: 'done', notRelevant: 'notRelevant' } satisfies { [As in Tick['as']]: As }),
  at,
  reason: text,
});

const proposedShape = { id: z.string(), list: z.string(), item: z.string(), at };
/** Where a proposal stands, in the list of its state. */
export const proposed = z.object(proposedShape);

const decision: z.ZodType<Decision> = z.looseObject({
  as: z.enum(proposalStates).exclude(['new']),
  at,
  by: person,
  owner: text,
  day: text,
  reason: text,
});

/** Of a proposal what is stored in the open, and what stands whole under a seal. */
export const proposalRow = z.looseObject({ ...proposedShape, state: z.enum(proposalStates) });
export const proposalPart = z.looseObject({
  by: person,
  text: z.string(),
  discussion: z.string(),
  decision: decision.optional(),
});
