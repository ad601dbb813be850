import { expect } from 'chai';
import { answerPace, noticePace } from '../../bot/core/pace.ts';
import { storages, type World } from './storages.ts';

const chat = { serviceUrl: 'http://127.0.0.1:1', id: 'a:1_2' };
const channel = { ...chat, id: '19:a@thread.tacv2' };
const thread = { ...chat, id: '19:a@thread.tacv2;messageid=7' };

for (const { name, world: create } of storages) {
  describe(`room in a conversation, in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });
    const take = async (count: number, where = chat, pace = noticePace) => {
      const waits: number[] = [];
      for (let n = 0; n < count; n++) waits.push(await (n % 2 ? world : world.other).lanes.take(where, pace));
      return waits;
    };

    it('is taken by all instances together, and comes back with time', async () => {
      expect(await take(6)).to.deep.equal([0, 0, 0, 0, 0, 3_000]);
      world.pass(2_999);
      expect(await take(1)).to.deep.equal([1]);
      world.pass(1);
      expect(await take(6)).to.deep.equal([0, 0, 0, 0, 0, 3_000]);
    });
    it('is one conversation’s own; threads share that of their channel', async () => {
      await take(5, channel);
      expect(await take(1, thread)).to.deep.equal([3_000]);
      expect(await take(1)).to.deep.equal([0]);
    });
    it('is left for answers by what comes by itself', async () => {
      await take(5);
      expect(await take(2, chat, answerPace)).to.deep.equal([0, 0]);
      expect(await take(1, chat, answerPace)).to.deep.equal([3_000]);
    });
    it('goes to as many of those who ask at once as there is room for', async () => {
      const waits = await Promise.all(
        Array.from({ length: 12 }, (_, n) => (n % 2 ? world : world.other).lanes.take(chat, noticePace)),
      );
      expect(waits.filter((wait) => wait === 0)).to.have.length(5);
    });
  });
}
