/** What no client of ours sends: every edge answers it, loses nothing and stays alive. */
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { begun, twoMegabytes } from '../world/begun.ts';
import { people, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

const { error } = texts('sv');

describe('bad input over HTTP', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
    await bot.installs('Alva');
  });
  afterEach(() => expect(bot.alive()).to.equal(true));
  after(() => bot.stop());

  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const bodies: [
    what: string,
    body: string | Buffer,
    headers: Record<string, string> | undefined,
    status: number,
  ][] = [
    ['nothing', '', undefined, 400],
    ['not JSON', '{"type":', undefined, 400],
    ['a number', '5', undefined, 400],
    ['null', 'null', undefined, 400],
    ['an empty object', '{}', undefined, 400],
    ['a type that is a number', '{"type":5}', undefined, 400],
    ['50,000 levels', deep, undefined, 400],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['an upload', 'x', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['gzip', gzipSync('{}'), { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 415],
  ];
  for (const [what, body, headers, status] of bodies) {
    it(`${what}: ${status}, in general words`, async () => {
      const answer = await bot.post(body, headers);
      expect(answer.status).to.equal(status);
      expect(answer.text).not.to.match(/at .*\.ts|Error|node:/);
    });
  }

  it('two megabytes: 413 as soon as they are announced, and the line is closed', async () => {
    const answer = await begun(bot.url, 'x', { 'content-length': twoMegabytes });
    expect(answer.status).to.equal(413);
    expect(answer.text).not.to.match(/at .*\.ts|Error|node:/);
    expect(answer.headers.connection).to.equal('close');
  });

  const envelope = {
    channelId: 'msteams',
    from: { id: '29:x', aadObjectId: people.people[0]?.oid },
    recipient: people.bot,
    conversation: { id: 'a:Alva', conversationType: 'personal' },
  };
  const invokes: [what: string, value: unknown][] = [
    ['no value', undefined],
    ['an empty value', {}],
    ['a verb that is an object', { action: { verb: { $ne: 1 }, data: {} } }],
    ['an unknown verb', { action: { verb: 'explode', data: {} } }],
    ['a verb of the prototype', { action: { verb: 'constructor', data: {} } }],
    ['data that is a list', { action: { verb: 'acknowledge', data: [1] } }],
    [
      'a case number from elsewhere',
      { action: { verb: 'details', data: { incident: "x' or 1 eq 1", face: 'alarm', nonce: 'n' } } },
    ],
    [
      'a case that is not there',
      { action: { verb: 'details', data: { incident: 'H26-000-000', face: 'alarm', nonce: 'n' } } },
    ],
  ];
  for (const [what, value] of invokes) {
    it(`an invoke with ${what}: 200 with a sentence inside`, async () => {
      const answer = await bot.send({
        ...envelope,
        serviceUrl: bot.connector.url,
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: '1',
        value,
      });
      expect(answer.status).to.equal(200);
      const said = wordsIn(answer.body).join('\n');
      expect(
        [error.oldCard, error.unreadable, error.noSuchIncident].some((sentence) => said.includes(sentence)),
      ).to.equal(true);
    });
  }
  it('other invokes and activities: answered, nothing said', async () => {
    for (const activity of [
      { type: 'invoke', name: 'fileConsent/invoke' },
      { type: 'invoke', name: 'task/fetch', value: 1 },
      { type: 'conversationUpdate', membersAdded: 'x' },
      { type: 'typing' },
      { type: 'messageReaction' },
    ]) {
      const answer = await bot.send({ ...envelope, serviceUrl: bot.connector.url, ...activity });
      expect(answer.status, activity.type).to.be.lessThan(500);
    }
  });
  it('text that is an object is answered like any text', async () => {
    const answer = await bot.writes('Alva', { $ne: 1 });
    expect(answer.status).to.equal(200);
    await bot.connector.until(() => bot.reads('Alva').at(-1)?.includes('112') ?? false, 'an answer with 112');
  });
  it('100,000 characters of text: kept whole and sent', async () => {
    await bot.writes('Alva', 'å\u0000\u202e[x](http://y) '.repeat(7_000));
    await bot.presses('Alva', 'report', { dangerNow: 'yes' });
    const answer = await bot.presses('Alva', 'details');
    expect(answer.status).to.equal(200);
    expect(answer.text.length).to.be.lessThan(25 * 1024);
  });
  it('someone whom nobody knows: 112, 114 14 and the duty number', async () => {
    await bot.send({
      ...envelope,
      serviceUrl: bot.connector.url,
      type: 'message',
      text: 'hej',
      from: { id: '29:unknown' },
      conversation: { id: 'a:unknown', conversationType: 'personal' },
    });
    await bot.connector.until(
      () => [...bot.connector.standing.values()].some(({ conversation }) => conversation === 'a:unknown'),
      'an answer',
    );
    const [words] = [...bot.connector.standing.values()]
      .filter(({ conversation }) => conversation === 'a:unknown')
      .map(({ body }) => wordsIn(body).join('\n'));
    for (const said of ['112', '114 14', people.dutyFunction.number]) expect(words).to.include(said);
  });
  it('HEAD and GET of the messages address do nothing', async () => {
    for (const method of ['HEAD', 'GET', 'PUT', 'DELETE']) {
      const { status } = await fetch(`${bot.url}/api/messages`, { method });
      expect(status, method).to.equal(405);
    }
  });
});
