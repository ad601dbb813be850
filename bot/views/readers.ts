import { type AuditEntry, isReading } from '../core/access.ts';
import type { PersonId } from '../core/ids.ts';
import { assigneeOf, type Entry, type Incident, isOfEmployee } from '../core/incident.ts';
import { access, type FieldGroup, isAcute } from '../core/needToKnow.ts';
import type { Actor } from '../core/people.ts';
import { type Relation, relationsOf } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import { backButton, type Carried, caseButton } from './button.ts';
import { nameOf } from './names.ts';
import { paged } from './pages.ts';
import { apart, card, type Line, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/** Those who read without anybody's leave, first those who always do. */
const listed: readonly Relation[] = [
  'coordinator',
  'assignee',
  'asked',
  'victim',
  'hr',
  'reporter',
  'auditor',
];

/**
 * Who can read what is written, from the table that decides it: on every form and confirmation.
 *
 * @param incident as it stands; absent for a report that is not made yet
 */
export function readersLine(reader: Reader, group: FieldGroup, incident?: Incident): Line {
  const t = texts(reader.locale).readers;
  const who = listed
    .filter((relation) => ['all', 'acute'].includes(access[relation][group]) && isThere(relation, incident))
    .map((relation) => wordFor(reader, relation, incident));
  return line(t.line(who.join(', ') || t.nobodyElse), { subtle: true });
}

function isThere(relation: Relation, incident: Incident | undefined): boolean {
  if (!incident) return relation === 'coordinator' || relation === 'asked';
  switch (relation) {
    case 'coordinator':
      return incident.confined?.to.length !== 0;
    case 'asked':
      return isAcute(incident);
    case 'assignee':
      return incident.stage.status !== 'closed' && assigneeOf(incident) !== undefined;
    case 'victim':
      return incident.victim !== undefined;
    case 'hr':
      return isOfEmployee(incident);
    case 'reporter':
    case 'auditor':
      return true;
    default:
      return false;
  }
}

function wordFor(reader: Reader, relation: Relation, incident: Incident | undefined): string {
  const { roles } = texts(reader.locale).readers;
  if (relation === 'asked') return roles.asked(reader.directory.dutyFunction().name);
  if (relation === 'coordinator' && incident?.confined) return namesOf(reader, incident.confined.to);
  return roles[relation];
}

export const namesOf = (reader: Reader, ids: readonly PersonId[]): string =>
  ids.map((id) => nameOf(reader, id)).join(', ');

/** "Vem kan läsa?": everyone whom the policy lets open the case now, by name. */
export function readers(reader: Reader, carried: Carried): View {
  const t = texts(reader.locale);
  const { incident } = carried;
  const { confined, excluded = [], shared = [] } = incident;
  const assignee = assigneeOf(incident);
  const asked = askedSoFar(incident);
  const names = (ids: readonly PersonId[]) => namesOf(reader, ids) || t.readers.nobody;
  const coordinators = confined?.to ?? reader.directory.holding('coordinator').map(({ id }) => id);
  const reading = (relation: Relation, said: string[]): Line[] =>
    access[relation].report === 'none' && access[relation].name === 'none'
      ? []
      : said.map((each) => line(each));
  return card('words', reader, {
    summary: t.readers.summary,
    title: t.readers.title,
    lines: [
      ...reading('reporter', [t.readers.reporter]),
      ...reading('victim', incident.victim ? [t.readers.victim] : []),
      ...reading('coordinator', [t.readers.coordinators(names(coordinators))]),
      ...reading('asked', asked.length > 0 ? [t.readers.asked(names(asked))] : []),
      ...reading('assignee', assignee ? [t.readers.assignee(names([assignee]))] : []),
      ...reading('hr', isOfEmployee(incident) ? [t.readers.hr] : []),
      ...reading('supporter', shared.length > 0 ? [t.readers.supporter(sharesOf(reader, incident))] : []),
      ...(excluded.length > 0 ? [line(t.readers.without(names(excluded)), { strong: true })] : []),
      ...reading('overrider', [t.readers.override]),
      apart(line(t.readers.logged, { subtle: true })),
      line(t.readers.publicRecord, { subtle: true }),
    ],
    buttons: [backButton(t.buttons.hide, carried)],
  });
}

/** With whom a person has shared, as they read it: "Gruppledare Greta Rask, Närstående". */
export const sharesOf = (reader: Reader, { shared = [] }: Incident): string =>
  shared
    .map(({ with: whom, person }) => {
      const word = texts(reader.locale).labels.sharedWith[whom];
      return person ? `${word} ${nameOf(reader, person)}` : word;
    })
    .join(', ');

/** Those the alarm has gone to may open the case until someone has taken it. */
function askedSoFar({ stage, alarmedAt, ladder, rung }: Incident): PersonId[] {
  if (!alarmedAt || stage.status !== 'new') return [];
  return [...new Set(ladder.slice(0, rung + 1).flatMap(({ people }) => people))];
}

/** How many lines are shown, newest first. */
const mostShown = 50;

/**
 * "Vem har läst?" Coordinators and auditors read the whole log of the case. The reporter and the one it is about read who
 * else has seen their words; a denied try has seen nothing, and may be a mistyped number: it is for coordinators to judge.
 *
 * @param overrides each opening in an emergency, with its reason
 * @param page from 0
 */
export function readings(
  reader: Reader,
  {
    log,
    overrides = [],
    actor,
    page = 0,
    ...carried
  }: { log: readonly AuditEntry[]; overrides?: readonly Entry[]; actor: Actor; page?: number } & Carried,
): View {
  const t = texts(reader.locale);
  const { face, incident } = carried;
  const relations = relationsOf(incident, actor);
  const whole = face !== 'receipt' && (relations.includes('coordinator') || relations.includes('auditor'));
  const said = ({ by, at, what }: AuditEntry): string => {
    const name = nameOf(reader, by);
    const moment = t.time.moment(at);
    return whole || what !== 'read'
      ? t.readers.did(name, moment, t.labels.access[what])
      : t.readers.reading(name, moment);
  };
  const entries = log
    .filter((entry) => whole || (isReading(entry) && entry.by !== actor.person))
    .map((entry) => ({ at: entry.at, lines: [line(said(entry))] }));
  const reasons = overrides.map(({ event: { at, by }, sealed }) => ({
    at,
    lines: [
      line(t.details.overridden(nameOf(reader, by), t.time.moment(at)), { strong: true }),
      line(t.readers.reason(sealed?.text ?? '')),
    ],
  }));
  const newest = [...reasons, ...entries.toReversed()]
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, mostShown);
  const pages = paged(newest.flatMap(({ lines }) => lines));
  const at = Math.min(page, pages.length - 1);
  const more = at + 1 < pages.length;
  return card('words', reader, {
    summary: t.readers.readingsSummary,
    title: t.readers.readingsTitle,
    lines: newest.length === 0 ? [line(t.readers.noReadings)] : (pages[at] ?? []),
    buttons: [
      ...(more ? [caseButton(t.buttons.more, 'readings', carried, { page: String(at + 1) })] : []),
      backButton(t.buttons.hide, carried),
    ],
  });
}
