import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot, wordsIn } from '../world/bot.ts';

describe('an exercise, from the word to how it went', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
    for (const who of ['Karin', 'Tove']) await bot.installs(who);
    await bot.installs('Karin', 'channel');
  });
  after(() => bot.stop());

  it('rings, says everywhere that it is one, and is told of in the channel', async () => {
    await bot.writes('Karin', '<at>Säkerhet</at> provlarm', 'channel');
    await bot.presses('Karin', 'exercise', { sure: 'yes' }, 'channel');
    const phone = async () => (await fetch(`${bot.url}/local/phone`)).text();
    while (!(await phone()).includes('Tove Lind')) await new Promise((resolve) => setTimeout(resolve, 50));
    const { body } = await bot.presses('Tove', 'acknowledge');
    const [number = ''] = /H\d\d-\w{3}-\w{3}/.exec(wordsIn(body).join()) ?? [];
    expect(wordsIn(body)[0]).to.match(/^ÖVNING\./);
    expect(await phone()).to.include(`ÖVNING. Larm ${number}. Öppna Teams.`);
    await bot.presses('Karin', 'reached', {}, 'channel');
    const told = () =>
      bot.reads('Karin', 'channel').find((words) => words.includes(`Så gick larm ${number}`));
    await bot.connector.until(() => told() !== undefined, 'it is told how it went');
    expect(told())
      .to.match(/^ÖVNING\./)
      .and.to.match(/Tove Lind: \nFramme i Teams, .*, tog det efter \d+ s/);
    const ofCase = bot.reads('Karin', 'channel').filter((words) => words.includes(number));
    expect(ofCase.length).to.be.greaterThan(2);
    for (const words of [...ofCase, ...bot.reads('Tove').filter((read) => read.includes(number))]) {
      expect(words).to.match(/^ÖVNING\./);
    }
  });
});
