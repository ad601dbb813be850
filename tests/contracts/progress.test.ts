import { expect } from 'chai';
import type { Tick } from '../../bot/core/checklist.ts';
import { at, id, officer, reporter } from './changes.ts';
import { storages, type World } from './storages.ts';

const of = { person: reporter, list: 'fore.mote' };
const done = (n = 0): Tick => ({ as: 'done', at: at(n) });
const left: Tick = { as: 'notRelevant', at: at(1), reason: 'Jag går inte på möten. 🔥' };

for (const { name, world: create } of storages) {
  describe(`progress in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });

    it('a list that nobody has begun is empty', async () => {
      expect(await world.progress.read(of)).to.deep.equal({ ticks: {} });
      expect(await world.progress.begun(reporter)).to.deep.equal([]);
    });

    it('ticks are read as they were made, by every instance, with the version that was before the person', async () => {
      await world.progress.tick(of, 'fore.mote.01', done(), 'v1');
      await world.other.progress.tick(of, 'fore/mote #2', left, 'v2');
      expect(await world.other.progress.read(of)).to.deep.equal({
        version: 'v2',
        ticks: { 'fore.mote.01': done(), 'fore/mote #2': left },
      });
    });

    it('a tick is taken back, and made again', async () => {
      await world.progress.tick(of, 'a', done(), 'v1');
      await world.progress.tick(of, 'a', undefined, 'v1');
      expect((await world.other.progress.read(of)).ticks).to.deep.equal({});
      await world.progress.tick(of, 'a', done(2), 'v1');
      expect((await world.progress.read(of)).ticks).to.deep.equal({ a: done(2) });
    });

    it('of 200 at once from two devices none is lost', async () => {
      const items = Array.from({ length: 200 }, (_, n) => `item.${n}`);
      await Promise.all(
        items.map((item, n) => (n % 2 ? world : world.other).progress.tick(of, item, done(n), 'v1')),
      );
      const { ticks } = await world.other.progress.read(of);
      expect(ticks).to.deep.equal(Object.fromEntries(items.map((item, n) => [item, done(n)])));
    });

    it('each person, list and case has its own; what is done for a case is not among what one has begun', async () => {
      await world.progress.tick(of, 'a', done(), 'v1');
      await world.progress.tick({ ...of, person: officer }, 'b', done(), 'v1');
      await world.progress.tick({ ...of, list: 'other' }, 'c', done(), 'v1');
      await world.progress.tick({ ...of, list: 'efter.du', incident: id }, 'd', done(), 'v1');
      expect(Object.keys((await world.progress.read(of)).ticks)).to.deep.equal(['a']);
      expect(await world.other.progress.begun(reporter)).to.have.members([of.list, 'other']);
      expect(
        Object.keys((await world.progress.read({ ...of, list: 'efter.du', incident: id })).ticks),
      ).to.deep.equal(['d']);
    });
  });
}
