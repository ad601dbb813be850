/** What is left on disk of a case whose keys are deleted: nothing that all keys and all files together could open. */
import { expect } from 'chai';
import { localKeys } from '../../bot/storage/keys.ts';
import { openStorage } from '../../bot/storage/open.ts';
import { at, id, loaded, next, officer, otherId, report } from '../contracts/changes.ts';
import { start, temporaryFolder } from '../contracts/storages.ts';
import { azuriteOnDisk } from '../world/azuriteOnDisk.ts';
import { ending, tenantId } from './opened.ts';

describe('a case that is erased, on disk', function () {
  this.timeout(60_000);

  it('neither its words nor a key that opens them are in any file, not even for who has the key file', async () => {
    const dataDir = await temporaryFolder();
    const azurite = await azuriteOnDisk(await temporaryFolder());
    const storage = await openStorage({
      connection: azurite.connection,
      tenantId,
      dataDir,
      clock: () => start,
      onUnreadable: (rowKey) => expect.fail(rowKey),
      onBroken: (rowKey) => expect.fail(rowKey),
    });
    await storage.ping();
    const by = { at: at(), by: officer };
    for (const each of [id, otherId]) {
      await storage.cases.commit(report(each, { sealed: { text: 'kanin-7f', where: 'kanin-plats' } }));
      await storage.cases.commit(
        next(await loaded(storage.cases, each), undefined, { sealed: { text: 'kanin-8a' } }),
      );
      await storage.cases.commit(
        next(await loaded(storage.cases, each), { type: 'Closed', ...by, reason: 'handled' }),
      );
    }
    await storage.cases.commit(next(await loaded(storage.cases), { type: 'Erased', ...by }));
    expect(await ending(storage.cases.open(id))).to.equal('StorageRefused');
    await azurite.stop();

    const all = (await azurite.files()).toString('utf8');
    expect(all, 'the files are those of this storage').to.include(`state|${id}`);
    expect(all).not.to.include('kanin');
    const keys = await localKeys(dataDir);
    const binaries = new Set([...all.matchAll(/"([A-Za-z0-9+/]{40,}={0,2})"/g)].map(([, text = '']) => text));
    const opening = async (of: string) => {
      const tried = [...binaries].map((text) =>
        keys.unwrap({ bytes: Buffer.from(text, 'base64'), by: '1' }, `${tenantId}|${of}|key`).then(
          () => 1,
          () => 0,
        ),
      );
      return (await Promise.all(tried)).reduce<number>((sum, one) => sum + one, 0);
    };
    expect(await opening(otherId), 'the key of the case that was kept is found so').to.equal(1);
    expect(await opening(id)).to.equal(0);
  });
});
