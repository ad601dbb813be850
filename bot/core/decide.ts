/** What a command does to a case, or why it may not. Pure: who and when come in, events come out. */
import type { CallTold } from './call.ts';
import { without } from './confine.ts';
import { isLate } from './effects.ts';
import { type IncidentId, type Instant, type PersonId, system } from './ids.ts';
import {
  type Answers,
  type Assessment,
  askedNow,
  assigneeOf,
  type CloseReason,
  evolve,
  type Incident,
  type IncidentEvent,
  isOut,
  type PersonCategory,
  rungWithout,
  type Share,
  type Status,
  type Supplied,
  type Task,
} from './incident.ts';
import type { Actor, Deadlines, Rung } from './people.ts';
import { allowedVerbs, isHigh, routeOf, type Verb } from './policy.ts';
import { ok, type Result, refuse } from './result.ts';
import { isNight, nextMorning, nextWorkingDay, nextWorkingMorning } from './time.ts';

/** Verbs that need no answers. */
export type PlainVerb =
  | 'acknowledge'
  | 'reached'
  | 'unreached'
  | 'decline'
  | 'reopen'
  | 'alarm'
  | 'withdraw'
  | 'unshare'
  | 'talked'
  | 'traced';

/** The plain part of what someone wants done to a case; words travel beside it, sealed. */
export type Command =
  | { verb: PlainVerb }
  | { verb: 'assign'; to: PersonId }
  | { verb: 'assess'; assessment: Assessment }
  | { verb: 'note'; visibleTo: 'staff' | 'reporter'; task?: Task }
  | { verb: 'link'; person: PersonId }
  | { verb: 'close'; reason: CloseReason }
  | { verb: 'handOver' }
  | { verb: 'override' }
  /** @param out the coordinators who are not among `to` */
  | { verb: 'restrict'; to: PersonId[]; out: PersonId[] }
  | { verb: 'categorise'; category: PersonCategory; protectedIdentity: boolean }
  | { verb: 'share'; share: Share }
  | { verb: 'erase' }
  | { verb: 'supplement'; gave: Supplied[]; callAt?: Instant }
  | { verb: 'callTold'; told: CallTold }
  | { verb: 'company'; company: boolean };

/** Who does it and when. */
export interface Context {
  actor: Actor;
  now: Instant;
}

/** Why not, with what is needed to say so in words. */
export type Refusal =
  | { why: 'taken'; by: PersonId }
  | { why: 'alreadyReached'; by: PersonId }
  | { why: 'handedOver'; by: PersonId }
  | { why: 'closed' }
  | { why: 'notClosed' }
  | { why: 'erased' }
  | { why: 'notAllowed'; verb: Verb; status: Status };

/**
 * A new report. Nothing here can refuse: what someone reports is taken as it is.
 *
 * @param report.ladder who is asked, in order, copied from the rota of this moment
 * @param report.excluded whom the reporter does not want to know of it
 * @param report.callAt when the telephone call began, where it was one
 * @param report.levels who may coordinate it where somebody is excluded, as `without` takes them
 */
export function report(
  {
    answers,
    ladder,
    deadlines,
    numberKnown,
    follows,
    exercise,
    excluded = [],
    levels = [],
    callAt,
  }: {
    answers: Answers;
    ladder: Rung[];
    deadlines: Deadlines;
    numberKnown: boolean;
    follows?: IncidentId | undefined;
    exercise?: true | undefined;
    excluded?: readonly PersonId[] | undefined;
    levels?: readonly (readonly PersonId[])[] | undefined;
    callAt?: Instant | undefined;
  },
  { actor, now }: Context,
): IncidentEvent & { type: 'Reported' } {
  const { route: routed, urgency } = routeOf(answers, isNight(now));
  // Nobody coordinates a report of their own when another cannot be there to see it.
  const others = levels.map((people) => people.filter((person) => person !== actor.person));
  const left = excluded.length > 0 ? without(excluded, ladder, others) : undefined;
  // With nobody to read it by day it is an alarm, for somebody must.
  const route = left?.confined.to.length === 0 ? 'alarm' : routed;
  return {
    type: 'Reported',
    at: now,
    by: actor.person,
    answers,
    urgency,
    route,
    ...(route === 'workingDay' && { readBy: nextWorkingDay(now) }),
    ...(route === 'alarmInTheMorning' && { readBy: nextMorning(now) }),
    ladder: left?.ladder ?? ladder,
    deadlines,
    numberKnown,
    ...(follows && { follows }),
    ...(exercise && { exercise }),
    ...(left && { excluded: [...excluded], confined: left.confined }),
    ...(callAt && { callAt }),
  };
}

/**
 * The events a command gives: none when what it asks for is already so by the same person's hand (a repeated
 * click), a refusal when the policy does not allow it.
 */
export function decide(
  incident: Incident,
  command: Command,
  { actor, now }: Context,
): Result<IncidentEvent[], Refusal> {
  const stamp = { at: now, by: actor.person };
  /** An exercise that has been gone through, or is called off, leaves nothing to work on. */
  const ended = (reason: CloseReason): IncidentEvent[] =>
    incident.exercise ? [{ ...stamp, type: 'Closed', reason }] : [];
  if (isDoneAlready(incident, command, actor)) return ok([]);
  const refused = refuse(refusalOf(incident, command.verb));
  if (!allowedVerbs(incident, actor).includes(command.verb)) return refused;
  switch (command.verb) {
    case 'acknowledge':
      return ok([{ ...stamp, type: 'Acknowledged' }]);
    case 'decline':
      return ok([{ ...stamp, type: 'Declined', rung: rungWithout(incident, actor.person) }]);
    case 'reached':
      return ok([{ ...stamp, type: 'Reached' }, ...ended('handled')]);
    case 'unreached':
      return ok([{ ...stamp, type: 'Unreached' }]);
    case 'assign':
      return isOut(incident, command.to) ? refused : ok([{ ...stamp, type: 'Assigned', to: command.to }]);
    case 'assess':
      return ok([
        { ...stamp, type: 'Assessed', assessment: command.assessment },
        ...(raisesAlarm(incident, command.assessment, now) ? [{ ...stamp, type: 'Alarmed' as const }] : []),
      ]);
    case 'note':
      return ok([
        {
          ...stamp,
          type: 'Noted',
          visibleTo: command.visibleTo,
          ...(command.task && { task: command.task }),
        },
      ]);
    case 'link':
      return isExcluded(incident, command.person)
        ? refused
        : ok([{ ...stamp, type: 'Linked', person: command.person }]);
    case 'close':
      return ok([{ ...stamp, type: 'Closed', reason: command.reason }]);
    case 'reopen':
      return ok([{ ...stamp, type: 'Reopened' }]);
    case 'erase':
      return ok([{ ...stamp, type: 'Erased' }]);
    case 'alarm':
      return ok([{ ...stamp, type: 'Alarmed' }]);
    case 'handOver':
      return ok([{ ...stamp, type: 'HandedOver' }]);
    case 'supplement':
      return ok([
        {
          ...stamp,
          type: 'Supplemented',
          gave: command.gave,
          ...(command.callAt && { callAt: command.callAt }),
        },
      ]);
    case 'callTold':
      return ok([{ ...stamp, type: 'CallTold', ...command.told }]);
    case 'traced':
      return ok([{ ...stamp, type: 'Traced' }]);
    case 'company':
      return ok([{ ...stamp, type: 'CompanyAnswered', company: command.company }]);
    case 'withdraw':
      return ok([{ ...stamp, type: 'Withdrawn' }, ...ended('withdrawn')]);
    case 'restrict':
      return ok(restricted(incident, command, stamp));
    case 'categorise': {
      const { category, protectedIdentity } = command;
      return ok([{ ...stamp, type: 'Categorised', category, protectedIdentity }]);
    }
    case 'share': {
      const { person } = command.share;
      return person && isOut(incident, person)
        ? refused
        : ok([{ ...stamp, type: 'Shared', ...command.share }]);
    }
    case 'unshare':
      return ok([{ ...stamp, type: 'Unshared' }]);
    case 'talked':
      return ok([{ ...stamp, type: 'Talked' }]);
    case 'override':
      return ok([{ ...stamp, type: 'Overridden' }]);
    default:
      return command satisfies never;
  }
}

const isExcluded = ({ excluded = [] }: Incident, person: PersonId): boolean => excluded.includes(person);

/**
 * From now on it is these coordinators' and no other's; nobody whom the reporter has excluded comes in by it, and nobody
 * shuts themselves out. A coordinator who had it and may not know of it any more leaves it to the one who decides.
 */
function restricted(
  incident: Incident,
  { to, out }: { to: readonly PersonId[]; out: readonly PersonId[] },
  stamp: { at: Instant; by: PersonId },
): IncidentEvent[] {
  const { confined, excluded = [] } = incident;
  const named = [...new Set([stamp.by, ...to])].filter((person) => !excluded.includes(person));
  const tells = named.filter((person) => !confined?.to.includes(person));
  const event = {
    ...stamp,
    type: 'Restricted' as const,
    to: [...tells, ...named.filter((person) => !tells.includes(person))],
    out: [...new Set([...excluded, ...out.filter((person) => !named.includes(person))])],
    tells,
  };
  const before = askedNow(incident);
  const after = askedNow(evolve(incident, { ...event, asks: [] }));
  const assignee = incident.stage.status === 'closed' ? undefined : assigneeOf(incident);
  return [
    { ...event, asks: after.filter((person) => !before.includes(person)) },
    ...(assignee && event.out.includes(assignee)
      ? [{ ...stamp, type: 'Assigned' as const, to: stamp.by }]
      : []),
  ];
}

/**
 * A person on the ladder who cannot be reached by a message (no bot, blocked, gone): the alarm goes on at once.
 * Not a click, so no verb stands for it; nothing happens when that person is no longer asked.
 *
 * @param due when the message should have been sent; what follows from what is late is late too
 */
export function undeliverable(
  incident: Incident,
  person: PersonId,
  now: Instant,
  due: Instant = now,
): IncidentEvent[] {
  if (!askedNow(incident).includes(person)) return [];
  const rung = rungWithout(incident, person);
  return [{ type: 'Undeliverable', ...timed(now, due), person, rung }];
}

/**
 * Time is up for the rung that was asked: the next one is, unless someone has answered or it has moved on already.
 *
 * @param due when time was up
 */
export function unanswered(
  incident: Incident,
  rung: number,
  now: Instant,
  due: Instant = now,
): IncidentEvent[] {
  const runs = incident.stage.status === 'new' && incident.alarmedAt !== undefined && !incident.handedOver;
  const waits = runs && incident.rung === rung;
  return waits ? [{ type: 'Escalated', ...timed(now, due), rung: rung + 1 }] : [];
}

/**
 * Time is up for the one who took the alarm and has not reached the person: it goes on.
 *
 * @param since when it was taken; taken anew, or by another, has a time of its own
 * @param due when time was up
 */
export function notReached(
  incident: Incident,
  since: Instant,
  now: Instant,
  due: Instant = now,
): IncidentEvent[] {
  const { stage } = incident;
  const waits = stage.status === 'acknowledged' && stage.acknowledgedAt === since;
  return waits ? [{ type: 'Returned', ...timed(now, due), rung: incident.rung + 1 }] : [];
}

/**
 * Morning has come for a case that waited for it (`alarmInTheMorning`), and nobody has taken it; or the day on which it was
 * to be read, and those it is kept for cannot be reached.
 *
 * @param due when morning came
 */
export function morning(incident: Incident, now: Instant, due: Instant = now): IncidentEvent[] {
  const { stage, alarmedAt, withdrawnAt, handedOver } = incident;
  const waits = stage.status === 'new' && !alarmedAt && !withdrawnAt && !handedOver;
  return waits ? [{ type: 'Alarmed', ...timed(now, due) }] : [];
}

/** What became of a page. Kept of an exercise only, for its report, and for as long as that is not made. */
export const paged = (
  { exercise, stage }: Incident,
  page: Pick<IncidentEvent & { type: 'Paged' }, 'to' | 'outcome'>,
  now: Instant,
): IncidentEvent[] =>
  exercise && stage.status !== 'closed' ? [{ type: 'Paged', at: now, by: system, ...page }] : [];

/** What a timer gives is stamped with when it happened, and with when it should have, if that is long ago. */
const timed = (now: Instant, due: Instant) => ({
  at: now,
  by: system,
  ...(isLate(due, now) && { due }),
});

/** A working day has begun, and nobody has taken what was left to the day. Asked twice, it is told once. */
export function stillLeft({ stage, handedOver }: Incident, now: Instant): IncidentEvent[] {
  if (stage.status !== 'new' || !handedOver) return [];
  const due = nextWorkingMorning(handedOver.remindedAt ?? handedOver.at) <= now;
  return due ? [{ type: 'Reminded', at: now, by: system }] : [];
}

/** The open case of someone whose shift is handed over goes to the one who comes on. */
export function withTheShift(
  incident: Incident,
  { from, to }: { from: PersonId; to: PersonId },
  { actor, now }: Context,
): IncidentEvent[] {
  const has = incident.stage.status !== 'closed' && assigneeOf(incident) === from && !isOut(incident, to);
  return has ? [{ type: 'Assigned', at: now, by: actor.person, to }] : [];
}

/** A repeated click by the one who already did it is a success, said again. */
function isDoneAlready(incident: Incident, command: Command, { person }: Actor): boolean {
  const { stage } = incident;
  switch (command.verb) {
    case 'acknowledge':
      return stage.status === 'acknowledged' && stage.assignee === person;
    case 'reached':
      return stage.status === 'reached' && stage.reachedBy === person;
    case 'alarm':
      return incident.alarmedAt !== undefined && !incident.handedOver && incident.reporter === person;
    case 'withdraw':
      return incident.withdrawnAt !== undefined && incident.reporter === person;
    case 'talked':
      return incident.talked?.by === person;
    default:
      return false;
  }
}

/** Assessed high by day: the duty officer is alarmed at once, unless someone already has the case. */
const raisesAlarm = (incident: Incident, assessment: Assessment, now: Instant): boolean =>
  isHigh(assessment) && !incident.alarmedAt && incident.stage.status === 'new' && !isNight(now);

function refusalOf(incident: Incident, verb: Verb): Refusal {
  const { stage } = incident;
  if (incident.erasedAt) return { why: 'erased' };
  if (verb === 'reopen' || (verb === 'erase' && stage.status !== 'closed')) return { why: 'notClosed' };
  if (stage.status === 'closed') return { why: 'closed' };
  if (verb === 'reached' && stage.status === 'reached') return { why: 'alreadyReached', by: stage.reachedBy };
  const { handedOver } = incident;
  if (verb === 'handOver' && stage.status === 'new' && handedOver)
    return { why: 'handedOver', by: handedOver.by };
  const assignee = assigneeOf(incident);
  if (assignee && (verb === 'acknowledge' || verb === 'decline')) return { why: 'taken', by: assignee };
  return { why: 'notAllowed', verb, status: stage.status };
}
