/**
 * Who may read what of a case (DOMAIN E1), as one table. Everything that shows a case asks here, and what the table
 * does not give is gone before any view sees it: cards, chat, lists and the tab alike.
 */
import type { Instant, PersonId } from './ids.ts';
import { type Entry, type Incident, type IncidentEvent, type Sealed, subjectOf } from './incident.ts';
import type { Actor } from './people.ts';
import { policy, type Relation, relationsOf } from './policy.ts';
import { later, minutes } from './time.ts';

/**
 * `report`: the choices of the quick report, and how it stands. `name`: who reported, and whom it is about. `number` and
 * `place`: how and where they are reached. `words`: the full text. `factors`: what those who work with the case think
 * and write to each other. `followUp`: what is answered and agreed with the person. `log`: who has read, and why.
 */
export const fieldGroups = [
  'report',
  'name',
  'number',
  'place',
  'words',
  'factors',
  'followUp',
  'log',
] as const;
export type FieldGroup = (typeof fieldGroups)[number];

/**
 * `own`: what they gave themselves. `acute`: while the alarm is out. `consent`: when the person has shared with them.
 * `hour`: for an hour after they opened it in an emergency.
 */
export const rights = ['all', 'own', 'acute', 'consent', 'hour', 'none'] as const;
export type Right = (typeof rights)[number];

/**
 * DOMAIN E1: relation x field group. What E1 calls write is a verb of `policy.ts`, and so is at which stage of a case
 * something of it may be opened at all. Administrators, committees and everyone else have no relation to a case, so they
 * have no row.
 */
export const access = {
  reporter: {
    report: 'all',
    name: 'all',
    number: 'own',
    place: 'own',
    words: 'own',
    factors: 'none',
    followUp: 'all',
    log: 'all',
  },
  victim: {
    report: 'all',
    name: 'all',
    number: 'own',
    place: 'own',
    words: 'all',
    factors: 'none',
    followUp: 'all',
    log: 'all',
  },
  asked: {
    report: 'all',
    name: 'all',
    number: 'acute',
    place: 'acute',
    words: 'acute',
    factors: 'acute',
    followUp: 'all',
    log: 'none',
  },
  assignee: {
    report: 'all',
    name: 'all',
    number: 'all',
    place: 'all',
    words: 'all',
    factors: 'all',
    followUp: 'all',
    log: 'none',
  },
  coordinator: {
    report: 'all',
    name: 'all',
    number: 'all',
    place: 'all',
    words: 'all',
    factors: 'all',
    followUp: 'all',
    log: 'all',
  },
  // Only after consent is there such a relation; whom to call, and nothing of what has happened.
  supporter: {
    report: 'none',
    name: 'all',
    number: 'all',
    place: 'none',
    words: 'none',
    factors: 'none',
    followUp: 'none',
    log: 'none',
  },
  standby: {
    report: 'none',
    name: 'none',
    number: 'none',
    place: 'none',
    words: 'none',
    factors: 'none',
    followUp: 'none',
    log: 'none',
  },
  overrider: {
    report: 'hour',
    name: 'hour',
    number: 'hour',
    place: 'hour',
    words: 'hour',
    factors: 'hour',
    followUp: 'hour',
    log: 'none',
  },
  hr: {
    report: 'all',
    name: 'all',
    number: 'all',
    place: 'all',
    words: 'consent',
    factors: 'none',
    followUp: 'all',
    log: 'none',
  },
  auditor: {
    report: 'none',
    name: 'none',
    number: 'none',
    place: 'none',
    words: 'none',
    factors: 'none',
    followUp: 'none',
    log: 'all',
  },
} as const satisfies Record<Relation, Record<FieldGroup, Right>>;

/** How much of a field group somebody reads: everybody's, or what they gave themselves. Absent: nothing. */
export type Scopes = Partial<Record<FieldGroup, 'all' | 'own'>>;

/** How long a case that was opened in an emergency stays open to whoever did. */
const overrideLasts = minutes(60);

/**
 * What this person may read of the case now.
 *
 * @param as the relations to look at; a card is read with the eyes of those it is for
 */
export function scopesOf(
  incident: Incident,
  { actor, now }: { actor: Actor; now: Instant },
  as: readonly Relation[] = relationsOf(incident, actor),
): Scopes {
  const subject = subjectOf(incident);
  const scopes: Scopes = {};
  for (const relation of as) {
    for (const group of fieldGroups) {
      if (!opens(incident, relation, group) || (incident.erasedAt && group !== 'log')) continue;
      const isNamed = group !== 'name' || !incident.protectedIdentity || subject === actor.person;
      const scope = isNamed && scopeOf(incident, access[relation][group], actor.person, now);
      if (scope && scopes[group] !== 'all') scopes[group] = scope;
    }
  }
  return scopes;
}

/** Reading is a verb too: who may not open a case at this stage reads nothing of it. */
function opens({ stage }: Incident, relation: Relation, group: FieldGroup): boolean {
  const verbs: readonly string[] = policy[relation][stage.status];
  return verbs.includes(group === 'log' ? 'readings' : 'details');
}

function scopeOf(
  incident: Incident,
  right: Right,
  person: PersonId,
  now: Instant,
): 'all' | 'own' | undefined {
  const { overrides = [], shared = [] } = incident;
  switch (right) {
    case 'all':
    case 'own':
      return right;
    case 'acute':
      return isAcute(incident) ? 'all' : undefined;
    case 'consent':
      return shared.some((share) => share.person === person) ? 'all' : undefined;
    case 'hour':
      return overrides.some(({ by, at }) => by === person && now < later(at, overrideLasts))
        ? 'all'
        : undefined;
    case 'none':
      return undefined;
    default:
      return right satisfies never;
  }
}

/** The alarm is out, and the case is neither closed nor left to the day. */
export const isAcute = ({ alarmedAt, handedOver, stage }: Incident): boolean =>
  alarmedAt !== undefined && !handedOver && stage.status !== 'closed';

/** What may be shown of a case to one person: nothing else of it ever reaches a view. */
export interface Readable {
  scopes: Scopes;
  /** How the person is reached, as last given. */
  particulars: Omit<Sealed, 'text'>;
  /** What has happened, with the words that belong to it. */
  entries: Entry[];
}

const groupOfField = {
  reporterName: 'name',
  affectedWho: 'name',
  number: 'number',
  where: 'place',
  call: 'words',
  callerNumber: 'factors',
} as const satisfies Record<keyof Omit<Sealed, 'text'>, FieldGroup>;

const sealedFields = Object.keys(groupOfField) as (keyof typeof groupOfField)[];

/** To which group an event belongs, and the text that was written with it. */
function groupOf(event: IncidentEvent): FieldGroup {
  switch (event.type) {
    case 'Noted':
      return event.visibleTo === 'reporter' ? 'followUp' : 'factors';
    case 'HandedOver':
    case 'Unreached':
    case 'Assessed':
      return 'factors';
    // Where they are to be found tonight, and who else is near to them.
    case 'CompanyAnswered':
    case 'Shared':
      return 'place';
    case 'Overridden':
      return 'log';
    case 'Reported':
    case 'Supplemented':
      return 'words';
    default:
      return 'report';
  }
}

/**
 * Drops what this person may not read.
 *
 * @param entries the case's events in order, opened
 */
export function readable(
  incident: Incident,
  entries: readonly Entry[],
  reading: { actor: Actor; now: Instant },
  as?: readonly Relation[],
): Readable {
  const scopes = scopesOf(incident, reading, as);
  const { actor } = reading;
  const gives = (group: FieldGroup, { event }: Entry): boolean =>
    scopes[group] === 'all' || (scopes[group] === 'own' && event.by === actor.person);
  const particulars: Readable['particulars'] = {};
  const kept = entries.flatMap((entry): Entry[] => {
    const { event, sealed = {} } = entry;
    const shown: Sealed = {};
    for (const field of sealedFields) {
      const value = sealed[field];
      if (!value || !gives(groupOfField[field], entry)) continue;
      shown[field] = value;
      particulars[field] = value;
    }
    if (sealed.text && gives(groupOf(event), entry)) shown.text = sealed.text;
    const supplied = event.type === 'Supplemented' && Object.keys(shown).length > 0;
    return supplied || gives(groupOf(event), entry) ? [{ event, sealed: shown }] : [];
  });
  return { scopes, particulars, entries: kept };
}
