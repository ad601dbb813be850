/** Routines: done by one instance, lost by none, whatever happens to the one who holds them. */
import { expect } from 'chai';
import { later, minutes } from '../../bot/core/time.ts';
import { storages, type World } from './storages.ts';

const lease = minutes(1);

for (const { name, world: create } of storages) {
  describe(`routines in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });
    const take = (by: Pick<World, 'routines'> = world, first = world.now()) =>
      by.routines.take('list', world.now(), lease, first);
    const taken = async (by?: Pick<World, 'routines'>) => {
      const routine = await take(by);
      if (!routine) throw new Error('not to be had');
      return routine;
    };

    it('is not done before its first time, and then by one only', async () => {
      const first = later(world.now(), minutes(5));
      expect(await take(world, first)).to.equal(undefined);
      expect(await take(world.other, later(first, minutes(9)))).to.equal(undefined);
      world.pass(minutes(5));
      const moved = later(world.now(), minutes(9));
      const both = await Promise.all([take(world, moved), take(world.other, moved)]);
      expect(both.filter(Boolean)).to.have.length(1);
      expect(both.find(Boolean)).to.deep.include({ name: 'list', at: first, repeat: false });
    });
    it('is done again when its holder has said, with what it left behind', async () => {
      const next = later(world.now(), minutes(60));
      expect(await world.routines.finish(await taken(), { at: next, memory: { told: ['a', 'å'] } })).to.equal(
        true,
      );
      expect(await world.other.routines.recall('list')).to.deep.equal({ told: ['a', 'å'] });
      expect(await take(world.other)).to.equal(undefined);
      world.pass(minutes(60));
      expect(await taken(world.other)).to.deep.include({
        at: next,
        memory: { told: ['a', 'å'] },
        repeat: false,
      });
    });
    it('is another’s when its holder has died, and says that it may be a repeat', async () => {
      const dead = await taken();
      world.pass(lease - 1);
      expect(await take(world.other)).to.equal(undefined);
      world.pass(1);
      const heir = await taken(world.other);
      expect(heir).to.deep.include({ at: dead.at, repeat: true });
      expect(await world.routines.finish(dead, { at: later(world.now(), minutes(9)) })).to.equal(false);
      expect(await world.other.routines.finish(heir, { at: world.now() })).to.equal(true);
      expect(await taken()).to.deep.include({ repeat: false });
    });
    it('is done again as a repeat when its holder cannot tell how it went', async () => {
      await world.routines.finish(await taken(), { at: world.now(), repeat: true });
      expect(await taken(world.other)).to.deep.include({ repeat: true });
    });
    it('has left nothing behind before it was ever done', async () => {
      expect(await world.routines.recall('list')).to.equal(undefined);
    });
    it('does not clash with another of its kind', async () => {
      await taken();
      expect(await world.routines.take('other|one', world.now(), lease, world.now())).to.not.equal(undefined);
    });
  });
}
