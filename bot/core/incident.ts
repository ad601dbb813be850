/**
 * The incident: what is known of one report that rules need. Start reading here.
 *
 * Everything in this file is the plain part of a case: ids, instants and choices. What people wrote and how
 * they are reached is the sealed part (`Sealed`), which no rule ever sees (DESIGN 5).
 */
import type { Call, Telephone } from './call.ts';
import type { IncidentId, Instant, PersonId } from './ids.ts';
import type { PageTarget } from './page.ts';
import type { Deadlines, Rung } from './people.ts';
import { later, minutes } from './time.ts';

/** DOMAIN C1: `unsure` is routed as `yes`. */
export const dangerNow = ['yes', 'no', 'unsure'] as const;
/** DOMAIN C3, the commonest; `unknown` is an alarm sent before anything was asked. */
export const channels = [
  'in_person',
  'phone',
  'sms_chat',
  'email',
  'social_media',
  'letter_parcel',
  'visit_surveil',
  'physical',
  'other',
  'unknown',
] as const;
export const affected = ['self', 'other_elected', 'employee', 'relative', 'group'] as const;
export const whenRough = ['now', 'today', 'earlier'] as const;
export const callback = ['now', 'today', 'chat_only', 'none'] as const;

/** The choices of a quick report: the plain half of what the form asks. */
export interface Answers {
  dangerNow: (typeof dangerNow)[number];
  channel: (typeof channels)[number];
  affected: (typeof affected)[number];
  whenRough: (typeof whenRough)[number];
  callback: (typeof callback)[number];
}

/** What people wrote and how they are reached; encrypted at rest and opened only by a logged reading. */
export interface Sealed {
  reporterName?: string | undefined;
  /** A number to call, as given or from the directory. */
  number?: string | undefined;
  text?: string | undefined;
  where?: string | undefined;
  affectedWho?: string | undefined;
  /** What was chosen of a call, as `packed` of `core/call.ts` writes it. */
  call?: string | undefined;
  /** From which number the call came. */
  callerNumber?: string | undefined;
}

export const urgencies = ['acute', 'high', 'medium'] as const;
export type Urgency = (typeof urgencies)[number];

/** Where a report goes (the routing table of `policy.ts`). */
export type Route = 'alarm' | 'alarmInTheMorning' | 'workingDay';

/** The matrix of DOMAIN C5: likelihood 1-4 x consequence 1-4. */
export const grades = [1, 2, 3, 4] as const;
export type Grade = (typeof grades)[number];
export const riskClasses = ['low', 'medium', 'high', 'veryHigh'] as const;
export type RiskClass = (typeof riskClasses)[number];
export type Assessment =
  | { method: 'none'; riskClass: 'low' }
  | { method: 'matrix'; likelihood: Grade; consequence: Grade; riskClass: RiskClass };

export const closeReasons = ['handled', 'notAThreat', 'duplicate', 'outsideAssignment', 'withdrawn'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** What someone may add to a report afterwards. */
export const supplied = ['text', 'where', 'number'] as const;
export type Supplied = (typeof supplied)[number];

/** Who somebody is by law: it decides which rules apply (DOMAIN 0:1, C2). */
export const personCategories = [
  'elected_fulltime',
  'elected_other',
  'employee',
  'candidate',
  'relative',
] as const;
export type PersonCategory = (typeof personCategories)[number];

/** With whom the person a report is about lets us talk. */
export const sharedWith = ['groupLeader', 'hr', 'party', 'relative'] as const;
export type SharedWith = (typeof sharedWith)[number];

/** The person's own choice, and nobody else's. Someone outside the directory is named in the sealed part. */
export interface Share {
  with: SharedWith;
  person?: PersonId;
}

/**
 * A case that is kept from some never stands in the coordinators' channel. `to`: who coordinates it, each told in 1:1.
 * `out`: who neither sees it nor learns that it is there.
 */
export interface Confined {
  to: PersonId[];
  out: PersonId[];
}

interface By {
  at: Instant;
  by: PersonId;
}

/** An item of a checklist, and how it now stands. */
export interface Task {
  item: string;
  as: 'done' | 'notRelevant' | 'open';
}

interface Overdue {
  /** When it should have happened; absent when it did so in time. */
  due?: Instant;
}

/** What has happened, in the past tense. Stored for ever, so a name here is never changed. */
export type IncidentEvent = By &
  (
    | {
        type: 'Reported';
        answers: Answers;
        urgency: Urgency;
        route: Route;
        /** When the first reader reads at the latest; a due row stands behind it. */
        readBy?: Instant;
        ladder: Rung[];
        deadlines: Deadlines;
        /** False when nobody knows a number to call: the alarm says so. */
        numberKnown: boolean;
        /** The incident this one repeats: the same form sent again later. */
        follows?: IncidentId;
        /** The coordinators try the chain: nobody has met anything. */
        exercise?: true;
        /** Whom the reporter does not want to know; the ladder has been copied without them. */
        excluded?: PersonId[];
        confined?: Confined;
        /** The exact time of the telephone call that is reported. */
        callAt?: Instant;
      }
    | ({ type: 'Alarmed' } & Overdue)
    | { type: 'Acknowledged' }
    | { type: 'Declined'; rung: number }
    /** What became of the first page to someone. Kept of an exercise only, to report of it. */
    | { type: 'Paged'; to: PageTarget; outcome: 'sent' | 'gone' | 'unknown' }
    | ({ type: 'Undeliverable'; person: PersonId; rung: number } & Overdue)
    /** Nobody on the rung has answered in time. */
    | ({ type: 'Escalated'; rung: number } & Overdue)
    /** Taken, and the person was not reached in time. */
    | ({ type: 'Returned'; rung: number } & Overdue)
    | { type: 'Assigned'; to: PersonId }
    | { type: 'Reached' }
    /** Left to the coordinators of the day, with a note. */
    | { type: 'HandedOver' }
    /** Nobody has taken what was left to the day: the channel is told again. */
    | { type: 'Reminded' }
    | { type: 'Unreached' }
    | { type: 'Assessed'; assessment: Assessment }
    /** With `task`: of the coordinators' own checklist, which is the case's task list. */
    | { type: 'Noted'; visibleTo: 'staff' | 'reporter'; task?: Task }
    | { type: 'Linked'; person: PersonId }
    /** To these coordinators, and `out` are the others. `tells`: who has not had it before; `asks`: whom the alarm has not. */
    | ({ type: 'Restricted'; tells: PersonId[]; asks: PersonId[] } & Confined)
    /** Who the person is by law, and whether their name is protected ("skyddade uppgifter"). */
    | { type: 'Categorised'; category: PersonCategory; protectedIdentity: boolean }
    | ({ type: 'Shared' } & Share)
    | { type: 'Unshared' }
    /** Someone the person has shared with has talked to them. */
    | { type: 'Talked' }
    /** Opened in an emergency by someone who else may not, with a written reason. */
    | { type: 'Overridden' }
    | { type: 'Supplemented'; gave: Supplied[]; callAt?: Instant }
    /** One of the things that the one who was called is asked about it. A time is confirmed or corrected by it. */
    | { type: 'CallTold'; callAt?: Instant; screenshot?: boolean; telephone?: Telephone }
    /** The trace of the call has been applied for. */
    | { type: 'Traced' }
    | { type: 'CompanyAnswered'; company: boolean }
    | { type: 'Withdrawn' }
    | { type: 'Closed'; reason: CloseReason }
    | { type: 'Reopened' }
    /** What people wrote is deleted, for good: the case's keys go with this event. */
    | { type: 'Erased' }
  );

/** One event with what belongs to it and is encrypted at rest. */
export interface Entry {
  event: IncidentEvent;
  sealed?: Sealed | undefined;
}

interface Facts {
  id: IncidentId;
  /** Number of the last event. */
  version: number;
  reportedAt: Instant;
  reporter: PersonId;
  answers: Answers;
  urgency: Urgency;
  route: Route;
  readBy?: Instant;
  numberKnown: boolean;
  follows?: IncidentId;
  /** Everything shown of it says so first; lists that count what has happened leave it out. */
  exercise?: true;
  /** Copied from the rota when reported: a later change of rota does not move a running alarm. */
  ladder: Rung[];
  deadlines: Deadlines;
  /** How many times the alarm has moved on; modulo the ladder's length it is the rung that is asked now. */
  rung: number;
  /** Who of that rung has declined or could not be reached by a message. */
  declined: PersonId[];
  /** Those of them who only could not be reached by a message: their phones still ring. */
  unreachable?: PersonId[];
  /** When the alarm went out; absent for a case that waits for a working day or the morning. */
  alarmedAt?: Instant;
  /** The rung on which the alarm began: the first, or the beginning of a later round when it was raised again. */
  alarmedOn?: number;
  /** When those who are asked now were; their time to answer counts from it. */
  askedAt?: Instant;
  /** The person the report is about, when a coordinator has linked one. */
  victim?: PersonId;
  /** Whom the reporter does not want to know: no coordinator takes that back. */
  excluded?: PersonId[];
  confined?: Confined;
  personCategory?: PersonCategory;
  /** A number and no name, on every card. */
  protectedIdentity?: true;
  shared?: Share[];
  /** Someone it was shared with has talked to the person. */
  talked?: By;
  overrides?: By[];
  assessment?: Assessment;
  company?: boolean;
  call?: Call;
  withdrawnAt?: Instant;
  /** Since when nothing that people wrote can be read. */
  erasedAt?: Instant;
  /** What has been done of the coordinators' checklist, by item. */
  tasks?: Readonly<Record<string, { as: 'done' | 'notRelevant'; at: Instant }>>;
  /** Left to the coordinators of the day: no alarm runs, until one is raised anew. */
  handedOver?: By & { remindedAt?: Instant };
}
/** Where a case stands; each stage carries only what is true in it. */
export type Stage =
  | { status: 'new' }
  | { status: 'acknowledged'; assignee: PersonId; acknowledgedAt: Instant }
  | { status: 'reached'; assignee: PersonId; reachedAt: Instant; reachedBy: PersonId }
  | { status: 'closed'; assignee?: PersonId; closedAt: Instant; reason: CloseReason };
export const statuses = [
  'new',
  'acknowledged',
  'reached',
  'closed',
] as const satisfies readonly Stage['status'][];
export type Status = (typeof statuses)[number];

export type Incident = Facts & { stage: Stage };

/** Who has the case, if anybody. */
export const assigneeOf = ({ stage }: Incident): PersonId | undefined =>
  stage.status === 'new' ? undefined : stage.assignee;

/** Whether the report is about this very person. */
export const isAbout = (incident: Incident, person: PersonId): boolean => subjectOf(incident) === person;

/** The person a report is about, where that is someone we know. */
export const subjectOf = ({ victim, reporter, answers }: Incident): PersonId | undefined =>
  victim ?? (answers.affected === 'self' ? reporter : undefined);

/** Whether the case is kept from this person, who must not learn that it is there. */
export const isOut = ({ confined }: Incident, person: PersonId): boolean =>
  confined?.out.includes(person) ?? false;

/** What a coordinator has said, else what the answers suggested. */
export const isOfEmployee = ({ personCategory, answers }: Incident): boolean =>
  personCategory ? personCategory === 'employee' : answers.affected === 'employee';

/** The rung that is asked; none when there is nobody on the ladder. */
export const rungNow = (incident: Incident): Rung | undefined => rungAt(incident, incident.rung);

/** The rung that is asked if nobody on that one answers; none when there is only one. */
export const rungNext = (incident: Incident): Rung | undefined =>
  incident.ladder.length > 1 ? rungAt(incident, incident.rung + 1) : undefined;

const rungAt = ({ ladder }: Incident, rung: number): Rung | undefined => ladder[rung % ladder.length];

/** Where the ladder stands when this person is no longer to be asked: the same rung while someone is left on it. */
export function rungWithout(incident: Incident, person: PersonId): number {
  const left = askedNow(incident).filter((asked) => asked !== person);
  return left.length > 0 ? incident.rung : incident.rung + 1;
}

/** The people who are asked right now; empty when the case is taken or waits in the channel only. */
export function askedNow(incident: Incident): PersonId[] {
  if (incident.stage.status !== 'new' || !incident.alarmedAt || incident.handedOver) return [];
  const people = rungNow(incident)?.people ?? [];
  return people.filter((person) => !incident.declined.includes(person));
}

/** Who is asked if nobody of those asked now answers; nobody when there is only one rung. */
export const askedNext = (incident: Incident): PersonId[] => rungNext(incident)?.people ?? [];

/**
 * Everyone on the ladder has been asked, and nobody has the case: it goes round again, and those who watch are told.
 * Never of an exercise: they are outside Teams, and would come running.
 */
export const isUnanswered = ({
  stage,
  alarmedAt,
  alarmedOn = 0,
  exercise,
  handedOver,
  ladder,
  rung,
}: Incident): boolean => {
  const runs = stage.status === 'new' && alarmedAt !== undefined && !handedOver && !exercise;
  return runs && rung - alarmedOn >= ladder.length;
};

/** The first event makes the incident. */
export function begin(id: IncidentId, event: IncidentEvent & { type: 'Reported' }): Incident {
  return {
    id,
    version: 1,
    stage: { status: 'new' },
    reportedAt: event.at,
    reporter: event.by,
    answers: event.answers,
    urgency: event.urgency,
    route: event.route,
    ...(event.readBy && { readBy: event.readBy }),
    numberKnown: event.numberKnown,
    ...(event.follows && { follows: event.follows }),
    ...(event.exercise && { exercise: event.exercise }),
    ...(event.excluded && { excluded: event.excluded }),
    ...(event.confined && { confined: event.confined }),
    ...(event.callAt && { call: { at: event.callAt } }),
    ladder: event.ladder,
    deadlines: event.deadlines,
    rung: 0,
    declined: [],
    ...(event.route === 'alarm' && { alarmedAt: event.at, askedAt: event.at }),
  };
}

/** The incident after one more event. Total: a decision has already refused what may not happen. */
export function evolve(incident: Incident, event: IncidentEvent): Incident {
  const next = { ...incident, version: incident.version + 1 };
  const assignee = assigneeOf(incident);
  switch (event.type) {
    case 'Alarmed': {
      const { handedOver: _ended, ...alarmed } = next;
      const { at } = event;
      const rung = firstRung(incident);
      return { ...alarmed, alarmedAt: at, askedAt: at, rung, alarmedOn: rung, declined: [] };
    }
    case 'Acknowledged':
      return { ...next, stage: { status: 'acknowledged', assignee: event.by, acknowledgedAt: event.at } };
    case 'Assigned':
      return {
        ...next,
        stage:
          incident.stage.status === 'reached'
            ? { ...incident.stage, assignee: event.to }
            : { status: 'acknowledged', assignee: event.to, acknowledgedAt: event.at },
      };
    case 'Declined':
      return passOn(next, event.by, event.rung, event.at);
    case 'Undeliverable':
      return {
        ...passOn(next, event.person, event.rung, afterRound(incident, event)),
        unreachable: unreachableAfter(incident, event),
      };
    case 'Escalated':
    case 'Returned':
      return {
        ...next,
        stage: { status: 'new' },
        rung: event.rung,
        declined: [],
        unreachable: [],
        askedAt: event.at,
      };
    case 'Reached':
      return {
        ...next,
        stage: {
          status: 'reached',
          assignee: assignee ?? event.by,
          reachedAt: event.at,
          reachedBy: event.by,
        },
      };
    case 'HandedOver':
      return { ...next, stage: { status: 'new' }, handedOver: { at: event.at, by: event.by } };
    case 'Reminded':
      return incident.handedOver
        ? { ...next, handedOver: { ...incident.handedOver, remindedAt: event.at } }
        : next;
    case 'Assessed':
      return { ...next, assessment: event.assessment };
    case 'Linked': {
      // What one person has shared is not another's to have shared.
      const { shared: _shared, talked: _talked, ...linked } = next;
      const kept = isAbout(incident, event.person) ? next : linked;
      return { ...kept, victim: event.person };
    }
    case 'Restricted': {
      const { to, out } = event;
      return { ...next, confined: { to, out }, ladder: ladderFor(incident.ladder, { to, out }) };
    }
    case 'Categorised': {
      const { protectedIdentity: _before, ...others } = next;
      const category = { ...others, personCategory: event.category };
      return event.protectedIdentity ? { ...category, protectedIdentity: true } : category;
    }
    case 'Shared': {
      const share: Share = { with: event.with, ...(event.person && { person: event.person }) };
      return { ...next, shared: [...(incident.shared ?? []), share] };
    }
    case 'Unshared': {
      const { shared: _shared, talked: _talked, ...kept } = next;
      return kept;
    }
    case 'Talked':
      return { ...next, talked: { at: event.at, by: event.by } };
    case 'Overridden':
      return { ...next, overrides: [...(incident.overrides ?? []), { at: event.at, by: event.by }] };
    case 'Supplemented':
      return {
        ...next,
        ...(event.gave.includes('number') && { numberKnown: true }),
        ...(event.callAt && { call: { at: event.callAt } }),
      };
    case 'CallTold': {
      const { callAt, screenshot, telephone } = event;
      const call = {
        ...(incident.call ?? { at: event.at }),
        ...(callAt && { at: callAt, confirmed: true as const }),
        ...(screenshot !== undefined && { screenshot }),
        ...(telephone && { telephone }),
      };
      return { ...next, call };
    }
    case 'Traced':
      return incident.call ? { ...next, call: { ...incident.call, traced: event.at } } : next;
    case 'CompanyAnswered':
      return { ...next, company: event.company };
    case 'Withdrawn':
      return { ...next, withdrawnAt: event.at };
    case 'Closed':
      return {
        ...next,
        stage: { status: 'closed', closedAt: event.at, reason: event.reason, ...(assignee && { assignee }) },
      };
    case 'Reopened':
      return {
        ...next,
        ...(assignee
          ? { stage: { status: 'acknowledged', assignee, acknowledgedAt: event.at } }
          : { stage: { status: 'new' }, askedAt: event.at }),
      };
    case 'Erased':
      return { ...next, erasedAt: event.at };
    case 'Noted':
      return event.task ? { ...next, tasks: tasksAfter(incident.tasks, event.task, event.at) } : next;
    case 'Reported':
    case 'Paged':
    case 'Unreached':
      return next;
    default:
      return event satisfies never;
  }
}

/**
 * The ladder of a case that is kept from some, with the same number of rungs, so that what is planned of each stays
 * true: where nobody is left on a rung, the next that has somebody is asked in its place.
 */
function ladderFor(ladder: readonly Rung[], { to, out }: Confined): Rung[] {
  const left = ladder.map((rung) => ({
    ...rung,
    people: rung.role === 'coordinator' ? to : rung.people.filter((person) => !out.includes(person)),
  }));
  const isManned = ({ people, dutyFunction }: Rung) => people.length > 0 || dutyFunction === true;
  return left.map((rung, at) => [...left.slice(at), ...left].find(isManned) ?? rung);
}

/** The ladder from its beginning, where a round has ended or none has begun: its numbers are never used twice. */
const firstRung = ({ ladder, rung }: Incident): number =>
  Math.ceil(rung / Math.max(ladder.length, 1)) * ladder.length;

/** When a whole round of the ladder could not be reached, how long until it is tried again. */
const roundPause = minutes(1);

/** When the next are asked: at once, and from the second round on after a pause. */
const afterRound = ({ ladder }: Incident, { at, rung }: { at: Instant; rung: number }): Instant =>
  rung >= ladder.length ? later(at, roundPause) : at;

/** The alarm goes on without this person, to people who are asked then; a case that was taken is open again. */
function passOn(incident: Incident, person: PersonId, rung: number, askedAt: Instant): Incident {
  const same = rung === incident.rung;
  return {
    ...incident,
    stage: { status: 'new' },
    rung,
    declined: same ? [...incident.declined, person] : [],
    unreachable: same ? (incident.unreachable ?? []) : [],
    ...(!same && { askedAt }),
  };
}

const unreachableAfter = (
  { rung, unreachable = [] }: Incident,
  event: { person: PersonId; rung: number },
): PersonId[] => (event.rung === rung ? [...unreachable, event.person] : []);

function tasksAfter(
  tasks: Incident['tasks'],
  { item, as }: Task,
  at: Instant,
): NonNullable<Incident['tasks']> {
  const { [item]: _before, ...others } = tasks ?? {};
  return as === 'open' ? others : { ...others, [item]: { as, at } };
}
