/** The whole flow over plain HTTP, against the bot as a process and Azurite: what Teams would see, without Teams. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot, wordsIn } from '../world/bot.ts';
import { everything, holds } from '../world/dump.ts';

const { notices } = texts('sv');

const secret = {
  text: 'ORD-4b1e jag vet var du bor',
  where: 'PLATS-77aa Storgatan',
  number: '070-555 98 76',
  affectedWho: 'NAMN-31cc Ek',
};
const canaries = [...Object.values(secret), 'Alva Ek', '070-174 06 20'];

describe('a threat report over HTTP', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  let connection: string;
  before(async () => {
    const account = await emptyAccount();
    connection = account.connection();
    bot = await startBot(connection);
    for (const who of ['Alva', 'Tove', 'Karin']) await bot.installs(who);
    await bot.installs('Karin', 'channel');
  });
  after(() => bot.stop());

  const until = (who: string, said: string, place: 'personal' | 'channel' = 'personal') =>
    bot.connector.until(
      () => bot.reads(who, place).some((words) => words.includes(said)),
      `${who} reads "${said}"`,
    );

  it('welcomes with 112 first', async () => {
    await until('Alva', '112');
    expect(bot.reads('Alva')[0]).to.match(/^[^\n]*112/);
  });
  it('reports, alarms, is taken, is reached, is closed; everyone sees the right state', async () => {
    await bot.writes('Alva', 'rapportera');
    const sent = performance.now();
    const receipt = await bot.presses('Alva', 'report', {
      dangerNow: 'yes',
      channel: 'phone',
      ...secret,
      affected: 'relative',
    });
    expect(receipt.status).to.equal(200);
    expect(receipt.body.type).to.equal('application/vnd.microsoft.card.adaptive');
    const [number = ''] = /H\d\d-\w{3}-\w{3}/.exec(wordsIn(receipt.body).join('\n')) ?? [];
    expect(number).not.to.equal('');
    await until('Tove', number);
    const alarmed = performance.now() - sent;
    expect(alarmed).to.be.lessThan(3_000);
    await until('Karin', number, 'channel');

    const taken = await bot.presses('Tove', 'acknowledge');
    for (const said of [...Object.values(secret), 'Alva Ek'])
      expect(taken.text).to.include(JSON.stringify(said).slice(1, -1));
    await until('Alva', 'Tove Lind');
    await until('Karin', 'Tove Lind', 'channel');

    await bot.presses('Karin', 'details', {}, 'channel');
    await bot.presses('Karin', 'assess', { method: 'matrix', likelihood: '3', consequence: '4' }, 'channel');
    const assessed = performance.now();
    await until('Karin', texts('sv').labels.riskClass.veryHigh, 'channel');
    expect(performance.now() - assessed, 'every card shows the new state').to.be.lessThan(2_000);
    await bot.presses('Karin', 'assign', { to: 'me' }, 'channel');
    await until('Alva', 'Karin Sand');
    await bot.presses('Karin', 'note', { text: secret.text, visibleTo: 'staff' }, 'channel');
    await bot.presses('Karin', 'reached', {}, 'channel');
    await bot.connector.until(
      () => bot.connector.calls.some(({ body }) => body.summary === notices.reached.summary),
      'reached',
    );
    await bot.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    await until('Alva', notices.closed.title);
    await bot.connector.until(
      () =>
        bot
          .reads('Karin', 'channel')
          .some((words) => words.includes(number) && words.includes(texts('sv').labels.status.closed)),
      'the channel’s card shows that it is closed',
    );
  });
  it('answers every click in less than 2 s', async () => {
    const { ms } = await bot.presses('Alva', 'readers');
    expect(ms).to.be.lessThan(2_000);
  });
  it('three submissions at once make one case', async () => {
    await bot.writes('Alva', 'rapportera');
    const answers = await Promise.all(
      [1, 2, 3].map(() => bot.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' })),
    );
    const numbers = answers.map(({ text }) => /H\d\d-\w{3}-\w{3}/.exec(text)?.[0]);
    expect(new Set(numbers).size).to.equal(1);
  });
  it('a mention in a channel or a group chat is never echoed', async () => {
    for (const place of ['channel', 'groupChat'] as const) {
      await bot.writes('Alva', '<at>Säkerhet</at> KANARIE-9d2e någon hotar mig', place);
      await bot.connector.until(() => bot.reads('Alva', place).length > 0, 'an answer');
      expect(bot.reads('Alva', place).join()).not.to.include('KANARIE-9d2e');
    }
  });
  it('name, place, number and words are in no stored message, summary, log line, row or key', async () => {
    // What was posted or redrawn, but not the answers to clicks; the reporter's own form holds their number.
    const stored = bot.connector.calls.filter(({ body }) => body.summary !== texts('sv').report.summary);
    const seen = JSON.stringify(stored) + bot.output();
    const dump = await everything(connection);
    expect(dump.rows).to.be.greaterThan(10);
    for (const canary of canaries) {
      expect(seen, canary).not.to.include(canary);
      expect(holds(dump, canary), canary).to.equal(false);
    }
  });
  it('every log line is one JSON object', () => {
    for (const line of bot.output().trim().split('\n')) expect(() => JSON.parse(line), line).not.to.throw();
  });
  it('ends in order when asked to', async () => {
    const account = await emptyAccount();
    const other = await startBot(account.connection());
    await other.stop();
    expect(other.output()).to.include('stopping');
  });
});
