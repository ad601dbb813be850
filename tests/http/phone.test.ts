import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { personOf, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

describe('the phone of the local world', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
    for (const who of ['Alva', 'Tove', 'Samir']) await bot.installs(who);
  });
  after(() => bot.stop());

  const page = async () => {
    const response = await fetch(`${bot.url}/local/phone`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.include('text/html');
    return response.text();
  };
  const items = async () => (await page()).match(/<li>.*?<\/li>/gs) ?? [];
  const pass = (minutes: number) => fetch(`${bot.url}/local/clock?minutes=${minutes}`, { method: 'POST' });
  const until = async (holds: () => Promise<boolean>, what: string) => {
    const end = performance.now() + 10_000;
    while (!(await holds())) {
      if (performance.now() > end) throw new Error(`did not happen within 10 s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('is empty at first', async () => {
    expect(await items()).to.deep.equal([]);
  });
  it('shows who would be paged, what and when, newest first; again each minute, the next ones, and none once taken', async () => {
    await bot.writes('Alva', 'akut');
    const { body } = await bot.presses('Alva', 'report');
    const [number = ''] = /H\d\d-\w{3}-\w{3}/.exec(wordsIn(body).join('\n')) ?? [];
    const { also, first } = {
      also: texts('sv').call.alsoByPhone('Tjänsteperson i beredskap'),
      first: 'väcker ingen',
    };
    expect(wordsIn(body).join('\n')).to.include(also).and.not.to.include(first);
    await until(async () => (await items()).length === 1, 'Tove is paged');
    const [paged = ''] = await items();
    expect(paged).to.include(`Larm ${number}. Öppna Teams.`).and.to.include('Tove Lind');
    expect(paged)
      .to.match(/20\d\d-\d\d-\d\d \d\d:\d\d:\d\d/)
      .and.not.to.include('Alva');

    await pass(1);
    await until(async () => (await items()).length === 2, 'Tove is paged again');
    await pass(4);
    await until(async () => (await items())[0]?.includes('Samir Holm') ?? false, 'Samir is paged');
    expect((await items()).at(-1)).to.include('Tove Lind');

    await bot.presses('Samir', 'acknowledge');
    const before = (await items()).length;
    await pass(3);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await items()).length).to.equal(before);
  });
  it('its log holds no number of anybody', () => {
    expect(bot.output().includes('"page"')).to.equal(true);
    for (const who of ['Alva', 'Tove', 'Samir']) {
      const digits = personOf(who).number?.replaceAll(/\D/g, '').slice(1) ?? 'no number';
      // Not `include` of the whole output: what fails would print it.
      expect(bot.output().includes(digits), who).to.equal(false);
    }
    expect(bot.output().includes('070-174')).to.equal(false);
  });
});
