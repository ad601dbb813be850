/** Who keeps the keys: a file, or Key Vault. Both are the same to who uses them. */
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { type Keys, localKeys, rotateLocalKeys, type Wrapped } from '../../bot/storage/keys.ts';
import { openTable } from '../../bot/storage/tables.ts';
import { vaultKeys } from '../../bot/storage/vault.ts';
import { emptyAccount } from '../world/azurite.ts';
import { startKeyVault } from '../world/keyVault.ts';
import { temporaryFolder } from './storages.ts';

interface Keeper {
  /** Another start on the same disk. */
  open(): Promise<Keys>;
  rotate(): Promise<string>;
  stop(): Promise<void>;
}

async function fileKeeper(): Promise<Keeper> {
  const folder = await temporaryFolder();
  return {
    open: () => localKeys(folder),
    rotate: () => rotateLocalKeys(folder),
    stop: () => Promise.resolve(),
  };
}

async function vaultKeeper(): Promise<Keeper> {
  const vault = await startKeyVault();
  const { connection } = await emptyAccount();
  const dataDir = await temporaryFolder();
  const table = openTable(connection(), 'settings', 1_000);
  const { key, credential } = vault;
  return {
    open: () => vaultKeys({ key, credential, dataDir, table, refreshEvery: 0 }),
    rotate: async () => vault.rotate(),
    stop: vault.stop,
  };
}

const refused = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => false,
    (error: unknown) => error instanceof Error && error.name !== 'StorageReadingWaits',
  );

/** Known at the next wrapping, or the one after it: a vault is asked in the background. */
async function wrapsBy(keys: Keys, version: string): Promise<Wrapped> {
  for (let tries = 0; tries < 100; tries++) {
    const wrapped = await keys.wrap(Buffer.alloc(32, tries), 'case');
    if (wrapped.by === version) return wrapped;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never wrapped by ${version}`);
}

for (const [name, create] of [
  ['a key file', fileKeeper],
  ['Key Vault', vaultKeeper],
] as const) {
  describe(`keys kept by ${name}`, function () {
    this.timeout(20_000);
    let keeper: Keeper;
    let keys: Keys;
    beforeEach(async () => {
      keeper = await create();
      keys = await keeper.open();
    });
    afterEach(() => keeper.stop());

    it('what one instance wraps another unwraps', async () => {
      const dataKey = randomBytes(32);
      const wrapped = await keys.wrap(dataKey, 'tenant|case|key');
      const other = await keeper.open();
      expect(await other.unwrap(wrapped, 'tenant|case|key')).to.deep.equal(dataKey);
      expect(Buffer.from(wrapped.bytes).includes(dataKey)).to.equal(false);
      expect(other.hmac('x')).to.deep.equal(keys.hmac('x'));
    });
    it('the same key is wrapped another way each time', async () => {
      const dataKey = randomBytes(32);
      const all = await Promise.all(Array.from({ length: 50 }, () => keys.wrap(dataKey, 'case')));
      expect(new Set(all.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).to.equal(50);
    });
    it('opens for nothing but its own place', async () => {
      const wrapped = await keys.wrap(randomBytes(32), 'tenant|case|key');
      for (const place of [
        'other|case|key',
        'tenant|other|key',
        'tenant|case|draft',
        'tenant|case|key|e1',
        '',
      ]) {
        expect(await refused(keys.unwrap(wrapped, place)), place).to.equal(true);
      }
    });
    it('does not open when any byte is turned, or any is left out', async () => {
      const wrapped = await keys.wrap(randomBytes(32), 'case');
      for (let at = 0; at < wrapped.bytes.length; at++) {
        const bytes = Uint8Array.from(wrapped.bytes);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
        expect(await refused(keys.unwrap({ ...wrapped, bytes }, 'case')), `byte ${at}`).to.equal(true);
        const short = wrapped.bytes.subarray(0, at);
        expect(await refused(keys.unwrap({ ...wrapped, bytes: short }, 'case')), `${at} bytes`).to.equal(
          true,
        );
      }
    });
    it('opens with no version but its own, and not when the version is not known', async () => {
      const wrapped = await keys.wrap(randomBytes(32), 'case');
      const next = await keeper.rotate();
      await wrapsBy(keys, next);
      for (const by of [next, 'none', '', '__proto__', 'constructor']) {
        expect(await refused(keys.unwrap({ ...wrapped, by }, 'case')), by).to.equal(true);
      }
    });
    it('rotates: new keys by the new version, and what older ones have wrapped is unwrapped', async () => {
      const dataKeys: [Wrapped, Buffer][] = [];
      const versions = new Set<string>();
      for (let n = 0; n < 4; n++) {
        if (n > 0) await wrapsBy(keys, await keeper.rotate());
        const dataKey = randomBytes(32);
        const wrapped = await keys.wrap(dataKey, 'case');
        versions.add(wrapped.by);
        dataKeys.push([wrapped, dataKey]);
      }
      expect(versions.size).to.equal(4);
      for (const each of [keys, await keeper.open()]) {
        for (const [wrapped, dataKey] of dataKeys) {
          expect(await each.unwrap(wrapped, 'case')).to.deep.equal(dataKey);
        }
      }
    });
  });
}
