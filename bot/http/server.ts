import { randomBytes, randomUUID } from 'node:crypto';
import http, { type Server, type ServerResponse } from 'node:http';
import restify from 'restify';
import { faultOf, type Log } from '../log.ts';
import { BodyRefused, readJson } from './body.ts';
import { answerHeaders, pageHeaders } from './headers.ts';

export interface ServerOptions {
  /** Answers one activity of Teams; reads its body when it has seen who sends it. */
  receive: (request: {
    authorization: string | undefined;
    body(): Promise<unknown>;
  }) => Promise<{ status: number; body?: unknown; refused?: string }>;
  /** Resolves when storage can be reached and people are known. */
  ready: () => Promise<void>;
  /** What the auditor has found, for an outside monitor; answered from memory. */
  alarm: () => { ok: boolean };
  /** What a link on a phone list's card leads to, and what is said of one whose time is out; absent in safe mode. */
  contact?: { of(link: string): string | undefined; isOld: string };
  log: Log;
  /** The movable clock of the local world; absent anywhere else. */
  clock?: { forward(minutes: number): void; page(nonce: string): string } | undefined;
  /** The phone of the local world; absent where real phones ring. */
  phone?: { show(nonce: string): string } | undefined;
}

/**
 * A message of Teams holds about 100 KB as UTF-16, and comes as text and as HTML: room for both in any alphabet,
 * escaped. Nobody without a token of the Bot Framework gets so far as to send it.
 */
const longestActivity = 1024 * 1024;

/** Who sends slowly is cut off; there are connections left for everyone else (THREATS D4). */
const slow = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  // Node looks every 30 s unless told, and cuts nobody off between its looks.
  connectionsCheckingInterval: 1_000,
};
const mostConnections = 5_000;

/** The HTTP server, not yet listening. */
export function createServer(options: ServerOptions): Server {
  const { ready, alarm, contact, log, clock, phone } = options;
  const routes = restify.createServer({ name: '' });
  const fail = failing(log);

  routes.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    try {
      const body = () => readJson(request, longestActivity);
      const { authorization } = request.headers;
      const answer = await options.receive({ authorization, body });
      if (answer.status >= 400) fail(response, answer.status, { outcome: answer.refused ?? 'turn' });
      else send(response, answer.status, answer.body);
    } catch (error) {
      const refused = error instanceof BodyRefused;
      fail(response, refused ? error.status : 500, refused ? { outcome: 'body' } : { error: faultOf(error) });
    }
  });
  routes.get('/healthz', async (_request: restify.Request, response: restify.Response) =>
    send(response, 200, { ok: true }),
  );
  routes.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    try {
      await ready();
      send(response, 200, { ok: true });
    } catch (error) {
      log.warn('not ready', { error: faultOf(error) });
      send(response, 503, { ok: false });
    }
  });
  routes.get('/alarmz', async (_request: restify.Request, response: restify.Response) => {
    const report = alarm();
    send(response, report.ok ? 200 : 503, report);
  });
  if (contact) {
    routes.get('/contact/:link', async (request: restify.Request, response: restify.Response) => {
      const vcard = contact.of(String(request.params.link));
      if (vcard === undefined) return sendText(response, 410, 'text/plain', contact.isOld);
      response.setHeader('content-disposition', 'attachment; filename="kontakt.vcf"');
      sendText(response, 200, 'text/vcard', vcard);
    });
  }
  if (clock) serveClock(routes, clock);
  if (phone) {
    routes.get('/local/phone', async (_request: restify.Request, response: restify.Response) =>
      sendPage(response, (nonce) => phone.show(nonce)),
    );
  }
  // Of restify's own, such as a path that is not there: its words repeat the path.
  routes.on('restifyError', (_request: unknown, response: ServerResponse, error: { statusCode?: number }) => {
    fail(response, error.statusCode ?? 500, { outcome: 'route' });
  });

  const server = http.createServer(slow, (request, response) => {
    for (const [name, value] of Object.entries(answerHeaders)) response.setHeader(name, value);
    routes.server.emit('request', request, response);
  });
  server.maxConnections = mostConnections;
  return server;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  const length = { 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, text ? { 'content-type': 'application/json', ...length } : length);
  response.end(text);
}

/** Gives nothing back, as `sendPage`: a number must not stand in restify's log. */
function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  const length = { 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...length });
  response.end(text);
}

/** Refusals by hand are few; those of a flood are counted, and said once in so many ms. */
const saidEvery = 100;

/** Answers with an error id and nothing else: what went wrong stands by it in the log. */
function failing(log: Log) {
  let saidAt = 0;
  let unsaid = 0;
  return (response: ServerResponse, status: number, why: Parameters<Log['warn']>[1]): void => {
    const errorId = randomUUID().slice(0, 8);
    const now = performance.now();
    if (why?.error) log.error('request failed', { status, errorId, ...why });
    else if (now - saidAt < saidEvery) unsaid += 1;
    else {
      log.warn('request refused', { status, errorId, ...why, ...(unsaid > 0 && { count: unsaid }) });
      saidAt = now;
      unsaid = 0;
    }
    if (response.headersSent) return void response.destroy();
    // What is left of the body is not read, so the line cannot be used again.
    response.setHeader('connection', 'close');
    send(response, status, { errorId });
  };
}

/** Gives nothing back: restify logs what a handler gives, and a page of the local world holds names and numbers. */
function sendPage(response: ServerResponse, page: (nonce: string) => string, forms = false): void {
  const nonce = randomBytes(16).toString('base64url');
  const headers = { ...pageHeaders(nonce, forms), 'content-type': 'text/html; charset=utf-8' };
  response.writeHead(200, headers);
  response.end(page(nonce));
}

/** `POST /local/clock?minutes=5` moves it forward; a browser is shown the page again. */
function serveClock(routes: restify.Server, clock: NonNullable<ServerOptions['clock']>): void {
  routes.get('/local/clock', async (_request: restify.Request, response: restify.Response) =>
    sendPage(response, (nonce) => clock.page(nonce), true),
  );
  routes.post('/local/clock', async (request: restify.Request, response: restify.Response) => {
    clock.forward(Number(new URLSearchParams(request.getQuery()).get('minutes')));
    sendPage(response, (nonce) => clock.page(nonce), true);
  });
}
