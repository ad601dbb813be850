import { incidentId } from '../core/ids.ts';
import type { Cases, DueRow } from '../features/ports.ts';
import { dueKinds } from './bundles.ts';
import { dueRowsOf } from './due.ts';
import { inShards, key, keyAfter, readableOf } from './rows.ts';
import { openRow } from './schemas.ts';
import type { Table } from './tables.ts';

/** Of each kind in each shard: one page, so that a look costs the same however much is stored. */
const mostRows = 1_000;
/** With so much overdue the look says so, and leaves the storage to those who work it off. */
const mostOverdue = 250;

/**
 * What the auditor reads: range queries alone, and no case is opened.
 *
 * @param giveWay waited for before each of them
 */
export function watchOf(table: Table, giveWay: () => Promise<void>): Pick<Cases, 'watch'> {
  const rowsOf = (from: string, to: string, most: number) =>
    inShards((shard) => table.list(shard, from, to, most), giveWay);
  const ofKinds = async (range: (kind: string) => [from: string, to: string], most: number) =>
    (await Promise.all(dueKinds.map((kind) => rowsOf(...range(kind), most)))).flat();

  return {
    async watch(now) {
      const open = (await rowsOf(key('open'), keyAfter('open'), mostRows)).flat().map((row) => {
        const { next, unanswered = false, keptTo } = readableOf(row, openRow) ?? {};
        const id = incidentId(row.rowKey.slice(key('open', '').length));
        return { id, next, unanswered, keptTo };
      });
      const overdue = await ofKinds((kind) => [key(kind), keyAfter(kind, now)], mostOverdue);
      const isCrowd = overdue.some((rows) => rows.length >= mostOverdue);
      const ahead = isCrowd ? [] : await ofKinds((kind) => [keyAfter(kind, now), keyAfter(kind)], mostRows);
      const agenda = [...overdue, ...ahead].flat().map(dueRowsOf);
      return {
        open,
        agenda: eachOnce(agenda.flatMap((rows) => rows ?? [])),
        whole: !isCrowd && ahead.every((rows) => rows.length < mostRows) && !agenda.includes(undefined),
      };
    },
  };
}

/** One that was moved between two of the requests, to be tried again later, has been read twice. */
const eachOnce = (rows: DueRow[]): DueRow[] => [
  ...new Map(rows.map((row) => [`${row.id} ${row.what}`, row])).values(),
];
