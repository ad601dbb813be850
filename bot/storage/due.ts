/** Outbox and agenda in one, and the leases under which workers hold what is due (see `bundles.ts` for its rows). */
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
import { type Bundle, dueKinds, type Held, mostRowsTogether, placeOf } from './bundles.ts';
import { cardUpserts } from './cards.ts';
import { inShards, isNewer, key, keyAfter, readableOf, rowOf, rowVersion, shardOf } from './rows.ts';
import { dueRow } from './schemas.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation, Place } from './transaction.ts';

/** Of each kind and shard in one look; the next one takes the rest. */
const mostRows = 300;
const mark = z.object({ state: z.literal('sending'), leaseUntil: z.string() });
const sending = ({ leaseUntil }: Held): z.infer<typeof mark> => ({ state: 'sending', leaseUntil });

export const dueInsert = ({ rows, held }: Bundle): Operation => ({
  do: 'insert',
  row: rowOf(placeOf(rows), rows, held && sending(held)),
});

/** Leaves who holds a row as it is; a holder then finds that it changed, and the row is sent again as a repeat. */
const dueUpsert = (rows: DueRow[]): Operation => ({ do: 'upsert', row: rowOf(placeOf(rows), rows) });

/** A row of the storage as it was last written or read. */
interface Standing {
  place: Place;
  rows: DueRow[];
  /** Not known when the storage did not tell. */
  etag: string | undefined;
  /** Someone has held it: its rows may have been sent, whichever they were. */
  sending: boolean;
  leaseUntil: string;
  /** When this instance has written it as held by itself. */
  until?: number | undefined;
}

/** Saves `claim` from reading what was at hand a moment ago. Used once: after that the row has changed. */
const standings = new WeakMap<DueRow, Standing>();

/** @param etag of the row just inserted, if the storage has told */
export function remember({ rows, held }: Bundle, etag: string | undefined): void {
  if (!etag && !held) return;
  const { leaseUntil = '', until } = held ?? {};
  const standing = { place: placeOf(rows), rows, etag, sending: held !== undefined, leaseUntil, until };
  for (const row of rows) standings.set(row, standing);
}

/** @returns `undefined` when the row belongs to a newer version, or is no due row */
function standingOf(stored: StoredRow): Standing | undefined {
  const rows = isNewer(stored) ? undefined : dueRowsOf(stored);
  const held = mark.safeParse(stored);
  const { partitionKey, rowKey } = stored;
  return (
    rows && {
      place: { partitionKey, rowKey },
      rows,
      etag: stored.etag,
      sending: held.success,
      leaseUntil: held.success ? held.data.leaseUntil : '',
    }
  );
}

/** The due rows that stand in a row of the storage; `undefined` when this version cannot read them. */
export const dueRowsOf = (stored: StoredRow): DueRow[] | undefined => readableOf(stored, dueRows);
const dueRows = z.array(dueRow).nonempty();

/** What shows in a chat. The rest does the same however often it is done. */
const mayBeRepeated: DueRow['effect']['do'][] = ['post', 'freshen'];
/** Whoever has held a row has sent no more of it than came due meanwhile. */
const mayHaveBeenSent = ({ sending, leaseUntil }: Standing, { at }: DueRow): boolean =>
  sending && at <= leaseUntil;
/** A row that somebody had before: what it says may have been said. */
const asRepeat = (row: DueRow): DueRow => ({
  ...row,
  repeat: row.repeat || mayBeRepeated.includes(row.effect.do),
});

/**
 * What the tag of a claimed row says: where it stands and with which etag, when the lease ends on this process's own
 * clock, and the rows that stand there together, as they are written anew when they are not ended with it.
 */
const holding = z.object({
  place: z.object({ partitionKey: z.string(), rowKey: z.string() }),
  etag: z.string(),
  until: z.number(),
  together: z.array(dueRow),
});
type Holding = z.infer<typeof holding>;

/**
 * @param monotonic milliseconds that never go back; a lease is measured with it
 * @param onUnreadable told the key of a row that had to be left; the rest of the sweep goes on
 * @param giveWay waited for before each request of a look
 */
export function agendaOf(
  table: Table,
  monotonic: () => number,
  onUnreadable: (rowKey: string) => void,
  giveWay: () => Promise<void>,
): Pick<Cases, 'due' | 'claim' | 'complete' | 'plan'> {
  return {
    async due(now, of) {
      const found = await Promise.all(
        dueKinds
          .filter((kind) => !of || (kind === 'page') === (of === 'pages'))
          .map(async (kind) => {
            const rows = await inShards(
              (shard) => table.list(shard, key(kind), keyAfter(kind, now), mostRows),
              giveWay,
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
      await Promise.all(rows.map((row) => table.write([dueInsert({ rows: [row] })])));
    },
  };

  /** Its rows that are due, when it can be read and nobody holds it. */
  function ready(stored: StoredRow, now: Instant): DueRow[] {
    const standing = standingOf(stored);
    if (!standing && !isNewer(stored)) onUnreadable(stored.rowKey);
    if (!standing || standing.leaseUntil > now) return [];
    const due = standing.rows.filter((row) => row.at <= now);
    for (const row of due) standings.set(row, standing);
    return due;
  }

  async function claimTogether(rows: DueRow[], now: Instant, lease: number): Promise<Claimed[]> {
    const found = (await standingsOf(rows)).filter((one) => one !== undefined);
    const isOwn = ({ until = 0 }: Standing) => until > monotonic();
    const own = found.flatMap(({ standing, wanted }) => {
      const { etag = '', until = 0 } = standing;
      return isOwn(standing) ? taken(standing, wanted, { etag, until }, now) : [];
    });
    const free = found.filter(({ standing }) => !isOwn(standing) && standing.leaseUntil <= now);
    const many = own.length + free.reduce((sum, { wanted }) => sum + wanted.length, 0);
    if (many < rows.length) return [];
    if (free.length === 0) return own;

    const held = { leaseUntil: later(now, lease), until: monotonic() + lease };
    const written = await table.write(
      free.map(({ standing }) => ({
        do: 'merge',
        row: { ...standing.place, v: rowVersion, ...sending(held) },
        etag: standing.etag ?? '',
      })),
    );
    if (!written.stored) return [];
    const claimed = free.flatMap(({ standing, wanted }, n) => {
      const rows = wanted.map((row) => (mayHaveBeenSent(standing, row) ? asRepeat(row) : row));
      return taken(standing, rows, { etag: written.etags[n] ?? '', until: held.until }, now);
    });
    return [...own, ...claimed];
  }

  /** Where each of these rows stands. */
  function standingsOf(rows: DueRow[]): Promise<(Found | undefined)[]> {
    const places = Map.groupBy(rows, (row) => (standings.get(row)?.place ?? placeOf([row])).rowKey);
    return Promise.all(
      [...places.values()].map(async (ofPlace) => {
        const standing = await standingNow(ofPlace);
        const whats = new Set(ofPlace.map(({ what }) => what));
        const wanted = standing?.rows.filter(({ what }) => whats.has(what)) ?? [];
        return standing && wanted.length === ofPlace.length ? { standing, wanted } : undefined;
      }),
    );
  }

  /**
   * A row of the storage as it stands. Nobody takes what this instance has written as held, so it is as it was written.
   *
   * @param rows that stand in it
   */
  async function standingNow(rows: DueRow[]): Promise<Standing | undefined> {
    const [known] = rows.map((row) => standings.get(row));
    const { partitionKey, rowKey } = known?.place ?? placeOf(rows);
    for (const row of rows) standings.delete(row);
    if (known?.etag) return known;
    const stored = await table.get(partitionKey, rowKey);
    const now = stored && standingOf(stored);
    return now && known?.leaseUntil === now.leaseUntil ? { ...now, until: known.until } : now;
  }

  async function completeTogether(claimed: Claimed[], follow: { due: DueRow[]; cards: CardRow[] }) {
    const ended = [...Map.groupBy(claimed, ({ tag }) => tag)].map(([tag, ofTag]) => {
      const { together, ...held } = holding.parse(JSON.parse(tag));
      const whats = new Set(ofTag.map(({ row }) => row.what));
      return { ...held, left: together.filter(({ what }) => !whats.has(what)) };
    });
    const left = ended.map((one) => one.left).filter(({ length }) => length > 0);
    const follows = new Map(
      [...left, ...follow.due.map((row) => [row])].map((rows) => [placeOf(rows).rowKey, rows]),
    );
    const ends = ended.map(({ place, etag }): Operation => {
      const again = follows.get(place.rowKey);
      follows.delete(place.rowKey);
      return again ? { do: 'replace', row: rowOf(place, again), etag } : { do: 'delete', row: place, etag };
    });
    const operations = [...ends, ...[...follows.values()].map(dueUpsert), ...cardUpserts(follow.cards)];
    if (ended.some(({ until }) => until <= monotonic())) return false;
    try {
      return (await table.write(operations)).stored;
    } catch (error) {
      if (error instanceof StorageUnknown && (await isGone(table, ends))) return true;
      throw error;
    }
  }
}

/** Where rows stand that somebody wants. */
interface Found {
  standing: Standing;
  wanted: DueRow[];
}

/**
 * @param wanted as they are given to whoever claims them
 * @param now what comes due later has been sent by nobody
 */
function taken(
  standing: Standing,
  wanted: DueRow[],
  held: Pick<Holding, 'etag' | 'until'>,
  now: Instant,
): Claimed[] {
  const { place, rows } = standing;
  const whats = new Set(wanted.map(({ what }) => what));
  const asLeft = (row: DueRow) =>
    row.at <= now && (whats.has(row.what) || mayHaveBeenSent(standing, row)) ? asRepeat(row) : row;
  const together = rows.length > 1 ? rows.map(asLeft) : [];
  const tag = JSON.stringify({ place, ...held, together } satisfies Holding);
  return wanted.map((row) => ({ row, tag }));
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
    if (ofCase.length > mostRowsTogether) throw new StorageRefused(`${ofCase.length} rows claimed at once`);
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

/** While the lease lasts nobody but its holder ends a row, so a row that is gone was ended by the holder's own call. */
async function isGone(table: Table, ends: Operation[]): Promise<boolean> {
  const gone = ends.find((end) => end.do === 'delete') ?? ends[0];
  if (!gone) return false;
  const { partitionKey, rowKey } = gone.row;
  const row = await table.get(partitionKey, rowKey).catch(() => {
    throw new StorageUnknown('whether rows were ended could not be read back');
  });
  return row === undefined;
}

/** Oldest first, the rows of a case together. */
function byCase(rows: DueRow[]): DueRow[] {
  const oldest = rows.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const cases = Map.groupBy(oldest, ({ id }) => id);
  return [...cases.values()].flatMap((ofCase) => ofCase.slice(0, mostRowsTogether));
}
