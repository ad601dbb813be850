/** Cases with their keys in Key Vault: what goes on while it is away, and that nothing becomes unreadable. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { incidentId } from '../../bot/core/ids.ts';
import { localKeys, rotateLocalKeys } from '../../bot/storage/keys.ts';
import { openStorage, type Storage } from '../../bot/storage/open.ts';
import { id, loaded, next, officer, otherId, report } from '../contracts/changes.ts';
import { start, temporaryFolder } from '../contracts/storages.ts';
import { emptyAccount } from '../world/azurite.ts';
import { everything, holds } from '../world/dump.ts';
import { type KeyVault, startKeyVault } from '../world/keyVault.ts';
import { ending, tenantId } from './opened.ts';

const said = async (storage: Storage, of = id) =>
  (await storage.cases.open(of)).flatMap(({ sealed }) => (sealed?.text ? [sealed.text] : []));
const note = { type: 'Noted', at: start, by: officer, visibleTo: 'staff' } as const;

describe('keys in Key Vault', function () {
  this.timeout(60_000);
  let vault: KeyVault;
  let connection: string;
  let dataDir: string;
  let storage: Storage;
  const open = (folder = dataDir) =>
    openStorage({
      connection,
      tenantId,
      dataDir: folder,
      vault: { key: vault.key, credential: vault.credential, refreshEvery: 0 },
      clock: () => start,
      onUnreadable: (rowKey) => expect.fail(rowKey),
      onBroken: (rowKey) => expect.fail(rowKey),
    });
  beforeEach(async () => {
    vault = await startKeyVault();
    connection = (await emptyAccount()).connection();
    dataDir = await temporaryFolder();
    storage = await open();
    await storage.ping();
  });
  afterEach(() => vault.stop());

  it('nothing that opens a case is stored, and an instance on another disk opens it', async () => {
    await storage.cases.commit(report(id, { sealed: { text: 'kanin-5d1' } }));
    const dump = await everything(connection);
    expect(holds(dump, 'kanin-5d1')).to.equal(false);
    const other = await open(await temporaryFolder());
    expect(await said(other)).to.deep.equal(['kanin-5d1']);
    expect(other.hmac('x')).to.deep.equal(storage.hmac('x'));
  });

  for (const fault of ['away', 'silent', 'forbidden', 10 * 60_000] as const) {
    it(`${fault}: reports and notes are taken at once, reading waits in time, and all is there when it is back`, async () => {
      await storage.cases.commit(report(id, { sealed: { text: 'before' } }));
      vault.fault = fault;
      // Started anew: nothing is in memory.
      const fresh = await open();
      const began = performance.now();
      await fresh.cases.commit(report(otherId, { sealed: { text: 'meanwhile' } }));
      expect(performance.now() - began, 'a report').to.be.lessThan(1_000);
      expect(await ending(fresh.cases.open(id))).to.equal('StorageReadingWaits');
      expect(performance.now() - began, 'a reading').to.be.lessThan(3_500);
      for (const text of ['supplement', 'another']) {
        const since = performance.now();
        expect(
          await fresh.cases.commit(next(await loaded(fresh.cases), note, { sealed: { text } })),
        ).to.deep.equal({
          outcome: 'committed',
        });
        expect(performance.now() - since, 'a note').to.be.lessThan(2_500);
      }
      expect(await said(fresh, otherId), 'just written, so its key is known').to.deep.equal(['meanwhile']);
      vault.fault = undefined;
      const back = await open(await temporaryFolder());
      expect(await said(back)).to.deep.equal(['before', 'supplement', 'another']);
      expect(await said(back, otherId)).to.deep.equal(['meanwhile']);
    });
  }

  it('a vault that has just not answered is not waited for by the next', async () => {
    await storage.cases.commit(report(id, { sealed: { text: 'x' } }));
    vault.fault = 'silent';
    const fresh = await open();
    expect(await ending(fresh.cases.open(id))).to.equal('StorageReadingWaits');
    const since = performance.now();
    expect(await ending(fresh.cases.open(id))).to.equal('StorageReadingWaits');
    expect(performance.now() - since).to.be.lessThan(500);
  });

  it('what is read again needs no vault', async () => {
    await storage.cases.commit(report(id, { sealed: { text: 'x' } }));
    const fresh = await open();
    await said(fresh);
    const asked = vault.asked.filter((one) => one.includes('unwrapkey')).length;
    await said(fresh);
    expect(vault.asked.filter((one) => one.includes('unwrapkey'))).to.have.length(asked);
  });

  it('a first start without it fails; a start on a disk of another storage does too', async () => {
    vault.fault = 'away';
    expect(await ending(open(await temporaryFolder()))).to.equal('KeyFileError');
    vault.fault = undefined;
    connection = (await emptyAccount()).connection();
    const elsewhere = await open(await temporaryFolder());
    await elsewhere.ping();
    expect(await ending(open())).to.equal('KeyFileError');
  });

  it('a disk that has forgotten, or holds nonsense, learns again', async () => {
    await storage.cases.commit(report(id, { sealed: { text: 'x' } }));
    await writeFile(join(dataDir, 'vault.json'), '{"v":1');
    const again = await open();
    expect(again.hmac('x')).to.deep.equal(storage.hmac('x'));
    expect(await said(again)).to.deep.equal(['x']);
  });

  it('several first starts at once agree on one key', async () => {
    connection = (await emptyAccount()).connection();
    const folders = await Promise.all([1, 2, 3].map(temporaryFolder));
    const all = await Promise.all(folders.map((folder) => open(folder)));
    expect(new Set(all.map(({ hmac }) => Buffer.from(hmac('x')).toString('hex'))).size).to.equal(1);
  });
});

describe('three rotations under load', function () {
  this.timeout(120_000);

  for (const keeper of ['the key file', 'Key Vault'] as const) {
    it(`leave nothing unreadable: ${keeper}`, async () => {
      const vault = keeper === 'Key Vault' ? await startKeyVault() : undefined;
      const connection = (await emptyAccount()).connection();
      const dataDir = await temporaryFolder();
      await localKeys(dataDir);
      const open = () =>
        openStorage({
          connection,
          tenantId,
          dataDir,
          ...(vault && { vault: { key: vault.key, credential: vault.credential, refreshEvery: 50 } }),
          clock: () => start,
          onUnreadable: (rowKey) => expect.fail(rowKey),
          onBroken: (rowKey) => expect.fail(rowKey),
        });
      const first = await open();
      await first.ping();
      const instances = [first, await open()];
      const numbers = Array.from({ length: 160 }, (_, n) =>
        incidentId(`H26-${String(n).padStart(3, '0')}-ABC`),
      );
      const written = new Map<string, string[]>();
      let rotations = 0;
      await Promise.all(
        instances.map(async (storage, which) => {
          for (const [n, of] of numbers.entries()) {
            if (n % 2 !== which) continue;
            await storage.cases.commit(report(of, { sealed: { text: `report ${n}` } }));
            written.set(of, [`report ${n}`]);
            if (n % 40 === 38 && rotations < 3) {
              rotations += 1;
              if (vault) vault.rotate();
              else await rotateLocalKeys(dataDir);
            }
            // An older case is read and written to by the other instance, whatever its key was wrapped by.
            const old = numbers[n - 2];
            const other = instances[1 - which];
            if (!old || !other || !written.has(old)) continue;
            await other.cases.commit(
              next(await loaded(other.cases, old), note, { sealed: { text: `note ${n}` } }),
            );
            written.get(old)?.push(`note ${n}`);
            expect(await said(storage, old)).to.deep.equal(written.get(old));
          }
        }),
      );
      expect(rotations).to.equal(3);
      const fresh = await open();
      for (const of of numbers) expect(await said(fresh, of)).to.deep.equal(written.get(of));
      const { text } = await everything(connection);
      const rows = text.split('\n').map((row): Record<string, unknown> => JSON.parse(row));
      const versions = new Set(
        rows.flatMap(({ rowKey, by }) => (String(rowKey).startsWith('key|') ? [by] : [])),
      );
      process.stdout.write(`      ${JSON.stringify({ cases: numbers.length, versions: versions.size })}\n`);
      expect(versions.size).to.equal(4);
      await vault?.stop();
    });
  }
});
