/** What each answer of Teams means for a message, and how long is waited for one. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { freePort } from '../../bot/local/ports.ts';
import { createConnector } from '../../bot/teams/connector.ts';
import { createRender, loadCards } from '../../bot/teams/render.ts';
import { isLoopback } from '../../bot/teams/serviceUrl.ts';
import { words } from '../../bot/views/index.ts';
import { createWorld, noon } from '../world/world.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const render = createRender(await loadCards(new URL('../../cards/', import.meta.url)), log);
const view = words(
  { locale: 'sv', now: noon, directory: createWorld().directory },
  { paragraphs: ['Orden'], call: true },
);

describe('the connector', () => {
  let answer: (response: ServerResponse, body: string) => void;
  let requests: { method: string; path: string; body: string }[];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests.push({ method: request.method ?? '', path: request.url ?? '', body });
      answer(response, body);
    });
  });
  let serviceUrl: string;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  beforeEach(() => {
    requests = [];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const connector = createConnector({
    render,
    log,
    isServiceUrl: isLoopback,
    bot: { id: '28:b', name: 'b' },
    tenantId: 't',
    limit: 300,
  });
  const post = () => connector.post({ serviceUrl, id: 'a:1' }, view);
  const says = (status: number, headers: Record<string, string> = {}, body = '{}') => {
    answer = (response) => response.writeHead(status, headers).end(body);
  };

  for (const status of [401, 403, 404]) {
    it(`${status}: it can never arrive there`, async () => {
      says(status);
      expect(await post()).to.deep.equal({ outcome: 'gone' });
    });
  }
  for (const status of [408, 409, 412, 429, 503]) {
    it(`${status}: not delivered, to be tried later`, async () => {
      says(status);
      expect(await post()).to.deep.equal({ outcome: 'later' });
    });
  }
  for (const status of [400, 500, 502, 504]) {
    it(`${status}: nobody knows`, async () => {
      says(status);
      expect(await post()).to.deep.equal({ outcome: 'unknown' });
    });
  }
  it('Retry-After is kept to, in milliseconds', async () => {
    says(429, { 'retry-after': '7' });
    expect(await post()).to.deep.equal({ outcome: 'later', after: 7_000 });
    says(429, { 'retry-after': 'soon' });
    expect(await post()).to.deep.equal({ outcome: 'later' });
  });
  it('413: the same message in plain words, with the numbers to call, once', async () => {
    answer = (response, body) =>
      body.includes('attachments')
        ? response.writeHead(413).end('{}')
        : response.writeHead(201).end('{"id":"7"}');
    expect(await post()).to.include({ outcome: 'sent', activityId: '7' });
    expect(requests).to.have.length(2);
    expect(requests[1]?.body).to.include('112').and.to.include('08-465 004 00').and.to.include('Orden');
  });
  it('a hang is given up in time; nobody knows', async () => {
    answer = () => undefined;
    const started = performance.now();
    expect(await post()).to.deep.equal({ outcome: 'unknown' });
    expect(performance.now() - started).to.be.lessThan(1_500);
  });
  it('a cut line: nobody knows, and nothing is sent a second time', async () => {
    answer = (response) => response.destroy();
    expect(await post()).to.deep.equal({ outcome: 'unknown' });
    expect(requests).to.have.length(1);
  });
  it('nobody listens: not delivered', async () => {
    const nobody = { serviceUrl: `http://127.0.0.1:${await freePort()}/`, id: 'a:1' };
    expect(await connector.post(nobody, view)).to.deep.equal({ outcome: 'later' });
  });
  it('an answer that is not JSON, or has no id: nobody knows which message it was', async () => {
    says(201, {}, '<html>');
    expect(await post()).to.deep.equal({ outcome: 'unknown' });
    says(200, {}, '{}');
    expect(await post()).to.deep.equal({ outcome: 'unknown' });
  });
  it('is led nowhere else', async () => {
    says(307, { location: 'http://127.0.0.1:9/' });
    expect((await post()).outcome).to.equal('unknown');
    expect(requests).to.have.length(1);
  });
  it('a service address with or without a slash, an id with any letters', async () => {
    says(201, {}, '{"id":"1"}');
    await connector.post(
      { serviceUrl: serviceUrl.replace(/\/$/, ''), id: '19:x@thread.tacv2;messageid=1' },
      view,
    );
    await connector.post({ serviceUrl, id: '19:x@thread.tacv2;messageid=1' }, view);
    expect(new Set(requests.map(({ path }) => path)).size).to.equal(1);
    expect(requests[0]?.path).to.equal('/v3/conversations/19%3Ax%40thread.tacv2%3Bmessageid%3D1/activities');
  });
  describe('who is in a conversation', () => {
    const members = () => connector.members({ serviceUrl, id: '19:x@thread.tacv2' });
    const page = (ids: (string | undefined)[], continuationToken?: string) =>
      JSON.stringify({
        members: ids.map((oid, n) => ({ id: `29:${n}`, name: 'x', ...(oid && { aadObjectId: oid }) })),
        ...(continuationToken && { continuationToken }),
      });
    it('is read page by page, by Entra id, the bot itself apart', async () => {
      answer = (response) =>
        response
          .writeHead(200)
          .end(requests.length === 1 ? page(['A', undefined], 'a&b') : '{"members":[{"id":"28:b"}]}');
      expect(await members()).to.deep.equal({ outcome: 'read', members: [{ person: 'a' }, {}] });
      expect(requests.map(({ path }) => path)).to.deep.equal([
        '/v3/conversations/19%3Ax%40thread.tacv2/pagedmembers?pageSize=500',
        '/v3/conversations/19%3Ax%40thread.tacv2/pagedmembers?pageSize=500&continuationToken=a%26b',
      ]);
    });
    for (const [status, outcome] of [
      [401, 'gone'],
      [403, 'gone'],
      [404, 'gone'],
      [429, 'later'],
      [500, 'later'],
      [501, 'later'],
      [503, 'later'],
      [307, 'later'],
    ] as const) {
      it(`${status}: ${outcome}`, async () => {
        says(status, { location: 'http://127.0.0.1:9/' });
        expect(await members()).to.deep.equal({ outcome });
      });
    }
    it('garbage, a cut line, a list without end: later', async () => {
      for (const wrong of ['<html>', '{}', '{"members":[7]}', page(['a'], 'again')]) {
        says(200, {}, wrong);
        expect(await members(), wrong).to.deep.equal({ outcome: 'later' });
      }
      answer = (response) => response.destroy();
      expect(await members()).to.deep.equal({ outcome: 'later' });
      expect(requests.length).to.be.lessThan(10);
    });
    it('a hang is given up within a second, also in the middle of an answer', async () => {
      for (const begun of [false, true]) {
        answer = (response) => begun && response.writeHead(200).write('{"members":[');
        const started = performance.now();
        expect(await members()).to.deep.equal({ outcome: 'later' });
        expect(performance.now() - started).to.be.lessThan(2_000);
      }
    });
  });
  it('a card message carries no text beside it: Teams would make two messages of it', async () => {
    says(201, {}, '{"id":"1"}');
    await post();
    expect(JSON.parse(requests[0]?.body ?? '{}')).not.to.have.property('text');
  });
});
