/** Every card of the product in every state of a case, for tests that look at all of them. */
import { type AuditEntry, accesses } from '../../bot/core/access.ts';
import { faultKinds } from '../../bot/core/audit.ts';
import { type Filled, noNotes, traitNames, traits } from '../../bot/core/call.ts';
import type { Progress } from '../../bot/core/checklist.ts';
import type { Rota, RotaNews, Shift } from '../../bot/core/dutyRota.ts';
import { isCardNotice, type Notice, notices } from '../../bot/core/effects.ts';
import { exerciseAnswers, type Tried } from '../../bot/core/exercise.ts';
import { type Instant, incidentId } from '../../bot/core/ids.ts';
import type { Entry, Incident, IncidentEvent, Sealed } from '../../bot/core/incident.ts';
import { type Readable, readable } from '../../bot/core/needToKnow.ts';
import type { Actor, Directory, Locale, Person, Rung } from '../../bot/core/people.ts';
import { phoneListFor } from '../../bot/core/phoneList.ts';
import { proposalStates } from '../../bot/core/proposal.ts';
import type { Gap } from '../../bot/core/readiness.ts';
import { later, minutes } from '../../bot/core/time.ts';
import * as views from '../../bot/views/index.ts';
import { type Face, faces, type Reader, type View } from '../../bot/views/view.ts';
import { duty, guard, meeting, phone, switchboard, talk } from '../world/content.ts';
import * as who from '../world/given.ts';

const { alva, victor, tove, samir, karin, omid, britt, greta, dina, noon, night, by, given, reportedEvent } =
  who;

const named: [Actor, string][] = [
  [alva, 'Alva Ek'],
  [victor, 'Victor Dal'],
  [tove, 'Tove Lind'],
  [samir, 'Samir Nord'],
  [karin, 'Karin Sand'],
  [omid, 'Omid Berg'],
  [britt, 'Britt Falk'],
  [greta, 'Greta Rask'],
  [dina, 'Dina Alm'],
];
const people = named.map(
  ([{ person, roles }, name]): Person => ({ id: person, name, roles: [...roles], number: '070-174 06 20' }),
);

/** Nothing but Teams carries an alarm here: what must be said first is on the cards. */
const directory: Directory = {
  person: (id) => people.find((person) => person.id === id),
  holding: (role) => people.filter(({ roles }) => roles.includes(role)),
  search: () => people,
  dutyFunction: () => ({ name: 'Tjänsteperson i beredskap', number: '08-465 004 00' }),
  alsoByPhone: () => false,
  deadlines: () => who.deadlines,
  ladder: () => who.ladder,
  oldSince: () => undefined,
};

/** The same, but phones ring too. */
export const withPhones = (reader: Reader): Reader => ({
  ...reader,
  directory: { ...reader.directory, alsoByPhone: () => true },
});

export const readerAt = (locale: Locale, now: Instant): Reader => ({ locale, now, directory });

/** What people wrote and how they are reached; every field filled, so that a test can look for each. */
export type Words = Record<keyof Sealed, string>;
export const words: Words = {
  reporterName: 'Alva Ek',
  number: '070-174 06 20',
  text: 'Mejlet sade att de vet var jag bor.\nDet kom två till.',
  where: 'Parkeringen vid Stadshuset',
  affectedWho: 'Victor Dal',
  call: 'voice:dark,hoarse background:traffic ended:2026-11-25T11:20:00.000Z',
  callerNumber: '070-174 06 99',
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

const handedOver = { ...inMinutes(20, tove), type: 'HandedOver' } as const;

const danger = reportedEvent({ dangerNow: 'yes', channel: 'in_person' });
const unknownNumber = { ...danger, numberKnown: false };
const again = { ...reportedEvent(), follows: incidentId('H26-000-001') };
const drill = { ...reportedEvent(exerciseAnswers, noon, karin), exercise: true } as const;
const declined = { ...inMinutes(1, tove), type: 'Declined', rung: 1 } as const;

const excluded = [karin.person];
const excluding = { ...reportedEvent(), excluded, confined: { to: [omid.person], out: excluded } };
const excludingAll = { ...danger, ladder: [], excluded, confined: { to: [], out: excluded } };
const restricted: IncidentEvent = {
  ...inMinutes(10, karin),
  type: 'Restricted',
  to: [karin.person],
  out: [omid.person],
  tells: [karin.person],
  asks: [],
};
const categorised = {
  ...inMinutes(11, karin),
  type: 'Categorised',
  category: 'elected_other',
  protectedIdentity: true,
} as const;
const shared = { ...inMinutes(12, alva), type: 'Shared', with: 'groupLeader', person: greta.person } as const;
const outside = { ...inMinutes(13, alva), type: 'Shared', with: 'relative' } as const;
const talked = { ...inMinutes(14, greta), type: 'Talked' } as const;
const overridden = { ...inMinutes(15, samir), type: 'Overridden' } as const;

const phoned = { ...reportedEvent({ channel: 'phone' }), callAt: later(noon, -minutes(17)) };
const timeTold: IncidentEvent = {
  ...inMinutes(16, alva),
  type: 'CallTold',
  callAt: later(noon, -minutes(16)),
};
const kept: IncidentEvent = { ...inMinutes(17, alva), type: 'CallTold', screenshot: true };
const ofTheRegion: IncidentEvent = { ...inMinutes(18, alva), type: 'CallTold', telephone: 'organisation' };
const traced: IncidentEvent = { ...inMinutes(19, karin), type: 'Traced' };

const onCall = { role: 'dutyOfficer' } as const;

/** A case in every state that a card tells apart. */
export const states = {
  waiting: given(reportedEvent()),
  waitingForMorning: given(reportedEvent({ channel: 'letter_parcel' }, night)),
  alarmed: given(danger),
  withoutNumber: given(unknownNumber),
  onTheNextRung: given(danger, declined),
  withTheDutyFunction: given({ ...danger, ladder: [{ ...onCall, people: [], dutyFunction: true }] }),
  acknowledged: given(danger, acknowledged),
  acknowledgedQuietly: given(reportedEvent({ callback: 'none' }), acknowledged),
  alone: given(danger, acknowledged, alone),
  reached: given(danger, acknowledged, reached),
  reachedByAnother: given(danger, acknowledged, { ...reached, by: karin.person }),
  assessed: given(danger, assessed, linked),
  linked: given(reportedEvent({ affected: 'other_elected' }), linked, acknowledged),
  linkedAndReached: given(reportedEvent({ affected: 'other_elected' }), linked, acknowledged, reached),
  handedOver: given(danger, acknowledged, reached, handedOver),
  handedOverAndWithdrawn: given(danger, acknowledged, reached, handedOver, withdrawn),
  handedOverAndTaken: given(danger, acknowledged, reached, handedOver, {
    ...acknowledged,
    ...inMinutes(30, karin),
  }),
  handedOverQuietly: given(reportedEvent(), acknowledged, handedOver),
  withdrawn: given(danger, withdrawn),
  withdrawnAndTaken: given(danger, withdrawn, acknowledged),
  closed: given(danger, linked, acknowledged, reached, closed),
  closedUntaken: given(reportedEvent(), { ...closed, reason: 'notAThreat' }),
  erased: given(danger, linked, acknowledged, reached, closed, { ...inMinutes(99, karin), type: 'Erased' }),
  reopened: given(danger, acknowledged, closed, { ...inMinutes(99, karin), type: 'Reopened' }),
  follows: given(again),
  excluding: given(excluding),
  excludingAll: given(excludingAll),
  restricted: given(danger, acknowledged, restricted),
  protected: given(danger, acknowledged, categorised),
  shared: given(danger, acknowledged, shared, outside),
  talked: given(danger, shared, talked),
  overridden: given(danger, acknowledged, reached, overridden),
  ofAnEmployee: given(reportedEvent({ affected: 'employee' })),
  called: given(phoned),
  calledAndConfirmed: given(phoned, timeTold),
  calledAndKept: given(phoned, timeTold, kept),
  calledAndTraced: given(phoned, timeTold, kept, ofTheRegion, traced),
  calledAndClosed: given(phoned, closed),
  phonedWithoutCard: given(reportedEvent({ channel: 'phone' })),
  exercise: given(drill),
  exerciseTaken: given(drill, acknowledged),
} satisfies Record<string, Incident>;

/** As many as stand in one message. */
const manyCases: Incident[] = Array.from({ length: 60 }, (_, n) => ({
  ...given(danger),
  id: incidentId(`H26-000-0${String(n).padStart(2, '0')}`),
}));

export const actors = { alva, victor, tove, samir, karin, greta, dina };

const at = (minute: number, event: IncidentEvent, sealed?: Sealed): Entry => ({
  event: { ...event, at: later(noon, minutes(minute)) },
  ...(sealed && { sealed }),
});

/** What this person reads of the case from this card of it. */
export const readAs = (
  incident: Incident,
  entries: readonly Entry[],
  actor: Actor,
  face: Face,
  now: Instant = noon,
): Readable => {
  const as = views.relationsOn(face, incident, actor);
  return readable(incident, entries, { actor, now }, as.length > 0 ? as : undefined);
};

/** The opened events of a case, with these words in every place that holds words. */
export const entriesWith = (sealed: Sealed): Entry[] => [
  at(0, danger, sealed),
  at(3, alone),
  at(4, { ...by(alva), type: 'Supplemented', gave: ['where'] }, sealed),
  at(5, { ...by(alva), type: 'Supplemented', gave: ['number'] }, sealed),
  at(6, { ...by(alva), type: 'Supplemented', gave: ['text'] }, sealed),
  at(7, { ...by(tove), type: 'Unreached' }),
  at(7, ofTheRegion),
  at(7, traced),
  at(8, { ...by(karin), type: 'Noted', visibleTo: 'staff' }, sealed),
  at(9, { ...by(karin), type: 'Noted', visibleTo: 'reporter' }, sealed),
  at(10, { ...by(tove), type: 'HandedOver' }, sealed),
  at(11, withdrawn),
  at(12, { ...by(alva), type: 'Shared', with: 'groupLeader', person: greta.person }),
  at(13, { ...by(alva), type: 'Shared', with: 'relative' }, sealed),
  at(14, { ...by(greta), type: 'Talked' }),
  at(15, { ...by(alva), type: 'Unshared' }),
  at(16, { ...by(samir), type: 'Overridden' }, sealed),
];

export interface Drawn {
  name: string;
  view: View;
  /** For a card of a case: whose buttons stand on it. */
  case?: { incident: Incident; actor: Actor; face: Face };
}

const nonce = 'n-1';
const isShort = (notice: Notice): notice is views.ShortNotice =>
  !isCardNotice(notice) && notice !== 'exercised';

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
        name: `receipt ${state} ${name} of typed text`,
        view: views.receipt(reader, { incident, actor, nonce, justSent: true, typed: true }),
        case: { incident, actor, face: 'receipt' },
      },
      {
        name: `receipt ${state} ${name}, phones ring`,
        view: views.receipt(withPhones(reader), { incident, actor, nonce }),
        case: { incident, actor, face: 'receipt' },
      },
      {
        name: `alarm ${state} ${name}`,
        view: views.alarm(reader, { incident, actor, nonce }),
        case: { incident, actor, face: 'alarm' },
      },
      {
        name: `support ${state} ${name}`,
        view: views.support(reader, { incident, actor, nonce }),
        case: { incident, actor, face: 'support' },
      },
      {
        name: `file ${state} ${name}`,
        view: views.file(reader, { incident, actor, nonce }),
        case: { incident, actor, face: 'file' },
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
      (['person', 'channel', 'circle'] as const).map((to) => ({
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
        view: views.details(reader, {
          incident,
          readable: readAs(incident, entriesWith(sealed), actor, face),
          actor,
          face,
          page: 0,
          nonce,
        }),
      })),
    ),
    ...faces.flatMap((face) =>
      [true, false].map((mayCall) => ({
        name: `reading waits ${state} ${face}${mayCall ? '' : ' without number'}`,
        view: views.readingWaits(reader, { incident, face, nonce, mayCall }),
      })),
    ),
    { name: `assess ${state}`, view: views.assessForm(reader, asked) },
    { name: `note ${state}`, view: views.noteForm(reader, asked) },
    { name: `hand over ${state}`, view: views.handOverForm(reader, asked) },
    { name: `erase ${state}`, view: views.eraseForm(reader, asked) },
    ...faces.map((face) => ({
      name: `erased ${state} ${face}`,
      view: views.erased(reader, { incident, actor: karin, face, nonce }),
    })),
    { name: `close ${state}`, view: views.closeForm(reader, asked) },
    { name: `supplement text ${state}`, view: views.supplementForm(reader, { ...asked, what: 'text' }) },
    { name: `supplement where ${state}`, view: views.supplementForm(reader, { ...asked, what: 'where' }) },
    {
      name: `support details ${state}`,
      view: views.supportDetails(reader, {
        incident,
        readable: readAs(incident, entriesWith(sealed), greta, 'support'),
        actor: greta,
        nonce,
      }),
    },
    { name: `restrict ${state}`, view: views.restrictForm(reader, { ...asked, people }) },
    { name: `categorise ${state}`, view: views.categoriseForm(reader, asked) },
    {
      name: `share ${state}`,
      view: views.shareForm(reader, {
        ...asked,
        people: people.map((person) => ({ person, as: 'groupLeader' as const })),
      }),
    },
    { name: `call time ${state}`, view: views.callTimeForm(reader, asked) },
    { name: `override ${state}`, view: views.overrideForm(reader, asked) },
    { name: `readers ${state}`, view: views.readers(reader, asked) },
  ];
}

/** From an hour before noon: two shifts, a gap, and one in another year. */
const shiftAt = (from: number, to: number, { person: dutyOfficer }: Actor, backup?: Actor): Shift => ({
  from: later(noon, minutes(60 * from)),
  to: later(noon, minutes(60 * to)),
  dutyOfficer,
  ...(backup && { backup: backup.person }),
});
export const rota: Rota = [
  shiftAt(-1, 20, tove, samir),
  shiftAt(20, 44, samir),
  shiftAt(50, 90, karin, tove),
  shiftAt(24 * 40, 24 * 50, britt, omid),
];

const changed = { at: noon, by: karin.person };
const until = later(noon, minutes(60 * 20));
const newsOfRota: RotaNews[] = [
  { ...changed, do: 'takeOver', to: karin.person, until },
  { ...changed, do: 'takeOver', from: tove.person, to: karin.person, until },
  { ...changed, do: 'handOver', from: tove.person, to: samir.person, until },
  { ...changed, by: tove.person, do: 'handOver', from: tove.person, to: samir.person, until },
  { ...changed, do: 'swap', shifts: rota.slice(0, 2) },
];

/** The duty rota, as everybody sees it, and what may be changed in it. */
function ofRota(locale: Locale): Drawn[] {
  const reader = readerAt(locale, noon);
  const shown = { rota, mark: 'm-1', nonce };
  const errors = ['!'];
  const group: Actor = { person: alva.person, roles: ['groupLeader', 'elected'] };
  const admin: Actor = { person: alva.person, roles: ['admin'] };
  const rotas = { whole: rota, empty: [], 'in a gap': rota.slice(1), last: rota.slice(0, 1) };
  const refusals = [
    { why: 'noNumber', line: 0, field: 'dutyOfficer', person: tove.person },
    { why: 'noRole', line: 0, field: 'dutyOfficer', person: tove.person },
    { why: 'unknownPerson', line: 0, field: 'dutyOfficer', person: tove.person },
    { why: 'noSuchDate', line: 0, end: 'first' },
    { why: 'endsBeforeItBegins', line: 0 },
    { why: 'overlaps', line: 0, other: 1 },
    { why: 'cycle', line: 0, other: 0 },
    { why: 'opensGap', from: noon, to: later(noon, minutes(60)) },
    { why: 'nobodyOnDuty' },
    { why: 'alreadyOnDuty', person: tove.person },
    { why: 'noSuchTime' },
    { why: 'noSuchShift' },
    { why: 'samePerson' },
  ] as const;
  return [
    ...Object.entries({ alva, tove, karin, group, admin }).flatMap(([name, { roles }]) =>
      Object.entries(rotas).flatMap(([kind, each]): Drawn[] => [
        { name: `on duty, ${kind} ${name}`, view: views.onDuty(reader, { ...shown, rota: each, roles }) },
        {
          name: `on duty, ${kind} ${name} in the channel`,
          view: views.onDuty(reader, { ...shown, rota: each, roles, personal: false }),
        },
      ]),
    ),
    ...refusals.map((refusal) => ({
      name: `on duty, refused ${refusal.why}`,
      view: views.onDuty(reader, {
        ...shown,
        roles: tove.roles,
        notes: [views.rotaRefusal(reader, refusal)],
      }),
    })),
    ...Object.entries(rotas).map(([kind, each]) => ({
      name: `take over, ${kind}`,
      view: views.takeOverForm(reader, { ...shown, rota: each, errors }),
    })),
    ...[0, 1, 2].map((cases) => ({
      name: `hand over ${cases}`,
      view: views.handOverShiftForm(reader, { ...shown, errors, people, cases }),
    })),
    { name: 'swap', view: views.swapShiftsForm(reader, { ...shown, errors }) },
    ...newsOfRota.flatMap((news, n) =>
      (['channel', tove.person, samir.person] as const).map((to) => ({
        name: `rota news ${n} ${to}`,
        view: views.rotaNews(reader, { news, to }),
      })),
    ),
  ];
}
/** Everything that can be said of how an exercise went. */
const tried: Tried[] = (['yes', 'no', 'unknown'] as const).flatMap((delivered, n) => [
  { who: tove.person, delivered, paged: 'sent', answer: 'declined', after: minutes(n) },
  { who: samir.person, delivered, paged: 'gone', answer: 'taken', after: minutes(9 + n) },
  { who: karin.person, delivered, answer: 'none' },
  { who: 'dutyFunction', paged: 'unknown', answer: 'none' },
]);

/** An exercise from its question to its end. */
function ofExercise(locale: Locale, incident: Incident): Drawn[] {
  const reader = readerAt(locale, noon);
  const ladder: Rung[] = [{ ...onCall, people: [], dutyFunction: true }, ...who.ladder];
  const ended = given(drill, acknowledged, closed);
  const taken = { by: tove.person, after: minutes(1) };
  const asked = { ladder, phones: true, nonce };
  return [
    { name: 'exercise question', view: views.exerciseQuestion(reader, asked) },
    { name: 'exercise question at night', view: views.exerciseQuestion(reader, { ...asked, sure: true }) },
    {
      name: 'exercise question, nobody',
      view: views.exerciseQuestion(reader, { ladder: [], phones: false, nonce }),
    },
    { name: 'exercise started', view: views.exerciseStarted(reader, { incident }) },
    { name: 'exercised', view: views.exerciseEnded(reader, { incident: ended, tried, taken }) },
    {
      name: 'exercised untaken',
      view: views.exerciseEnded(reader, { incident, tried: [], taken: undefined, repeat: true, late: true }),
    },
  ];
}
const gaps: Gap[] = [
  { what: 'nobodyNow' },
  { what: 'noPaging' },
  { what: 'oldDirectory', since: noon },
  { what: 'channelOutsider' },
  { what: 'channelUnread' },
  { what: 'noExercise' },
  { what: 'noExercise', last: noon },
  { what: 'uncovered', from: noon },
  { what: 'uncovered', from: noon, to: later(noon, minutes(600)) },
  { what: 'noBot', person: samir.person },
  { what: 'blocked', person: britt.person },
  { what: 'noNumber', person: omid.person },
];

/** Checklists: begun, while it happens, among others, and all of them. */
function ofChecklists(locale: Locale, incident: Incident): Drawn[] {
  const reader = readerAt(locale, noon);
  const [first = '', second = ''] = meeting.items.map(({ id }) => id);
  const ticks: Progress['ticks'] = {
    [first]: { as: 'done', at: noon },
    [second]: { as: 'notRelevant', at: noon, reason: words.text },
  };
  const begun = { list: meeting, progress: { ticks, version: '0' } };
  const none = { ticks: {} };
  const old = { ...meeting, validUntil: '2020-01-01' };
  return [
    { name: 'checklist begun', view: views.checklist(reader, begun) },
    { name: 'checklist of a case', view: views.checklist(reader, { ...begun, incident }) },
    { name: 'checklist out of date', view: views.checklist(reader, { list: old, progress: none }) },
    { name: 'checklist while it happens', view: views.checklist(reader, { list: phone, progress: none }) },
    { name: 'checklist among others', view: views.checklist(reader, { ...begun, shared: true }) },
    {
      name: 'checklist form',
      view: views.leaveForm(reader, { list: meeting, progress: none, errors: ['!'] }),
    },
    { name: 'checklists', view: views.checklists(reader, { lists: [meeting, phone], begun: [begun] }) },
    { name: 'no checklists', view: views.checklists(reader, { lists: [], begun: [] }) },
  ];
}

/** The phone list: all of it, as everyone and as those who answer read it, one of them, page by page, among others. */
function ofPhoneList(locale: Locale): Drawn[] {
  const reader = readerAt(locale, noon);
  const listed = (roles: Actor['roles'], names: boolean, amongOthers = false) =>
    phoneListFor(
      [
        duty,
        guard,
        switchboard,
        { ...switchboard, id: 'old', verified: undefined, validUntil: '2020-01-01' },
      ],
      { holding: directory.holding, onDuty: directory.person(tove.person) },
      { roles, names, numbers: names, amongOthers },
    );
  const saveLink = () => 'https://bot.example/contact/aaaaaa.sv.1.bbbbbbbbbbbbbbbb.cccccccccccccccccccccc';
  const all = listed(karin.roles, true);
  const many = Array.from({ length: 5 }, () => all).flat();
  const drawnAs = (list: Parameters<typeof views.phoneList>[1]) => views.phoneList(reader, list);
  return [
    { name: 'phone list', view: drawnAs({ rows: all, saveLink }) },
    { name: 'phone list of alva', view: drawnAs({ rows: listed(alva.roles, false), saveLink }) },
    { name: 'phone list without links', view: drawnAs({ rows: all }) },
    { name: 'phone list, one', view: drawnAs({ rows: all.slice(0, 1), asked: 'jouren', saveLink }) },
    { name: 'phone list, first page', view: drawnAs({ rows: many, saveLink }) },
    { name: 'phone list, next page', view: drawnAs({ rows: many, from: 5, asked: 'x', saveLink }) },
    { name: 'phone list among others', view: drawnAs({ rows: listed([], false, true), amongOthers: true }) },
    { name: 'empty phone list', view: drawnAs({ rows: [] }) },
  ];
}

/** A talk: its first question, in the middle, and the form that comes back. */
function ofDiscussions(locale: Locale, sealed: Words): Drawn[] {
  const reader = readerAt(locale, noon);
  const first = { list: talk, at: 0, talk: 'd-1' };
  const old = { ...talk, validUntil: '2020-01-01' };
  const errors = ['!'];
  return [
    { name: 'discussion', view: views.discussion(reader, first) },
    { name: 'discussion begun', view: views.discussion(reader, { ...first, at: 1, saved: 3 }) },
    {
      name: 'discussion saved',
      view: views.discussion(reader, { ...first, at: 2, saved: 1, justSaved: true }),
    },
    { name: 'discussion out of date', view: views.discussion(reader, { ...first, list: old, saved: 0 }) },
    {
      name: 'discussion come back',
      view: views.discussion(reader, { ...first, text: sealed.text, errors }),
    },
    {
      name: 'discussion come back, as long as may be',
      view: views.discussion(reader, { ...first, text: '…'.repeat(4_000), errors }),
    },
    { name: 'discussions', view: views.discussions(reader, { lists: [talk, talk] }) },
    { name: 'no discussions', view: views.discussions(reader, { lists: [] }) },
  ];
}

/** What coordinators read and decide, with a page as full as may be. */
function ofActions(locale: Locale, sealed: Words): Drawn[] {
  const reader = readerAt(locale, noon);
  const lists = [talk];
  const made = {
    list: talk.id,
    item: 'disk.larm.02',
    at: noon,
    by: alva.person,
    discussion: 'd-1',
    tag: 'x',
  };
  const proposal = { ...made, id: 'p-1', text: sealed.text };
  const who = { at: noon, by: karin.person };
  const decided = {
    new: undefined,
    accepted: { ...who, as: 'accepted', owner: sealed.where, day: '2026-12-31' },
    declined: { ...who, as: 'declined', reason: sealed.text },
    done: { ...who, as: 'done', owner: sealed.where, day: '2026-12-31' },
  } as const;
  const full = {
    ...proposal,
    id: 'f'.repeat(64),
    tag: 'W'.repeat(80),
    text: '€€€€€€€€€ '.repeat(100),
    decision: {
      ...who,
      as: 'accepted',
      owner: '€€€€€€€€€ '.repeat(10),
      day: '2026-12-31',
      reason: '€€€€€€€€€ '.repeat(30),
    },
  } as const;
  const form = {
    lists,
    tag: 'x',
    place: { state: 'new', page: 0 },
    values: { reason: sealed.text },
  } as const;
  return [
    {
      name: 'actions',
      view: views.actions(reader, { counts: { new: 7, accepted: 2, declined: 0, done: 1 } }),
    },
    {
      name: 'no actions',
      view: views.actions(reader, { counts: { new: 0, accepted: 0, declined: 0, done: 0 } }),
    },
    ...proposalStates.map((state) => {
      const opened = [{ ...proposal, decision: decided[state] }];
      return {
        name: `proposals ${state}`,
        view: views.proposals(reader, { lists, state, page: 1, opened, more: true, notes: ['!'] }),
      };
    }),
    {
      name: 'proposals, a full page of questions that are gone',
      view: views.proposals(reader, {
        lists: [],
        state: 'accepted',
        page: 0,
        opened: Array(3).fill(full),
        more: true,
      }),
    },
    {
      name: 'no proposals',
      view: views.proposals(reader, { lists, state: 'new', page: 0, opened: [], more: false }),
    },
    ...(['accepted', 'declined'] as const).map((as) => ({
      name: `decide ${as}`,
      view: views.decideForm(reader, { ...form, proposal, as, errors: ['!'] }),
    })),
    { name: 'proposal news', view: views.proposalNews(reader, { count: 7, repeat: true }) },
    { name: 'proposal news, one', view: views.proposalNews(reader, { count: 1, repeat: false }) },
  ];
}

/** The card of a call: empty, half filled, with everything open, and with more words than it shows. */
function ofACall(reader: Reader, { text, callerNumber }: Words): Drawn[] {
  const half: Filled = { callStart: '2026-11-25 11:43:00', wording: text, voice: 'dark,hoarse' };
  const everyChoice = Object.fromEntries(traitNames.map((name) => [name, traits[name].join(',')]));
  const whole: Filled = {
    ...everyChoice,
    ...half,
    callEnd: '2026-11-25 11:44:00',
    dangerNow: 'no',
    callerNumber,
  };
  const card = (name: string, filled: Filled, shown: Partial<Parameters<typeof views.callCard>[1]> = {}) => ({
    name: `call card ${name}`,
    view: views.callCard(reader, { id: 'c-1', notes: { version: 3, filled }, saved: noon, ...shown }),
  });
  return [
    { name: 'call card', view: views.callCard(reader, { id: 'c-1', notes: noNotes }) },
    card('half filled', half),
    card('with more', half, { more: true }),
    card('whole', whole, { more: true, errors: ['!', '!'] }),
    card('with long words', { ...whole, wording: text.padEnd(3_000, '.') }, { more: true }),
  ];
}

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
 * @param as every case instead of itself
 */
export function everyView(
  locale: Locale,
  sealed: Words = words,
  as: (incident: Incident) => Incident = (incident) => incident,
): Drawn[] {
  const reader = readerAt(locale, noon);
  const incident = as(states.alarmed);
  const all = Object.entries(states).map(([state, each]) => [state, as(each)] as const);
  const incidents = all.map(([, each]) => each);
  const onCase = { incident, face: 'triage', nonce } as const;
  const search = { ...onCase, me: karin.person, values: {}, errors: [] };
  const values = { dangerNow: 'no', channel: 'email', ...sealed };
  const log = accesses.flatMap((what) =>
    people.map(({ id }): AuditEntry => ({ at: noon, by: id, what, why: 'alarm' })),
  );
  const refused = [
    { why: 'taken', by: tove.person },
    { why: 'alreadyReached', by: tove.person },
    { why: 'handedOver', by: tove.person },
    { why: 'closed' },
    { why: 'notClosed' },
    { why: 'erased' },
    { why: 'notAllowed', verb: 'assign', status: 'closed' },
  ] as const;
  return [
    ...all.flatMap(([state, each]) => [
      ...ofCase(locale, state, each),
      ...opened(locale, state, each, sealed),
    ]),
    ...[alva, tove, karin].map(({ person, roles }) => ({
      name: `menu ${person}`,
      view: views.menu(reader, { roles }),
    })),
    { name: 'emergency', view: views.emergency(reader, { nonce }) },
    { name: 'emergency, phones ring', view: views.emergency(withPhones(reader), { nonce }) },
    { name: 'free text', view: views.freeText(reader, { nonce, draft: 'd-1' }) },
    { name: 'free text not kept', view: views.freeText(reader, { nonce }) },
    { name: 'unsent call', view: views.unsentCall(reader, { draft: 'd-1' }) },
    ...ofACall(reader, sealed),
    { name: 'unsent', view: views.unsent(reader, { nonce, draft: 'd-1' }) },
    { name: 'report', view: views.reportForm(reader, { nonce, number: words.number }) },
    {
      name: 'report with people to exclude',
      view: views.reportForm(reader, { nonce, excludable: Array(7).fill(people).flat().slice(0, 60) }),
    },
    { name: 'moved', view: views.moved(reader) },
    { name: 'opener', view: views.opener(reader, onCase) },
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
      const cases = manyCases.map((each) => ({ incident: as(each), repeat: true }));
      const crowd = { notice, cases, late: true };
      return [
        { name: `digest ${notice} staff`, view: views.digest(reader, { ...crowd, actor: karin }) },
        { name: `digest ${notice}`, view: views.digest(reader, { ...crowd, actor: alva }) },
      ];
    }),
    { name: 'board', view: views.board(reader, { incidents, nonce, face: 'triage' }) },
    { name: 'empty board', view: views.board(reader, { incidents: [], nonce, face: 'alarm' }) },
    {
      name: 'board repeat, late',
      view: views.board(reader, { incidents: [incident], nonce, face: 'triage', repeat: true, late: true }),
    },
    { name: 'reports', view: views.reports(reader, { incidents, nonce }) },
    { name: 'no reports', view: views.reports(reader, { incidents: [], nonce }) },
    { name: 'assign', view: views.choosePerson(reader, { ...search, verb: 'assign', matches: people }) },
    { name: 'link', view: views.choosePerson(reader, { ...search, verb: 'link', query: sealed.text }) },
    { name: 'link found', view: views.choosePerson(reader, { ...search, verb: 'link', matches: people }) },
    { name: 'readings', view: views.readings(reader, { ...onCase, log, actor: karin }) },
    { name: 'readings of the reporter', view: views.readings(reader, { ...onCase, log, actor: alva }) },
    {
      name: 'readings with reasons',
      view: views.readings(reader, {
        ...onCase,
        log,
        actor: dina,
        face: 'file',
        overrides: entriesWith(sealed).filter(({ event }) => event.type === 'Overridden'),
      }),
    },
    { name: 'no readings', view: views.readings(reader, { ...onCase, log: [], actor: alva }) },
    ...refused.map((refusal) => ({
      name: `refusal ${refusal.why}`,
      view: views.refusal(reader, { ...onCase, refusal }),
    })),
    ...ofExercise(locale, states.exercise),
    ...ofRota(locale),
    ...ofPhoneList(locale),
    ...ofChecklists(locale, incident),
    ...ofDiscussions(locale, sealed),
    ...ofActions(locale, sealed),
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
    { name: 'channel has outsider', view: views.channelHasOutsider(reader) },
    { name: 'channel closed', view: views.channelClosed(reader, { why: 'outsider', repeat: true }) },
    { name: 'channel unread', view: views.channelClosed(reader, { why: 'unread' }) },
    { name: 'channel open', view: views.channelOpen(reader, { repeat: true }) },
    { name: 'clock jumped', view: views.clockJumped(reader, { by: minutes(61) }) },
    { name: 'words', view: views.words(reader, { title: '!', paragraphs: ['!', '!'], call: true }) },
  ];
}
