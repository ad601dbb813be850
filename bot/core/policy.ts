/**
 * The rules as tables: where a report goes, and who may do what to a case. Decisions, cards and buttons all ask
 * here, so screen and rule cannot disagree.
 */
import { nextQuestion } from './call.ts';
import {
  type Answers,
  type Assessment,
  askedNow,
  assigneeOf,
  type Grade,
  type Incident,
  isAbout,
  isOfEmployee,
  isOut,
  type RiskClass,
  type Route,
  type Status,
  type Urgency,
} from './incident.ts';
import type { Actor, Role } from './people.ts';

/** Why a report got its urgency and route; the words are in `bot/text`. */
export const reasons = [
  'dangerYes',
  'dangerUnsure',
  'callNow',
  'visit',
  'violence',
  'letter',
  'ordinary',
] as const;
export type Reason = (typeof reasons)[number];

interface RoutingRow {
  reason: Reason;
  when: (answers: Answers) => boolean;
  urgency: Urgency;
  day: Route;
  night: Route;
}

/**
 * First row that fits wins. Day is 07-22 every day of the week, night 22-07, Europe/Stockholm.
 * `alarmInTheMorning`: the confirmation asks "Behöver du någon i natt?"; yes raises the alarm at once, else it goes
 * out at 07:00.
 */
export const routing: readonly RoutingRow[] = [
  { reason: 'dangerYes', when: (a) => a.dangerNow === 'yes', urgency: 'acute', day: 'alarm', night: 'alarm' },
  {
    reason: 'dangerUnsure',
    when: (a) => a.dangerNow === 'unsure',
    urgency: 'acute',
    day: 'alarm',
    night: 'alarm',
  },
  { reason: 'callNow', when: (a) => a.callback === 'now', urgency: 'high', day: 'alarm', night: 'alarm' },
  {
    reason: 'visit',
    when: (a) => a.channel === 'visit_surveil',
    urgency: 'high',
    day: 'alarm',
    night: 'alarmInTheMorning',
  },
  {
    reason: 'violence',
    when: (a) => a.channel === 'physical',
    urgency: 'high',
    day: 'alarm',
    night: 'alarmInTheMorning',
  },
  {
    reason: 'letter',
    when: (a) => a.channel === 'letter_parcel',
    urgency: 'high',
    day: 'alarm',
    night: 'alarmInTheMorning',
  },
  { reason: 'ordinary', when: () => true, urgency: 'medium', day: 'workingDay', night: 'workingDay' },
];

/** Where these answers go at this time of day, how urgent they are, and every reason that spoke for it. */
export function routeOf(
  answers: Answers,
  night: boolean,
): { route: Route; urgency: Urgency; reasons: Reason[] } {
  const fitting = routing.filter((row) => row.when(answers));
  const [row] = fitting;
  if (!row) throw new Error('the last row of the routing table fits everything');
  const spoken = fitting.filter(({ reason }) => reason !== 'ordinary').map(({ reason }) => reason);
  return {
    route: night ? row.night : row.day,
    urgency: row.urgency,
    reasons: spoken.length > 0 ? spoken : [row.reason],
  };
}

/** DOMAIN C5 step 2: 1-3 low, 4-6 medium, 8-9 high, 12-16 very high. */
export function riskClassOf(likelihood: Grade, consequence: Grade): RiskClass {
  const score = likelihood * consequence;
  if (score <= 3) return 'low';
  if (score <= 6) return 'medium';
  if (score <= 9) return 'high';
  return 'veryHigh';
}

/** For lists: an exercise last; what nobody has taken before what somebody has, then the graver, then the older. */
export function worstFirst(one: Incident, other: Incident): number {
  const taken = (incident: Incident) => (incident.stage.status === 'new' ? 0 : 1);
  const tried = (incident: Incident) => (incident.exercise ? 1 : 0);
  return (
    tried(one) - tried(other) ||
    taken(one) - taken(other) ||
    gravityOf(other) - gravityOf(one) ||
    (one.reportedAt < other.reportedAt ? -1 : 1)
  );
}

/** What a coordinator has assessed counts before what the answers suggested. */
function gravityOf({ assessment, urgency }: Incident): number {
  const classes: readonly (RiskClass | Urgency)[] = ['low', 'medium', 'high', 'veryHigh', 'acute'];
  return classes.indexOf(assessment?.riskClass ?? urgency);
}

export const isSerious = (incident: Incident): boolean =>
  incident.urgency !== 'medium' || isHigh(incident.assessment);

export const isHigh = (assessment: Assessment | undefined): boolean =>
  assessment?.riskClass === 'high' || assessment?.riskClass === 'veryHigh';

/** What can be done to a case: each is a button's verb, and (but for the readings) a command of `decide.ts`. */
export const verbs = [
  'acknowledge',
  'reached',
  'unreached',
  'decline',
  'details',
  'assign',
  'assess',
  'note',
  'handOver',
  'link',
  'close',
  'reopen',
  'erase',
  'categorise',
  'restrict',
  'traced',
  'alarm',
  'supplement',
  'callTold',
  'company',
  'share',
  'unshare',
  'withdraw',
  'readers',
  'readings',
  'talked',
  'override',
] as const;
export type Verb = (typeof verbs)[number];

/**
 * What a person is to a case. `supporter`: a group leader with whom it has been shared. `standby`: answers alarms, and has
 * had nothing to do with this one. `overrider`: has opened it in an emergency. `hr`: of a case about an employee.
 */
export const relations = [
  'reporter',
  'victim',
  'asked',
  'assignee',
  'coordinator',
  'supporter',
  'standby',
  'overrider',
  'hr',
  'auditor',
] as const;
export type Relation = (typeof relations)[number];

/**
 * relation x status -> verbs, in the order the buttons stand. `asked` is someone the alarm has gone to (the duty
 * officer, or another on the case's ladder): once someone else has taken it there is nothing left for them to do, but
 * in an emergency.
 */
export const policy = {
  reporter: {
    new: [
      'alarm',
      'supplement',
      'callTold',
      'company',
      'details',
      'share',
      'unshare',
      'readers',
      'readings',
      'withdraw',
    ],
    acknowledged: [
      'supplement',
      'callTold',
      'company',
      'details',
      'share',
      'unshare',
      'readers',
      'readings',
      'withdraw',
    ],
    reached: [
      'supplement',
      'callTold',
      'company',
      'details',
      'share',
      'unshare',
      'readers',
      'readings',
      'withdraw',
    ],
    closed: ['details', 'unshare', 'readers', 'readings'],
  },
  victim: {
    new: ['alarm', 'supplement', 'details', 'share', 'unshare', 'readers', 'readings'],
    acknowledged: ['supplement', 'details', 'share', 'unshare', 'readers', 'readings'],
    reached: ['supplement', 'details', 'share', 'unshare', 'readers', 'readings'],
    closed: ['details', 'unshare', 'readers', 'readings'],
  },
  asked: {
    new: ['acknowledge', 'decline', 'details'],
    acknowledged: ['override'],
    reached: ['override'],
    closed: ['override'],
  },
  assignee: {
    new: [],
    acknowledged: ['reached', 'unreached', 'decline', 'details', 'note', 'handOver'],
    reached: ['details', 'note', 'handOver'],
    closed: ['override'],
  },
  coordinator: {
    new: [
      'acknowledge',
      'assess',
      'traced',
      'assign',
      'details',
      'note',
      'link',
      'close',
      'categorise',
      'restrict',
      'readings',
    ],
    acknowledged: [
      'reached',
      'unreached',
      'assess',
      'traced',
      'assign',
      'details',
      'note',
      'link',
      'close',
      'categorise',
      'restrict',
      'readings',
    ],
    reached: [
      'assess',
      'traced',
      'assign',
      'details',
      'close',
      'note',
      'link',
      'categorise',
      'restrict',
      'readings',
    ],
    closed: ['reopen', 'details', 'restrict', 'readings', 'erase'],
  },
  supporter: {
    new: ['details', 'talked'],
    acknowledged: ['details', 'talked'],
    reached: ['details', 'talked'],
    closed: ['details'],
  },
  standby: {
    new: ['override'],
    acknowledged: ['override'],
    reached: ['override'],
    closed: ['override'],
  },
  overrider: {
    new: ['details'],
    acknowledged: ['details'],
    reached: ['details'],
    closed: ['details'],
  },
  hr: {
    new: ['details'],
    acknowledged: ['details'],
    reached: ['details'],
    closed: ['details'],
  },
  auditor: {
    new: ['readings'],
    acknowledged: ['readings'],
    reached: ['readings'],
    closed: ['readings'],
  },
} as const satisfies Record<Relation, Record<Status, readonly Verb[]>>;

/** The roles that answer alarms: checked at each click, for a ladder copied yesterday may name someone who has left. */
export const answering: readonly Role[] = ['dutyOfficer', 'coordinator', 'preparednessManager'];

export const answersAlarms = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  roles.some((role) => answering.includes(role));

/**
 * What this person is to this case, strongest claim on the buttons first. Someone it is kept from is nothing to it, but
 * for a report of their own or about themselves.
 */
export function relationsOf(incident: Incident, actor: Actor): Relation[] {
  const { person, roles } = actor;
  const { confined, ladder, overrides = [], rung, shared = [] } = incident;
  const own: Relation[] = [];
  if (incident.reporter === person) own.push('reporter');
  if (incident.victim === person) own.push('victim');
  if (isOut(incident, person)) return own;

  const answers = answersAlarms(actor);
  const asked = ladder.slice(0, rung + 1).some(({ people }) => people.includes(person));
  const coordinates = confined ? confined.to.includes(person) && answers : roles.includes('coordinator');
  const found: Relation[] = [];
  if (assigneeOf(incident) === person && answers) found.push('assignee');
  if (asked && incident.alarmedAt && answers) found.push('asked');
  if (coordinates) found.push('coordinator');
  found.push(...own);
  if (roles.includes('groupLeader') && shared.some((share) => share.person === person))
    found.push('supporter');
  if (found.length === 0 && answers && !incident.erasedAt) found.push('standby');
  if (answers && overrides.some(({ by }) => by === person)) found.push('overrider');
  if (roles.includes('hr') && isOfEmployee(incident)) found.push('hr');
  if (roles.includes('auditor')) found.push('auditor');
  return found;
}

const reads = (relation: Relation, { stage }: Incident): boolean => {
  const verbs: readonly Verb[] = policy[relation][stage.status];
  return verbs.includes('details');
};

/** Whether a verb that its row allows makes sense in this very case. */
function fits(verb: Verb, incident: Incident, actor: Actor): boolean {
  if (incident.erasedAt) return verb === 'readers' || verb === 'readings';
  switch (verb) {
    case 'alarm':
      return !incident.alarmedAt || incident.handedOver !== undefined;
    // Only having reached the person stops the clock of an alarm: until then it is nobody's to leave for the day.
    case 'handOver':
      return incident.stage.status === 'reached' || !incident.alarmedAt || incident.handedOver !== undefined;
    case 'callTold':
      return incident.call !== undefined && nextQuestion(incident.call) !== undefined;
    case 'traced':
      return incident.call !== undefined && incident.call.traced === undefined;
    case 'company':
      return incident.company === undefined && isSerious(incident);
    case 'withdraw':
      return !incident.withdrawnAt;
    // The choice of the one it is about, never anyone else's.
    case 'share':
      return isAbout(incident, actor.person);
    case 'unshare':
      return isAbout(incident, actor.person) && incident.shared !== undefined;
    case 'talked':
      return !incident.talked;
    // Not for someone who reads it as it is.
    case 'override':
      return !relationsOf(incident, actor).some(
        (relation) => relation !== 'overrider' && reads(relation, incident),
      );
    case 'decline':
      return assigneeOf(incident) === actor.person || askedNow(incident).includes(actor.person);
    default:
      return true;
  }
}

/**
 * Every verb this person may use on this case now, in the order the buttons stand. Asked by decisions, cards and
 * buttons alike.
 *
 * @param as the relations to look at; a card that everyone in a channel reads asks for one relation only
 */
export function allowedVerbs(
  incident: Incident,
  actor: Actor,
  as: readonly Relation[] = relationsOf(incident, actor),
): Verb[] {
  const rows = as.flatMap((relation): readonly Verb[] => policy[relation][incident.stage.status]);
  return [...new Set(rows)].filter((verb) => fits(verb, incident, actor));
}
