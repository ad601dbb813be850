/** The duty rota over HTTP, against two bots as processes on one storage. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { personOf, type RunningBot, startBot, wordsIn } from '../world/bot.ts';
import { everything, holds } from '../world/dump.ts';

const secret = 'ORD-77ce ring efter nio';
const t = texts('sv').dutyRota;

describe('the duty rota over HTTP', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  let other: RunningBot;
  let connection: string;
  before(async () => {
    connection = (await emptyAccount()).connection();
    [bot, other] = await Promise.all([startBot(connection), startBot(connection)]);
    for (const who of ['Alva', 'Tove', 'Samir']) await bot.installs(who);
    await bot.installs('Karin', 'channel');
  });
  after(() => Promise.all([bot.stop(), other.stop()]));

  const until = (who: string, said: string, place: 'personal' | 'channel' = 'personal', on = bot) =>
    on.connector.until(
      () => on.reads(who, place).some((words) => words.includes(said)),
      `${who} reads "${said}"`,
    );

  it('is handed over with its open case: the channel is told, the new one has the alarm card', async () => {
    await bot.writes('Alva', 'akut');
    await bot.presses('Alva', 'report');
    await bot.presses('Tove', 'acknowledge');
    await bot.writes('Tove', 'jour');
    await until('Tove', 'Nu: Tove Lind, 070-174 06 21');
    const form = await bot.presses('Tove', 'handOverShift');
    expect(wordsIn(form.body).join()).to.include(t.handOver.oneCase);
    const done = await bot.presses('Tove', 'handOverShift', { to: personOf('Samir').oid });
    expect(done.status).to.equal(200);
    expect(done.ms).to.be.lessThan(2_000);
    expect(wordsIn(done.body).join()).to.include('Samir Holm har jouren nu').and.to.include(t.done.oneCase);
    await until('Karin', 'Tove Lind har lämnat över jouren till Samir Holm', 'channel');
    await until('Samir', texts('sv').alarm.title('Akut'));
    await until('Alva', 'Samir Holm har tagit rapporten.');
  });
  it('the new one has the next alarm, and leaves the case to the day', async () => {
    await bot.writes('Alva', 'akut');
    await bot.presses('Alva', 'report');
    await bot.presses('Samir', 'acknowledge');
    await bot.presses('Samir', 'reached');
    await until('Samir', 'fick tag på personen');
    const left = await bot.presses('Samir', 'handOver', { text: secret });
    expect(wordsIn(left.body).join()).to.include('Samir Holm lämnade över det till dagen');
    await until('Karin', 'är lämnat till dagen', 'channel');
    await until('Alva', texts('sv').notices.handedOver.toReporter.title);
    const opened = await bot.presses('Karin', 'details', {}, 'channel');
    expect(opened.text).to.include(secret);
    expect(JSON.stringify(bot.connector.calls) + bot.output()).not.to.include(secret);
    expect(holds(await everything(connection), secret)).to.equal(false);
  });
  it('is known to the other bot soon, and answered there', async () => {
    const deadline = Date.now() + 15_000;
    for (let said = ''; !said.includes('Nu: Samir Holm'); said = other.reads('Tove').at(-1) ?? '') {
      expect(Date.now()).to.be.lessThan(deadline);
      await other.writes('Tove', 'jour');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  });
  it('is there again after a restart, before anyone is answered', async () => {
    await other.stop();
    other = await startBot(connection);
    await other.writes('Tove', 'jour');
    await until('Tove', 'Nu: Samir Holm', 'personal', other);
  });
});
