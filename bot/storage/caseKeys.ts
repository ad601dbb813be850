import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { IncidentId } from '../core/ids.ts';
import { StorageReadingWaits, StorageRefused } from '../features/ports.ts';
import { firstVersion, type Keys, type Wrapped } from './keys.ts';
import { key, keyAfter, rowVersion, shardOf } from './rows.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation, Row } from './transaction.ts';

/** Unwrapped keys kept in memory, so that most readings need no vault; and how long, in ms. */
const kept = 1_000;
const keptFor = 10 * 60_000;

/** A key to seal with. */
export interface SealingKey {
  dataKey: Buffer;
  /** Row that must be written with what it seals; absent when it is stored already. */
  row?: Row;
  /** Which of the case's keys it is; absent for the one that it was made with. */
  part?: string;
}

/**
 * A case's data keys. One is made with it, in its row `key|<id>`; when that cannot be unwrapped just now, what is
 * written then gets one of its own, `key|<id>|<event>`. Deleting these rows is deleting what people wrote.
 */
export interface CaseKeys {
  /** A new case's key, or the key of a part of it. */
  make(id: IncidentId, part?: string): Promise<SealingKey>;
  /**
   * The row is read each time, whatever is in memory: once it is deleted, no instance opens anything more.
   *
   * @throws {StorageReadingWaits} when its keeper does not answer
   * @throws {StorageRefused} when the key is deleted, or is not this one's
   */
  of(id: IncidentId, part?: string): Promise<Buffer>;
  /** A key for what is written to a case that is there. @param part under which name one is made, if it must be */
  toSeal(id: IncidentId, part: string): Promise<SealingKey>;
  /** Takes every key of a case away. */
  deletions(id: IncidentId): Promise<Operation[]>;
}

const keyRow = z.object({ wrapped: z.instanceof(Uint8Array), by: z.string().default(firstVersion) });

/** @param onBroken told of a key that is not what it was when it was wrapped */
export function caseKeys(
  table: Table,
  keys: Keys,
  tenantId: string,
  onBroken: (rowKey: string) => void,
): CaseKeys {
  const known = new Map<string, { dataKey: Buffer; until: number }>();
  const rowKeyOf = (id: IncidentId, part?: string) => (part ? key('key', id, part) : key('key', id));
  const placeOf = (id: IncidentId, part?: string) => [tenantId, id, 'key', ...(part ? [part] : [])].join('|');

  /** Under what is stored, so that another key in the same row is another key. */
  const nameOf = ({ bytes, by }: Wrapped, place: string) =>
    `${place}|${by}|${Buffer.from(bytes).toString('base64')}`;

  function remember(name: string, dataKey: Buffer): void {
    known.delete(name);
    known.set(name, { dataKey, until: performance.now() + keptFor });
    const oldest = known.size > kept ? known.keys().next().value : undefined;
    if (oldest) known.delete(oldest);
  }

  async function make(id: IncidentId, part?: string): Promise<SealingKey> {
    const dataKey = randomBytes(32);
    const place = placeOf(id, part);
    const wrapped = await keys.wrap(dataKey, place);
    remember(nameOf(wrapped, place), dataKey);
    const { bytes, by } = wrapped;
    const row = { partitionKey: shardOf(id), rowKey: rowKeyOf(id, part), v: rowVersion, wrapped: bytes, by };
    return { dataKey, row, ...(part && { part }) };
  }

  async function unwrapped(row: StoredRow, place: string): Promise<Buffer> {
    const { wrapped: bytes, by } = keyRow.parse(row);
    const name = nameOf({ bytes, by }, place);
    const found = known.get(name);
    if (found && found.until > performance.now()) return found.dataKey;
    known.delete(name);
    const dataKey = await keys.unwrap({ bytes, by }, place);
    remember(name, dataKey);
    return dataKey;
  }

  async function of(id: IncidentId, part?: string): Promise<Buffer> {
    const rowKey = rowKeyOf(id, part);
    const row = await table.get(shardOf(id), rowKey);
    if (!row) throw new StorageRefused(`${rowKey} is not there`);
    return unwrapped(row, placeOf(id, part)).catch((error: unknown) => {
      if (error instanceof StorageReadingWaits) throw error;
      onBroken(rowKey);
      throw new StorageRefused(`${rowKey} does not open`);
    });
  }

  return {
    make,
    of,
    async toSeal(id, part) {
      try {
        return { dataKey: await of(id) };
      } catch (error) {
        if (error instanceof StorageReadingWaits) return make(id, part);
        throw error;
      }
    },
    async deletions(id) {
      const rows = await table.list(shardOf(id), key('key', id), keyAfter('key', id));
      return rows.map(({ partitionKey, rowKey, etag }) => ({
        do: 'delete',
        row: { partitionKey, rowKey },
        etag,
      }));
    },
  };
}
