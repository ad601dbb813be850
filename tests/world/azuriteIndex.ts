/**
 * Loaded into Azurite before it starts, where a test or a benchmark stores many rows: tables whose rows stand in order.
 * As shipped, Azurite asks every row of a table for each range query and rewrites its indexes with each change, where
 * Azure's tables are as quick with 200,000 rows as with two; a storm would measure nothing else. What is found and stored
 * stays the same (contracts/azuriteIndex.test.ts).
 */
import { createRequire } from 'node:module';

interface Row {
  PartitionKey: string;
  RowKey: string;
}
interface Range {
  /** Absent for all. */
  partition?: string | undefined;
  from: string;
  to: string;
}

/** Keys in order, in blocks: one more costs the same however many there are. */
class OrderedKeys {
  #blocks: string[][] = [[]];

  add(key: string): void {
    const { block, keys, at } = this.#placeOf(key);
    keys.splice(at, 0, key);
    if (keys.length > mostInABlock) this.#blocks.splice(block, 1, keys, keys.splice(mostInABlock >> 1));
  }

  remove(key: string): void {
    const { block, keys, at } = this.#placeOf(key);
    keys.splice(at, 1);
    if (keys.length === 0 && this.#blocks.length > 1) this.#blocks.splice(block, 1);
  }

  *from(key: string): Generator<string> {
    for (let { block, at } = this.#placeOf(key); block < this.#blocks.length; block++, at = 0)
      for (const keys = this.#blocks[block] ?? []; at < keys.length; at++) yield keys[at] ?? '';
  }

  /** Where a key stands, or would: in the last block that does not begin after it. */
  #placeOf(key: string): { block: number; keys: string[]; at: number } {
    const after = firstWhere(this.#blocks.length, (n) => (this.#blocks[n]?.[0] ?? '') > key);
    const block = Math.max(0, after - 1);
    const keys = this.#blocks[block] ?? [];
    return { block, keys, at: firstWhere(keys.length, (n) => (keys[n] ?? '') >= key) };
  }
}

const mostInABlock = 1_000;

/** @returns the first of so many places from which on it holds; `length` when it holds nowhere */
function firstWhere(length: number, holds: (n: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Takes the place of one of Azurite's own collections, as far as it is used for a table's rows. */
class OrderedRows {
  readonly name: string;
  #partitions = new Map<string, { keys: OrderedKeys; rows: Map<string, Row> }>();

  constructor(name: string) {
    this.name = name;
  }

  findOne({ PartitionKey, RowKey }: Row): Row | null {
    return this.#partitions.get(PartitionKey)?.rows.get(RowKey) ?? null;
  }

  insert(row: Row): void {
    const partition = this.#partitions.get(row.PartitionKey) ?? { keys: new OrderedKeys(), rows: new Map() };
    this.#partitions.set(row.PartitionKey, partition);
    const { keys, rows } = partition;
    if (!rows.has(row.RowKey)) keys.add(row.RowKey);
    rows.set(row.RowKey, row);
  }

  update(row: Row): void {
    this.insert(row);
  }

  remove({ PartitionKey, RowKey }: Row): void {
    const partition = this.#partitions.get(PartitionKey);
    if (partition?.rows.delete(RowKey)) partition.keys.remove(RowKey);
  }

  /** Rows in order, read only as far as somebody asks. */
  chain(range: Range = { from: '', to: '\uffff' }) {
    return chained(this.#between(range));
  }

  *#between({ partition, from, to }: Range): Generator<Row> {
    for (const name of partition === undefined ? [...this.#partitions.keys()].toSorted() : [partition]) {
      const { keys, rows } = this.#partitions.get(name) ?? {};
      for (const key of keys?.from(from) ?? []) {
        const row = rows?.get(key);
        if (!row || key >= to) break;
        yield row;
      }
    }
  }
}

const chained = (rows: IteratorObject<Row>) => ({
  where: (is: (row: Row) => boolean) => chained(rows.filter(is)),
  /** As they are already. */
  sort: () => chained(rows),
  limit: (most: number) => chained(rows.take(most)),
  data: () => rows.toArray(),
});

interface Store {
  db: { collections: { name: string }[] };
  createCollectionForTable(table: { account: string; table: string }): void;
  getTableCollectionName(account: string, table: string): string;
  getEntityCollection(account: string, table: string, context: unknown): OrderedRows;
  queryTableEntities(
    ...given: [unknown, string, string, { filter?: string }, ...unknown[]]
  ): Promise<unknown>;
}
const store: Store = createRequire(import.meta.url)(
  'azurite/dist/src/table/persistence/LokiTableMetadataStore.js',
).default.prototype;

const { createCollectionForTable, queryTableEntities } = store;
store.createCollectionForTable = function (table) {
  createCollectionForTable.call(this, table);
  const name = this.getTableCollectionName(table.account, table.table);
  this.db.collections = this.db.collections.map((one) => (one.name === name ? new OrderedRows(name) : one));
};

/** As `bot/storage` asks, and tests of every partition. Any other query reads every row. */
const asked = /^(?:PartitionKey eq '([^']*)' and )?RowKey ge '([^']*)' and RowKey lt '([^']*)'$/;

store.queryTableEntities = function (context, account, table, options, ...rest) {
  const [, partition, from, to] = asked.exec(options.filter ?? '') ?? [];
  if (from === undefined || to === undefined)
    return queryTableEntities.call(this, context, account, table, options, ...rest);
  const narrowed: Store = Object.create(this, {
    getEntityCollection: {
      value: (...of: Parameters<Store['getEntityCollection']>) => {
        const rows = this.getEntityCollection(...of);
        return { chain: () => rows.chain({ partition, from, to }) };
      },
    },
  });
  return queryTableEntities.call(narrowed, context, account, table, options, ...rest);
};
