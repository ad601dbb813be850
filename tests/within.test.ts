import { expect } from 'chai';
import sinon from 'sinon';
import { within } from '../bot/within.ts';

describe('a time limit', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  it('leaves nothing that waits, however what it limits has ended', async () => {
    expect(await within(1_000, async () => 'done')).to.equal('done');
    const failed = within(1_000, () => Promise.reject(new Error('failed')));
    expect(await failed.catch((error: Error) => error.message)).to.equal('failed');
    expect(clock.countTimers()).to.equal(0);
  });
  it('tells what is late, and waits for nothing that does not listen', async () => {
    let told: AbortSignal | undefined;
    const late = within(1_000, (signal) => {
      told = signal;
      return new Promise<never>(() => undefined);
    }).catch((error: Error) => error.name);
    await clock.tickAsync(999);
    expect(told?.aborted).to.equal(false);
    await clock.tickAsync(1);
    expect(await late).to.equal('TimeoutError');
    expect(told?.aborted).to.equal(true);
  });
});
