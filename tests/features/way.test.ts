import { expect } from 'chai';
import sinon from 'sinon';
import { createWay } from '../../bot/features/way.ts';

describe('who waits for an answer goes first', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  /** What is looked through, as it goes on. */
  const look = (way: ReturnType<typeof createWay>) => {
    const wentOn = sinon.spy();
    void way.giveWay().then(wentOn);
    return wentOn;
  };

  it('a look goes on at once when nobody waits', async () => {
    const wentOn = look(createWay());
    await Promise.resolve();
    await Promise.resolve();
    expect(wentOn.callCount).to.equal(1);
  });
  it('while somebody waits it does not, and then it does at once', async () => {
    const way = createWay();
    const [one, other] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const waits = [way.first(() => one.promise), way.first(() => other.promise)];
    const wentOn = look(way);
    one.resolve('answered');
    expect(await waits[0]).to.equal('answered');
    await clock.tickAsync(10);
    expect(wentOn.callCount).to.equal(0);
    other.reject(new Error('failed'));
    expect(await waits[1]?.catch((error: Error) => error.message)).to.equal('failed');
    await clock.tickAsync(0);
    expect(wentOn.callCount).to.equal(1);
    expect(clock.countTimers()).to.equal(0);
  });
  it('in a crowd, where somebody always waits, it goes on after 20 ms', async () => {
    const way = createWay();
    void way.first(() => new Promise(() => undefined));
    const wentOn = look(way);
    await clock.tickAsync(19);
    expect(wentOn.callCount).to.equal(0);
    await clock.tickAsync(1);
    expect(wentOn.callCount).to.equal(1);
  });
});
