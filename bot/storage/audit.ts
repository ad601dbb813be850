/** Who read what, and why: append-only chains, each link keyed and over the one before it (DESIGN 5). */
import type { AuditEntry } from '../core/access.ts';
import { type Cases, type Hmac, StorageRefused } from '../features/ports.ts';
import { contentOf, key, keyAfter, numbered, rowOf, shardOf } from './rows.ts';
import { auditEntry, chainHead } from './schemas.ts';
import type { Table } from './tables.ts';
import type { Operation } from './transaction.ts';

/** Racing writers each win in turn. */
const maxTries = 20;

/** Where a chain stands: its links are `...<seq>`, and `...head` says where it ends. */
interface Chain {
  /** A case's number. */
  name: string;
  partitionKey: string;
  /** What its row keys begin with. */
  prefix: [string, ...string[]];
}

/**
 * Link of a chain: keyed, and over the link before it, so that a row changed, left out or put in between shows when
 * the chain is walked.
 */
export const chainHash = (
  hmac: Hmac,
  before: string,
  seq: number,
  chain: string,
  { at, by, what, why, whom }: AuditEntry,
): string =>
  Buffer.from(hmac(JSON.stringify(['audit', before, seq, chain, at, by, what, why, whom ?? null]))).toString(
    'hex',
  );

/** The log of each case, in its own partition. */
export function caseAudit(table: Table, hmac: Hmac): Pick<Cases, 'record' | 'log'> {
  const chainOf = (id: string, partitionKey: string): Chain => ({
    name: id,
    partitionKey,
    prefix: ['audit', id],
  });
  return {
    async record(id, entry) {
      await append(table, hmac, chainOf(id, shardOf(id)), entry);
    },
    log: (id) => entriesOf(table, chainOf(id, shardOf(id))),
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
