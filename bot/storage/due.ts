/**
 * Outbox and agenda in one: rows `due|<instant>|<id>|<what>`, and the leases under which workers hold them. Pages are
 * named `page|...`: in a mass event they are due again every minute in their thousands, and no message may stand in
 * line behind them.
 */
import { z } from 'zod';
import type { IncidentId, Instant } from '../core/ids.ts';
import { later } from '../core/time.ts';
import {
  type CardRow,
  type Cases,
  type Claimed,
  type DueRow,
  StorageRefused,
  StorageUnknown,
} from '../features/ports.ts';
import { cardUpserts } from './cards.ts';
import { inShards, isNewer, key, keyAfter, readableOf, rowOf, rowVersion, shardOf } from './rows.ts';
import { dueRow } from './schemas.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation } from './transaction.ts';

/** Of each kind and shard in one look; the next one takes the rest. */
const mostRows = 300;
/** Of one case: to end them, with what follows from them and their cards, must fit one transaction of 100. */
const mostRowsOfCase = 30;
/** Of several cases, where each row is followed by one row or one card. */
const mostRowsTogether = 45;

/** First part of the keys of messages and everything else, and of pages. */
export const dueKinds = ['due', 'page'] as const;
const kindOf = ({ effect }: DueRow): (typeof dueKinds)[number] => (effect.do === 'page' ? 'page' : 'due');

const placeOf = (row: DueRow) => ({
  partitionKey: shardOf(row.id),
  rowKey: key(kindOf(row), row.at, row.id, row.what),
});

/** How long a holder holds: on the clock of all, and as `until` on its own monotonic one. */
export interface Held {
  leaseUntil: Instant;
  until: number;
}

const mark = z.object({ state: z.literal('sending'), leaseUntil: z.string() });
const sending = ({ leaseUntil }: Held): z.infer<typeof mark> => ({ state: 'sending', leaseUntil });

/** @param held by its writer from the start */
export const dueInsert = (row: DueRow, held?: Held): Operation => ({
  do: 'insert',
  row: rowOf(placeOf(row), row, held && sending(held)),
});

/** Leaves who holds a row as it is; a holder then finds that it changed, and the row is sent again as a repeat. */
const dueUpsert = (row: DueRow): Operation => ({ do: 'upsert', row: rowOf(placeOf(row), row) });

/** A due row as it was last written or read. */
interface Standing {
  row: DueRow;
  /** Not known when the storage did not tell. */
  etag: string | undefined;
  /** Someone has held it: it may have been sent. */
  sending: boolean;
  leaseUntil: string;
  /** Of a row that this instance has written as held by itself. */
  until?: number | undefined;
}

/** Saves `claim` from reading what was at hand a moment ago. Used once: after that the row has changed. */
const standings = new WeakMap<DueRow, Standing>();

/**
 * @param etag of the row just inserted, if the storage has told
 * @param held as it was inserted
 */
export function remember(row: DueRow, etag: string | undefined, held: Held | undefined): void {
  const { leaseUntil = '', until } = held ?? {};
  if (etag || held) standings.set(row, { row, etag, sending: held !== undefined, leaseUntil, until });
}

/** @returns `undefined` when the row belongs to a newer version, or is no due row */
function standingOf(stored: StoredRow): Standing | undefined {
  const row = isNewer(stored) ? undefined : readableOf(stored, dueRow);
  const held = mark.safeParse(stored);
  return (
    row && {
      row,
      etag: stored.etag,
      sending: held.success,
      leaseUntil: held.success ? held.data.leaseUntil : '',
    }
  );
}

/** What shows in a chat. The rest does the same however often it is done. */
const mayBeRepeated: DueRow['effect']['do'][] = ['post', 'freshen'];

/** What the tag of a claimed row says: its etag, and when the lease ends on this process's own clock. */
const holding = z.object({ etag: z.string(), until: z.number() });

/**
 * @param monotonic milliseconds that never go back; a lease is measured with it
 * @param onUnreadable told the key of a row that had to be left; the rest of the sweep goes on
 */
export function agendaOf(
  table: Table,
  monotonic: () => number,
  onUnreadable: (rowKey: string) => void,
): Pick<Cases, 'due' | 'claim' | 'complete' | 'plan'> {
  return {
    async due(now, of) {
      const found = await Promise.all(
        dueKinds
          .filter((kind) => !of || (kind === 'page') === (of === 'pages'))
          .map(async (kind) => {
            const rows = await inShards((shard) =>
              table.list(shard, key(kind), keyAfter(kind, now), mostRows),
            );
            return byCase(rows.flat().flatMap((stored) => ready(stored, now)));
          }),
      );
      return found.flat();
    },

    async claim(rows, now, lease) {
      const tries = await Promise.allSettled(together(rows).map((batch) => claimTogether(batch, now, lease)));
      const claimed = tries.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      const failed = tries.find((one) => one.status === 'rejected');
      if (failed && claimed.length === 0) throw failed.reason;
      return claimed;
    },

    async complete(claimed, follow) {
      const ends = await Promise.all(
        together(claimed.map(({ row }) => row)).map((batch) => {
          const ids = new Set(batch.map(({ id }) => id));
          const ofThese = ({ id }: { id: IncidentId }) => ids.has(id);
          return completeTogether(
            claimed.filter(({ row }) => ids.has(row.id)),
            { due: follow.due.filter(ofThese), cards: follow.cards.filter(ofThese) },
          );
        }),
      );
      return ends.every(Boolean);
    },

    async plan(rows) {
      await Promise.all(rows.map((row) => table.write([dueInsert(row)])));
    },
  };

  /** The row, when it can be read and nobody holds it. */
  function ready(stored: StoredRow, now: Instant): DueRow[] {
    const standing = standingOf(stored);
    if (!standing && !isNewer(stored)) onUnreadable(stored.rowKey);
    if (!standing || standing.leaseUntil > now) return [];
    standings.set(standing.row, standing);
    return [standing.row];
  }

  async function claimTogether(rows: DueRow[], now: Instant, lease: number): Promise<Claimed[]> {
    const found = (await Promise.all(rows.map(standing))).filter((one) => one !== undefined);
    const own = found.flatMap(({ row, etag, until = 0 }) =>
      until > monotonic() ? [{ row, tag: JSON.stringify({ etag, until }) }] : [],
    );
    const free = found.filter(({ until = 0, leaseUntil }) => until <= monotonic() && leaseUntil <= now);
    if (own.length + free.length < rows.length) return [];
    if (free.length === 0) return own;

    const held = { leaseUntil: later(now, lease), until: monotonic() + lease };
    const written = await table.write(
      free.map(({ row, etag = '' }) => ({
        do: 'merge',
        row: { ...placeOf(row), v: rowVersion, ...sending(held) },
        etag,
      })),
    );
    if (!written.stored) return [];
    const claimed = free.map(({ row, sending: wasSending }, n) => ({
      row: { ...row, repeat: row.repeat || (wasSending && mayBeRepeated.includes(row.effect.do)) },
      tag: JSON.stringify({ etag: written.etags[n], until: held.until }),
    }));
    return [...own, ...claimed];
  }

  /** A row as it stands. Nobody takes what this instance has written as held, so it is as it was written. */
  async function standing(row: DueRow): Promise<Standing | undefined> {
    const known = standings.get(row);
    standings.delete(row);
    if (known?.etag) return known;
    const now = await read(table, row);
    return now && known?.leaseUntil === now.leaseUntil ? { ...now, until: known.until } : now;
  }

  async function completeTogether(claimed: Claimed[], follow: { due: DueRow[]; cards: CardRow[] }) {
    const held = claimed.map(({ row, tag }) => ({ row, ...holding.parse(JSON.parse(tag)) }));
    const follows = new Map(follow.due.map((row) => [placeOf(row).rowKey, row]));
    const ends = held.map(({ row, etag }): Operation => {
      const place = placeOf(row);
      const again = follows.get(place.rowKey);
      follows.delete(place.rowKey);
      return again ? { do: 'replace', row: rowOf(place, again), etag } : { do: 'delete', row: place, etag };
    });
    const operations = [...ends, ...[...follows.values()].map(dueUpsert), ...cardUpserts(follow.cards)];
    if (held.some(({ until }) => until <= monotonic())) return false;
    try {
      return (await table.write(operations)).stored;
    } catch (error) {
      if (error instanceof StorageUnknown && (await isGone(table, claimed))) return true;
      throw error;
    }
  }
}

/**
 * Rows that are written in one transaction: whole cases, of one shard.
 *
 * @throws {StorageRefused} when a case has more rows than can be ended together
 */
function together(rows: DueRow[]): DueRow[][] {
  const batches: DueRow[][] = [];
  const open = new Map<string, DueRow[]>();
  for (const [id, ofCase] of Map.groupBy(rows, (row) => row.id)) {
    if (ofCase.length > mostRowsOfCase) throw new StorageRefused(`${ofCase.length} rows claimed at once`);
    const shard = shardOf(id);
    const batch = open.get(shard);
    if (batch && batch.length + ofCase.length <= mostRowsTogether) batch.push(...ofCase);
    else {
      open.set(shard, ofCase);
      batches.push(ofCase);
    }
  }
  return batches;
}

async function read(table: Table, row: DueRow): Promise<Standing | undefined> {
  const place = placeOf(row);
  const stored = await table.get(place.partitionKey, place.rowKey);
  return stored && standingOf(stored);
}

/** While the lease lasts nobody but its holder ends a row, so a row that is gone was ended by the holder's own call. */
async function isGone(table: Table, claimed: Claimed[]): Promise<boolean> {
  const place = claimed[0] && placeOf(claimed[0].row);
  if (!place) return false;
  const row = await table.get(place.partitionKey, place.rowKey).catch(() => {
    throw new StorageUnknown('whether rows were ended could not be read back');
  });
  return row === undefined;
}

/** Oldest first, the rows of a case together. */
function byCase(rows: DueRow[]): DueRow[] {
  const oldest = rows.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const cases = Map.groupBy(oldest, ({ id }) => id);
  return [...cases.values()].flatMap((ofCase) => ofCase.slice(0, mostRowsOfCase));
}
