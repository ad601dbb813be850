import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot } from '../world/bot.ts';

describe('the clock of the local world', () => {
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
  });
  after(() => bot.stop());

  const shown = async (method: string, query = '') => {
    const response = await fetch(`${bot.url}/local/clock${query}`, { method });
    expect(response.status).to.equal(200);
    const [, date = '', time = ''] = /<h1>(\S+) (\S+)<\/h1>/.exec(await response.text()) ?? [];
    return Date.parse(`${date}T${time}Z`) / 60_000;
  };

  it('is moved forward, and by nothing that is not a time ahead', async () => {
    const before = await shown('GET');
    expect((await shown('POST', '?minutes=600')) - before).to.be.within(600, 601);
    for (const odd of ['-600', '0', 'x', '', '1e99', 'Infinity']) {
      expect((await shown('POST', `?minutes=${odd}`)) - before, odd).to.be.within(600, 601);
    }
  });
});
