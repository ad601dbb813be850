/** The storage account of Azure: reached by its name, with an identity and no key. */
import { expect } from 'chai';
import { openStorage } from '../../bot/storage/open.ts';
import { at } from '../contracts/changes.ts';
import { start, temporaryFolder } from '../contracts/storages.ts';
import { ending, tenantId } from './opened.ts';

describe('an account by its name', () => {
  it('is asked for with a token of the identity; without one nothing is sent or stored', async () => {
    const scopes = new Set<string>();
    const credential = {
      getToken: async (scope: string | string[]) => {
        for (const each of [scope].flat()) scopes.add(each);
        throw new Error('no token for this test');
      },
    };
    const storage = await openStorage({
      connection: { name: 'teststorage', credential },
      tenantId,
      dataDir: await temporaryFolder(),
      clock: () => start,
      onUnreadable: (rowKey) => expect.fail(rowKey),
      onBroken: (rowKey) => expect.fail(rowKey),
    });
    expect(await ending(storage.ping())).to.equal('StorageRefused');
    expect(await ending(storage.anchors?.anchor(at(), undefined) ?? Promise.resolve('none'))).to.equal(
      'StorageRefused',
    );
    expect([...scopes]).to.deep.equal(['https://storage.azure.com/.default']);
  });
});
