/** Who read what, and why: append-only chains, each link keyed and over the one before it (DESIGN 5). */
import type { AuditEntry } from '../core/access.ts';
import type { IncidentId } from '../core/ids.ts';
import { type Audit, type Cases, type Hmac, StorageRefused } from '../features/ports.ts';
import { contentOf, key, keyAfter, numbered, readableOf, rowOf, shardOf } from './rows.ts';
import { auditEntry, chainHead, movedChain } from './schemas.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation } from './transaction.ts';

/** Racing writers each win in turn. */
const maxTries = 20;

/** Rows of the chains that no anchor holds yet, with where they end. */
const moved = 'moved';
export const movedKey = key(moved);
export const movedKeyAfter = keyAfter(moved);
/** Where a chain ended when this row was written; `undefined` when this version cannot read it. */
export const movedOf = (row: StoredRow) => readableOf(row, movedChain);

/** Where a chain stands: its links are `...<seq>`, and `...head` says where it ends. */
interface Chain {
  /** A case's number, or a day. */
  name: string;
  partitionKey: string;
  /** What its row keys begin with. */
  prefix: [string, ...string[]];
}

/**
 * Link of a chain: keyed, and over the link before it, so that a row changed, left out or put in between shows when
 * the chain is walked. It is over all that the entry holds, also what a newer version has put there.
 */
export const chainHash = (hmac: Hmac, before: string, seq: number, chain: string, entry: object): string =>
  Buffer.from(hmac(JSON.stringify(['audit', before, seq, chain, entry]))).toString('hex');

/** The log of each case, in its own partition. */
export function caseAudit(table: Table, hmac: Hmac): Pick<Cases, 'record' | 'log'> {
  const chainOf = (id: IncidentId): Chain => ({
    name: id,
    partitionKey: shardOf(id),
    prefix: ['audit', id],
  });
  return {
    record: (id, entry) => append(table, hmac, chainOf(id), entry),
    log: (id) => entriesOf(table, chainOf(id)),
  };
}

/** The log of what has no case: a chain a day, in a partition of its own. */
export function dayAudit(table: Table, hmac: Hmac): Audit {
  const chainOf = (day: string): Chain => ({ name: day, partitionKey: day, prefix: ['audit', day] });
  return {
    record: (entry) => append(table, hmac, chainOf(entry.at.slice(0, 10)), entry),
    log: (day) => entriesOf(table, chainOf(day)),
  };
}

/**
 * Adds a link. The head row holds where the chain ends: one point read and one transaction, however long the log.
 * A denied try takes a row of its own too, one for each person, chain and hour: a second is not recorded again.
 */
async function append(table: Table, hmac: Hmac, chain: Chain, entry: AuditEntry): Promise<void> {
  const { name, partitionKey, prefix } = chain;
  const headKey = key(...prefix, 'head');
  const deniedKey = key('denied', name, entry.at.slice(0, 13), entry.by);
  const isDenied = entry.what === 'denied';
  for (let tries = 0; tries < maxTries; tries++) {
    if (isDenied && (await table.get(partitionKey, deniedKey))) return;
    const row = await table.get(partitionKey, headKey);
    const head = row ? contentOf(row, chainHead) : { seq: 0, hash: '' };
    const seq = head.seq + 1;
    const hash = chainHash(hmac, head.hash, seq, name, entry);
    const next = rowOf({ partitionKey, rowKey: headKey }, { ...head, seq, hash });
    const operations: Operation[] = [
      row ? { do: 'merge', row: next, etag: row.etag } : { do: 'insert', row: next },
      {
        do: 'insert',
        row: rowOf({ partitionKey, rowKey: key(...prefix, numbered(seq)) }, { ...entry, hash }),
      },
      {
        do: 'upsert',
        row: rowOf({ partitionKey, rowKey: key(moved, name) }, { chain: name, seq, hash }),
      },
      ...(isDenied
        ? [{ do: 'insert' as const, row: rowOf({ partitionKey, rowKey: deniedKey }, { seq }) }]
        : []),
    ];
    if ((await table.write(operations)).stored) return;
  }
  throw new StorageRefused(`the log of ${name} changed under every try`);
}

async function entriesOf(table: Table, { partitionKey, prefix }: Chain): Promise<AuditEntry[]> {
  const rows = await table.list(partitionKey, key(...prefix), keyAfter(...prefix));
  return rows
    .filter(({ rowKey }) => rowKey !== key(...prefix, 'head'))
    .map((row) => contentOf(row, auditEntry))
    .map(({ at, by, what, why, whom }) => ({ at, by, what, why, ...(whom && { whom }) }));
}
