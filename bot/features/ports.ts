/** What the features need from the world outside. Implemented in `storage`, `teams` and `local`; faked in tests. */

import type { AuditEntry } from '../core/access.ts';
import type { WatchedCase } from '../core/audit.ts';
import type { Checklist, Progress, Tick } from '../core/checklist.ts';
import type { Register } from '../core/directory.ts';
import type { Effect, Notice, Target } from '../core/effects.ts';
import type { IncidentId, Instant, PersonId } from '../core/ids.ts';
import type { Entry, Incident, IncidentEvent, Urgency } from '../core/incident.ts';
import type { Pace } from '../core/pace.ts';
import type { Locale, Person } from '../core/people.ts';
import type { PhoneContact } from '../core/phoneList.ts';
import type { Decision, Proposal, ProposalState, Proposed } from '../core/proposal.ts';
import type { View } from '../views/view.ts';

/** The only clock: tests and the local world move it. */
export type Clock = () => Instant;

/** Keyed hash of text, 32 bytes: case numbers and operations cannot be guessed from what they are made of. */
export type Hmac = (text: string) => Uint8Array;

// --- The case store (DESIGN 5) -------------------------------------------------------------------------------

/** A case as read: its fold, and a tag that a write must carry so that nothing is overwritten unseen. */
export interface Loaded {
  incident: Incident;
  tag: string;
}

/** A message that is shown somewhere and is kept up to date. */
export interface CardRow {
  id: IncidentId;
  /** The event that caused it: with `notice` and `to` it tells the cards of a case apart. */
  version: number;
  notice: Notice;
  to: Target;
  conversation: Conversation;
  activityId: string;
  /** The version of the case that the picture shows, or an earlier one; 0 before it shows the case at all. */
  shown: number;
}

/** Where a message goes in Teams. */
export interface Conversation {
  serviceUrl: string;
  id: string;
}

/** Something that must happen: outbox and agenda in one. */
export interface DueRow {
  id: IncidentId;
  at: Instant;
  /** Unique within the case, and the same for the same effect however often it is written. */
  what: string;
  effect: Effect;
  /** The event that caused it. */
  version: number;
  /** Of the case: the graver goes first when many wait. */
  urgency: Urgency;
  /** How often it was tried; paces the next try. */
  tries: number;
  /** True when an earlier try may have reached the reader: a message is then labelled, and every card drawn anew. */
  repeat: boolean;
  /** The coordinator in whose own chat it goes, where it was meant for a channel that must not have it now. */
  instead?: PersonId;
  /** Message id of a card whose reader has just opened something in it: not to be drawn over by this row. */
  except?: string;
  /** A card that stands already, and that the row keeps up to date with the others: kept with them when the row is ended. */
  card?: CardRow;
}

/** A due row held by this worker: only the holder completes it, and only before the lease ends. */
export interface Claimed {
  row: DueRow;
  tag: string;
}

/** What a writer holds of what it writes, from when, and for how many ms. */
export interface Hold {
  rows: readonly DueRow[];
  from: Instant;
  lease: number;
}

/** Everything that becomes true together. */
export interface Change {
  id: IncidentId;
  /** The tag read, or `undefined` when the case is new. */
  expected: string | undefined;
  incident: Incident;
  entries: Entry[];
  /** Hash of person, nonce, verb and answers: the same operation sent twice happens once. */
  operation: { hash: string; at: Instant; by: PersonId };
  due: DueRow[];
  /**
   * Those of `due` that are written as claimed by their writer, who is about to send them: its `claim` of these very rows
   * then writes nothing. A writer that dies leaves them like any that were being sent.
   */
  hold?: Hold | undefined;
}

/** What the auditor compares: the cases as they are, and what stands in the agenda. */
export interface Watched {
  open: WatchedCase[];
  /** Due rows, also those that somebody holds. */
  agenda: DueRow[];
  /** False when there is more than was read, or could be: what is not in `agenda` may stand there all the same. */
  whole: boolean;
}

/** What became of a change. A lost reply is resolved by reading back, so `committed` is always the truth. */
export type Committed =
  | { outcome: 'committed' }
  /** This very operation is stored already. */
  | { outcome: 'replay'; at: Instant }
  /** Someone else was first: load and decide again. */
  | { outcome: 'conflict' };

/**
 * Cases, with their events, outbox and cards.
 *
 * Every method throws `StorageRefused` when nothing was stored, `StorageUnknown` when nobody can tell, and answers
 * or throws within its time limit (a whole click must be answered in 4 s).
 */
export interface Cases {
  load(id: IncidentId): Promise<Loaded | undefined>;
  /** An event `Erased` takes the case's keys with it: what people wrote opens no more, in any instance. */
  commit(change: Change): Promise<Committed>;
  /** Events in order with their sealed parts opened. Only for a logged reading, and for rendering to its writer. */
  open(id: IncidentId): Promise<Entry[]>;
  /** Events in order without their sealed parts. */
  events(id: IncidentId): Promise<IncidentEvent[]>;
  /**
   * Adds to the log of a case that is there: a reading before what it shows is handed out. Denied tries count once a
   * person and hour, so that a flood of them fills nothing.
   */
  record(id: IncidentId, entry: AuditEntry): Promise<void>;
  /** The log of a case, oldest first. */
  log(id: IncidentId): Promise<AuditEntry[]>;
  /** The cases that are not closed, in no order; 500 at most. */
  listOpen(): Promise<IncidentId[]>;
  /**
   * For the auditor. Of each shard at most 1,000 open cases; the 250 oldest pages and other rows that are due at `now`, and
   * when there are no more, 1,000 of those that are due later.
   */
  watch(now: Instant): Promise<Watched>;
  /**
   * Rows due at `now` and held by nobody, oldest first, grouped by case.
   *
   * @param of pages, or everything else; both, pages last, when it is not said
   */
  due(now: Instant, of?: 'pages' | 'rest'): Promise<DueRow[]>;
  /**
   * Takes these rows: marks them durably as being sent and holds them for `lease` ms. The rows of a case are taken
   * all or none; none of a case where somebody else was first, and then perhaps none of some others. A row that an
   * earlier holder let go comes back with `repeat`. Throws only when it could take none.
   */
  claim(rows: DueRow[], now: Instant, lease: number): Promise<Claimed[]>;
  /**
   * Ends claimed rows: removes them, adds `due` rows that follow and writes `cards`, what belongs to a case in one
   * transaction. False when a lease was lost; nothing of that row's case is then written.
   */
  complete(claimed: Claimed[], follow: { due: DueRow[]; cards: CardRow[] }): Promise<boolean>;
  /** Adds rows outside a command (a card that is closed again). Repeating is harmless. */
  plan(rows: DueRow[]): Promise<void>;
  /** Cards that events up to `version` have caused. */
  cards(incident: Pick<Incident, 'id' | 'version'>): Promise<CardRow[]>;
}

/** Lists of cases by anything but their number; rewritten from due rows, so repeating is harmless. */
export interface Index {
  put(incident: Incident): Promise<void>;
  /** The newest reports a person has made or is the victim of, newest first, 50 at most. */
  reportsOf(person: PersonId): Promise<IncidentId[]>;
}

export class StorageRefused extends Error {
  override name = 'StorageRefused';
}
/** What people wrote is there, and cannot be opened just now: who keeps the keys does not answer. */
export class StorageReadingWaits extends StorageRefused {
  override name = 'StorageReadingWaits';
}
export class StorageUnknown extends Error {
  override name = 'StorageUnknown';
}

// --- People --------------------------------------------------------------------------------------------------

/** What Teams has told about where people are reached. */
export interface Contact {
  conversation: Conversation;
  locale: Locale;
  /** The last message to this chat was not taken, for good; the next that is ends it. */
  blocked?: true;
}
export interface Contacts {
  /** As last known, where the storage does not answer. */
  get(target: Target): Promise<Contact | undefined>;
  put(target: Target, contact: Contact): Promise<void>;
}

/** Where people and their roles come from. What it knows it answers from memory. */
export interface PeopleSource {
  /** As last known. */
  register(): Register;
  /** When all of it was last right, if that is more than three readings ago. */
  oldSince(): Instant | undefined;
  /** @throws while nobody is known */
  ready(): Promise<void>;
  /** Asks about someone who is not known, unless that was done just now. Never throws. */
  lookUp(id: PersonId): Promise<void>;
  /** Ends when what was known before is known again; everything else follows by itself. Never throws. */
  start(): Promise<void>;
  stop(): void;
}

/** Everyone who holds a role, as a directory outside last told: a start without it still knows them. Sealed. */
export interface KnownPeople {
  /** In no order, and when all of it was last right. */
  read(): Promise<{ people: Person[]; rightAt?: Instant }>;
  /**
   * All of them, in place of those before. Repeating is harmless; what fails halfway has stored some of it.
   *
   * @param known.rightAt as before, when it is not said
   */
  write(known: { people: readonly Person[]; rightAt?: Instant }): Promise<void>;
}

// --- Messages ------------------------------------------------------------------------------------------------

/** What became of one try to send. */
export type Sent =
  | { outcome: 'sent'; conversation: Conversation; activityId: string }
  /** Teams will not deliver to this target now or later (401, 403, 404). */
  | { outcome: 'gone' }
  /**
   * Definitely not delivered; try again, not before `after` ms when Teams says so. `full` when it was never sent, since
   * the conversation takes no more just now.
   */
  | { outcome: 'later'; after?: number; full?: true }
  /** Nobody knows: it may stand in the chat already. */
  | { outcome: 'unknown' };

/** Someone in a conversation; `person` is absent where Teams names no Entra id. */
export interface Member {
  person?: PersonId;
}

/** Who is in a conversation, the bot itself apart. */
export type Members =
  | { outcome: 'read'; members: Member[] }
  /** Teams will not say, now or later (401, 403, 404). */
  | { outcome: 'gone' }
  | { outcome: 'later' };

/** Sends into Teams. One try each, 3 s at most; never throws. */
export interface Messenger {
  /** A new message. In a channel without a thread (`newThread`) it starts one. */
  post(conversation: Conversation, view: View, options?: { newThread?: boolean }): Promise<Sent>;
  /** Draws a message anew; repeating is harmless. */
  update(conversation: Conversation, activityId: string, view: View): Promise<Sent>;
  /** Who is there now. Within 1 s, for a message may wait for it. */
  members(conversation: Conversation): Promise<Members>;
  /** Does what takes time with a view before it is sent, while something else is waited for; what is sent is the same. */
  prepare(view: View): void;
}

/** How often each conversation has been sent to, by all instances together. */
export interface Lanes {
  /**
   * Takes room for one message.
   *
   * @returns 0 when there was room, else how many milliseconds until there may be some
   */
  take(conversation: Conversation, pace: Pace): Promise<number>;
}

// --- Phones --------------------------------------------------------------------------------------------------

/** What a phone outside Teams shows or says. The text is the whole of it: never a name, a place or people's words. */
export interface PhoneMessage {
  /** In the form of E.164: "+46701740620". */
  number: string;
  text: string;
  /** The language of the text, for a voice to say it in. */
  locale: Locale;
}

/** What became of one try to page. `sent` is what the service has taken on; nobody knows whether a phone has rung. */
export type Paged =
  | { outcome: 'sent' }
  /** The service will not page this number, or not for us: it is not a number, the account is closed. */
  | { outcome: 'gone' }
  /** Definitely not sent; try again, not before `after` ms when the service says so. */
  | { outcome: 'later'; after?: number }
  /** Nobody knows: the phone may have rung. */
  | { outcome: 'unknown' };

/** Makes phones ring outside Teams, by SMS or voice. One try each, 3 s at most; never throws. */
export interface Pager {
  page(message: PhoneMessage): Promise<Paged>;
}

// --- Drafts --------------------------------------------------------------------------------------------------

/** What someone wrote and has not sent: sealed, kept 24 h, asked about twice. */
export interface Draft {
  id: string;
  person: PersonId;
  text: string;
  at: Instant;
  /** How many times the writer has been asked. */
  asked: number;
  /** A card of a call, whose text is what is filled in on it. */
  of?: 'call';
}

export interface Drafts {
  put(draft: Draft, askAt: Instant): Promise<void>;
  /** `undefined` when it is sent, dismissed, another person's, or older than 24 h. */
  get(id: string, person: PersonId): Promise<Draft | undefined>;
  /** The same, with a tag that a change of it must carry. */
  read(id: string, person: PersonId): Promise<{ draft: Draft; tag: string } | undefined>;
  /**
   * As `put`, but only when nobody else was first.
   *
   * @param expected the tag read, or `undefined` when nothing was there
   * @returns `conflict` when somebody was: nothing is stored
   */
  replace(draft: Draft, askAt: Instant, expected: string | undefined): Promise<'written' | 'conflict'>;
  remove(id: string, person: PersonId): Promise<void>;
  /** Drafts whose writer should be asked now; each is handed to one caller only and comes back at `nextAskAt`. */
  takeUnsent(now: Instant): Promise<Draft[]>;
}

// --- Settings (DESIGN 5) -------------------------------------------------------------------------------------

/** Documents that people own: each is one row that is always whole. */
export const settingNames = ['dutyRota', 'checklists'] as const;
export type SettingName = (typeof settingNames)[number];

/** A document as last written. */
export interface Setting {
  /** JSON, of a shape that its feature knows; what a newer version added is still there. */
  content: unknown;
  /** Counts up from 1. */
  version: number;
  at: Instant;
  by: PersonId;
}

/** Every method throws `StorageRefused` and `StorageUnknown` as those of `Cases` do. */
export interface Settings {
  /** The tag must be carried by a write, so that nothing is overwritten unseen. `undefined` before the first one. */
  read(name: SettingName): Promise<(Setting & { tag: string }) | undefined>;
  /**
   * @param expected the tag read, or `undefined` when nothing was there
   * @returns `conflict` when somebody else was first: nothing is stored
   */
  write(
    name: SettingName,
    change: Omit<Setting, 'version'>,
    expected: string | undefined,
  ): Promise<'written' | 'conflict'>;
  /** Every version, newest first, 100 at most: who wrote what, and when. */
  history(name: SettingName): Promise<Setting[]>;
}

// --- Checklists ----------------------------------------------------------------------------------------------

/** Checklists and contacts in force: those that came with the product, or the local ones in their place. From memory. */
export interface Content {
  /** In the order in which they are offered: by phase, then as their editors have said. */
  checklists(): readonly Checklist[];
  /** Functions and their numbers, in no order. */
  phoneContacts(): readonly PhoneContact[];
}

/** Whose progress, with which list; `incident` when it is done for a case. */
export interface ProgressOf {
  person: PersonId;
  list: string;
  incident?: IncidentId | undefined;
}

/** Every method throws `StorageRefused` and `StorageUnknown` as those of `Cases` do; repeating is harmless. */
export interface ProgressPort {
  read(of: ProgressOf): Promise<Progress>;
  /**
   * Ticks one item, or takes its tick back. Whatever else is ticked at the same time is kept.
   *
   * @param version of the list that the person had before them
   */
  tick(of: ProgressOf, item: string, tick: Tick | undefined, version: string): Promise<void>;
  /** Lists that this person has begun, outside any case; 200 at most. */
  begun(person: PersonId): Promise<string[]>;
}

// --- Proposals of groups -------------------------------------------------------------------------------------

/** Every method throws `StorageRefused` and `StorageUnknown` as those of `Cases` do. */
export interface Proposals {
  /** Keeps one, a row of its own however many come at once. Repeating is harmless: one with this id is kept once. */
  add(proposal: Proposal): Promise<void>;
  /** How many have been kept in this talk; 1,000 at most. */
  count(discussion: string): Promise<number>;
  /** Where those in this state stand, by list and question, newest first; 1,000 at most. Nothing is opened. */
  list(state: ProposalState): Promise<Proposed[]>;
  /** Opens one, for a logged reading. The tag must be carried by `decide`. */
  open(id: string): Promise<(Proposal & { tag: string }) | undefined>;
  /** @returns `conflict` when somebody else was first, or it is not there: nothing is stored */
  decide(id: string, decision: Decision, tag: string): Promise<'written' | 'conflict'>;
}

// --- Routines ------------------------------------------------------------------------------------------------

/** A routine held by this instance; nobody else does it before the lease ends. */
export interface Routine {
  name: string;
  /** When it was to be done. */
  at: Instant;
  /** What it left behind the last time, for its next. Never what people wrote. */
  memory: unknown;
  /** True when someone who held it let it go: it may have been done already, and what it says is labelled so. */
  repeat: boolean;
  tag: string;
}

/**
 * What is done now and then, by exactly one of any number of instances. When it is done next is a stored instant and
 * not a timer, so an outage moves it and never loses it.
 */
export interface Routines {
  /**
   * Holds a routine that is due and held by nobody, for `lease` ms of the clock.
   *
   * @param first when it is due for the first time, of the first look ever; kept from then on
   * @returns `undefined` when it is not due, or another instance has it
   */
  take(name: string, now: Instant, lease: number, first: Instant): Promise<Routine | undefined>;
  /** Ends it, with when it is done next. False when the lease was lost to another. */
  finish(routine: Routine, next: { at: Instant; memory?: unknown; repeat?: boolean }): Promise<boolean>;
  /** What a routine has left behind; `undefined` when it never has. */
  recall(name: string): Promise<unknown>;
}

// --- The log of what has no case (DESIGN 5) ------------------------------------------------------------------

/** Roles, settings, exports, and denied tries at the whole: a chain a day. What is about a case is in its own log. */
export interface Audit {
  /** Throws as `Cases` does. Denied tries count once a person and hour. */
  record(entry: AuditEntry): Promise<void>;
  /** The entries of a day, oldest first. @param day in UTC: `2026-11-26` */
  log(day: string): Promise<AuditEntry[]>;
}

/** The last anchor of the log, as the next one is told. */
export interface Anchored {
  at: Instant;
  mark: string;
}

/** Proof of where the chains of the log stood, kept where nothing is overwritten. */
export interface Anchors {
  /**
   * Anchors every chain that has moved since it was anchored last.
   *
   * @param before what the last call gave
   * @returns how many chains, and whether some are left for the next call
   * @throws {StorageRefused | StorageUnknown} then nothing counts as anchored; repeating is harmless
   */
  anchor(now: Instant, before: Anchored | undefined): Promise<Anchored & { count: number; more: boolean }>;
}

/** Everything that is stored. */
export interface StoragePorts {
  audit: Audit;
  cases: Cases;
  index: Index;
  contacts: Contacts;
  knownPeople: KnownPeople;
  drafts: Drafts;
  lanes: Lanes;
  settings: Settings;
  routines: Routines;
  progress: ProgressPort;
  proposals: Proposals;
}
