import { expect } from 'chai';
import { at, officer, reporter } from './changes.ts';
import { storages, type World } from './storages.ts';

const name = 'dutyRota';

for (const { name: storage, world: create } of storages) {
  describe(`settings in ${storage}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });
    const put = async (content: unknown, from: World['settings'] = world.settings, by = officer) => {
      const found = await from.read(name);
      return from.write(name, { content, at: at(), by }, found?.tag);
    };

    it('a document that nobody has written is not there', async () => {
      expect(await world.settings.read(name)).to.equal(undefined);
      expect(await world.settings.history(name)).to.deep.equal([]);
    });

    it('what is written is read as it was, by every instance, with who and when', async () => {
      const content = { shifts: [{ a: 1, later: { b: [null, 'å', '🔥'] } }] };
      expect(await put(content)).to.equal('written');
      expect(await world.other.settings.read(name)).to.deep.include({
        content,
        version: 1,
        at: at(),
        by: officer,
      });
    });

    it('of two who write at once one wins, the other is told and changes nothing', async () => {
      await put({ n: 0 });
      const seen = await Promise.all([world, world.other].map(({ settings }) => settings.read(name)));
      const outcomes = await Promise.all(
        [world, world.other].map(({ settings }, n) =>
          settings.write(name, { content: { n: n + 1 }, at: at(n), by: officer }, seen[n]?.tag),
        ),
      );
      expect(outcomes.toSorted()).to.deep.equal(['conflict', 'written']);
      const winner = outcomes.indexOf('written') + 1;
      expect(await world.settings.read(name)).to.deep.include({ content: { n: winner }, version: 2 });
      expect(await world.settings.history(name)).to.have.length(2);
    });

    it('the first version is written once', async () => {
      const first = { content: {}, at: at(), by: officer };
      expect(await world.settings.write(name, first, undefined)).to.equal('written');
      expect(await world.other.settings.write(name, first, undefined)).to.equal('conflict');
    });

    it('every version is kept, newest first', async () => {
      for (const n of [1, 2, 3])
        await put({ n }, n % 2 ? world.settings : world.other.settings, n === 2 ? reporter : officer);
      const history = await world.other.settings.history(name);
      expect(history.map(({ version, by, content }) => ({ version, by, content }))).to.deep.equal([
        { version: 3, by: officer, content: { n: 3 } },
        { version: 2, by: reporter, content: { n: 2 } },
        { version: 1, by: officer, content: { n: 1 } },
      ]);
    });

    it('a document of a long rota is kept whole, and a shorter one takes its place', async () => {
      const long = { shifts: Array.from({ length: 2_000 }, (_, n) => `${'å'.repeat(60)}${n}`) };
      for (const content of [long, { shifts: [] }]) {
        expect(await put(content)).to.equal('written');
        expect((await world.other.settings.read(name))?.content).to.deep.equal(content);
      }
    });
  });
}
