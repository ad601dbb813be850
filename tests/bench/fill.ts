/** Cases that have been, as many as a municipality gathers in years: whole rows, as the bots themselves have written them. */
import { odata, TableClient, type TransactionAction } from '@azure/data-tables';
import { type IncidentId, incidentNumbers } from '../../bot/core/ids.ts';
import { shardOf } from '../../bot/storage/rows.ts';

type Row = { partitionKey: string; rowKey: string; [property: string]: unknown };

const mostOperations = 100;
/** Writers at once; the storage has one thread. */
const writers = 4;

const open = (connection: string, name: string) =>
  TableClient.fromConnectionString(connection, name, { allowInsecureConnection: true });

/** A case in one of the tables, as the bot has written it. */
export interface Pattern {
  table: 'incidents' | 'floor';
  id: string;
  rows: Row[];
}

export async function patternOf(connection: string, table: Pattern['table'], id: string): Promise<Pattern> {
  const rows: Row[] = [];
  // Where the floor keeps a case is its own; in its table there are few when this is asked.
  const filter = odata`PartitionKey eq ${shardOf(id as IncidentId)}`;
  const queryOptions = table === 'incidents' ? { filter } : {};
  for await (const row of open(connection, table).listEntities({ queryOptions })) {
    const { etag: _etag, timestamp: _timestamp, partitionKey = '', rowKey = '', ...rest } = row;
    if (rowKey.split('|').includes(id)) rows.push({ ...rest, partitionKey, rowKey });
  }
  return { table, id, rows };
}

/**
 * Copies a case under other numbers; what is still due in it is left out.
 *
 * @param many how often
 * @returns how many rows that are
 */
export async function fill(
  connection: string,
  { table: name, id, rows }: Pattern,
  many: number,
): Promise<number> {
  const table = open(connection, name);
  const settled = rows.filter(({ rowKey }) => !/^(due|page)\|/.test(rowKey));
  const waiting = new Map<string, TransactionAction[]>();
  const full: TransactionAction[][] = [];
  let written = 0;
  const write = async () => {
    for (let next = full.pop(); next; next = full.pop()) {
      await table.submitTransaction(next);
      written += next.length;
    }
  };
  for (let n = 0; n < many; n++) {
    const copy = numberOf(n);
    const partitionKey = shardOf(copy);
    for (const row of settled) {
      const actions = waiting.get(partitionKey) ?? [];
      actions.push(['create', renamed(row, id, copy, partitionKey)]);
      waiting.set(partitionKey, actions);
      if (actions.length < mostOperations) continue;
      full.push(actions);
      waiting.delete(partitionKey);
    }
    if (full.length >= 100) await Promise.all(Array.from({ length: writers }, write));
  }
  full.push(...waiting.values());
  await Promise.all(Array.from({ length: writers }, write));
  return written;
}

/** Numbers of another year, so that no report of today meets one. */
function numberOf(n: number): IncidentId {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n + 1);
  const [number] = incidentNumbers(bytes, 2020);
  if (!number) throw new Error('no number');
  return number;
}

function renamed(row: Row, id: string, copy: string, partitionKey: string): Row {
  const changed = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll(id, copy) : value,
  ]);
  return { ...Object.fromEntries(changed), rowKey: row.rowKey.replaceAll(id, copy), partitionKey };
}
