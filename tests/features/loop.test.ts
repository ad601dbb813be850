import { expect } from 'chai';
import sinon from 'sinon';
import { createLoop } from '../../bot/features/loop.ts';

describe('a loop', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  it('runs again and again, and a run that fails is told of and does not end it', async () => {
    const failed = sinon.spy();
    const run = sinon.stub().resolves();
    run.onSecondCall().rejects(new Error('once'));
    const loop = createLoop(run, 1_000, failed);
    loop.start();
    await clock.tickAsync(3_500);
    expect(run.callCount).to.equal(3);
    expect(failed.callCount).to.equal(1);
    await loop.stop();
  });
  it('never runs twice at once', async () => {
    let running = 0;
    let most = 0;
    const run = async () => {
      most = Math.max(most, ++running);
      await clock.tickAsync(0);
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      running -= 1;
    };
    const loop = createLoop(run, 1_000, () => undefined);
    loop.start();
    await clock.tickAsync(30_000);
    expect(most).to.equal(1);
    void loop.stop();
  });
  it('when stopped, ends the run under way and starts no other', async () => {
    const run = sinon.stub().resolves();
    const loop = createLoop(run, 1_000, () => undefined);
    loop.start();
    await clock.tickAsync(1_000);
    await loop.stop();
    await clock.tickAsync(10_000);
    expect(run.callCount).to.equal(1);
  });
});
