/** Nothing leaves for a host that is not Teams, whatever an address looks like; the bot's token least of all. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { createConnector } from '../../bot/teams/connector.ts';
import { createRender } from '../../bot/teams/render.ts';
import { isLoopback, isTeams } from '../../bot/teams/serviceUrl.ts';
import { createTokenSource } from '../../bot/teams/token.ts';
import { badServiceUrls } from './tokenCases.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const view = { card: 'words', data: {}, summary: 'x', fallback: 'x' };
const hosts = ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'];
const seed = 20261126;

/** Addresses made of what makes two readers see two hosts. */
const tricks = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...hosts,
        ...[
          'https://',
          'http://',
          'https:',
          '//',
          '/',
          '\\',
          '@',
          ':',
          ':443',
          ':8443',
          '.',
          '..',
          '%2e',
          '%00',
        ],
        ...['#', '?', '[::1]', '127.0.0.1', '2130706433', 'localhost', 'example.org', 'trafficmanager.net'],
        ...[
          'emea',
          '\t',
          '\n',
          ' ',
          '\u00ad',
          '\u200b',
          '\u202e',
          '。',
          '．',
          '／',
          'ｓmba',
          'SMBA',
          'xn--',
          'user:pass@',
        ],
      ),
      fc.string({ maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => parts.join(''));

describe('where messages may go', () => {
  it('the Bot Connector of Teams, in any region', () => {
    for (const host of hosts) {
      for (const path of ['', '/', '/emea/', '/teams', '/emea/99999999-2222-4333-8444-555555555555/']) {
        expect(isTeams(`https://${host}${path}`), path).to.equal(true);
      }
    }
  });
  for (const url of badServiceUrls)
    it(`not ${JSON.stringify(url)}`, () => expect(isTeams(url)).to.equal(false));
  it('locally this machine and nothing else', () => {
    for (const url of ['http://localhost:14150/_connector', 'http://127.0.0.1:1/', 'http://[::1]:1/']) {
      expect(isLoopback(url)).to.equal(true);
      expect(isTeams(url)).to.equal(false);
    }
    for (const url of [
      'http://127.0.0.1.example.org/',
      'http://x@127.0.0.1/',
      'http://0.0.0.0/',
      'https://smba.trafficmanager.net/',
    ]) {
      expect(isLoopback(url)).to.equal(false);
    }
  });
  it('whatever an address looks like, one that is let through has the host, to every reader', () => {
    let through = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          tricks,
          fc.constantFrom(...hosts).chain((host) => tricks.map((rest) => `https://${host}/${rest}`)),
        ),
        (url) => {
          if (!isTeams(url)) return;
          through += 1;
          expect(
            hosts.some((host) => url === `https://${host}` || url.startsWith(`https://${host}/`)),
          ).to.equal(true);
          expect(hosts).to.include(new URL(`${url.replace(/\/+$/, '')}/v3/conversations`).host);
        },
      ),
      { seed, numRuns: 20_000 },
    );
    expect(through).to.be.greaterThan(100);
  });
});

describe('the bot’s own token', () => {
  const requests: (string | undefined)[] = [];
  const spy = createServer((request, response) => {
    requests.push(request.headers.authorization);
    response.writeHead(200).end('{"id":"1"}');
  });
  let port: number;
  before(async () => {
    await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve));
    port = (spy.address() as AddressInfo).port;
  });
  after(() => {
    spy.closeAllConnections();
    spy.close();
  });
  const connector = (
    isServiceUrl: typeof isTeams,
    fetched: () => Promise<{ token: string; expiresAt: number }>,
  ) =>
    createConnector({
      render: createRender(new Map(), log),
      log,
      isServiceUrl,
      tokens: createTokenSource(fetched),
      bot: { id: '28:b', name: 'b' },
      tenantId: 't',
      limit: 500,
    });
  const hour = 3_600_000;

  it('is not sent to another server, nor fetched for it, whatever was stored', async () => {
    let fetched = 0;
    const { post, update, members } = connector(isTeams, async () => {
      fetched += 1;
      return { token: 'x', expiresAt: Date.now() + hour };
    });
    const urls = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://smba.trafficmanager.net@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}/?https://smba.trafficmanager.net/`,
      ...badServiceUrls,
    ];
    for (const serviceUrl of urls) {
      const to = { serviceUrl, id: 'a' };
      for (const sent of [post(to, view), update(to, '1', view), members(to)]) {
        expect(await sent).to.deep.equal({ outcome: 'gone' });
      }
    }
    expect(requests).to.deep.equal([]);
    expect(fetched).to.equal(0);
  });
  it('goes where messages may go', async () => {
    const { post } = connector(isLoopback, async () => ({ token: 'mine', expiresAt: Date.now() + hour }));
    expect(await post({ serviceUrl: `http://127.0.0.1:${port}/`, id: 'a' }, view)).to.include({
      outcome: 'sent',
    });
    expect(requests.splice(0)).to.deep.equal(['Bearer mine']);
  });
  it('cannot be had: nothing is sent, and it is tried again later', async () => {
    const { post } = connector(isLoopback, () => Promise.reject(new Error('login is down')));
    expect(await post({ serviceUrl: `http://127.0.0.1:${port}/`, id: 'a' }, view)).to.deep.equal({
      outcome: 'later',
    });
    expect(requests).to.deep.equal([]);
  });

  describe('in memory', () => {
    let now: number;
    let fetched: number;
    let down: boolean;
    const open = () => {
      [now, fetched, down] = [0, 0, false];
      return createTokenSource(
        async () => {
          if (down) throw new Error('login is down');
          return { token: `t${++fetched}`, expiresAt: now + hour };
        },
        () => now,
      );
    };
    it('is fetched once, whoever asks, and anew before its end', async () => {
      const source = open();
      await Promise.all(Array.from({ length: 9 }, () => source.token()));
      now += 39 * 60_000;
      expect(await source.token()).to.equal('t1');
      expect(fetched).to.equal(1);
      now += 2 * 60_000;
      expect(await source.token()).to.equal('t1');
      await new Promise(setImmediate);
      expect(await source.token()).to.equal('t2');
    });
    it('lasts through an outage of the login host, and no longer than it is good', async () => {
      const source = open();
      await source.token();
      down = true;
      now += 58 * 60_000;
      expect(await source.token()).to.equal('t1');
      now += 60_001;
      expect(
        await source.token().then(
          () => 'given',
          () => 'not given',
        ),
      ).to.equal('not given');
      down = false;
      expect(await source.token()).to.equal('t2');
    });
    it('refused by Teams: many ask for another, one is fetched', async () => {
      const source = open();
      const old = await source.token();
      const others = await Promise.all(Array.from({ length: 9 }, () => source.instead(old)));
      expect(new Set(others)).to.deep.equal(new Set(['t2']));
      expect(await source.instead(old)).to.equal('t2');
      expect(fetched).to.equal(2);
    });
  });
});
