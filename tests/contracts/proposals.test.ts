import { expect } from 'chai';
import type { Decision, Proposal } from '../../bot/core/proposal.ts';
import { at, officer, reporter } from './changes.ts';
import { storages, type World } from './storages.ts';

const proposal = (n: number, more: Partial<Proposal> = {}): Proposal => ({
  id: `p${n}`,
  list: 'disk.larm',
  item: 'disk.larm.01',
  at: at(n),
  by: reporter,
  text: `Fler övningar, ${n}. 🔥`,
  discussion: 'd-1',
  ...more,
});
const accepted: Decision = {
  as: 'accepted',
  at: at(90),
  by: officer,
  owner: 'Lokalvården',
  day: '2026-12-31',
};
const done: Decision = { ...accepted, as: 'done', at: at(99) };

for (const { name, world: create } of storages) {
  describe(`proposals in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });
    const listed = async (state: Parameters<World['proposals']['list']>[0]) =>
      (await world.other.proposals.list(state)).map(({ id }) => id);
    const tagOf = async (id: string) => (await world.proposals.open(id))?.tag ?? '';

    it('where nobody has proposed anything there is nothing', async () => {
      expect(await world.proposals.list('new')).to.deep.equal([]);
      expect(await world.proposals.count('d-1')).to.equal(0);
      expect(await world.proposals.open('p1')).to.equal(undefined);
      expect(await world.proposals.decide('p1', accepted, 'x')).to.equal('conflict');
    });

    it('one is read as it was made, by every instance; its list says where it stands and nothing else', async () => {
      const odd = proposal(1, { id: 'p/1 #?', item: 'disk/larm #1', discussion: 'd/1' });
      await world.proposals.add(odd);
      const { tag, ...read } = (await world.other.proposals.open(odd.id)) ?? { tag: '' };
      expect(read).to.deep.equal(odd);
      expect(tag).not.to.equal('');
      const { id, list, item, at } = odd;
      expect(await world.other.proposals.list('new')).to.deep.equal([{ id, list, item, at }]);
      expect(await world.proposals.count('d/1')).to.equal(1);
    });

    it('one that is sent twice is one, and keeps what was decided about it', async () => {
      await Promise.all([
        world.proposals.add(proposal(1)),
        world.other.proposals.add(proposal(1, { at: at(2) })),
      ]);
      expect(await world.proposals.count('d-1')).to.equal(1);
      expect(await world.proposals.decide('p1', accepted, await tagOf('p1'))).to.equal('written');
      await world.proposals.add(proposal(1));
      expect(await listed('new')).to.deep.equal([]);
      expect(await listed('accepted')).to.deep.equal(['p1']);
    });

    it('of 100 at once from two devices none is lost', async () => {
      const all = Array.from({ length: 100 }, (_, n) => proposal(n));
      await Promise.all(all.map((one, n) => (n % 2 ? world : world.other).proposals.add(one)));
      expect(await listed('new')).to.deep.equal(all.map(({ id }) => id).reverse());
      expect(await world.proposals.count('d-1')).to.equal(100);
    });

    it('they stand by list and question, newest first; each talk counts its own', async () => {
      await world.proposals.add(proposal(1));
      await world.proposals.add(proposal(2, { item: 'disk.larm.02', discussion: 'd-2' }));
      await world.proposals.add(proposal(3, { list: 'disk.digi', item: 'disk.digi.01', discussion: 'd-2' }));
      await world.proposals.add(proposal(4));
      expect(await listed('new')).to.deep.equal(['p3', 'p4', 'p1', 'p2']);
      expect([await world.proposals.count('d-1'), await world.proposals.count('d-2')]).to.deep.equal([2, 2]);
      expect(await world.proposals.count('d')).to.equal(0);
    });

    it('what is decided moves it to another list, again and again; the newest decision is read', async () => {
      await world.proposals.add(proposal(1));
      for (const decision of [accepted, { ...accepted, day: '2027-01-31' }, done, accepted]) {
        expect(await world.proposals.decide('p1', decision, await tagOf('p1'))).to.equal('written');
        expect((await world.other.proposals.open('p1'))?.decision).to.deep.equal(decision);
        for (const state of ['new', 'accepted', 'declined', 'done'] as const) {
          expect(await listed(state), state).to.deep.equal(state === decision.as ? ['p1'] : []);
        }
      }
      expect(await world.proposals.count('d-1')).to.equal(1);
    });

    it('of two who decide at once one is told that the other was first', async () => {
      await world.proposals.add(proposal(1));
      const tag = await tagOf('p1');
      const declined: Decision = { as: 'declined', at: at(91), by: reporter, reason: 'Finns redan.' };
      const outcomes = await Promise.all([
        world.proposals.decide('p1', accepted, tag),
        world.other.proposals.decide('p1', declined, tag),
      ]);
      expect(outcomes).to.have.members(['written', 'conflict']);
      for (const old of [tag, 'nonsense', '*']) {
        expect(await world.proposals.decide('p1', done, old), old).to.equal('conflict');
      }
      const lists = await Promise.all([listed('accepted'), listed('declined')]);
      expect(lists.flat()).to.deep.equal(['p1']);
    });
  });
}
