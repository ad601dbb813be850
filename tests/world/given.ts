/** A declared case for tests of the core: what has happened, in order. */
import { decide, report } from '../../bot/core/decide.ts';
import { type Instant, incidentId, instant, type PersonId, personId } from '../../bot/core/ids.ts';
import { type Answers, begin, evolve, type Incident, type IncidentEvent } from '../../bot/core/incident.ts';
import type { Actor, Role, Rung } from '../../bot/core/people.ts';
import { later, minutes } from '../../bot/core/time.ts';

const person = (name: string, ...roles: Role[]): Actor => ({ person: personId(name), roles });

export const alva = person('alva', 'elected');
export const victor = person('victor', 'elected');
export const tove = person('tove', 'dutyOfficer');
export const samir = person('samir', 'dutyOfficer');
export const karin = person('karin', 'coordinator');
export const omid = person('omid', 'coordinator');
export const britt = person('britt', 'preparednessManager');
/** Answers alarms, and stands on nobody's ladder. */
export const ingrid = person('ingrid', 'dutyOfficer');
export const greta = person('greta', 'groupLeader', 'elected');
export const hanna = person('hanna', 'hr');
export const dina = person('dina', 'auditor');
export const adam = person('adam', 'admin');
export const stranger = person('nora', 'elected');

/** A Wednesday at noon in Stockholm. */
export const noon = instant(Date.parse('2026-11-25T12:00:00+01:00'));
export const night = instant(Date.parse('2026-11-25T23:30:00+01:00'));

export const ladder: Rung[] = [
  { role: 'dutyOfficer', people: [tove.person] },
  { role: 'backup', people: [samir.person] },
  { role: 'coordinator', people: [karin.person, omid.person] },
  { role: 'preparednessManager', people: [britt.person] },
];

export const deadlines = { answer: minutes(5), reach: minutes(15), giveBack: minutes(10) };

export const answers = (some: Partial<Answers> = {}): Answers => ({
  dangerNow: 'no',
  channel: 'email',
  affected: 'self',
  whenRough: 'now',
  callback: 'today',
  ...some,
});
export const inDanger = answers({ dangerNow: 'yes' });

export const id = incidentId('H26-7KQ-4MP');

export function reportedEvent(
  given: Partial<Answers> = {},
  at: Instant = noon,
  by: Actor = alva,
  rungs: Rung[] = ladder,
): IncidentEvent & { type: 'Reported' } {
  const asked = { answers: answers(given), ladder: rungs, deadlines, numberKnown: true };
  return report(asked, { actor: by, now: at });
}

/** A case after a report and these events. */
export function given(reported: IncidentEvent & { type: 'Reported' }, ...events: IncidentEvent[]): Incident {
  return events.reduce(evolve, begin(id, reported));
}

/** Runs a command as a click a minute after noon, and returns the events. Fails the test on a refusal. */
export function events(
  incident: Incident,
  actor: Actor,
  command: Parameters<typeof decide>[1],
): IncidentEvent[] {
  const decided = decide(incident, command, { actor, now: later(noon, minutes(1)) });
  if (!decided.ok) throw new Error(`refused: ${decided.error.why}`);
  return decided.value;
}

/** The case after a command. */
export const having = (incident: Incident, actor: Actor, command: Parameters<typeof decide>[1]): Incident =>
  events(incident, actor, command).reduce(evolve, incident);

export const by = (actor: Actor): { at: Instant; by: PersonId } => ({ at: noon, by: actor.person });
