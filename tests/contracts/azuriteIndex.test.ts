/** Azurite with its rows in order stores and finds what Azurite does as it is shipped, in the same order, page by page. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openTable, type Table } from '../../bot/storage/tables.ts';
import type { Operation } from '../../bot/storage/transaction.ts';
import { type Random, seeded } from '../faults/random.ts';
import { emptyAccount } from '../world/azurite.ts';
import { azuriteOnDisk } from '../world/azuriteOnDisk.ts';

const words = ['case', 'due', 'duo', 'page', 'a'] as const;
const parts = ['|', '}', '', '1', '10', '9', 'Ö', '|2026-11-26T08:00:00Z', '|~', '_002f'] as const;
const keyFrom = (random: Random) => random.pick(words) + random.pick(parts) + random.pick(parts);

describe('Azurite with its rows in order', function () {
  this.timeout(30_000);
  let folder: string;
  let shipped: Awaited<ReturnType<typeof azuriteOnDisk>>;
  let tables: [indexed: Table, shipped: Table];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azurite-'));
    shipped = await azuriteOnDisk(folder);
    const { connection } = await emptyAccount({ large: true });
    tables = [openTable(connection(), 'rows', 5_000), openTable(shipped.connection, 'rows', 5_000)];
    for (const table of tables) await table.ping();
  });
  after(async () => {
    await shipped.stop();
    await rm(folder, { recursive: true });
  });

  it('finds the same, while rows come, change and go', async () => {
    const random = seeded(1);
    const standing = new Map<string, { partitionKey: string; rowKey: string }>();
    for (let round = 0; round < 150; round++) {
      const place = { partitionKey: random.pick(['s1', 's2']), rowKey: keyFrom(random) };
      const name = JSON.stringify(place);
      const isGone = standing.has(name) && random.chance(0.3);
      for (const table of tables) {
        const etag = isGone ? (await table.get(place.partitionKey, place.rowKey))?.etag : undefined;
        if (etag) await table.write([{ do: 'delete', row: place, etag }]);
        else await table.write([{ do: 'upsert', row: { ...place, round } }]);
      }
      if (isGone) standing.delete(name);
      else standing.set(name, place);

      const [from = '', to = ''] = [keyFrom(random), keyFrom(random)].toSorted();
      const most = random.pick([3, 1_000]);
      const [found, expected] = await Promise.all(tables.map((table) => table.list('s1', from, to, most)));
      expect(keysOf(found), `${from} to ${to}`).to.deep.equal(keysOf(expected));
      const ours = [...standing.values()].filter(
        ({ partitionKey, rowKey }) => partitionKey === 's1' && rowKey >= from && rowKey < to,
      );
      expect(keysOf(found)).to.deep.equal(keysOf(ours).toSorted().slice(0, most));
    }
  });

  it('a transaction that fails leaves every row as it was', async () => {
    const at = (rowKey: string) => ({ partitionKey: 's4', rowKey });
    for (const table of tables) {
      await table.write(['a', 'b', 'c'].map((key) => ({ do: 'insert', row: { ...at(key), n: 1 } })));
      const [a, b] = await table.list('s4', 'a', 'c');
      const operations: Operation[] = [
        { do: 'merge', row: { ...at('a'), m: 2 }, etag: a?.etag ?? '' },
        { do: 'delete', row: at('b'), etag: b?.etag ?? '' },
        { do: 'upsert', row: { ...at('d'), n: 1 } },
        { do: 'insert', row: { ...at('c'), n: 2 } },
      ];
      expect(await table.write(operations)).to.deep.equal({ stored: false });
      const rows = await table.list('s4', 'a', 'e');
      expect(rows.map(({ rowKey, etag, n, m }) => [rowKey, etag, n, m])).to.deep.equal([
        ['a', a?.etag, 1, undefined],
        ['b', b?.etag, 1, undefined],
        ['c', rows[2]?.etag, 1, undefined],
      ]);
      expect((await table.write(operations.slice(0, 3))).stored).to.equal(true);
      const after = await table.list('s4', 'a', 'e');
      expect(after.map(({ rowKey, n, m }) => [rowKey, n, m])).to.deep.equal([
        ['a', 1, 2],
        ['c', 1, undefined],
        ['d', 1, undefined],
      ]);
      expect(await table.write(operations.slice(0, 1))).to.deep.equal({ stored: false });
    }
  });

  it('finds more than a page holds', async () => {
    const rows = Array.from({ length: 1_050 }, (_, n) => ({
      partitionKey: 's3',
      rowKey: `due|${String(n).padStart(5, '0')}`,
    }));
    for (const table of tables) {
      for (let from = 0; from < rows.length; from += 75)
        await table.write(rows.slice(from, from + 75).map((row) => ({ do: 'insert', row })));
      expect(keysOf(await table.list('s3', 'due|', 'due}'))).to.deep.equal(keysOf(rows));
    }
  });
});

const keysOf = (rows: { rowKey: string }[] = []) => rows.map(({ rowKey }) => rowKey);
