import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { keepLastKnown, readLastKnown } from '../bot/lastKnown.ts';
import { temporaryFolder } from './contracts/storages.ts';

const known = {
  dutyFunction: { name: 'Tjänsteperson i beredskap', number: '08-465 004 00' },
  bot: { id: 'b', name: 'Boten' },
  tenantId: 't',
};

describe('what was last known', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await temporaryFolder(), 'new');
  });

  it('is there for the next start, and nothing else of what it was taken from', async () => {
    expect(await readLastKnown(folder)).to.equal(undefined);
    await keepLastKnown(folder, { ...known, ...{ people: ['Alva'] } });
    expect(await readLastKnown(folder)).to.deep.equal(known);
    expect(await readdir(folder)).to.deep.equal(['lastKnown.json']);
  });
  it('is written when it changes, and only then', async () => {
    await keepLastKnown(folder, known);
    const { ino } = await stat(join(folder, 'lastKnown.json'));
    await keepLastKnown(folder, known);
    expect((await stat(join(folder, 'lastKnown.json'))).ino).to.equal(ino);
    const changed = { ...known, dutyFunction: { name: 'Beredskap', number: '112' } };
    await keepLastKnown(folder, changed);
    expect(await readLastKnown(folder)).to.deep.equal(changed);
  });
  it('is not known when the file is half a file or something else', async () => {
    await keepLastKnown(folder, known);
    for (const broken of ['{"dutyFunction":', '[]', '']) {
      await writeFile(join(folder, 'lastKnown.json'), broken);
      expect(await readLastKnown(folder), broken).to.equal(undefined);
    }
    await keepLastKnown(folder, known);
    expect(await readLastKnown(folder)).to.deep.equal(known);
  });
});
