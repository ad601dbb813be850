import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot, wordsIn } from '../world/bot.ts';

describe('Teams takes no messages', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  let hanging = false;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection(), () =>
      hanging ? { stored: false, answer: 'hang' } : undefined,
    );
    for (const who of ['Alva', 'Tove']) await bot.installs(who);
  });
  after(() => bot.stop());

  it('a click is answered at once all the same, and what was to be said comes when Teams does', async () => {
    await bot.writes('Alva', 'akut');
    hanging = true;
    const { ms, body } = await bot.presses('Alva', 'report');
    hanging = false;
    expect(ms).to.be.lessThan(1_500);
    const [number = 'no number'] = /H\d\d-\w{3}-\w{3}/.exec(wordsIn(body).join('\n')) ?? [];
    const started = performance.now();
    while (!bot.reads('Tove').some((words) => words.includes(number))) {
      expect(performance.now() - started).to.be.lessThan(20_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
});
