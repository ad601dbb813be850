/** Who must be told what. The only source of messages: a new event says here what it sets in motion. */
import type { Instant, PersonId } from './ids.ts';
import { askedNow, assigneeOf, type Incident, type IncidentEvent, isOut } from './incident.ts';
import { nextStepOf } from './nextStep.ts';
import { type PageTarget, pagedNow } from './page.ts';
import {
  isNight,
  later,
  minutes,
  nextMorning,
  nextWorkingMorning,
  traceBy,
  traceRemindersOf,
} from './time.ts';

/**
 * What a message is about. The cards (`alarm`, `triage`, `receipt`, `support`) are kept up to date for as long as the case
 * lives; the others are short words that say what someone waits for. None of them carries what people wrote.
 */
export const notices = [
  'alarm',
  'triage',
  'receipt',
  'support',
  'taken',
  'reached',
  'closed',
  'reopened',
  'noted',
  'linked',
  'nobodyYet',
  'untaken',
  'supplemented',
  'where',
  'alone',
  'withdrawn',
  'alarmed',
  'passedOn',
  'handedOver',
  'reachedYet',
  'overdue',
  'shared',
  'unshared',
  'talked',
  'overridden',
  'exercised',
  'traceable',
  'traceSoon',
] as const;
export type Notice = (typeof notices)[number];
export const cardNotices = ['alarm', 'triage', 'receipt', 'support'] as const satisfies readonly Notice[];
export type CardNotice = (typeof cardNotices)[number];
export const isCardNotice = (notice: Notice): notice is CardNotice =>
  (cardNotices as readonly Notice[]).includes(notice);

/** A person in 1:1, or the coordinators' channel. */
export type Target = PersonId | 'channel';

export type Effect =
  /** A new message, now or at an instant. */
  | { do: 'post'; notice: Notice; to: Target; at: Instant }
  /** A phone outside Teams rings, and again every minute for as long as `stillPaged` says. */
  | { do: 'page'; to: PageTarget; rung: number; at: Instant }
  /** The alarm goes out at an instant, unless someone has taken the case by then. */
  | { do: 'raise'; at: Instant }
  /** Nobody on this rung has answered by then: the next is asked. */
  | { do: 'escalate'; rung: number; at: Instant }
  /** The one who took it then has not reached the person: the alarm goes on. */
  | { do: 'giveBack'; since: Instant; at: Instant }
  /** Nobody has taken by then what was left to the day: the channel is told again. */
  | { do: 'remind'; at: Instant }
  /** Every card of the case shows the new state; with `lists`, so do the lists that it is found in by people. */
  | { do: 'freshen'; at: Instant; lists?: true | undefined };

/** Nobody has answered an alarm: told to the one who waits (issue: "nobody yet after 3 min"). */
export const nobodyYetAfter = minutes(3);

/** What comes more than this after its time says so. */
const lateAfter = minutes(1);
/** What comes more than this after its time surprises more than it helps, alarms excepted. */
const tooLateAfter = minutes(7 * 24 * 60);
const isAfter = (at: Instant, now: Instant, milliseconds: number) =>
  Date.parse(now) - Date.parse(at) > milliseconds;
/** Whether what was to happen at `at` is late: said to whoever reads it ("försenat"). */
export const isLate = (at: Instant, now: Instant): boolean => isAfter(at, now, lateAfter);

/**
 * What an event sets in motion.
 *
 * @param event the event that just happened
 * @param incident the case after it
 */
export const effectsOf = (event: IncidentEvent, incident: Incident): Effect[] =>
  addressed(incident, plannedBy(event, incident), event.by);

/**
 * What is said in the coordinators' channel, of a case that is kept from some: to each of those who coordinate it, but
 * for the one whose doing it is.
 */
export const addressed = ({ confined }: Incident, effects: Effect[], by?: PersonId): Effect[] =>
  confined
    ? effects.flatMap((effect): Effect[] =>
        effect.do === 'post' && effect.to === 'channel'
          ? confined.to
              .filter((person) => person !== by || effect.notice === 'triage')
              .map((to) => ({ ...effect, to }))
          : [effect],
      )
    : effects;

function plannedBy(event: IncidentEvent, incident: Incident): Effect[] {
  const { at, by } = event;
  const post = (notice: Notice, to: readonly Target[], when = at): Effect[] =>
    to.filter((target) => target !== by).map((target) => ({ do: 'post', notice, to: target, at: when }));
  const freshen: Effect = { do: 'freshen', at };
  const freshenLists: Effect = { do: 'freshen', at, lists: true };
  const waiting = [incident.reporter, ...(incident.victim ? [incident.victim] : [])];

  switch (event.type) {
    case 'Reported':
      return [
        ...(event.route === 'alarm' ? alarm(incident, at) : []),
        ...(event.route === 'alarmInTheMorning' ? [{ do: 'raise' as const, at: nextMorning(at) }] : []),
        ...(event.route === 'workingDay' && event.readBy ? post('untaken', ['channel'], event.readBy) : []),
        { do: 'post', notice: 'triage', to: 'channel', at },
        ...traceable(incident, at),
        freshenLists,
      ];
    case 'Alarmed':
      return [...alarm(incident, at, event.due), ...post('alarmed', ['channel']), freshen];
    case 'Declined':
    case 'Undeliverable':
      return [...passOn(event, incident), freshen];
    case 'Escalated':
      return [...ask(incident, at, event.due), ...post('passedOn', ['channel']), freshen];
    case 'Returned':
      return [...ask(incident, at, event.due), ...post('passedOn', ['channel', ...waiting]), freshen];
    case 'Acknowledged':
      return [...post('taken', waiting), ...watch(incident), freshen];
    case 'Assigned':
      return [...post('taken', waiting), ...post('alarm', [event.to]), ...watch(incident), freshen];
    case 'Reached':
      return [...post('reached', waiting), freshen];
    case 'HandedOver':
      return [...post('handedOver', ['channel', ...waiting]), remind(at), freshen];
    case 'Reminded':
      return [...post('untaken', ['channel']), remind(at)];
    case 'Noted':
      return event.visibleTo === 'reporter' ? [...post('noted', waiting), freshen] : [freshen];
    case 'Linked':
      return [{ do: 'post', notice: 'linked', to: event.person, at }, freshenLists];
    case 'Restricted':
      return [...restricted(event, incident), freshen];
    case 'Shared':
      return [
        ...(event.person ? post('support', [event.person]) : []),
        ...post('shared', holders(incident)),
        freshen,
      ];
    case 'Unshared':
      return [...post('unshared', holders(incident)), freshen];
    case 'Talked':
      return [...post('talked', [...new Set<Target>(['channel', ...holders(incident)])]), freshen];
    case 'Overridden':
      return [...post('overridden', waiting), freshen];
    case 'Supplemented':
      return [
        ...post(event.gave.includes('where') ? 'where' : 'supplemented', holders(incident)),
        ...(event.callAt ? traceable(incident, at) : []),
        freshen,
      ];
    case 'CallTold':
      return [...(event.callAt ? traceReminders(incident, at) : []), freshen];
    case 'CompanyAnswered':
      return event.company ? [freshen] : [...post('alone', holders(incident)), freshen];
    case 'Withdrawn':
      return [...post('withdrawn', holders(incident)), freshen];
    case 'Closed':
      return [
        ...post('closed', waiting),
        ...(incident.exercise
          ? [{ do: 'post' as const, notice: 'exercised' as const, to: 'channel' as const, at }]
          : []),
        freshenLists,
      ];
    case 'Reopened':
      return [...post('reopened', waiting), ...resume(incident, at), freshenLists];
    case 'Unreached':
    case 'Assessed':
    case 'Categorised':
    case 'Traced':
    case 'Erased':
      return [freshen];
    case 'Paged':
      return [];
    default:
      return event satisfies never;
  }
}

/** A call can be traced for ten days only: the coordinators are told at once, and reminded of it (S2:100). */
const traceable = (incident: Incident, at: Instant): Effect[] =>
  incident.exercise || !incident.call
    ? []
    : [{ do: 'post', notice: 'traceable', to: 'channel', at }, ...traceReminders(incident, at)];

const traceReminders = ({ call }: Incident, after: Instant) =>
  (call && !call.traced ? traceRemindersOf(call.at) : [])
    .filter((at) => at > after)
    .map((at) => ({ do: 'post', notice: 'traceSoon', to: 'channel', at }) as const);

/** Who must hear news about the case: the one who has it, else those who are asked, else the channel. */
export function holders(incident: Incident): Target[] {
  const assignee = assigneeOf(incident);
  if (assignee) return [assignee];
  const asked = askedNow(incident);
  return asked.length > 0 ? asked : ['channel'];
}

/**
 * The alarm to the next rung. Someone who is left on the same rung has it already. When a whole round could not be
 * reached it is tried again a minute later, for ever, and the channel is told only the first time.
 */
function passOn(event: IncidentEvent, incident: Incident): Effect[] {
  const { at, type } = event;
  if (incident.handedOver) return [{ do: 'post', notice: 'handedOver', to: 'channel', at }, remind(at)];
  const told: Effect = { do: 'post', notice: 'passedOn', to: 'channel', at };
  if (!incident.alarmedAt) return [...raise(incident, at), told];
  if (incident.declined.length > 0) return [];
  if (incident.askedAt !== at) return ask(incident, incident.askedAt ?? at);
  return [...ask(incident, at, type === 'Undeliverable' ? event.due : undefined), told];
}

/** A case whose alarm waits for the morning and that nobody has any more: it goes out then, or at once by day. */
const raise = ({ alarmedAt, readBy, route, stage }: Incident, at: Instant): Effect[] =>
  route === 'alarmInTheMorning' && readBy && !alarmedAt && stage.status === 'new'
    ? [{ do: 'raise', at: readBy > at ? readBy : isNight(at) ? nextMorning(at) : at }]
    : [];

/**
 * The alarm card and a page to everyone who is asked now, and the time by which the next are.
 *
 * @param due when they should have been asked; they have their full time to answer all the same
 */
const ask = (incident: Incident, at: Instant, due: Instant = at): Effect[] => [
  ...askedNow(incident).map((to): Effect => ({ do: 'post', notice: 'alarm', to, at: due })),
  ...pagedNow(incident).map((to): Effect => ({ do: 'page', to, rung: incident.rung, at })),
  { do: 'escalate', rung: incident.rung, at: later(at, incident.deadlines.answer) },
];

/** The case to those who have not had it, with what waits for a day; and the alarm to those who are asked now instead. */
function restricted(event: IncidentEvent & { type: 'Restricted' }, incident: Incident): Effect[] {
  const { at, asks, tells } = event;
  const next = nextStepOf(incident);
  return [
    ...tells.map((to): Effect => ({ do: 'post', notice: 'triage', to, at })),
    ...(next?.do === 'post' ? tells.map((to): Effect => ({ ...next, to })) : []),
    ...traceReminders(incident, at).flatMap((each) => tells.map((to): Effect => ({ ...each, to }))),
    ...asks.map((to): Effect => ({ do: 'post', notice: 'alarm', to, at })),
    ...asks.map((to): Effect => ({ do: 'page', to, rung: incident.rung, at })),
  ];
}

/** Kept until someone takes it: told again every morning that somebody works. */
const remind = (at: Instant): Effect => ({ do: 'remind', at: nextWorkingMorning(at) });

/** An alarm that is open again has somebody to answer it, like every alarm; what was left to the day is told of again. */
function resume(incident: Incident, at: Instant): Effect[] {
  if (incident.stage.status !== 'new') return watch(incident);
  if (incident.handedOver) return [remind(at)];
  return incident.alarmedAt ? ask(incident, at) : raise(incident, at);
}

/** Only "jag har fått tag på personen" stops the clock of an alarm: the one who took it is asked, then it goes on. */
function watch({ alarmedAt, deadlines, handedOver, stage }: Incident): Effect[] {
  if (!alarmedAt || handedOver || stage.status !== 'acknowledged') return [];
  const asked = later(stage.acknowledgedAt, deadlines.reach);
  return [
    { do: 'post', notice: 'reachedYet', to: stage.assignee, at: asked },
    { do: 'giveBack', since: stage.acknowledgedAt, at: later(asked, deadlines.giveBack) },
  ];
}

/** The alarm to everyone on the rung that is asked, and the word to the one who waits if nobody answers. */
function alarm(incident: Incident, at: Instant, due?: Instant): Effect[] {
  return [
    ...ask(incident, at, due),
    { do: 'post', notice: 'nobodyYet', to: incident.reporter, at: later(at, nobodyYetAfter) },
  ];
}

/**
 * Whether a message that was planned is still worth sending: what has happened since may have made it needless.
 * Asked right before every post.
 */
export function stillDue(
  incident: Incident,
  { notice, to, at }: { notice: Notice; to: Target; at: Instant },
  now: Instant,
): boolean {
  const { stage, deadlines, confined, shared = [], call } = incident;
  if (to === 'channel' ? confined : isOut(incident, to) && !isOwn(incident, to)) return false;
  switch (notice) {
    case 'alarm':
      return to === assigneeOf(incident) || (stage.status === 'new' && !incident.handedOver);
    case 'support':
      return shared.some(({ person }) => person === to);
    case 'reachedYet':
      // Taken anew has a time of its own; and when the alarm goes on already, the question comes too late.
      return (
        stage.status === 'acknowledged' &&
        stage.assignee === to &&
        at === later(stage.acknowledgedAt, deadlines.reach) &&
        now < later(at, deadlines.giveBack)
      );
    case 'nobodyYet':
      return stage.status === 'new' && !incident.withdrawnAt && !incident.handedOver;
    case 'untaken':
      return stage.status === 'new' && (!incident.withdrawnAt || incident.handedOver !== undefined);
    case 'traceable':
      return call !== undefined && !call.traced && stage.status !== 'closed';
    case 'traceSoon':
      // A time that was corrected has reminders of its own.
      return (
        call !== undefined &&
        !call.traced &&
        stage.status !== 'closed' &&
        traceRemindersOf(call.at).includes(at) &&
        now <= traceBy(call.at)
      );
    case 'handedOver':
      return stage.status === 'new' && incident.handedOver !== undefined;
    default:
      return true;
  }
}

const isOwn = ({ reporter, victim }: Incident, person: PersonId): boolean =>
  person === reporter || person === victim;

/**
 * Whether a step that still matters is over 7 days late: then the coordinators are told (`overdue`) instead, who
 * look at the case; nobody is asked or told anything by surprise. An alarm that nobody has taken is never too late,
 * nor what only concerns the coordinators' own view of the case.
 */
export function isTooLate(incident: Incident, effect: Effect, now: Instant): boolean {
  const { stage } = incident;
  if (!isAfter(effect.at, now, tooLateAfter)) return false;
  switch (effect.do) {
    case 'post': {
      const always = ['triage', 'overdue', ...(stage.status === 'new' ? ['alarm'] : [])];
      return !always.includes(effect.notice) && stillDue(incident, effect, now);
    }
    case 'giveBack':
      return stage.status === 'acknowledged' && stage.acknowledgedAt === effect.since;
    case 'page':
    case 'raise':
    case 'escalate':
    case 'remind':
    case 'freshen':
      return false;
    default:
      return effect satisfies never;
  }
}

/** Night, as the confirmation needs it when it asks "Behöver du någon i natt?". */
export const asksAboutTonight = (incident: Incident, now: Instant): boolean =>
  incident.route === 'alarmInTheMorning' &&
  !incident.alarmedAt &&
  incident.stage.status === 'new' &&
  isNight(now);
