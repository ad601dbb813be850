import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { IncidentId } from '../core/ids.ts';
import { StorageRefused } from '../features/ports.ts';
import type { Keys } from './keys.ts';
import { key, rowVersion, shardOf } from './rows.ts';
import type { Table } from './tables.ts';
import type { Row } from './transaction.ts';

/** Unwrapped keys kept in memory, so that most readings need no vault. */
const kept = 1_000;

/** A case's data key, in its row `key|<id>`. Deleting that row is deleting what people wrote. */
export interface CaseKeys {
  /** A new case's key, and the row that must be written with it. */
  make(id: IncidentId): Promise<{ dataKey: Buffer; row: Row }>;
  /** @throws {StorageRefused} when the key is deleted or is not for this case */
  of(id: IncidentId): Promise<Buffer>;
  /** To be told once a new case is stored: a key that was never stored opens nothing. */
  remember(id: IncidentId, dataKey: Buffer): void;
}

const keyRow = z.object({ wrapped: z.instanceof(Uint8Array) });

export function caseKeys(table: Table, keys: Keys, tenantId: string): CaseKeys {
  const known = new Map<IncidentId, Buffer>();
  const placeOf = (id: IncidentId) => `${tenantId}|${id}|key`;

  function remember(id: IncidentId, dataKey: Buffer): void {
    known.delete(id);
    known.set(id, dataKey);
    const oldest = known.size > kept ? known.keys().next().value : undefined;
    if (oldest) known.delete(oldest);
  }

  return {
    remember,
    async make(id) {
      const dataKey = randomBytes(32);
      const wrapped = await keys.wrap(dataKey, placeOf(id));
      return {
        dataKey,
        row: { partitionKey: shardOf(id), rowKey: key('key', id), v: rowVersion, wrapped },
      };
    },
    async of(id) {
      let dataKey = known.get(id);
      if (!dataKey) {
        const row = keyRow.safeParse(await table.get(shardOf(id), key('key', id)));
        if (!row.success) throw new StorageRefused(`${id} has no key`);
        dataKey = await keys.unwrap(row.data.wrapped, placeOf(id)).catch(() => {
          throw new StorageRefused(`the key of ${id} is not its own`);
        });
      }
      remember(id, dataKey);
      return dataKey;
    },
  };
}
