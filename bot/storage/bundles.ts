/**
 * How due rows stand in the storage: `due|<instant>|<id>|<what>`. Those of a case that its writer is about to send stand
 * in one row together with those that the same change has set in motion for later, which move when the others have been
 * sent: a transaction takes the longer the more rows it has, and somebody waits for it. Pages are named `page|...`: in a
 * mass event they are due again every minute in their thousands, and no message may stand in line behind them.
 */
import type { Instant } from '../core/ids.ts';
import { later } from '../core/time.ts';
import type { DueRow, Hold } from '../features/ports.ts';
import { key, shardOf } from './rows.ts';
import type { Place } from './transaction.ts';

/**
 * Of one case or of several: to end them must fit one transaction of 100, and for each that is up to three rows: where it
 * stands, the others that stood there, and the row or card that follows it.
 */
export const mostRowsTogether = 30;

/** First part of the keys of messages and everything else, and of pages. */
export const dueKinds = ['due', 'page'] as const;
const kindOf = ({ effect }: DueRow): (typeof dueKinds)[number] => (effect.do === 'page' ? 'page' : 'due');

/** How long a holder holds: on the clock of all, and as `until` on its own monotonic one. */
export interface Held {
  leaseUntil: Instant;
  until: number;
}

/** Due rows of one case that stand in one row of the storage. */
export interface Bundle {
  rows: DueRow[];
  /** By its writer, from the start: some of its rows are about to be sent. */
  held?: Held | undefined;
}

/** Found by the first of its rows that comes due. */
export function placeOf(rows: readonly DueRow[]): Place {
  const first = rows.reduce((oldest, row) => (row.at < oldest.at ? row : oldest));
  const what = rows.length > 1 ? `${first.what}.together` : first.what;
  return { partitionKey: shardOf(first.id), rowKey: key(kindOf(first), first.at, first.id, what) };
}

/**
 * The rows of a change as they are stored. What comes later stands with what is held, where there is any and all of it can
 * be ended together. What is due and not held stands alone: whoever tells many cases at once takes one row of each.
 *
 * @param now when the change happened
 * @param monotonic see `Held`
 */
export function bundlesOf(
  due: readonly DueRow[],
  { now, hold, monotonic }: { now: Instant; hold: Hold | undefined; monotonic: () => number },
): Bundle[] {
  const held = hold && { leaseUntil: later(hold.from, hold.lease), until: monotonic() + hold.lease };
  const isHeld = (row: DueRow) => hold?.rows.includes(row) ?? false;
  const messages = due.filter((row) => kindOf(row) !== 'page');
  const ofLater = messages.some(isHeld) && messages.length <= mostRowsTogether ? 'held' : 'later';
  const bundles = Map.groupBy(due, (row) => {
    if (kindOf(row) === 'page') return row;
    if (isHeld(row)) return 'held';
    return row.at > now ? ofLater : row;
  });
  return [...bundles.values()]
    .flatMap((rows) => (rows.length > mostRowsTogether ? rows.map((row) => [row]) : [rows]))
    .map((rows) => ({ rows, held: rows.some(isHeld) ? held : undefined }));
}
