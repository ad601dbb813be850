/** The auditor in the real bot: an alarm that cannot be sent is seen from outside, and so is that it has arrived. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot } from '../world/bot.ts';

const { watch } = texts('sv');

describe('GET /alarmz', function () {
  this.timeout(120_000);
  let bot: RunningBot;
  let hanging = false;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection(), ({ path }) =>
      hanging && path.includes('a:Tove') ? { stored: false, answer: 'hang' } : undefined,
    );
    for (const who of ['Alva', 'Tove']) await bot.installs(who);
    await bot.installs('Karin', 'channel');
  });
  after(() => bot.stop());

  const alarmz = async () => {
    const response = await fetch(`${bot.url}/alarmz`);
    return { status: response.status, text: await response.text() };
  };
  async function until(status: number) {
    const end = performance.now() + 60_000;
    for (;;) {
      const answer = await alarmz();
      if (answer.status === status) return answer;
      expect(performance.now()).to.be.lessThan(end);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  it('is 503 with counts and nothing of the case while the worker hangs on an alarm; the bot is ready all the same', async () => {
    const { text: well } = await until(200);
    expect(JSON.parse(well)).to.deep.include({ ok: true, undelivered: 0, late: 0, missing: 0 });
    hanging = true;
    await bot.writes('Alva', 'akut');
    await bot.presses('Alva', 'report');
    await fetch(`${bot.url}/local/clock?minutes=1`, { method: 'POST' });
    const { text } = await until(503);
    expect(JSON.parse(text)).to.have.all.keys(
      'ok',
      'unanswered',
      'undelivered',
      'late',
      'missing',
      'broken',
      'lookedAt',
    );
    expect(JSON.parse(text)).to.deep.include({ ok: false, undelivered: 1 });
    expect((await fetch(`${bot.url}/readyz`)).status).to.equal(200);
    const found = () => bot.reads('Karin', 'channel').filter((words) => words.includes(watch.found.title));
    await bot.connector.until(() => found().length === 1, 'the channel is told');
    expect(bot.output()).to.include('auditor found');
    hanging = false;
    await until(200);
    expect(found()).to.have.length(1);
  });
});
