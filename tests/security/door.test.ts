/** The door of the bot that Teams speaks to, as a process: who gets in, what goes out, and what strangers are told. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { begun, twoMegabytes } from '../world/begun.ts';
import { activityOf, appId, type Gated, serviceUrl, startGated } from '../world/gated.ts';
import { people } from '../world/instance.ts';
import { goodToken, newPair } from '../world/keyServer.ts';

const { error, call } = texts('sv');
const oidOf = (who: string) => people.people.find(({ name }) => name.startsWith(who))?.oid;
const [alva, otherTenant] = [oidOf('Alva'), '00000000-0000-4000-8000-0000000000ff'];
/** A click on a button that is on no card: answered at once, so that the answer tells how far it came. */
const click = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'x', data: {} } } };

describe('the door', function () {
  this.timeout(60_000);
  let bot: Gated;
  before(async () => {
    bot = await startGated();
  });
  after(() => bot.stop());

  it('opens for the Bot Framework', async () => {
    const { status, text } = await bot.post(activityOf({ aadObjectId: alva }, click));
    expect(status).to.equal(200);
    expect(text).to.include(error.oldCard);
  });
  it('stays shut, before a body is read, for everyone else; with an error id that stands in the log', async () => {
    const forged = `Bearer ${goodToken(newPair('good'), appId, serviceUrl)}`;
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: forged }]) {
      for (const { status, text } of [
        await bot.post(activityOf({ aadObjectId: alva }, click), headers),
        await bot.post('not JSON', headers),
        await begun(bot.url, 'x', { 'content-length': twoMegabytes, ...headers }),
      ]) {
        expect(status).to.equal(401);
        expect(text).to.match(/^\{"errorId":"[0-9a-f]{8}"\}$/);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
    const { text } = await bot.post({}, {});
    const { errorId } = JSON.parse(text);
    for (const began = Date.now(); !bot.output().includes(errorId) && Date.now() - began < 5_000; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bot.output()).to.include(errorId).and.to.include('"outcome":"no token"');
  });
  it('another tenant, channel or address under a good token: 403', async () => {
    const good = activityOf({ aadObjectId: alva }, click);
    for (const changes of [
      { channelId: 'webchat' },
      { serviceUrl: 'https://evil.trafficmanager.net/' },
      { conversation: { ...good.conversation, tenantId: otherTenant } },
      { channelData: { tenant: { id: otherTenant } } },
    ]) {
      expect((await bot.post({ ...good, ...changes })).status, JSON.stringify(changes)).to.equal(403);
    }
  });

  const kinds: [who: string, from: Parameters<typeof activityOf>[0], inside: boolean][] = [
    ['someone with a role', { aadObjectId: alva }, true],
    ['a guest with a role', { aadObjectId: alva, userRole: 'guest' }, true],
    ['a colleague without a role', { aadObjectId: otherTenant }, false],
    ['someone of another tenant', { aadObjectId: alva, tenantId: otherTenant }, false],
    ['someone anonymous', { aadObjectId: alva, userRole: 'anonymous' }, false],
    [
      'someone without an Entra id, under the id of one who has',
      { id: alva ?? '', aadObjectId: undefined },
      false,
    ],
  ];
  for (const [who, from, inside] of kinds) {
    it(`${who} ${inside ? 'gets in' : 'is told whom to call, and nothing else, whatever they do'}`, async () => {
      for (const more of [click, { ...click, value: { action: { verb: 'report', data: {} } } }]) {
        const { status, text } = await bot.post(activityOf(from, more));
        expect(status).to.equal(200);
        expect(text.includes(error.notKnown)).to.equal(!inside);
        if (!inside) {
          for (const words of ['112', call.police, people.dutyFunction.number])
            expect(text).to.include(words);
        }
      }
    });
  }
  it('name, address and role as the client tells them change nothing', async () => {
    const answers = new Set<string>();
    for (const from of [
      {},
      { name: 'Karin' },
      { userPrincipalName: 'karin@example.org', email: 'karin@example.org' },
      { role: 'admin', roles: ['coordinator'] },
    ]) {
      const { text } = await bot.post(activityOf({ aadObjectId: otherTenant, ...from }, click));
      answers.add(text);
    }
    expect(answers.size).to.equal(1);
  });
  it('what goes out goes to Teams, with the bot’s own token', async () => {
    await bot.post(activityOf({ aadObjectId: alva }, { text: 'meny' }));
    const sent = bot.sent();
    expect(sent.length).to.be.greaterThan(0);
    for (const one of sent) {
      expect(new URL(one.sent).host).to.equal('smba.trafficmanager.net');
      expect(one.authorization).to.equal('Bearer token1');
    }
  });
  it('nothing secret is in the log', () => {
    const lines = bot
      .output()
      .split('\n')
      .filter((line) => !line.startsWith('{"sent"'));
    expect(lines.length).to.be.greaterThan(10);
    expect(lines.join('\n')).not.to.match(/Bearer|token1|eyJ|canary/);
  });
});

describe('the door, set otherwise', function () {
  this.timeout(60_000);
  it('a token that Teams does not take is changed for a new one, once', async () => {
    const bot = await startGated({ refuses: 'token1' });
    try {
      for (let n = 0; n < 2; n++) await bot.post(activityOf({ aadObjectId: alva }, { text: 'meny' }));
      const tokens = bot.sent().map(({ authorization }) => authorization);
      expect(tokens).to.deep.equal(['Bearer token1', 'Bearer token2', 'Bearer token2']);
    } finally {
      await bot.stop();
    }
  });
  it('is as shut in safe mode', async () => {
    const { dutyFunction, bot: sender, tenantId } = people;
    const bot = await startGated({ lastKnown: { dutyFunction, bot: sender, tenantId } });
    try {
      expect((await fetch(`${bot.url}/readyz`)).status).to.equal(503);
      expect((await bot.post(activityOf({ aadObjectId: alva }, click), {})).status).to.equal(401);
      const { status, text } = await bot.post(activityOf({ aadObjectId: alva }, click));
      expect(status).to.equal(200);
      expect(text).to.include(error.notStored).and.to.include('112').and.to.include(dutyFunction.number);
      await bot.post(activityOf({ aadObjectId: alva }, { text: 'hej' }));
      expect(bot.sent().map(({ authorization }) => authorization)).to.deep.equal(['Bearer token1']);
    } finally {
      await bot.stop();
    }
  });
});
