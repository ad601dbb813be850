/** A group's talk in the bot as a process: several answer at once in a group chat, and the coordinators decide. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { type Answered, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

const t = texts('sv');
const everyone = ['Alva', 'Tove', 'Karin', 'Omid', 'Greta'];

describe('a group’s talk, from a question to an action', function () {
  this.timeout(120_000);
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
    await bot.installs('Karin');
    await bot.installs('Karin', 'channel');
  });
  after(() => bot.stop());

  const said = ({ body }: Answered): string => wordsIn(body).join('\n');

  it('is kept from all who answer, told of in the morning, read and decided by a coordinator', async () => {
    const question = 'Kan alla rutinerna för larm';
    const asked = () => bot.reads('Alva', 'groupChat').some((words) => words.includes(question));
    // The bot listens before it has read its lists.
    for (let tries = 0; tries < 20 && !asked(); tries++) {
      await bot.writes('Alva', '<at>Säkerhet</at> diskutera larm', 'groupChat');
      await wait(500);
    }
    const standing = bot.reads('Alva', 'groupChat');
    expect(standing.at(-1)).to.include(question).and.to.include(t.discussion.told);
    const answers = await Promise.all(
      everyone.map((who) =>
        bot.presses(who, 'propose', { text: `Kaninen ${who} <b>vill</b> öva` }, 'groupChat'),
      ),
    );
    for (const answer of answers) expect(said(answer)).to.include(t.discussion.justSaved);
    const next = await bot.presses('Greta', 'discuss', {}, 'groupChat');
    expect(said(next)).to.include('Vad händer hos oss').and.to.include(t.discussion.saved(everyone.length));
    expect(bot.reads('Alva', 'groupChat'), 'what others see is as it was').to.deep.equal(standing);

    const told = () => bot.reads('Karin', 'channel').some((words) => words.includes(t.actions.news(5)));
    // Its first look sets the morning, so the clock is moved until one has come and gone.
    for (let looks = 0; looks < 60 && !told(); looks++) {
      if (looks % 6 === 0) await fetch(`${bot.url}/local/clock?minutes=1440`, { method: 'POST' });
      await wait(1_000);
    }
    expect(told(), 'told in the channel').to.equal(true);

    await bot.writes('Karin', 'åtgärder');
    await bot.connector.until(
      () => bot.reads('Karin').join().includes(t.actions.choose),
      'how many there are',
    );
    const listed = await bot.presses('Karin', 'actions', { state: 'new' });
    expect(said(listed)).to.match(/Kaninen \w+ <b>vill<\/b> öva/);
    expect(said(await bot.clicks('Alva', 'actions', { state: 'new' }))).to.include(t.refusals.notAllowed);
    const [, proposal = '', tag = ''] =
      /"proposal":"([^"]+)","tag":"((?:[^"\\]|\\.)*)"/.exec(listed.text) ?? [];
    const decision = {
      proposal,
      tag: JSON.parse(`"${tag}"`),
      state: 'new',
      page: '0',
      as: 'accepted',
      sent: 'yes',
    };
    await bot.clicks('Karin', 'decide', { ...decision, owner: 'Vaktmästeriet', day: '2027-03-01' });
    const accepted = await bot.clicks('Karin', 'actions', { state: 'accepted' });
    expect(said(accepted)).to.include(t.actions.ownedBy('Vaktmästeriet', '2027-03-01'));
    const everywhere = JSON.stringify([...bot.connector.standing, bot.connector.calls]) + bot.output();
    expect(everywhere).not.to.match(/Kaninen|Vaktmästeriet/);
  });
});
