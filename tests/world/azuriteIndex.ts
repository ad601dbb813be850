/**
 * Loaded into Azurite before it starts: range queries go by the index of row keys that its tables already have. As
 * shipped, it asks every row of the table, in every partition, for each query, where Azure looks in an index: with
 * 200,000 rows that is all a storm would measure. What a query finds stays the same (contracts/azuriteIndex.test.ts).
 */
import { createRequire } from 'node:module';

interface Collection {
  chain(): { find(query: object): object };
}
interface Store {
  getEntityCollection(account: string, table: string, context: unknown): Collection;
  queryTableEntities(
    ...given: [unknown, string, string, { filter?: string }, ...unknown[]]
  ): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const store: Store = require('azurite/dist/src/table/persistence/LokiTableMetadataStore.js').default
  .prototype;

/** As `bot/storage` asks. Loki orders keys that are numbers by their value; ours begin with a word. */
const range = /^PartitionKey eq '[^']*' and RowKey ge '([a-z][^']*)' and RowKey lt '([a-z][^']*)'$/;

const everyRow = store.queryTableEntities;
store.queryTableEntities = function (context, account, table, options, ...rest) {
  const [, from, to] = range.exec(options.filter ?? '') ?? [];
  if (from === undefined) return everyRow.call(this, context, account, table, options, ...rest);
  const narrowed: Store = Object.create(this, {
    getEntityCollection: {
      value: (...of: Parameters<Store['getEntityCollection']>) => {
        const collection = this.getEntityCollection(...of);
        return { chain: () => collection.chain().find({ RowKey: { $between: [from, to] } }) };
      },
    },
  });
  return everyRow.call(narrowed, context, account, table, options, ...rest);
};
