/** Changes to cases, as `bot/features/incident.ts` makes them, with as little as a test must say. */
import { type IncidentId, type Instant, incidentId, instant, personId } from '../../bot/core/ids.ts';
import { begin, evolve, type Incident, type IncidentEvent, type Sealed } from '../../bot/core/incident.ts';
import type { PageTarget } from '../../bot/core/page.ts';
import type { CardRow, Change, DueRow, Loaded } from '../../bot/features/ports.ts';
import { start } from './storages.ts';

export const reporter = personId('00000000-0000-4000-8000-000000000001');
export const officer = personId('00000000-0000-4000-8000-000000000002');
export const id: IncidentId = incidentId('H26-7KQ-4MP');
export const otherId: IncidentId = incidentId('H26-000-001');

export const at = (milliseconds = 0): Instant => instant(Date.parse(start) + milliseconds);

/** Hashes of operations need only be different. */
let operations = 0;
const newHash = () => `${++operations}`.padStart(64, '0');

export function report(
  to: IncidentId = id,
  { sealed, ...parts }: Partial<Change> & { sealed?: Sealed } = {},
): Change {
  const event: IncidentEvent & { type: 'Reported' } = {
    type: 'Reported',
    at: at(),
    by: reporter,
    answers: { dangerNow: 'yes', channel: 'phone', affected: 'self', whenRough: 'now', callback: 'now' },
    urgency: 'acute',
    route: 'alarm',
    ladder: [{ role: 'dutyOfficer', people: [officer] }],
    deadlines: { answer: 300_000, reach: 900_000, giveBack: 600_000 },
    numberKnown: true,
  };
  return {
    id: to,
    expected: undefined,
    incident: begin(to, event),
    entries: [{ event, sealed }],
    operation: { hash: newHash(), at: event.at, by: reporter },
    due: [],
    ...parts,
  };
}

export function next(
  { incident, tag }: Loaded,
  event: IncidentEvent = { type: 'Noted', at: at(), by: officer, visibleTo: 'staff' },
  { sealed, ...parts }: Partial<Change> & { sealed?: Sealed } = {},
): Change {
  return {
    id: incident.id,
    expected: tag,
    incident: evolve(incident, event),
    entries: [{ event, sealed }],
    operation: { hash: newHash(), at: event.at, by: event.by },
    due: [],
    ...parts,
  };
}

export const post = (what: string, when: Instant = at(), of: IncidentId = id): DueRow => ({
  id: of,
  at: when,
  what,
  effect: { do: 'post', notice: 'alarm', to: officer, at: when },
  version: 1,
  urgency: 'acute',
  tries: 0,
  repeat: false,
});

export const freshening = (what: string, when: Instant = at(), of: IncidentId = id): DueRow => ({
  ...post(what, when, of),
  effect: { do: 'freshen', at: when },
});

export const reminding = (what: string, when: Instant = at()): DueRow => ({
  ...post(what, when),
  effect: { do: 'remind', at: when },
});

export const paging = (what: string, to: PageTarget = officer): DueRow => ({
  ...post(what),
  effect: { do: 'page', to, rung: 2, at: at() },
});

export const card = (shown: number, parts: Partial<CardRow> = {}): CardRow => ({
  id,
  version: 1,
  notice: 'triage',
  to: 'channel',
  conversation: { serviceUrl: 'http://127.0.0.1:1', id: '19:a@thread.tacv2;messageid=1' },
  activityId: 'activity-1',
  shown,
  ...parts,
});

/** @throws {Error} when the case is not there */
export async function loaded(
  cases: { load(id: IncidentId): Promise<Loaded | undefined> },
  of = id,
): Promise<Loaded> {
  const found = await cases.load(of);
  if (!found) throw new Error(`${of} is not there`);
  return found;
}

export const versionOf = ({ incident }: { incident: Incident }): number => incident.version;
