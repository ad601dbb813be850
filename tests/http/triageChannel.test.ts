/** An outsider is added to the coordinators' channel while the bot runs. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { people, personOf, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

const { board, channel: say, error } = texts('sv');

describe('an outsider is added to the coordinators’ channel', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
    for (const who of ['Alva', 'Tove', 'Karin', 'Omid']) await bot.installs(who);
    await bot.installs('Karin', 'channel');
  });
  after(() => bot.stop());

  const reports = async (): Promise<string> => {
    await bot.writes('Alva', 'akut');
    const { text } = await bot.presses('Alva', 'report');
    return /H\d\d-\w{3}-\w{3}/.exec(text)?.[0] ?? 'no number';
  };
  const reads = (who: string, said: string, place: 'personal' | 'channel' = 'personal') =>
    bot.connector.until(
      () => bot.reads(who, place).some((words) => words.includes(said)),
      `${who} reads "${said}"`,
    );
  /** What is looked at now and then is said at the next look, 5 s later at most. */
  const readsSoon = async (who: string, said: string, place: 'personal' | 'channel' = 'personal') => {
    await fetch(`${bot.url}/local/clock?minutes=2`, { method: 'POST' });
    await reads(who, said, place).catch(() => reads(who, said, place));
  };
  const membersChange = (what: 'membersAdded' | 'membersRemoved', who: string) =>
    bot.send({
      type: 'conversationUpdate',
      id: crypto.randomUUID(),
      channelId: 'msteams',
      serviceUrl: bot.connector.url,
      from: { id: personOf('Karin').id, aadObjectId: personOf('Karin').oid },
      recipient: people.bot,
      conversation: { id: people.triageChannel, conversationType: 'channel' },
      channelData: { tenant: { id: people.tenantId }, team: { id: people.team.id } },
      [what]: [{ id: personOf(who).id, aadObjectId: personOf(who).oid }],
    });
  const toChannel = () =>
    bot.connector.calls.filter(
      ({ path, body }) =>
        path.includes(people.triageChannel) || body.channelData?.channel.id === people.triageChannel,
    );

  it('before that a case stands in the channel', async () => {
    await reads('Karin', await reports(), 'channel');
  });
  it('asked there it says what is open; in another channel of the team, where others may be, it does not', async () => {
    await bot.writes('Karin', '<at>Säkerhet</at> läge', 'channel');
    await reads('Karin', board.title, 'channel');
    const { body } = await bot.send({
      type: 'message',
      id: 'general',
      channelId: 'msteams',
      serviceUrl: bot.connector.url,
      from: { id: personOf('Karin').id, aadObjectId: personOf('Karin').oid },
      recipient: people.bot,
      conversation: { id: '19:general@thread.tacv2;messageid=1', conversationType: 'channel' },
      channelData: { tenant: { id: people.tenantId }, team: { id: people.team.id } },
      text: '<at>Säkerhet</at> läge',
    });
    expect(body).to.deep.equal({});
    const inGeneral = () =>
      [...bot.connector.standing.values()].filter(({ conversation }) =>
        conversation.startsWith('19:general'),
      );
    await bot.connector.until(() => inGeneral().length > 0, 'an answer');
    expect(wordsIn(inGeneral()).join())
      .to.include(error.privately)
      .and.not.to.match(/H\d\d-\w{3}-\w{3}/);
  });
  it('from that moment nothing of a case is sent there, and each coordinator has it in 1:1', async () => {
    bot.connector.members.push(personOf('Nora').oid);
    await membersChange('membersAdded', 'Nora');
    const before = toChannel().length;
    const number = await reports();
    for (const who of ['Karin', 'Omid']) await reads(who, number);
    await bot.presses('Tove', 'acknowledge');
    await reads('Alva', 'Tove Lind');
    for (const who of ['Karin', 'Omid']) await readsSoon(who, say.closed.act.outsider);
    await reads('Karin', say.outsider.why, 'channel');
    const sent = toChannel().slice(before);
    expect(sent.map(({ body }) => (body.activity ?? body).summary)).to.deep.equal([say.outsider.summary]);
    expect(JSON.stringify(sent)).not.to.match(/H\d\d-\w{3}-\w{3}/);
  });
  it('asked there, it answers nothing of a case', async () => {
    await bot.writes('Karin', '<at>Säkerhet</at> läge', 'channel');
    await reads('Karin', error.privately, 'channel');
  });
  it('they leave: the channel is used again, and says so', async () => {
    bot.connector.members.pop();
    await membersChange('membersRemoved', 'Nora');
    await readsSoon('Karin', say.open.title, 'channel');
    await reads('Karin', await reports(), 'channel');
  });
});
