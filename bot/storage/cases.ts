/** Cases in table `incidents`: what must be true together is written together (DESIGN 5). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { watchedOf } from '../core/audit.ts';
import { type IncidentId, type Instant, incidentId } from '../core/ids.ts';
import type { Entry } from '../core/incident.ts';
import { type Cases, type Change, StorageRefused, StorageUnknown } from '../features/ports.ts';
import { caseAudit } from './audit.ts';
import { bundlesOf } from './bundles.ts';
import { cardsOf } from './cards.ts';
import { caseKeys } from './caseKeys.ts';
import { agendaOf, dueInsert, remember } from './due.ts';
import type { Keys } from './keys.ts';
import {
  contentOf,
  isNewer,
  key,
  keyAfter,
  numbered,
  readableOf,
  rowOf,
  sealedColumns,
  sealedOf,
  shardOf,
  shards,
} from './rows.ts';
import {
  incidentEvent,
  incident as incidentSchema,
  sealedPart,
  operation as storedOperation,
} from './schemas.ts';
import { sealJson, unsealJson } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation } from './transaction.ts';
import { watchOf } from './watch.ts';

/** Of one list: more than anyone reads. */
const mostOpen = 500;

export interface CaseParts {
  table: Table;
  keys: Keys;
  tenantId: string;
  /** See `agendaOf`. */
  monotonic: () => number;
  onUnreadable: (rowKey: string) => void;
  giveWay: () => Promise<void>;
  /** Told the key of a row whose sealed part, or wrapped key, is not what was written. */
  onBroken: (rowKey: string) => void;
}

export function tableCases(parts: CaseParts): Cases {
  const { table, keys, tenantId } = parts;
  const dataKeys = caseKeys(table, keys, tenantId, parts.onBroken);
  const placeOf = (id: IncidentId, eventKey: string) => `${tenantId}|${id}|${eventKey}`;

  return {
    ...agendaOf(table, parts.monotonic, parts.onUnreadable, parts.giveWay),
    ...cardsOf(table),
    ...caseAudit(table, keys.hmac),
    ...watchOf(table, parts.giveWay),

    async load(id) {
      const row = await table.get(shardOf(id), key('state', id));
      if (!row) return undefined;
      const incident = contentOf(row, incidentSchema);
      const seen: Seen = { etag: row.etag, open: incident.stage.status !== 'closed', newer: isNewer(row) };
      return { incident, tag: JSON.stringify(seen) };
    },

    async commit(change) {
      const { id, entries, operation, hold } = change;
      const bundles = bundlesOf(change.due, { now: operation.at, hold, monotonic: parts.monotonic });
      const before = change.expected === undefined ? undefined : seen.parse(JSON.parse(change.expected));
      if (before?.newer) throw new StorageRefused(`${id} is written by a newer version of this product`);
      const isSealed = entries.some(({ sealed }) => sealed);
      const sealing = before
        ? isSealed
          ? await dataKeys.toSeal(id, numbered(change.incident.version, 'e'))
          : undefined
        : await dataKeys.make(id);

      const token = randomUUID();
      const operations: Operation[] = [
        ...bundles.map(dueInsert),
        ...stateOperations(change, before),
        ...(before ? [operationInsert(change, token)] : []),
        ...(sealing?.row ? [{ do: 'insert' as const, row: sealing.row }] : []),
        ...eventInserts(change, (entry, eventKey) => ({
          ...(entry.sealed &&
            sealing && {
              ...sealedColumns(sealJson(sealing.dataKey, entry.sealed, placeOf(id, eventKey))),
              ...(sealing.part && { keyPart: sealing.part }),
            }),
          ...(!before && eventKey === firstEvent && { operation: operation.hash, token }),
        })),
        ...(entries.some(({ event }) => event.type === 'Erased') ? await dataKeys.deletions(id) : []),
      ];
      const written = await table.write(operations).catch(whenUnknown);
      // Also where nobody can tell whether it was stored: if it was, what is held is held by this instance.
      const etags = written !== 'unknown' && written.stored ? written.etags : [];
      for (const [n, bundle] of bundles.entries()) remember(bundle, etags[n]);
      if (written === 'unknown' || !written.stored) {
        const found = await (before ? findOperation(id, operation.hash) : findMaking(id, operation.hash));
        if (found && found.token !== token) return { outcome: 'replay', at: found.at };
        if (!found && written === 'unknown') throw new StorageUnknown(`${id}: no answer, and not stored yet`);
        if (!found) return { outcome: 'conflict' };
      }
      return { outcome: 'committed' };
    },

    async listOpen() {
      const found = await Promise.all(
        shards.map((shard) => table.list(shard, key('open'), keyAfter('open'), mostOpen)),
      );
      return found
        .flat()
        .slice(0, mostOpen)
        .map(({ rowKey }) => incidentId(rowKey.slice(key('open', '').length)));
    },

    async events(id) {
      return (await rowsOf(id)).map(eventOf).filter((event) => event !== undefined);
    },

    async open(id) {
      const rows = await rowsOf(id);
      const opened: (Entry | undefined)[] = await Promise.all(rows.map((row) => openEntry(id, row)));
      return opened.filter((entry) => entry !== undefined);
    },
  };

  function rowsOf(id: IncidentId): Promise<StoredRow[]> {
    return table.list(shardOf(id), key('case', id), keyAfter('case', id));
  }

  async function openEntry(id: IncidentId, row: StoredRow): Promise<Entry | undefined> {
    const event = eventOf(row);
    const sealed = sealedOf(row);
    if (!event || !sealed) return event && { event };
    const dataKey = await dataKeys.of(id, withKeyPart.safeParse(row).data?.keyPart);
    const eventKey = row.rowKey.slice(row.rowKey.lastIndexOf('|') + 1);
    try {
      return { event, sealed: sealedPart.parse(unsealJson(dataKey, sealed, placeOf(id, eventKey))) };
    } catch {
      parts.onBroken(row.rowKey);
      throw new StorageRefused(`the sealed part of ${row.rowKey} does not open`);
    }
  }

  function findOperation(id: IncidentId, hash: string): Promise<Stored | undefined> {
    return readBack(id, key('op', id, hash), (row) => contentOf(row, storedOperation));
  }

  /** The operation that made the case, if it is this one. */
  function findMaking(id: IncidentId, hash: string): Promise<Stored | undefined> {
    return readBack(id, key('case', id, firstEvent), (row) => {
      const made = making.parse(row);
      return made.operation === hash ? { ...made, at: contentOf(row, incidentEvent).at } : undefined;
    });
  }

  async function readBack<T>(id: IncidentId, rowKey: string, read: (row: StoredRow) => T) {
    try {
      const row = await table.get(shardOf(id), rowKey);
      return row && read(row);
    } catch {
      throw new StorageUnknown(`${id}: whether it was stored could not be read back`);
    }
  }
}

/** The event that makes a case. The operation that did stands with it, any other in its row `op|<id>|<hash>`. */
const firstEvent = numbered(1, 'e');
/** Which call stored an operation: `token` tells our own success, whose reply was lost, from an earlier one. */
interface Stored {
  at: Instant;
  token: string;
}
const making = z.object({ operation: z.string(), token: z.string() });

const operationInsert = ({ id, operation: { hash, at, by } }: Change, token: string): Operation => ({
  do: 'insert',
  row: rowOf(placeIn(id, 'op', hash), { at, by, token }),
});

/** Which of the case's keys seals this row; none for the one that the case was made with. */
const withKeyPart = z.object({ keyPart: z.string() });

/** What a newer instance has added to the history and this one does not know is left out. */
const eventOf = (row: StoredRow) =>
  isNewer(row) ? readableOf(row, incidentEvent) : contentOf(row, incidentEvent);

/** What was seen when a case was loaded, carried by its tag to the commit. */
const seen = z.object({ etag: z.string(), open: z.boolean(), newer: z.boolean() });
type Seen = z.infer<typeof seen>;

const placeIn = (id: IncidentId, ...parts: [string, ...string[]]) => {
  const [kind, ...rest] = parts;
  return { partitionKey: shardOf(id), rowKey: key(kind, id, ...rest) };
};

/**
 * The state with its etag, which is the concurrency check; and the thin row of lists, there while the case is open,
 * with the step that the auditor looks for.
 */
function stateOperations({ id, incident }: Change, before: Seen | undefined): Operation[] {
  const { status } = incident.stage;
  const state = rowOf(placeIn(id, 'state'), incident);
  const place = placeIn(id, 'open');
  const { urgency, reportedAt } = incident;
  const thin = rowOf(place, { status, urgency, reportedAt, ...watchedOf(incident) });
  const openRow: Operation[] =
    status !== 'closed'
      ? [{ do: before ? 'upsert' : 'insert', row: thin }]
      : before?.open
        ? [{ do: 'delete', row: place, etag: '*' }]
        : [];
  return [before ? { do: 'merge', row: state, etag: before.etag } : { do: 'insert', row: state }, ...openRow];
}

function eventInserts(
  { id, incident, entries }: Change,
  sealedOf: (entry: Entry, eventKey: string) => Record<string, string | number | Uint8Array>,
): Operation[] {
  return entries.map((entry, n) => {
    const eventKey = numbered(incident.version - entries.length + n + 1, 'e');
    return {
      do: 'insert',
      row: rowOf(placeIn(id, 'case', eventKey), entry.event, sealedOf(entry, eventKey)),
    };
  });
}

/** Whether a write of unknown fate was stored is asked of the storage itself. */
function whenUnknown(error: unknown): 'unknown' | never {
  if (error instanceof StorageUnknown) return 'unknown';
  throw error;
}
