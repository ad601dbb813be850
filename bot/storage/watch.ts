import { incidentId } from '../core/ids.ts';
import type { Cases } from '../features/ports.ts';
import { dueKinds } from './due.ts';
import { key, keyAfter, readableOf, shards } from './rows.ts';
import { dueRow, openRow } from './schemas.ts';
import type { Table } from './tables.ts';

/** Of each kind in each shard: one page, so that a look costs the same however much is stored. */
const mostRows = 1_000;

/** What the auditor reads: range queries alone, and no case is opened. */
export function watchOf(table: Table): Pick<Cases, 'watch'> {
  const all = (kind: string) =>
    Promise.all(shards.map((shard) => table.list(shard, key(kind), keyAfter(kind), mostRows)));

  return {
    async watch() {
      const open = (await all('open')).flat().map((row) => ({
        id: incidentId(row.rowKey.slice(key('open', '').length)),
        next: readableOf(row, openRow)?.next,
        unanswered: readableOf(row, openRow)?.unanswered ?? false,
      }));
      const due = (await Promise.all(dueKinds.map(all))).flat();
      const agenda = due.flat().map((row) => readableOf(row, dueRow));
      return {
        open,
        agenda: agenda.filter((row) => row !== undefined),
        whole: due.every((rows) => rows.length < mostRows) && !agenda.includes(undefined),
      };
    },
  };
}
