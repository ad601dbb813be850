import { expect } from 'chai';
import { StorageRefused } from '../../bot/features/ports.ts';
import { at, officer } from '../contracts/changes.ts';
import { ending, type Opened, openedStorage } from './opened.ts';
import { openWire } from './wire.ts';

const name = 'dutyRota';

describe('settings in Azurite, seen from behind', function () {
  this.timeout(20_000);
  let storage: Opened;
  const change = (n: number) => ({ content: { n }, at: at(), by: officer });
  beforeEach(async () => {
    storage = await openedStorage();
    await storage.settings.write(name, change(1), undefined);
  });
  const merge = async (columns: Record<string, string | number>) => {
    const row = await storage.table('settings').get(name, 'document');
    await storage
      .table('settings')
      .write([
        { do: 'merge', row: { partitionKey: name, rowKey: 'document', ...columns }, etag: row?.etag ?? '' },
      ]);
  };

  it('rows have a version, and columns that a newer one has added survive a rewrite', async () => {
    await merge({ later: 'kept' });
    await storage.settings.write(name, change(2), (await storage.settings.read(name))?.tag);
    const row = await storage.table('settings').get(name, 'document');
    expect(row).to.include({ v: 1, later: 'kept' });
  });

  it('what a newer version has written is read, and not overwritten', async () => {
    await merge({ v: 2 });
    const found = await storage.settings.read(name);
    expect(found?.content).to.deep.equal({ n: 1 });
    expect(await ending(storage.settings.write(name, change(2), found?.tag))).to.equal(StorageRefused.name);
    expect((await storage.settings.read(name))?.version).to.equal(1);
  });

  it('a document that has lost a part is told of, not guessed', async () => {
    await merge({ contentParts: 2 });
    expect(await ending(storage.settings.read(name))).to.equal(StorageRefused.name);
  });

  it('a writer whose reply is lost is told the truth: stored, or unknown', async () => {
    const wire = await openWire(storage.port);
    const { settings } = await storage.again({ through: wire.port, limit: 250 });
    const tag = (await storage.settings.read(name))?.tag;
    wire.writes = 'cutAfter';
    expect(await ending(settings.write(name, change(2), tag))).to.equal('written');
    expect(await ending(settings.write(name, change(3), tag))).to.equal('conflict');
    wire.writes = 'cutBefore';
    const newer = (await storage.settings.read(name))?.tag;
    expect(await ending(settings.write(name, change(3), newer))).to.equal('StorageUnknown');
    await wire.close();
    expect((await storage.settings.read(name))?.content).to.deep.equal({ n: 2 });
    expect(await storage.settings.history(name)).to.have.length(2);
  });
});
