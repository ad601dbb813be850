import { expect } from 'chai';
import sinon from 'sinon';
import { createGarbage } from '../../bot/features/garbage.ts';
import { createWay } from '../../bot/features/way.ts';

describe('what has been left over is cleared away', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  it('every second, while nobody waits', async () => {
    const { first, giveWay } = createWay();
    const collect = sinon.spy();
    const garbage = createGarbage(giveWay, collect, (error) => expect.fail(`${error}`));
    garbage.start();
    await clock.tickAsync(995);
    const answered = Promise.withResolvers<void>();
    const answer = first(() => answered.promise);
    await clock.tickAsync(15);
    expect(collect.callCount).to.equal(0);
    answered.resolve();
    await answer;
    await clock.tickAsync(0);
    expect(collect.args).to.deep.equal([[{ type: 'minor' }]]);
    await clock.tickAsync(1_000);
    expect(collect.callCount).to.equal(2);
    await garbage.stop();
    await clock.tickAsync(2_000);
    expect(collect.callCount).to.equal(2);
  });
});
