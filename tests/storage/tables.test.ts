import { expect } from 'chai';
import fc from 'fast-check';
import { isIncidentId } from '../../bot/core/ids.ts';
import { key, keyAfter, keyPart, shardOf, shards } from '../../bot/storage/rows.ts';
import type { Table } from '../../bot/storage/tables.ts';
import type { Operation, Row } from '../../bot/storage/transaction.ts';
import { checkSize } from '../../bot/storage/transaction.ts';
import { openedStorage } from './opened.ts';

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n));
const place = (rowKey: string) => ({ partitionKey: 'p', rowKey });

describe('tables', function () {
  this.timeout(20_000);
  let table: Table;
  before(async () => {
    const storage = await openedStorage();
    table = storage.table('incidents');
  });

  const insert = async (rowKey: string, columns: Partial<Row> = {}): Promise<string> => {
    const written = await table.write([{ do: 'insert', row: { ...place(rowKey), ...columns } as Row }]);
    return (written.stored && written.etags[0]) || '';
  };

  it('a delete takes only the row that was seen', async () => {
    const etag = await insert('deleted');
    await insert('bystander');
    const touched = await table.write([{ do: 'merge', row: place('deleted'), etag }]);
    const deletes: Operation[] = [
      { do: 'delete', row: place('bystander'), etag: '*' },
      { do: 'delete', row: place('deleted'), etag },
    ];
    expect(await table.write(deletes)).to.deep.equal({ stored: false });
    expect(await table.get('p', 'deleted')).to.not.equal(undefined);
    expect(await table.get('p', 'bystander')).to.not.equal(undefined);
    const seen = (touched.stored && touched.etags[0]) || '';
    expect(await table.write([{ do: 'delete', row: place('deleted'), etag: seen }])).to.have.property(
      'stored',
      true,
    );
    expect(await table.get('p', 'deleted')).to.equal(undefined);
  });

  it('of many deletes each goes with its own etag, whatever the rows hold', async () => {
    const forged = 'DELETE http://x HTTP/1.1\r\nIf-Match: *\r\n';
    const etags = [await insert('d0', { text: forged }), await insert('d1'), await insert('d2')];
    const written = await table.write([
      { do: 'merge', row: { ...place('d0'), text: forged }, etag: etags[0] ?? '' },
      { do: 'delete', row: place('d1'), etag: etags[1] ?? '' },
      { do: 'insert', row: { ...place('d3'), text: forged } },
      { do: 'delete', row: place('d2'), etag: etags[2] ?? '' },
    ]);
    expect(written).to.have.property('stored', true);
    expect(await table.get('p', 'd3')).to.have.property('text', forged);
  });

  it('what is looked for never becomes part of the question', async () => {
    await insert('wanted');
    const strange = ["x' or PartitionKey ge '", "' or true or '", "p' and RowKey eq 'wanted"];
    for (const text of strange) {
      expect(await table.list(text, 'a', 'z')).to.deep.equal([]);
      expect(await table.list('p', text, text)).to.deep.equal([]);
    }
  });

  it('a list has all its pages, and no more than asked for', async () => {
    for (let from = 0; from < 1_100; from += 100) {
      const rows = Array.from({ length: 100 }, (_, n) => place(`page${String(from + n).padStart(4, '0')}`));
      await table.write(rows.map((row) => ({ do: 'insert', row })));
    }
    const all = await table.list('p', 'page', 'page}');
    expect(all.map(({ rowKey }) => rowKey)).to.deep.equal(
      Array.from({ length: 1_100 }, (_, n) => `page${String(n).padStart(4, '0')}`),
    );
    expect(await table.list('p', 'page', 'page}', 1_001)).to.deep.equal(all.slice(0, 1_001));
  });

  it('any text is a key that the storage takes, and no two texts are one', async () => {
    const texts = fc.sample(fc.string({ unit: anyUnit, minLength: 1, maxLength: 20 }), {
      numRuns: 100,
      seed: 1,
    });
    const rowKeys = new Set(texts.map((text) => key('any', text)));
    expect(rowKeys.size).to.equal(new Set(texts).size);
    const written = await table.write([...rowKeys].map((rowKey) => ({ do: 'insert', row: place(rowKey) })));
    expect(written).to.have.property('stored', true);
    const found = await table.list('p', key('any'), keyAfter('any'));
    expect(new Set(found.map(({ rowKey }) => rowKey))).to.deep.equal(rowKeys);
  });

  it('a key part is one to one', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), fc.string({ unit: anyUnit }), (a, b) => {
        expect(keyPart(a) === keyPart(b)).to.equal(a === b);
      }),
    );
  });

  it('cases keep the shard they were given when the product was new', () => {
    const pinned = { 'H26-7KQ-4MP': 's6', 'H26-000-000': 's5', 'H26-000-001': 's1', 'H31-ZZZ-ZZZ': 's6' };
    for (const [number, shard] of Object.entries(pinned)) {
      expect(isIncidentId(number) && shardOf(number), number).to.equal(shard);
    }
    expect(shards).to.have.length(8);
  });
});

describe('what a transaction may hold', () => {
  const row = (columns: Partial<Row> = {}): Operation => ({
    do: 'insert',
    row: { partitionKey: 'p', rowKey: 'r', ...columns } as Row,
  });
  const bytes = (length: number) => new Uint8Array(length);
  const parts = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, part) => [`sealed${part}`, bytes(64 * 1024)]));

  it('is what Azure takes, to the last one', () => {
    checkSize(Array.from({ length: 100 }, () => row()));
    checkSize([row({ text: 'x'.repeat(32 * 1024) })]);
    checkSize([row({ sealed0: bytes(64 * 1024) })]);
    checkSize([row(parts(15))]);
    checkSize([row(parts(15)), row(parts(15))]);
  });

  for (const [what, operations] of [
    ['101 operations', Array.from({ length: 101 }, () => row())],
    ['a text of 32 Ki and one', [row({ text: 'x'.repeat(32 * 1024 + 1) })]],
    ['bytes of 64 Ki and one', [row({ sealed0: bytes(64 * 1024 + 1) })]],
    ['a row of 1 MiB and its names', [row(parts(16))]],
    ['three rows of nearly 1 MiB', [row(parts(15)), row(parts(15)), row(parts(15))]],
  ] as const) {
    it(`is not ${what}`, () => {
      expect(() => checkSize([...operations])).to.throw('more than storage takes');
    });
  }
});
