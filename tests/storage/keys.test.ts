import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { localKeys, rotateLocalKeys } from '../../bot/storage/keys.ts';
import { seal, sealJson, unseal, unsealJson } from '../../bot/storage/seal.ts';
import { temporaryFolder } from '../contracts/storages.ts';
import { ending } from './opened.ts';

const key = Buffer.alloc(32, 7);

describe('sealing', () => {
  it('any text comes back to the last unit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
        (text) => {
          expect(unsealJson(key, sealJson(key, text, 'a'), 'a')).to.equal(text);
        },
      ),
    );
  });

  it('opens with nothing but its own key, place and bytes', () => {
    const sealed = seal(key, Buffer.from('kanin'), 'tenant|case|e000001');
    expect(unseal(key, sealed, 'tenant|case|e000001').toString()).to.equal('kanin');
    expect(() => unseal(Buffer.alloc(32, 8), sealed, 'tenant|case|e000001')).to.throw();
    expect(() => unseal(key, sealed, 'tenant|case|e000002')).to.throw();
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const turned = Buffer.from(sealed);
      turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => unseal(key, turned, 'tenant|case|e000001'), `bit ${bit}`).to.throw();
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(
        () => unseal(key, sealed.subarray(0, length), 'tenant|case|e000001'),
        `${length} bytes`,
      ).to.throw();
    }
  });

  it('the same text twice gives two different seals', () => {
    const seals = Array.from({ length: 1_000 }, () => seal(key, Buffer.from('x'), 'a').toString('hex'));
    expect(new Set(seals).size).to.equal(1_000);
  });
});

describe('the key file', () => {
  it('is made once, for its owner alone, also when several start at once', async () => {
    const folder = join(await temporaryFolder(), 'not', 'there', 'yet');
    const starts = await Promise.all(Array.from({ length: 8 }, () => localKeys(folder)));
    const hashes = starts.map(({ hmac }) => Buffer.from(hmac('x')).toString('hex'));
    expect(new Set(hashes).size).to.equal(1);
    expect(await readdir(folder)).to.deep.equal(['keys.json']);
    expect((await stat(join(folder, 'keys.json'))).mode & 0o777).to.equal(0o600);

    const again = await localKeys(folder);
    const wrapped = await starts[0]?.wrap(key, 'case');
    expect(wrapped && (await again.unwrap(wrapped, 'case'))).to.deep.equal(key);
    expect(wrapped && (await ending(again.unwrap(wrapped, 'another case')))).to.equal('Error');
  });

  it('is another in another folder', async () => {
    const [one, other] = [await localKeys(await temporaryFolder()), await localKeys(await temporaryFolder())];
    expect(one.hmac('x')).not.to.deep.equal(other.hmac('x'));
    expect(await ending(other.unwrap(await one.wrap(key, 'case'), 'case'))).to.equal('Error');
  });

  it('of the first version is read, and rotated with what it has wrapped', async () => {
    const folder = await temporaryFolder();
    const old = {
      v: 1,
      master: Buffer.alloc(32, 1).toString('base64'),
      hmac: Buffer.alloc(32, 2).toString('base64'),
    };
    await writeFile(join(folder, 'keys.json'), JSON.stringify(old));
    const keys = await localKeys(folder);
    const bytes = seal(Buffer.alloc(32, 1), key, 'case');
    expect(await keys.unwrap({ bytes, by: '1' }, 'case')).to.deep.equal(key);
    const command = fileURLToPath(new URL('../../bot/local/rotate.ts', import.meta.url));
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [command], { env: { ...process.env, DATA_DIR: folder } });
    expect(stdout).to.include('Key 2 wraps from now on');
    expect((await keys.wrap(key, 'case')).by).to.equal('2');
    for (const each of [keys, await localKeys(folder)]) {
      expect(await each.unwrap({ bytes, by: '1' }, 'case')).to.deep.equal(key);
      expect(each.hmac('x')).to.deep.equal(keys.hmac('x'));
    }
    expect(await readdir(folder)).to.deep.equal(['keys.json']);
    expect((await stat(join(folder, 'keys.json'))).mode & 0o777).to.equal(0o600);
  });

  it('is rotated by one at a time: a second key must not be lost with what it has wrapped', async () => {
    const folder = await temporaryFolder();
    await localKeys(folder);
    const ends = await Promise.all([1, 2, 3].map(() => ending(rotateLocalKeys(folder))));
    const done = ends.filter((end) => end !== 'KeyFileError');
    expect(done.length).to.be.at.least(1);
    expect(new Set(done).size).to.equal(done.length);
    const { current, masters } = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8'));
    expect(Object.keys(masters))
      .to.have.members(['1', ...done])
      .and.include(current);
  });

  it('that is broken stops the start, and is left as it is', async () => {
    for (const text of ['', '{', '{"v":1}', '{"v":1,"master":"AAAA","hmac":"AAAA"}', '{"v":2}']) {
      const folder = await temporaryFolder();
      const path = join(folder, 'keys.json');
      await writeFile(path, text);
      expect(await localKeys(folder).catch((error: unknown) => String(error))).to.include('keys.json');
      expect(await readFile(path, 'utf8')).to.equal(text);
    }
  });
});
