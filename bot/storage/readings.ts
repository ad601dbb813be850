import type { IncidentId } from '../core/ids.ts';
import type { Reading } from '../core/incident.ts';
import { type Cases, type Hmac, StorageRefused } from '../features/ports.ts';
import { contentOf, key, keyAfter, numbered, rowOf, shardOf } from './rows.ts';
import { chainHead, reading as readingSchema } from './schemas.ts';
import type { Table } from './tables.ts';

/** Racing readers each win in turn. */
const maxTries = 20;

/**
 * Link of the chain of readings: keyed, and over the link before it, so that a row changed, left out or put in
 * between shows when the chain is walked.
 */
export const chainHash = (
  hmac: Hmac,
  before: string,
  seq: number,
  id: IncidentId,
  reading: Reading,
): string =>
  Buffer.from(
    hmac(JSON.stringify(['reading', before, seq, id, reading.at, reading.by, reading.why])),
  ).toString('hex');

export function readingsOf(table: Table, hmac: Hmac): Pick<Cases, 'recordReading' | 'readings'> {
  return {
    /** The head row holds where the chain ends: one point read and one transaction, however long the log. */
    async recordReading(id, reading) {
      const partitionKey = shardOf(id);
      const headKey = key('audit', id, 'head');
      for (let tries = 0; tries < maxTries; tries++) {
        const row = await table.get(partitionKey, headKey);
        const head = row ? contentOf(row, chainHead) : { seq: 0, hash: '' };
        const seq = head.seq + 1;
        const hash = chainHash(hmac, head.hash, seq, id, reading);
        const next = rowOf({ partitionKey, rowKey: headKey }, { ...head, seq, hash });
        const { stored } = await table.write([
          row ? { do: 'merge', row: next, etag: row.etag } : { do: 'insert', row: next },
          {
            do: 'insert',
            row: rowOf({ partitionKey, rowKey: key('audit', id, numbered(seq)) }, { ...reading, hash }),
          },
        ]);
        if (stored) return;
      }
      throw new StorageRefused(`the log of ${id} changed under every try`);
    },

    async readings(id) {
      const rows = await table.list(shardOf(id), key('audit', id), keyAfter('audit', id));
      return rows
        .filter(({ rowKey }) => rowKey !== key('audit', id, 'head'))
        .map((row) => contentOf(row, readingSchema))
        .map(({ at, by, why }) => ({ at, by, why }));
    },
  };
}
