/** The storage ports in memory. The contract suite holds it to what Azurite does, so that feature tests may trust it. */

import type { AuditEntry } from '../../bot/core/access.ts';
import { watchedOf } from '../../bot/core/audit.ts';
import type { Progress } from '../../bot/core/checklist.ts';
import type { IncidentId, Instant, PersonId } from '../../bot/core/ids.ts';
import type { Entry, Incident } from '../../bot/core/incident.ts';
import { noSends, type Sends, sentAt, waitFor } from '../../bot/core/pace.ts';
import { byQuestion, type Proposal, stateOf } from '../../bot/core/proposal.ts';
import { later, minutes } from '../../bot/core/time.ts';
import {
  type Audit,
  type CardRow,
  type Cases,
  type Clock,
  type Contact,
  type Contacts,
  type Draft,
  type Drafts,
  type DueRow,
  type Index,
  type KnownPeople,
  type Lanes,
  type ProgressOf,
  type ProgressPort,
  type Proposals,
  type Routines,
  type Setting,
  type SettingName,
  type Settings,
  type StoragePorts,
  StorageReadingWaits,
  StorageRefused,
  StorageUnknown,
} from '../../bot/features/ports.ts';

interface StoredCase {
  incident: Incident;
  tag: string;
  entries: Entry[];
  erased: boolean;
  operations: Map<string, Instant>;
}

interface StoredDue {
  row: DueRow;
  tag: string;
  sending: boolean;
  leaseUntil?: Instant;
  /** End of the lease on the holder's own monotonic clock, ms. */
  until: number;
}

export interface FakeStorage extends StoragePorts {
  /**
   * `refused`: nothing is stored or read. `unknown`: what is written is stored, but its writer is not told.
   * `silent`: no answer, ever.
   */
  fault: 'refused' | 'unknown' | 'silent' | undefined;
  /** Who keeps the keys does not answer. */
  keysAway: boolean;
}

/**
 * @param clock decides which drafts are too old
 * @param monotonic milliseconds that only a holder's lease is measured with
 */
export function fakeStorage(clock: Clock, monotonic: () => number = () => performance.now()): FakeStorage {
  const storage: FakeStorage = {
    audit: fakeAudit(answer),
    cases: fakeCases(answer, monotonic),
    index: fakeIndex(answer),
    contacts: fakeContacts(answer),
    knownPeople: fakeKnownPeople(answer),
    drafts: fakeDrafts(answer, clock),
    lanes: fakeLanes(answer, clock),
    settings: fakeSettings(answer),
    routines: fakeRoutines(answer),
    progress: fakeProgress(answer),
    proposals: fakeProposals(answer),
    fault: undefined,
    keysAway: false,
  };
  const { open } = storage.cases;
  storage.cases.open = (id) =>
    storage.keysAway ? Promise.reject(new StorageReadingWaits('the fake keeps its keys')) : open(id);
  return storage;

  async function answer<T>(kind: 'read' | 'write', run: () => T): Promise<T> {
    await Promise.resolve();
    if (storage.fault === 'silent') return new Promise<never>(() => undefined);
    if (storage.fault === 'refused') throw new StorageRefused('the fake refuses');
    const result = structuredClone(run());
    if (storage.fault === 'unknown' && kind === 'write') throw new StorageUnknown('the fake lost its reply');
    return result;
  }
}

/** Every port answers later, with copies, and with the fault that a test has asked for. */
type Answer = <T>(kind: 'read' | 'write', run: () => T) => Promise<T>;

let tags = 0;
const newTag = () => `tag-${++tags}`;

const byCase = <T>(all: T[], rowOf: (one: T) => DueRow): T[][] => [
  ...Map.groupBy(all, (one) => rowOf(one).id).values(),
];

function fakeCases(answer: Answer, monotonic: () => number): Cases {
  const stored = new Map<IncidentId, StoredCase>();
  const due = new Map<string, StoredDue>();
  /** What a writer holds from the start, by the very row that it gave. */
  const own = new WeakMap<DueRow, { tag: string; until: number }>();
  const cards = new Map<string, CardRow>();
  const logs = new Map<IncidentId, AuditEntry[]>();
  const dueKey = ({ at, id, what }: DueRow) => `${at}|${id}|${what}`;
  const cardKey = ({ id, notice, to, version }: CardRow) => `${id}|${notice}|${to}|${version}`;

  /** A row that is there already keeps its holder's mark, but its holder must see that it changed. */
  function putDue(row: DueRow): string {
    const there = due.get(dueKey(row)) ?? { sending: false, until: 0 };
    const tag = newTag();
    due.set(dueKey(row), { ...there, row: structuredClone(row), tag });
    return tag;
  }
  const putCard = (card: CardRow) => cards.set(cardKey(card), structuredClone(card));

  return {
    load: (id) =>
      answer('read', () => {
        const found = stored.get(id);
        return found && { incident: found.incident, tag: found.tag };
      }),

    commit: (change) =>
      answer('write', () => {
        const { id, operation } = change;
        if (change.entries.length + change.due.length > 96) {
          throw new StorageRefused('more than one transaction holds');
        }
        if (change.entries.some((entry) => JSON.stringify(entry).length > 1_000_000)) {
          throw new StorageRefused('more than one row holds');
        }
        const found = stored.get(id);
        const at = found?.operations.get(operation.hash);
        if (at) return { outcome: 'replay', at };
        const taken = change.due.some((row) => due.has(dueKey(row)));
        if (found?.tag !== change.expected || taken) return { outcome: 'conflict' };
        stored.set(id, {
          incident: structuredClone(change.incident),
          tag: newTag(),
          entries: [...(found?.entries ?? []), ...structuredClone(change.entries)],
          erased: change.entries.some(({ event }) => event.type === 'Erased') || (found?.erased ?? false),
          operations: new Map(found?.operations).set(operation.hash, operation.at),
        });
        for (const row of change.due) {
          const tag = putDue(row);
          if (!change.hold?.rows.includes(row)) continue;
          const { from, lease } = change.hold;
          const until = monotonic() + lease;
          due.set(dueKey(row), {
            row: structuredClone(row),
            tag,
            sending: true,
            leaseUntil: later(from, lease),
            until,
          });
          own.set(row, { tag, until });
        }
        return { outcome: 'committed' };
      }),

    open: (id) =>
      answer('read', () => {
        const { entries = [], erased = false } = stored.get(id) ?? {};
        if (erased && entries.some(({ sealed }) => sealed)) throw new StorageRefused('its key is not there');
        return entries;
      }),
    events: (id) => answer('read', () => (stored.get(id)?.entries ?? []).map(({ event }) => event)),

    record: (id, entry) =>
      answer('write', () => {
        const log = logs.get(id) ?? [];
        if (!isDeniedAgain(log, entry)) logs.set(id, [...log, structuredClone(entry)]);
      }),

    log: (id) => answer('read', () => logs.get(id) ?? []),
    listOpen: () =>
      answer('read', () =>
        [...stored.values()].flatMap(({ incident: { id, stage } }) =>
          stage.status === 'closed' ? [] : [id],
        ),
      ),

    watch: (now) =>
      answer('read', () => {
        const agenda = [...due.values()].map(({ row }) => row);
        const overdue = agenda.filter((row) => row.at <= now);
        const isCrowd = byCase(overdue, (row) => row).some(({ length }) => length >= 250);
        return {
          open: [...stored.values()].flatMap(({ incident }) =>
            incident.stage.status === 'closed' ? [] : [{ id: incident.id, ...watchedOf(incident) }],
          ),
          agenda: isCrowd ? overdue : agenda,
          whole: !isCrowd,
        };
      }),

    due: (now, of) =>
      answer('read', () => {
        const ready = [...due.values()]
          .filter(({ row, leaseUntil }) => row.at <= now && !(leaseUntil && leaseUntil > now))
          .map(({ row }) => row)
          .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
        const isPage = ({ effect }: DueRow) => effect.do === 'page';
        const rest = of === 'pages' ? [] : ready.filter((row) => !isPage(row));
        const pages = of === 'rest' ? [] : ready.filter(isPage);
        return [rest, pages].flatMap((kind) =>
          byCase(kind, (row) => row).flatMap((rows) => rows.slice(0, 30)),
        );
      }),

    claim: (rows, now, lease) =>
      answer('write', () =>
        byCase(rows, (row) => row).flatMap((ofCase) => {
          if (ofCase.length > 30) throw new StorageRefused('more than can be ended together');
          const held = ofCase.flatMap((row) => {
            const mine = own.get(row);
            own.delete(row);
            return mine && mine.until > monotonic() ? [{ row, tag: mine.tag }] : [];
          });
          if (held.length === ofCase.length) return held;
          const found = ofCase.map((row) => due.get(dueKey(row)));
          const free = found.filter((held) => held && !(held.leaseUntil && held.leaseUntil > now));
          if (free.length < ofCase.length) return [];
          return free.flatMap((held) => {
            if (!held) return [];
            const repeat =
              held.row.repeat || (held.sending && ['post', 'freshen'].includes(held.row.effect.do));
            const mark = { sending: true, leaseUntil: later(now, lease), until: monotonic() + lease };
            const claimed = { ...held, ...mark, row: { ...held.row, repeat }, tag: newTag() };
            due.set(dueKey(held.row), claimed);
            return [{ row: claimed.row, tag: claimed.tag }];
          });
        }),
      ),

    complete: (claimed, follow) =>
      answer('write', () => {
        const ended = byCase(claimed, ({ row }) => row).map((ofCase) => {
          const held = ofCase.every(({ row, tag }) => {
            const found = due.get(dueKey(row));
            return found?.tag === tag && found.until > monotonic();
          });
          if (!held) return false;
          const id = ofCase[0]?.row.id;
          for (const { row } of ofCase) due.delete(dueKey(row));
          for (const row of follow.due) if (row.id === id) putDue(row);
          for (const card of follow.cards) if (card.id === id) putCard(card);
          return true;
        });
        return ended.every(Boolean);
      }),

    plan: (rows) =>
      answer('write', () => {
        for (const row of rows) if (!due.has(dueKey(row))) putDue(row);
      }),

    cards: ({ id, version }) =>
      answer('read', () => [...cards.values()].filter((card) => card.id === id && card.version <= version)),
  };
}

function fakeProgress(answer: Answer): ProgressPort {
  const all = new Map<string, { of: ProgressOf; progress: Progress }>();
  const nameOf = ({ person, list, incident }: ProgressOf) => [person, list, incident ?? ''].join('|');
  return {
    read: (of) => answer('read', () => all.get(nameOf(of))?.progress ?? { ticks: {} }),
    tick: (of, item, tick, version) =>
      answer('write', () => {
        const { [item]: _before, ...ticks } = all.get(nameOf(of))?.progress.ticks ?? {};
        all.set(nameOf(of), {
          of,
          progress: { version, ticks: { ...ticks, ...(tick && { [item]: tick }) } },
        });
      }),
    begun: (person) =>
      answer('read', () =>
        [...all.values()].flatMap(({ of }) => (of.person === person && !of.incident ? [of.list] : [])),
      ),
  };
}

function fakeProposals(answer: Answer): Proposals {
  const all = new Map<string, Proposal & { tag: string }>();
  return {
    add: (proposal) =>
      answer('write', () => {
        if (!all.has(proposal.id)) all.set(proposal.id, { ...structuredClone(proposal), tag: newTag() });
      }),
    count: (discussion) =>
      answer('read', () => [...all.values()].filter((one) => one.discussion === discussion).length),
    list: (state) =>
      answer('read', () =>
        [...all.values()]
          .filter((one) => stateOf(one) === state)
          .map(({ id, list, item, at }) => ({ id, list, item, at }))
          .sort(byQuestion),
      ),
    open: (id) => answer('read', () => all.get(id)),
    decide: (id, decision, tag) =>
      answer('write', () => {
        const found = all.get(id);
        if (found?.tag !== tag) return 'conflict';
        all.set(id, { ...found, decision: structuredClone(decision), tag: newTag() });
        return 'written';
      }),
  };
}

/** Denied in this hour already. */
const isDeniedAgain = (log: AuditEntry[], { what, by, at }: AuditEntry): boolean =>
  what === 'denied' &&
  log.some((one) => one.what === what && one.by === by && one.at.slice(0, 13) === at.slice(0, 13));

function fakeAudit(answer: Answer): Audit {
  const days = new Map<string, AuditEntry[]>();
  return {
    record: (entry) =>
      answer('write', () => {
        const day = entry.at.slice(0, 10);
        const log = days.get(day) ?? [];
        if (!isDeniedAgain(log, entry)) days.set(day, [...log, structuredClone(entry)]);
      }),
    log: (day) => answer('read', () => days.get(day) ?? []),
  };
}

function fakeIndex(answer: Answer): Index {
  const reports = new Map<PersonId, Map<IncidentId, Instant>>();
  return {
    put: ({ id, reporter, victim, reportedAt }) =>
      answer('write', () => {
        for (const person of victim ? [reporter, victim] : [reporter]) {
          reports.set(person, new Map(reports.get(person)).set(id, reportedAt));
        }
      }),
    reportsOf: (person) =>
      answer('read', () =>
        [...(reports.get(person) ?? [])]
          .sort(([, a], [, b]) => (a > b ? -1 : a < b ? 1 : 0))
          .map(([id]) => id)
          .slice(0, 50),
      ),
  };
}

function fakeContacts(answer: Answer): Contacts {
  const contacts = new Map<string, Contact>();
  /** As they were last read or told: said also when the storage does not answer. */
  const last = new Map<string, Contact>();
  return {
    get: (target) =>
      answer('read', () => {
        const contact = contacts.get(target);
        if (contact) last.set(target, structuredClone(contact));
        return contact;
      }).catch((error: unknown) => {
        const known = last.get(target);
        if (!known) throw error;
        return structuredClone(known);
      }),
    put: (target, contact) =>
      answer('write', () => {
        contacts.set(target, structuredClone(contact));
      }).then(() => void last.set(target, structuredClone(contact))),
  };
}

function fakeKnownPeople(answer: Answer): KnownPeople {
  let known: Awaited<ReturnType<KnownPeople['read']>> = { people: [] };
  return {
    read: () => answer('read', () => known),
    write: ({ people, rightAt = known.rightAt }) =>
      answer('write', () => {
        known = structuredClone({ people: [...people], ...(rightAt && { rightAt }) });
      }),
  };
}

function fakeDrafts(answer: Answer, clock: Clock): Drafts {
  const drafts = new Map<string, { draft: Draft; askAt: Instant }>();
  const tooOld = (draft: Draft, now: Instant) => later(draft.at, minutes(24 * 60)) <= now;
  return {
    put: (draft, askAt) =>
      answer('write', () => {
        drafts.set(draft.id, { draft: structuredClone(draft), askAt });
      }),
    get: (id, person) =>
      answer('read', () => {
        const draft = drafts.get(id)?.draft;
        return draft?.person === person && !tooOld(draft, clock()) ? draft : undefined;
      }),
    read: (id, person) =>
      answer('read', () => {
        const found = drafts.get(id);
        const own = found?.draft.person === person && !tooOld(found.draft, clock());
        return own ? { draft: found.draft, tag: JSON.stringify(found) } : undefined;
      }),
    replace: (draft, askAt, expected) =>
      answer('write', () => {
        const found = drafts.get(draft.id);
        if ((found && JSON.stringify(found)) !== expected) return 'conflict';
        drafts.set(draft.id, { draft: structuredClone(draft), askAt });
        return 'written';
      }),
    remove: (id, person) =>
      answer('write', () => {
        if (drafts.get(id)?.draft.person === person) drafts.delete(id);
      }),
    takeUnsent: (now) =>
      answer('write', () => {
        const taken: Draft[] = [];
        for (const [id, { draft, askAt }] of drafts) {
          if (askAt > now || draft.asked >= 2 || tooOld(draft, now)) continue;
          const asked = { ...draft, asked: draft.asked + 1 };
          drafts.set(id, { draft: asked, askAt: later(now, minutes(12)) });
          taken.push(asked);
        }
        return taken;
      }),
  };
}

function fakeLanes(answer: Answer, clock: Clock): Lanes {
  const lanes = new Map<string, Sends>();
  return {
    take: ({ id }, pace) =>
      answer('write', () => {
        const [lane = ''] = id.split(';');
        const sends = lanes.get(lane) ?? noSends;
        const now = Date.parse(clock());
        const wait = waitFor(sends, pace, now);
        if (wait === 0) lanes.set(lane, sentAt(sends, now));
        return wait;
      }),
  };
}

function fakeSettings(answer: Answer): Settings {
  const documents = new Map<SettingName, { tag: string; versions: Setting[] }>();
  return {
    read: (name) =>
      answer('read', () => {
        const found = documents.get(name);
        const [newest] = found?.versions ?? [];
        return found && newest && { ...newest, tag: found.tag };
      }),
    write: (name, change, expected) =>
      answer('write', () => {
        const found = documents.get(name);
        if (found?.tag !== expected) return 'conflict';
        const { versions } = found ?? { versions: [] };
        const written = structuredClone({ ...change, version: versions.length + 1 });
        documents.set(name, { tag: newTag(), versions: [written, ...versions] });
        return 'written';
      }),
    history: (name) => answer('read', () => documents.get(name)?.versions.slice(0, 100) ?? []),
  };
}

function fakeRoutines(answer: Answer): Routines {
  interface Stored {
    at: Instant;
    memory?: unknown;
    repeat: boolean;
    heldUntil?: Instant;
    tag: string;
  }
  const stored = new Map<string, Stored>();
  return {
    take: (name, now, lease, first) =>
      answer('write', () => {
        const { at, memory, repeat, heldUntil } = stored.get(name) ?? { at: first, repeat: false };
        const tag = newTag();
        if (!stored.has(name)) stored.set(name, { at, repeat, tag });
        if (at > now || (heldUntil && heldUntil > now)) return undefined;
        stored.set(name, { at, memory, repeat, heldUntil: later(now, lease), tag });
        return { name, at, memory, repeat: repeat || heldUntil !== undefined, tag };
      }),
    finish: ({ name, tag }, { at, memory, repeat = false }) =>
      answer('write', () => {
        if (stored.get(name)?.tag !== tag) return false;
        stored.set(name, structuredClone({ at, memory, repeat, tag: newTag() }));
        return true;
      }),
    recall: (name) => answer('read', () => stored.get(name)?.memory),
  };
}
