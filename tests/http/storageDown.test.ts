/** Promise 2 on the wire: the storage is down or hangs, and the answer comes within 4 s, in words, with whom to call. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { openWire, type Wire } from '../storage/wire.ts';
import { emptyAccount } from '../world/azurite.ts';
import { people, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

const { error } = texts('sv');
const report = { dangerNow: 'yes', channel: 'phone' };

describe('the storage does not answer', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  let wire: Wire;
  before(async () => {
    const account = await emptyAccount();
    wire = await openWire(account.port);
    bot = await startBot(account.connection(wire.port));
    await bot.installs('Alva');
  });
  beforeEach(async () => {
    wire.writes = 'none';
    wire.reads = 'none';
    await bot.writes('Alva', 'rapportera');
  });
  after(async () => {
    await bot.stop();
    await wire.close();
  });

  const said = async (): Promise<string> => {
    const { ms, status, body } = await bot.presses('Alva', 'report', report);
    expect(ms).to.be.lessThan(4_000);
    expect(status).to.equal(200);
    const words = wordsIn(body).join('\n');
    expect(words).to.include('112').and.to.include(people.dutyFunction.number);
    const [, errorId] = /Felnummer (\w+)/.exec(words) ?? [];
    if (errorId) await bot.connector.until(() => bot.output().includes(errorId), 'the error id is logged');
    return words;
  };

  it('hangs: nobody knows, and that is what is said; sending again gives one case', async () => {
    wire.writes = 'hang';
    wire.reads = 'hang';
    const hung = await said();
    expect(hung).to.include(error.fateUnknown);
    expect(hung).to.match(/Felnummer \w+/);
    wire.writes = 'none';
    wire.reads = 'none';
    expect(await said()).to.match(/H\d\d-\w{3}-\w{3}/);
  });
  it('loses its reply after storing: the report is found, and confirmed', async () => {
    wire.writes = 'cutAfter';
    expect(await said()).to.match(/H\d\d-\w{3}-\w{3}/);
  });
  it('is gone: said in plain words that nothing was stored', async () => {
    await wire.close();
    // The bot has met the dead lines; a click on one that breaks under way would rightly be told that nobody knows.
    expect((await fetch(`${bot.url}/readyz`)).status).to.equal(503);
    const words = await said();
    expect(words).to.include(error.notStored);
    expect(words).to.match(/Felnummer \w+/);
    expect(words).not.to.match(/H\d\d-\w{3}-\w{3}/);
    const [card] = await Promise.all([bot.writes('Alva', 'hjälp mig, de är här')]);
    expect(card.status).to.equal(200);
    expect((await fetch(`${bot.url}/healthz`)).status).to.equal(200);
  });
});
