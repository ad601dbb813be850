import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { localKeys } from '../../bot/storage/keys.ts';
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
