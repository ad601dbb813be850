import type { PersonId } from '../core/ids.ts';
import type { Hmac, Index } from '../features/ports.ts';
import { contentOf, key, keyAfter, rowOf } from './rows.ts';
import { listed } from './schemas.ts';
import type { Table } from './tables.ts';

const mostReports = 50;

/** Later instants sort first: 13 digits count milliseconds up to the year 2286. */
const newestFirst = (at: string) => String(9_999_999_999_999 - Date.parse(at)).padStart(13, '0');

/** Lists in table `index`. A person is found by a keyed hash: the table alone does not say who has reported. */
export function tableIndex(table: Table, hmac: Hmac): Index {
  const partitionOf = (person: PersonId) => Buffer.from(hmac(`reports of ${person}`)).toString('hex');
  return {
    async put({ id, reporter, victim, reportedAt }) {
      const rowKey = key('report', newestFirst(reportedAt), id);
      const people = new Set([reporter, ...(victim ? [victim] : [])]);
      await Promise.all(
        [...people].map((person) =>
          table.write([{ do: 'upsert', row: rowOf({ partitionKey: partitionOf(person), rowKey }, { id }) }]),
        ),
      );
    },

    async reportsOf(person) {
      const rows = await table.list(partitionOf(person), key('report'), keyAfter('report'), mostReports);
      return rows.map((row) => contentOf(row, listed).id);
    },
  };
}
