/** Every route, those of the local world and those that are not there included, answers with the same strict headers. */
import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { type RunningBot, startBot } from '../world/bot.ts';

const usual = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};
const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const page = (forms: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self' https://res.cdn.office.net",
    "base-uri 'none'",
    `form-action ${forms}`,
    'frame-ancestors https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft',
    "require-trusted-types-for 'script'",
  ].join('; ');

type Row = [
  method: string,
  path: string,
  body: string | undefined,
  status: number,
  type: string,
  policy: string,
];
const json = 'application/json';
const html = 'text/html; charset=utf-8';
const words = 'text/plain; charset=utf-8';
const routes: Row[] = [
  ['GET', '/healthz', undefined, 200, json, nothing],
  ['HEAD', '/healthz', undefined, 405, json, nothing],
  ['GET', '/readyz', undefined, 200, json, nothing],
  ['GET', '/alarmz', undefined, 200, json, nothing],
  ['POST', '/api/messages', '{}', 400, json, nothing],
  ['POST', '/api/messages', 'x', 400, json, nothing],
  ['GET', '/api/messages', undefined, 405, json, nothing],
  ['OPTIONS', '/api/messages', undefined, 405, json, nothing],
  ['GET', '/local/clock', undefined, 200, html, page("'self'")],
  ['POST', '/local/clock', undefined, 200, html, page("'self'")],
  ['GET', '/local/phone', undefined, 200, html, page("'none'")],
  ['GET', '/contact/none', undefined, 410, words, nothing],
  ['GET', '/contact/', undefined, 410, words, nothing],
  ['GET', '/contact/a/b', undefined, 404, json, nothing],
  ['GET', '/contact/%', undefined, 404, json, nothing],
  ['POST', '/contact/none', '{}', 405, json, nothing],
  ['GET', '/', undefined, 404, json, nothing],
  ['GET', '/canary%0d%0aX-Bad:1/<script>', undefined, 404, json, nothing],
  ['GET', '/../../etc/passwd', undefined, 404, json, nothing],
  ['GET', '/%', undefined, 404, json, nothing],
];

describe('headers', function () {
  this.timeout(60_000);
  let bot: RunningBot;
  before(async () => {
    const account = await emptyAccount();
    bot = await startBot(account.connection());
    for (let tries = 0; (await fetch(`${bot.url}/alarmz`)).status !== 200 && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  after(() => bot.stop());

  for (const [method, path, body, status, type, policy] of routes) {
    it(`${method} ${path}: ${status}`, async () => {
      const answer = await fetch(`${bot.url}${path}`, {
        method,
        ...(body !== undefined && { body, headers: { 'content-type': json } }),
      });
      const text = await answer.text();
      expect(answer.status).to.equal(status);
      const headers = Object.fromEntries(answer.headers);
      for (const by of ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'allow']) {
        delete headers[by];
      }
      const nonce = /'nonce-([\w-]{22})'/.exec(headers['content-security-policy'] ?? '')?.[1];
      expect({
        ...headers,
        'content-security-policy': headers['content-security-policy']?.replace(`nonce-${nonce}`, 'nonce-'),
      }).to.deep.equal({ ...usual, 'content-type': type, 'content-security-policy': policy });
      if (type === json && status >= 400 && method !== 'HEAD')
        expect(text).to.match(/^\{"errorId":"[0-9a-f]{8}"\}$/);
      if (type === html) {
        expect(text).to.include(`<style nonce="${nonce}">`);
        expect(text).not.to.match(/<script|<style>| style=| on\w+=/);
      }
    });
  }
  it('a page has a nonce of its own each time', async () => {
    const policies = await Promise.all(
      [1, 2, 3].map(async () =>
        (await fetch(`${bot.url}/local/clock`)).headers.get('content-security-policy'),
      ),
    );
    expect(new Set(policies).size).to.equal(3);
  });
});
