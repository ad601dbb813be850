/** Every card of the product in every state of a case, for tests that look at all of them. */
import { faultKinds } from '../../bot/core/audit.ts';
import { type Notice, notices } from '../../bot/core/effects.ts';
import { type Instant, incidentId } from '../../bot/core/ids.ts';
import type { Entry, Incident, IncidentEvent, Sealed } from '../../bot/core/incident.ts';
import type { Actor, Directory, Locale, Person } from '../../bot/core/people.ts';
import type { Gap } from '../../bot/core/readiness.ts';
import { later, minutes } from '../../bot/core/time.ts';
import * as views from '../../bot/views/index.ts';
import type { Face, Reader, View } from '../../bot/views/view.ts';
import * as who from '../world/given.ts';

const { alva, victor, tove, samir, karin, omid, britt, noon, night, by, given, reportedEvent } = who;

const named: [Actor, string][] = [
  [alva, 'Alva Ek'],
  [victor, 'Victor Dal'],
  [tove, 'Tove Lind'],
  [samir, 'Samir Nord'],
  [karin, 'Karin Sand'],
  [omid, 'Omid Berg'],
  [britt, 'Britt Falk'],
];
const people = named.map(
  ([{ person, roles }, name]): Person => ({ id: person, name, roles: [...roles], number: '070-174 06 20' }),
);

const directory: Directory = {
  person: (id) => people.find((person) => person.id === id),
  holding: (role) => people.filter(({ roles }) => roles.includes(role)),
  search: () => people,
  dutyFunction: () => ({ name: 'Tjänsteperson i beredskap', number: '08-465 004 00' }),
  deadlines: () => who.deadlines,
  ladder: () => who.ladder,
};

export const readerAt = (locale: Locale, now: Instant): Reader => ({ locale, now, directory });

/** What people wrote and how they are reached; every field filled, so that a test can look for each. */
export type Words = Record<keyof Sealed, string>;
export const words: Words = {
  reporterName: 'Alva Ek',
  number: '070-174 06 20',
  text: 'Mejlet sade att de vet var jag bor.\nDet kom två till.',
  where: 'Parkeringen vid Stadshuset',
  affectedWho: 'Victor Dal',
};

const inMinutes = (count: number, actor: Actor) => ({ ...by(actor), at: later(noon, minutes(count)) });
const acknowledged = { ...inMinutes(2, tove), type: 'Acknowledged' } as const;
const reached = { ...inMinutes(9, tove), type: 'Reached' } as const;
const closed = { ...inMinutes(90, karin), type: 'Closed', reason: 'handled' } as const;
const withdrawn = { ...inMinutes(5, alva), type: 'Withdrawn' } as const;
const linked = { ...inMinutes(6, karin), type: 'Linked', person: victor.person } as const;
const assessed = {
  ...inMinutes(7, karin),
  type: 'Assessed',
  assessment: { method: 'matrix', likelihood: 3, consequence: 4, riskClass: 'veryHigh' },
} as const;
const alone = { ...inMinutes(3, alva), type: 'CompanyAnswered', company: false } as const;

const danger = reportedEvent({ dangerNow: 'yes', channel: 'in_person' });
const unknownNumber = { ...danger, numberKnown: false };
const again = { ...reportedEvent(), follows: incidentId('H26-000-001') };
const declined = { ...inMinutes(1, tove), type: 'Declined', rung: 1 } as const;

/** A case in every state that a card tells apart. */
export const states = {
  waiting: given(reportedEvent()),
  waitingForMorning: given(reportedEvent({ channel: 'letter_parcel' }, night)),
  alarmed: given(danger),
  withoutNumber: given(unknownNumber),
  onTheNextRung: given(danger, declined),
  acknowledged: given(danger, acknowledged),
  acknowledgedQuietly: given(reportedEvent({ callback: 'none' }), acknowledged),
  alone: given(danger, acknowledged, alone),
  reached: given(danger, acknowledged, reached),
  reachedByAnother: given(danger, acknowledged, { ...reached, by: karin.person }),
  assessed: given(danger, assessed, linked),
  linked: given(reportedEvent({ affected: 'other_elected' }), linked, acknowledged),
  linkedAndReached: given(reportedEvent({ affected: 'other_elected' }), linked, acknowledged, reached),
  withdrawn: given(danger, withdrawn),
  withdrawnAndTaken: given(danger, withdrawn, acknowledged),
  closed: given(danger, linked, acknowledged, reached, closed),
  closedUntaken: given(reportedEvent(), { ...closed, reason: 'notAThreat' }),
  reopened: given(danger, acknowledged, closed, { ...inMinutes(99, karin), type: 'Reopened' }),
  follows: given(again),
} satisfies Record<string, Incident>;

/** As many as stand in one message. */
const manyCases: Incident[] = Array.from({ length: 60 }, (_, n) => ({
  ...given(danger),
  id: incidentId(`H26-000-0${String(n).padStart(2, '0')}`),
}));

export const actors = { alva, victor, tove, samir, karin };

const at = (minute: number, event: IncidentEvent, sealed?: Sealed): Entry => ({
  event: { ...event, at: later(noon, minutes(minute)) },
  ...(sealed && { sealed }),
});

/** The opened events of a case, with these words in every place that holds words. */
export const entriesWith = (sealed: Sealed): Entry[] => [
  at(0, danger, sealed),
  at(3, alone),
  at(4, { ...by(alva), type: 'Supplemented', gave: ['where'] }, sealed),
  at(5, { ...by(alva), type: 'Supplemented', gave: ['number'] }, sealed),
  at(6, { ...by(alva), type: 'Supplemented', gave: ['text'] }, sealed),
  at(7, { ...by(tove), type: 'Unreached' }),
  at(8, { ...by(karin), type: 'Noted', visibleTo: 'staff' }, sealed),
  at(9, { ...by(karin), type: 'Noted', visibleTo: 'reporter' }, sealed),
  at(10, withdrawn),
];

export interface Drawn {
  name: string;
  view: View;
  /** For a card of a case: whose buttons stand on it. */
  case?: { incident: Incident; actor: Actor; face: Face };
}

const nonce = 'n-1';
const faces: Face[] = ['receipt', 'alarm', 'triage'];
const isShort = (notice: Notice) => notice !== 'alarm' && notice !== 'triage' && notice !== 'receipt';

/** The cards of a case, in one state, as everybody sees them. */
function ofCase(locale: Locale, state: string, incident: Incident): Drawn[] {
  const reader = readerAt(locale, later(incident.reportedAt, minutes(1)));
  const both = { repeat: true, late: true };
  return [
    ...Object.entries(actors).flatMap(([name, actor]): Drawn[] => [
      {
        name: `receipt ${state} ${name}`,
        view: views.receipt(reader, { incident, actor, nonce }),
        case: { incident, actor, face: 'receipt' },
      },
      {
        name: `receipt ${state} ${name} just sent`,
        view: views.receipt(reader, { incident, actor, nonce, justSent: true, repeat: true }),
        case: { incident, actor, face: 'receipt' },
      },
      {
        name: `alarm ${state} ${name}`,
        view: views.alarm(reader, { incident, actor, nonce }),
        case: { incident, actor, face: 'alarm' },
      },
      {
        name: `alarm ${state} ${name} repeat, late`,
        view: views.alarm(reader, { incident, actor, nonce, ...both }),
        case: { incident, actor, face: 'alarm' },
      },
    ]),
    {
      name: `triage ${state}`,
      view: views.triage(reader, { incident, nonce, repeat: true }),
      case: { incident, actor: karin, face: 'triage' },
    },
    ...notices.filter(isShort).flatMap((notice): Drawn[] =>
      (['person', 'channel'] as const).map((to) => ({
        name: `notice ${notice} ${state} ${to}`,
        view: views.notice(reader, { notice, incident, to, by: people[2], ...both }),
      })),
    ),
  ];
}

/** What opens from a case. */
function opened(locale: Locale, state: string, incident: Incident, sealed: Words): Drawn[] {
  const reader = readerAt(locale, later(incident.reportedAt, minutes(1)));
  const values = { text: sealed.text, where: sealed.where, method: 'matrix', reason: 'handled', to: 'me' };
  const asked = { incident, nonce, face: 'triage' as const, values, errors: ['!'] };
  return [
    ...Object.entries(actors).flatMap(([name, actor]) =>
      faces.map((face) => ({
        name: `details ${state} ${name} ${face}`,
        view: views.details(reader, { incident, entries: entriesWith(sealed), actor, face, page: 0, nonce }),
      })),
    ),
    { name: `assess ${state}`, view: views.assessForm(reader, asked) },
    { name: `note ${state}`, view: views.noteForm(reader, asked) },
    { name: `close ${state}`, view: views.closeForm(reader, asked) },
    { name: `supplement text ${state}`, view: views.supplementForm(reader, { ...asked, what: 'text' }) },
    { name: `supplement where ${state}`, view: views.supplementForm(reader, { ...asked, what: 'where' }) },
    { name: `readers ${state}`, view: views.readers(reader, asked) },
  ];
}

const gaps: Gap[] = [
  { what: 'nobodyNow' },
  { what: 'uncovered', from: noon },
  { what: 'uncovered', from: noon, to: later(noon, minutes(600)) },
  { what: 'noBot', person: samir.person },
  { what: 'blocked', person: britt.person },
  { what: 'noNumber', person: omid.person },
];

/** More cases than are said. */
const manyFaults = faultKinds.flatMap((kind, k) =>
  Array.from({ length: 4 }, (_, n) => ({
    kind,
    id: incidentId(`H26-00${k}-00${n}`),
    step: 'escalate 0',
  })),
);

/**
 * Every card.
 *
 * @param sealed what people wrote, put wherever people's words can come
 */
export function everyView(locale: Locale, sealed: Words = words): Drawn[] {
  const reader = readerAt(locale, noon);
  const incident = states.alarmed;
  const onCase = { incident, face: 'triage', nonce } as const;
  const search = { ...onCase, me: karin.person, values: {}, errors: [] };
  const values = { dangerNow: 'no', channel: 'email', ...sealed };
  const readings = people.map(({ id, name }) => ({ at: noon, by: id, why: 'alarm', name }));
  const refused = [
    { why: 'taken', by: tove.person },
    { why: 'alreadyReached', by: tove.person },
    { why: 'closed' },
    { why: 'notClosed' },
    { why: 'notAllowed', verb: 'assign', status: 'closed' },
  ] as const;
  return [
    ...Object.entries(states).flatMap(([state, each]) => [
      ...ofCase(locale, state, each),
      ...opened(locale, state, each, sealed),
    ]),
    ...[alva, tove, karin].map(({ person, roles }) => ({
      name: `menu ${person}`,
      view: views.menu(reader, { roles }),
    })),
    { name: 'emergency', view: views.emergency(reader, { nonce }) },
    { name: 'free text', view: views.freeText(reader, { nonce, draft: 'd-1' }) },
    { name: 'free text not kept', view: views.freeText(reader, { nonce }) },
    { name: 'unsent', view: views.unsent(reader, { nonce, draft: 'd-1' }) },
    { name: 'report', view: views.reportForm(reader, { nonce, number: words.number }) },
    { name: 'report without number', view: views.reportForm(reader, { nonce }) },
    { name: 'report with errors', view: views.reportForm(reader, { nonce, values, errors: ['!', '!'] }) },
    {
      name: 'report with a draft',
      view: views.reportForm(reader, { nonce, draft: { id: 'd-1', text: sealed.text } }),
    },
    {
      name: 'report with a long draft',
      view: views.reportForm(reader, { nonce, draft: { id: 'd-1', text: sealed.text.padEnd(3_000, '.') } }),
    },
    ...notices.flatMap((notice): Drawn[] => {
      const cases = manyCases.map((incident) => ({ incident, repeat: true }));
      const crowd = { notice, cases, late: true };
      return [
        { name: `digest ${notice} staff`, view: views.digest(reader, { ...crowd, actor: karin }) },
        { name: `digest ${notice}`, view: views.digest(reader, { ...crowd, actor: alva }) },
      ];
    }),
    { name: 'board', view: views.board(reader, { incidents: Object.values(states), nonce, face: 'triage' }) },
    { name: 'empty board', view: views.board(reader, { incidents: [], nonce, face: 'alarm' }) },
    {
      name: 'board repeat, late',
      view: views.board(reader, { incidents: [incident], nonce, face: 'triage', repeat: true, late: true }),
    },
    { name: 'reports', view: views.reports(reader, { incidents: Object.values(states), nonce }) },
    { name: 'no reports', view: views.reports(reader, { incidents: [], nonce }) },
    { name: 'assign', view: views.choosePerson(reader, { ...search, verb: 'assign', matches: people }) },
    { name: 'link', view: views.choosePerson(reader, { ...search, verb: 'link', query: sealed.text }) },
    { name: 'link found', view: views.choosePerson(reader, { ...search, verb: 'link', matches: people }) },
    { name: 'readings', view: views.readings(reader, { ...onCase, readings }) },
    { name: 'no readings', view: views.readings(reader, { ...onCase, readings: [] }) },
    ...refused.map((refusal) => ({
      name: `refusal ${refusal.why}`,
      view: views.refusal(reader, { ...onCase, refusal }),
    })),
    { name: 'readiness', view: views.readiness(reader, { gaps, of: 'x', repeat: true, changed: true }) },
    {
      name: 'readiness, much',
      view: views.readiness(reader, { gaps: Array(30).fill(gaps).flat(), of: 'x' }),
    },
    {
      name: 'readiness accepted',
      view: views.readinessAccepted(reader, { gaps, by: karin.person, at: noon }),
    },
    { name: 'readiness mended', view: views.readinessMended(reader, { repeat: true }) },
    {
      name: 'auditor found',
      view: views.auditorFound(reader, { faults: manyFaults, repeat: true }),
    },
    { name: 'auditor mended', view: views.auditorMended(reader, { repeat: true }) },
    { name: 'auditor blind', view: views.auditorBlind(reader) },
    { name: 'clock jumped', view: views.clockJumped(reader, { by: minutes(61) }) },
    { name: 'words', view: views.words(reader, { title: '!', paragraphs: ['!', '!'], call: true }) },
  ];
}
