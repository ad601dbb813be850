/** One with the storage and without the keys changes what is sealed: it is refused, flagged once, and nothing else suffers. */
import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { openStorage } from '../../bot/storage/open.ts';
import { shardOf } from '../../bot/storage/rows.ts';
import { id, loaded, next, otherId, report } from '../contracts/changes.ts';
import { start } from '../contracts/storages.ts';
import { ending, type Opened, openedStorage } from './opened.ts';

describe('what is sealed and has been changed', function () {
  this.timeout(60_000);
  let storage: Opened;
  beforeEach(async () => {
    storage = await openedStorage();
    for (const each of [id, otherId]) {
      await storage.cases.commit(report(each, { sealed: { text: `ord-${each}` } }));
      await storage.cases.commit(
        next(await loaded(storage.cases, each), undefined, { sealed: { text: 'mer' } }),
      );
    }
  });
  const table = () => storage.table('incidents');
  const bytesIn = async (rowKey: string, column: string, of: IncidentId = id): Promise<Uint8Array> => {
    const found = (await table().get(shardOf(of), rowKey))?.[column];
    if (!(found instanceof Uint8Array)) throw new Error(`${rowKey} has no ${column}`);
    return found;
  };
  const put = async (rowKey: string, columns: Record<string, string | Uint8Array>) => {
    const row = { partitionKey: shardOf(id), rowKey, ...columns };
    const { etag = '' } = (await table().get(shardOf(id), rowKey)) ?? {};
    expect(await table().write([{ do: 'merge', row, etag }])).to.have.property('stored', true);
  };
  const refuses = async (what: string) =>
    expect(await ending(storage.cases.open(id)), what).to.equal('StorageRefused');

  it('every byte of a sealed part, and of a wrapped key, is needed as it is', async () => {
    let bytes = 0;
    for (const [rowKey, column] of [
      [`case|${id}|e000001`, 'sealed0'],
      [`key|${id}`, 'wrapped'],
    ] as const) {
      const whole = await bytesIn(rowKey, column);
      for (let at = 0; at < whole.length; at++) {
        const turned = Uint8Array.from(whole);
        turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8));
        await put(rowKey, { [column]: turned });
        await refuses(`${rowKey} byte ${at}`);
        bytes += 1;
      }
      await put(rowKey, { [column]: whole });
    }
    process.stdout.write(`      ${JSON.stringify({ bytes })}\n`);
    expect(await storage.cases.open(id)).to.have.length(2);
    expect(storage.flagged, 'each row is flagged once').to.have.members([`case|${id}|e000001`, `key|${id}`]);
    expect(storage.flagged).to.have.length(2);
  });

  it('nothing opens in another place: of another case, another event, another tenant, another version of the key', async () => {
    const [first, key] = [`case|${id}|e000001`, `key|${id}`];
    const own = await bytesIn(first, 'sealed0');
    await put(first, { sealed0: await bytesIn(`case|${otherId}|e000001`, 'sealed0', otherId) });
    await refuses('of another case');
    await put(first, { sealed0: await bytesIn(`case|${id}|e000002`, 'sealed0') });
    await refuses('of another event');
    await put(first, { sealed0: own });
    const ownKey = await bytesIn(key, 'wrapped');
    await put(key, { wrapped: await bytesIn(`key|${otherId}`, 'wrapped', otherId) });
    await refuses('the key of another case');
    await put(key, { wrapped: ownKey, by: '2' });
    await refuses('another version of the key');
    await put(key, { by: '1' });
    expect(await storage.cases.open(id)).to.have.length(2);

    const broken: string[] = [];
    const elsewhere = await openStorage({
      connection: storage.connection(),
      tenantId: '00000000-0000-4000-8000-00000000000e',
      dataDir: storage.dataDir,
      clock: () => start,
      onUnreadable: (rowKey) => expect.fail(rowKey),
      onBroken: (rowKey) => broken.push(rowKey),
    });
    expect(await ending(elsewhere.cases.open(id)), 'another tenant').to.equal('StorageRefused');
    expect(broken).to.deep.equal([key]);
    expect(elsewhere.broken()).to.equal(1);
  });

  it('the other cases are read as ever', async () => {
    const sealed0 = await bytesIn(`case|${id}|e000002`, 'sealed0');
    await put(`case|${id}|e000001`, { sealed0 });
    await refuses('changed');
    expect(await storage.cases.open(otherId)).to.have.length(2);
  });
});
