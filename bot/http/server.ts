import type { IncomingHttpHeaders } from 'node:http';
import restify from 'restify';
import { faultOf, type Log } from '../log.ts';
import { BodyRefused, readJson } from './body.ts';

export interface ServerOptions {
  /** Answers one activity of Teams. */
  receive: (
    request: { body: unknown; headers: IncomingHttpHeaders },
    response: restify.Response,
  ) => Promise<void>;
  /** Resolves when storage can be reached and people are known. */
  ready: () => Promise<void>;
  /** What the auditor has found, for an outside monitor; answered from memory. */
  alarm: () => { ok: boolean };
  log: Log;
  /** The movable clock of the local world; absent anywhere else. */
  clock?: { forward(minutes: number): void; page(): string } | undefined;
  /** The phone of the local world; absent where real phones ring. */
  phone?: { show(): string } | undefined;
}

/** A message of Teams holds about 100 KB; room for that in any alphabet, escaped. */
const longestActivity = 1024 * 1024;

/** The HTTP server, not yet listening. */
export function createServer({ receive, ready, alarm, log, clock, phone }: ServerOptions): restify.Server {
  const server = restify.createServer({ name: '' });
  server.server.headersTimeout = 10_000;
  server.server.requestTimeout = 15_000;

  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    try {
      const body = await readJson(request, longestActivity);
      await receive({ body, headers: request.headers }, response);
    } catch (error) {
      const status = error instanceof BodyRefused ? error.status : 500;
      if (status === 500) log.error('request failed', { error: faultOf(error) });
      // What is left of the body is not read, so the line cannot be used again.
      response.header('connection', 'close');
      if (!response.headersSent) response.send(status, { error: 'the request could not be read' });
    }
  });
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    response.send(200, { ok: true });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    try {
      await ready();
      response.send(200, { ok: true });
    } catch (error) {
      log.warn('not ready', { error: faultOf(error) });
      response.send(503, { ok: false });
    }
  });
  server.get('/alarmz', async (_request: restify.Request, response: restify.Response) => {
    const report = alarm();
    response.send(report.ok ? 200 : 503, report);
  });
  if (clock) serveClock(server, clock);
  if (phone) {
    server.get('/local/phone', async (_request: restify.Request, response: restify.Response) =>
      sendPage(response, phone.show()),
    );
  }
  return server;
}

/** Gives nothing back: restify logs what a handler gives, and a page of the local world holds names and numbers. */
function sendPage(response: restify.Response, html: string): void {
  response.sendRaw(200, html, { 'content-type': 'text/html; charset=utf-8' });
}

/** `POST /local/clock?minutes=5` moves it forward; a browser is shown the page again. */
function serveClock(server: restify.Server, clock: NonNullable<ServerOptions['clock']>): void {
  server.get('/local/clock', async (_request: restify.Request, response: restify.Response) =>
    sendPage(response, clock.page()),
  );
  server.post('/local/clock', async (request: restify.Request, response: restify.Response) => {
    clock.forward(Number(new URLSearchParams(request.getQuery()).get('minutes')));
    sendPage(response, clock.page());
  });
}
