/** One case in every relation that somebody can have to it, for the grid of roles, verbs and surfaces. */
import { type Instant, personId } from '../../bot/core/ids.ts';
import {
  begin,
  type Entry,
  evolve,
  type Incident,
  type IncidentEvent,
  type Sealed,
} from '../../bot/core/incident.ts';
import { type Actor, type Role, roles } from '../../bot/core/people.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { alva, deadlines, id, karin, noon, omid, reportedEvent, samir, tove } from '../world/given.ts';

/** The one who tries: nobody else in the case, with one role at a time. */
export const pia = personId('00000000-0000-4000-8000-000000000099');
export const as = (role: Role): Actor => ({ person: pia, roles: [role] });
export const everyRole: readonly Role[] = roles;

export const secrets = {
  name: 'NAMN-3b1f',
  number: '070-111 22 33',
  place: 'PLATS-77aa',
  words: 'ORDEN-c4d2',
  factors: 'INTERNT-0e9b',
  followUp: 'SVARET-5a5a',
} as const;
const sealed: Sealed = {
  reporterName: secrets.name,
  affectedWho: secrets.name,
  number: secrets.number,
  where: secrets.place,
  text: secrets.words,
};
/** The number that called is not the reporter's to read (DOMAIN E1); the exact time is everybody's who reads the report. */
const ofACall: Sealed = { ...sealed, callerNumber: secrets.factors, call: 'voice:dark' };

const at = (minute: number): Instant => later(noon, minutes(minute));
const by = (minute: number, person = karin.person) => ({ at: at(minute), by: person });

interface Situation {
  reporter?: Actor;
  affected?: 'employee' | 'self';
  danger?: boolean;
  excluded?: true;
  /** It is about a telephone call. */
  call?: true;
  /** Pia stands first on the ladder. */
  first?: true;
  after?: IncidentEvent[];
}

const taken = (minute: number, person = tove.person): IncidentEvent => ({
  ...by(minute, person),
  type: 'Acknowledged',
});
const reached = (minute: number, person = tove.person): IncidentEvent => ({
  ...by(minute, person),
  type: 'Reached',
});
const closed: IncidentEvent = { ...by(30), type: 'Closed', reason: 'handled' };
const deleted: IncidentEvent = { ...by(31), type: 'Erased' };
const linked: IncidentEvent = { ...by(4), type: 'Linked', person: pia };
const shared: IncidentEvent = { ...by(5, alva.person), type: 'Shared', with: 'groupLeader', person: pia };
const restricted = (to: IncidentEvent['by'][], out: IncidentEvent['by'][]): IncidentEvent => ({
  ...by(6),
  type: 'Restricted',
  to,
  out,
  tells: to,
  asks: [],
});
const ofEmployee: IncidentEvent = {
  ...by(4),
  type: 'Categorised',
  category: 'employee',
  protectedIdentity: false,
};
const overrode: IncidentEvent = { ...by(20, pia), type: 'Overridden' };
const handedOver: IncidentEvent = { ...by(12), type: 'HandedOver' };

const situations = {
  other: {},
  own: { reporter: as('elected') },
  ownClosed: { reporter: as('elected'), after: [closed] },
  victim: { after: [linked] },
  victimClosed: { after: [linked, closed] },
  asked: { first: true },
  askedAndTaken: { first: true, after: [taken(1)] },
  askedAndClosed: { first: true, after: [closed] },
  askedAndLeftToTheDay: { first: true, after: [taken(1), reached(2), handedOver] },
  assignee: { after: [taken(1, pia)] },
  assigneeOfAQuietOne: { danger: false, after: [{ ...by(1), type: 'Assigned', to: pia }] },
  assigneeWhoReached: { after: [taken(1, pia), reached(2, pia)] },
  assigneeClosed: { after: [taken(1, pia), closed] },
  excluded: { excluded: true },
  excludedClosed: { excluded: true, after: [closed] },
  restricted: { after: [restricted([karin.person], [omid.person, pia])] },
  named: { after: [restricted([karin.person, pia], [omid.person])] },
  shared: { after: [shared] },
  sharedAndTalked: { after: [shared, { ...by(8, pia), type: 'Talked' }] },
  sharedClosed: { after: [shared, closed] },
  employee: { affected: 'employee' },
  employeeShared: { after: [ofEmployee, { ...shared, with: 'hr' }] },
  overridden: { after: [taken(1), overrode] },
  overriddenLongAgo: { after: [taken(1), { ...overrode, at: later(noon, minutes(-60)) }] },
  called: { call: true },
  calledAndTraced: { call: true, after: [{ ...by(5), type: 'Traced' }] },
  ownCalled: { call: true, reporter: as('elected') },
  closed: { after: [closed] },
  deleted: { after: [closed, deleted] },
  ownDeleted: { reporter: as('elected'), after: [closed, deleted] },
} as const satisfies Record<string, Situation>;
export type Relation = keyof typeof situations | 'erased';
export const everyRelation: readonly Relation[] = [
  ...(Object.keys(situations) as (keyof typeof situations)[]),
  'erased',
];

/** When everything is tried. */
export const now = at(40);

/** The case with its opened events; none when it is erased. */
export function caseOf(relation: Relation): { incident: Incident; entries: Entry[] } | undefined {
  if (relation === 'erased') return undefined;
  const {
    reporter = alva,
    affected = 'self',
    danger = true,
    excluded,
    call,
    first,
    after = [],
  }: Situation = situations[relation];
  const asked = first ? pia : tove.person;
  const event = {
    ...reportedEvent({ dangerNow: danger ? 'yes' : 'no', affected }, noon, reporter, [
      { role: 'dutyOfficer', people: [asked] },
      { role: 'backup', people: [samir.person] },
    ]),
    deadlines,
    ...(call && { callAt: noon }),
    ...(excluded && { excluded: [pia], confined: { to: [karin.person, omid.person], out: [pia] } }),
  };
  const internal: IncidentEvent = { ...by(2), type: 'Noted', visibleTo: 'staff' };
  const answer: IncidentEvent = { ...by(3), type: 'Noted', visibleTo: 'reporter' };
  const entries: Entry[] = [
    { event, sealed: call ? ofACall : sealed },
    { event: internal, sealed: { text: secrets.factors } },
    { event: answer, sealed: { text: secrets.followUp } },
    ...after.map((each) => ({ event: each })),
  ];
  const incident = entries.slice(1).reduce((before, entry) => evolve(before, entry.event), begin(id, event));
  return { incident, entries };
}
