/** Who must be told what. The only source of messages: a new event says here what it sets in motion. */
import type { Instant, PersonId } from './ids.ts';
import { askedNow, assigneeOf, type Incident, type IncidentEvent } from './incident.ts';
import { isNight, later, minutes, nextMorning } from './time.ts';

/**
 * What a message is about. The cards (`alarm`, `triage`, `receipt`) are kept up to date for as long as the case
 * lives; the others are short words that say what someone waits for. None of them carries what people wrote.
 */
export const notices = [
  'alarm',
  'triage',
  'receipt',
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
  'reachedYet',
] as const;
export type Notice = (typeof notices)[number];
export const cardNotices = ['alarm', 'triage', 'receipt'] as const satisfies readonly Notice[];
export type CardNotice = (typeof cardNotices)[number];
export const isCardNotice = (notice: Notice): notice is CardNotice =>
  (cardNotices as readonly Notice[]).includes(notice);

/** A person in 1:1, or the coordinators' channel. */
export type Target = PersonId | 'channel';

export type Effect =
  /** A new message, now or at an instant. */
  | { do: 'post'; notice: Notice; to: Target; at: Instant }
  /** The alarm goes out at an instant, unless someone has taken the case by then. */
  | { do: 'raise'; at: Instant }
  /** Nobody on this rung has answered by then: the next is asked. */
  | { do: 'escalate'; rung: number; at: Instant }
  /** The one who took it then has not reached the person: the alarm goes on. */
  | { do: 'giveBack'; since: Instant; at: Instant }
  /** Every card of the case shows the new state. */
  | { do: 'freshen'; at: Instant }
  /** The lists in which the case is found by anything but its number. */
  | { do: 'index'; at: Instant };

/** Nobody has answered an alarm: told to the one who waits (issue: "nobody yet after 3 min"). */
export const nobodyYetAfter = minutes(3);

/**
 * What an event sets in motion.
 *
 * @param event the event that just happened
 * @param incident the case after it
 */
export function effectsOf(event: IncidentEvent, incident: Incident): Effect[] {
  const { at, by } = event;
  const post = (notice: Notice, to: readonly Target[], when = at): Effect[] =>
    to.filter((target) => target !== by).map((target) => ({ do: 'post', notice, to: target, at: when }));
  const freshen: Effect = { do: 'freshen', at };
  const index: Effect = { do: 'index', at };
  const waiting = [incident.reporter, ...(incident.victim ? [incident.victim] : [])];

  switch (event.type) {
    case 'Reported':
      return [
        ...(event.route === 'alarm' ? alarm(incident, at) : []),
        ...(event.route === 'alarmInTheMorning' ? [{ do: 'raise' as const, at: nextMorning(at) }] : []),
        ...(event.route === 'workingDay' && event.readBy ? post('untaken', ['channel'], event.readBy) : []),
        { do: 'post', notice: 'triage', to: 'channel', at },
        index,
      ];
    case 'Alarmed':
      return [...alarm(incident, at), ...post('alarmed', ['channel']), freshen];
    case 'Declined':
    case 'Undeliverable':
      return [...passOn(event, incident), freshen];
    case 'Escalated':
      return [...ask(incident, at), ...post('passedOn', ['channel']), freshen];
    case 'Returned':
      return [...ask(incident, at), ...post('passedOn', ['channel', ...waiting]), freshen];
    case 'Acknowledged':
      return [...post('taken', waiting), ...watch(incident), freshen];
    case 'Assigned':
      return [...post('taken', waiting), ...post('alarm', [event.to]), ...watch(incident), freshen];
    case 'Reached':
      return [...post('reached', waiting), freshen];
    case 'Noted':
      return event.visibleTo === 'reporter' ? [...post('noted', waiting), freshen] : [freshen];
    case 'Linked':
      return [{ do: 'post', notice: 'linked', to: event.person, at }, index, freshen];
    case 'Supplemented':
      return [...post(event.gave.includes('where') ? 'where' : 'supplemented', holders(incident)), freshen];
    case 'CompanyAnswered':
      return event.company ? [freshen] : [...post('alone', holders(incident)), freshen];
    case 'Withdrawn':
      return [...post('withdrawn', holders(incident)), freshen];
    case 'Closed':
      return [...post('closed', waiting), index, freshen];
    case 'Reopened':
      return [...post('reopened', waiting), ...resume(incident, at), index, freshen];
    case 'Unreached':
    case 'Assessed':
      return [freshen];
    default:
      return event satisfies never;
  }
}

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
function passOn({ at }: IncidentEvent, incident: Incident): Effect[] {
  const told: Effect = { do: 'post', notice: 'passedOn', to: 'channel', at };
  if (!incident.alarmedAt) return [...raise(incident, at), told];
  if (incident.declined.length > 0) return [];
  if (incident.askedAt !== at) return ask(incident, incident.askedAt ?? at);
  return [...ask(incident, at), told];
}

/** A case whose alarm waits for the morning and that nobody has any more: it goes out then, or at once by day. */
const raise = ({ alarmedAt, readBy, route, stage }: Incident, at: Instant): Effect[] =>
  route === 'alarmInTheMorning' && readBy && !alarmedAt && stage.status === 'new'
    ? [{ do: 'raise', at: readBy > at ? readBy : isNight(at) ? nextMorning(at) : at }]
    : [];

/** The alarm card to everyone who is asked now, and the time by which the next are. */
const ask = (incident: Incident, at: Instant): Effect[] => [
  ...askedNow(incident).map((to): Effect => ({ do: 'post', notice: 'alarm', to, at })),
  { do: 'escalate', rung: incident.rung, at: later(at, incident.deadlines.answer) },
];

/** An alarm that is open again has somebody to answer it, like every alarm. */
const resume = (incident: Incident, at: Instant): Effect[] =>
  incident.alarmedAt && incident.stage.status === 'new'
    ? ask(incident, at)
    : [...raise(incident, at), ...watch(incident)];

/** Only "jag har fått tag på personen" stops the clock of an alarm: the one who took it is asked, then it goes on. */
function watch({ alarmedAt, deadlines, stage }: Incident): Effect[] {
  if (!alarmedAt || stage.status !== 'acknowledged') return [];
  const asked = later(stage.acknowledgedAt, deadlines.reach);
  return [
    { do: 'post', notice: 'reachedYet', to: stage.assignee, at: asked },
    { do: 'giveBack', since: stage.acknowledgedAt, at: later(asked, deadlines.giveBack) },
  ];
}

/** The alarm to everyone on the rung that is asked, and the word to the one who waits if nobody answers. */
function alarm(incident: Incident, at: Instant): Effect[] {
  return [
    ...ask(incident, at),
    { do: 'post', notice: 'nobodyYet', to: incident.reporter, at: later(at, nobodyYetAfter) },
  ];
}

/**
 * Whether a message that was planned is still worth sending: what has happened since may have made it needless.
 * Asked right before every post.
 */
export function stillDue(incident: Incident, notice: Notice, to: Target): boolean {
  switch (notice) {
    case 'alarm':
      return to === assigneeOf(incident) || incident.stage.status === 'new';
    case 'reachedYet':
      return incident.stage.status === 'acknowledged' && incident.stage.assignee === to;
    case 'nobodyYet':
    case 'untaken':
      return incident.stage.status === 'new' && !incident.withdrawnAt;
    default:
      return true;
  }
}

/** Night, as the confirmation needs it when it asks "Behöver du någon i natt?". */
export const asksAboutTonight = (incident: Incident, now: Instant): boolean =>
  incident.route === 'alarmInTheMorning' &&
  !incident.alarmedAt &&
  incident.stage.status === 'new' &&
  isNight(now);
