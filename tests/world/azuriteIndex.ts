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

/** Takes the place of one of Azurite's own collections, as far as it is used for a table's rows. */
class OrderedRows {
  readonly name: string;
  #partitions = new Map<string, { keys: string[]; rows: Map<string, Row> }>();

  constructor(name: string) {
    this.name = name;
  }

  findOne({ PartitionKey, RowKey }: Row): Row | null {
    return this.#partitions.get(PartitionKey)?.rows.get(RowKey) ?? null;
  }

  insert(row: Row): void {
    const partition = this.#partitions.get(row.PartitionKey) ?? { keys: [], rows: new Map() };
    this.#partitions.set(row.PartitionKey, partition);
    const { keys, rows } = partition;
    if (!rows.has(row.RowKey)) keys.splice(placeIn(keys, row.RowKey), 0, row.RowKey);
    rows.set(row.RowKey, row);
  }

  update(row: Row): void {
    this.insert(row);
  }

  remove({ PartitionKey, RowKey }: Row): void {
    const partition = this.#partitions.get(PartitionKey);
    if (partition?.rows.delete(RowKey)) partition.keys.splice(placeIn(partition.keys, RowKey), 1);
  }

  /** Rows in order, read only as far as somebody asks. */
  chain(range: Range = { from: '', to: '\uffff' }) {
    return chained(this.#between(range));
  }

  *#between({ partition, from, to }: Range): Generator<Row> {
    for (const name of partition === undefined ? [...this.#partitions.keys()].toSorted() : [partition]) {
      const { keys = [], rows } = this.#partitions.get(name) ?? {};
      for (let n = placeIn(keys, from); n < keys.length; n++) {
        const row = rows?.get(keys[n] ?? '');
        if (!row || row.RowKey >= to) break;
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

/** Where a key stands, or would. */
function placeIn(keys: string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

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
