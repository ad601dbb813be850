/** The gate: exactly one shape of token and activity is let in; botbuilder's adapter alone lets in many more. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { expect } from 'chai';
import sinon from 'sinon';
import { createGate, type Gate, type Refusal } from '../../bot/teams/gate.ts';
import { isTeams } from '../../bot/teams/serviceUrl.ts';
import { createSigningKeys } from '../../bot/teams/signingKeys.ts';
import { goodToken, type KeyServer, newPair, startKeyServer } from '../world/keyServer.ts';
import {
  accepted,
  activity,
  appId,
  type Case,
  good,
  madeAt,
  passesTheAdapter,
  refused,
  serviceUrl,
  tenantId,
  unendorsed,
  webchat,
} from './tokenCases.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function judge(gate: Gate, { authorization, activity: body }: Case): Promise<Refusal | 'let in'> {
  const vouched = await gate.token(authorization);
  return vouched.ok ? (gate.activity(vouched.value, body) ?? 'let in') : vouched.error;
}

describe('the gate', () => {
  let server: KeyServer;
  let gate: Gate;
  before(async () => {
    server = await startKeyServer([good, webchat, unendorsed]);
    const keys = createSigningKeys({ url: server.url, log });
    gate = createGate({ appId, tenantId, keys, isServiceUrl: isTeams, now: () => madeAt });
  });
  after(() => server.stop());

  it('is tried with more than 200 cases', () => {
    expect(refused.length).to.be.greaterThan(200);
    expect(new Set(refused.map(({ what }) => what)).size).to.equal(refused.length);
  });
  it('lets in the one shape of the Bot Framework', async () => {
    expect(await judge(gate, accepted)).to.equal('let in');
  });
  it('clocks may differ by five minutes, a tenant be written in any case, and be left out once', async () => {
    const late = `Bearer ${goodToken(good, appId, serviceUrl, madeAt - 3_600_000 - 4 * 60_000)}`;
    const early = `Bearer ${goodToken(good, appId, serviceUrl, madeAt + 5 * 60_000)}`;
    for (const authorization of [late, early]) {
      expect(await judge(gate, { ...accepted, authorization })).to.equal('let in');
    }
    for (const changes of [
      { conversation: { id: 'a:1' } },
      { channelData: undefined },
      { channelData: { tenant: { id: tenantId.toUpperCase() } } },
    ]) {
      expect(await judge(gate, { ...accepted, activity: activity(changes) })).to.equal('let in');
    }
  });
  for (const one of refused) {
    it(`refuses ${one.what}`, async () => {
      expect(await judge(gate, one)).not.to.equal('let in');
    });
  }

  it('and each for a reason of its own', async () => {
    const reasons = new Set<string>();
    for (const one of refused) reasons.add(await judge(gate, one));
    expect([...reasons].sort()).to.deep.equal([
      'algorithm',
      'channel',
      'claims',
      'endorsement',
      'key',
      'malformed token',
      'no token',
      'service address',
      'signature',
      'tenant',
      'time',
      'too long',
    ]);
  });

  describe('what botbuilder’s adapter alone lets in', () => {
    let adapter: CloudAdapter;
    before(() => {
      sinon.stub(console, 'error');
      adapter = new CloudAdapter(
        new ConfigurationBotFrameworkAuthentication({
          MicrosoftAppId: appId,
          MicrosoftAppTenantId: tenantId,
          MicrosoftAppPassword: 'secret',
          MicrosoftAppType: 'SingleTenant',
          ...{
            ToBotFromChannelOpenIdMetadataUrl: server.url,
            ToBotFromEmulatorOpenIdMetadataUrl: server.url,
          },
          ...{
            ToChannelFromBotLoginUrl: 'https://x',
            ToChannelFromBotOAuthScope: 'https://x',
            OAuthUrl: 'https://x',
          },
          ...{
            ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
            CallerId: 'x',
            ValidateAuthority: 'true',
          },
        }),
      );
    });
    after(() => {
      sinon.restore();
    });
    const passes = async ({ authorization, activity: body }: Case): Promise<boolean> => {
      let reached = false;
      const response = {
        socket: undefined,
        status: () => undefined,
        send: () => undefined,
        header: () => undefined,
        end: () => undefined,
      };
      const request = { method: 'POST', body, headers: { authorization: authorization ?? '' } };
      await adapter.process(request, response, async () => {
        reached = true;
      });
      return reached;
    };
    it('the good one', async () => {
      expect(await passes(accepted)).to.equal(true);
    });
    for (const one of passesTheAdapter) {
      it(`${one.what}, which the gate refuses`, async () => {
        expect(await passes(one)).to.equal(true);
        expect(await judge(gate, one)).not.to.equal('let in');
      });
    }
    it('while a token that nobody signed is refused there too', async () => {
      const forged = refused.find(({ what }) => what === 'zeros for a signature');
      expect(forged && (await passes(forged))).to.equal(false);
    });
  });
});

describe('the signing keys', () => {
  let server: KeyServer;
  let now: number;
  beforeEach(async () => {
    server = await startKeyServer([good]);
    now = Date.now();
  });
  afterEach(() => server.stop());
  const hour = 3_600_000;
  const open = () => {
    const keys = createSigningKeys({ url: server.url, log, now: () => now });
    const gate = createGate({ appId, tenantId, keys, isServiceUrl: isTeams, now: () => now });
    return {
      keys,
      try: (pair = good) =>
        judge(gate, { ...accepted, authorization: `Bearer ${goodToken(pair, appId, serviceUrl, now)}` }),
    };
  };

  for (const fault of ['hang', 'drip', '503', 'garbage', 'empty', 'elsewhere'] as const) {
    it(`${fault} of the key server for an hour, and for a day: no good activity is refused, none waits`, async () => {
      const opened = open();
      expect(await opened.try()).to.equal('let in');
      now += 12 * hour;
      server.fault = fault;
      const began = performance.now();
      for (let minute = 0; minute <= 60; minute++, now += 60_000) {
        expect(await opened.try()).to.equal('let in');
      }
      now += 34 * hour;
      expect(await opened.try()).to.equal('let in');
      expect(performance.now() - began).to.be.lessThan(2_000);
    });
  }
  it('two days without keys: nobody is let in, in at most 3 s, and at once when they are back', async () => {
    const opened = open();
    await opened.try();
    now += 48 * hour;
    server.fault = 'hang';
    const began = performance.now();
    expect(await opened.try()).to.equal('no keys');
    expect(performance.now() - began).to.be.within(2_500, 4_500);
    server.fault = 'none';
    now += 1_000;
    expect(await opened.try()).to.equal('let in');
  });
  it('are fetched ahead after half a day, once, whoever asks', async () => {
    const opened = open();
    await Promise.all(Array.from({ length: 20 }, () => opened.try()));
    expect(server.asked).to.equal(1);
    now += 11 * hour;
    await opened.keys.keep();
    expect(server.asked).to.equal(1);
    now += 2 * hour;
    await Promise.all(Array.from({ length: 20 }, () => opened.keys.keep()));
    expect(server.asked).to.equal(2);
  });
  it('a new one is known when it is first met; one that is gone is gone', async () => {
    const opened = open();
    await opened.try();
    now += hour;
    const next = newPair('next');
    server.keys = [next];
    expect(await opened.try(next)).to.equal('let in');
    expect(await opened.try(good)).to.equal('key');
  });
  it('a flood of forged ids costs one fetch in 30 s', async () => {
    const opened = open();
    await opened.try();
    now += hour;
    for (let n = 0; n < 1_000; n++) expect(await opened.keys.find(`forged${n}`)).to.equal(undefined);
    expect(server.asked).to.equal(2);
    now += 30_000;
    for (let n = 0; n < 1_000; n++) await opened.keys.find(`forged${n}`);
    expect(server.asked).to.equal(3);
  });
});
