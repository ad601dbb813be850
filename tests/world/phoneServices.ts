/**
 * Stand-ins for telephone services. Each speaks the real one's API over HTTP, and refuses what the real one refuses:
 * the wrong secret or signature, a missing field, a number that is none.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A phone that rang, and what it showed or would say. */
export interface Rung {
  way: 'sms' | 'voice' | 'any';
  number: string;
  text: string;
}

/** What goes wrong: an answer, or a line that is cut, hangs, or trickles for ever. */
export type Fault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'cut'
  | 'hang'
  | 'trickle';

export interface PhoneService {
  url: string;
  rung: Rung[];
  /** Method and path of every request, in order. */
  asked: string[];
  /** What goes wrong with a request, though what it asks for is done where `done`. */
  fault?: { answer: Fault; done: boolean } | undefined;
  stop(): Promise<void>;
}

interface Request {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}
interface Answer {
  status: number;
  body?: object | string;
}
/** What the service does with a request; `ring` makes a phone ring. */
type Service = (request: Request, ring: (rung: Rung) => void) => Answer;

const isNumber = (value: unknown): value is string =>
  typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value);

async function startService(service: Service): Promise<PhoneService> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const url = new URL(request.url ?? '', `http://${headers.host}`);
      running.asked.push(`${method} ${url.pathname}`);
      const { fault } = running;
      const ring = (rung: Rung) => running.rung.push(rung);
      const body = Buffer.concat(chunks).toString('utf8');
      const answer: Answer =
        fault && !fault.done ? { status: 500 } : service({ method, url, headers, body }, ring);
      if (fault) fail(response, fault.answer);
      else send(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: PhoneService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rung: [],
    asked: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

function send(response: ServerResponse, { status, body = '' }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
  });
  response.end(text);
}

function fail(response: ServerResponse, fault: Fault): void {
  if (fault === 'hang') return;
  if (fault === 'cut') return void response.destroy();
  if (fault === 'trickle') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
    return;
  }
  response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
}

/** Takes JSON with a bearer token. */
export const startWebhookService = (token: string): Promise<PhoneService> =>
  startService(({ method, headers, body }, ring) => {
    if (method !== 'POST') return { status: 405 };
    if (headers.authorization !== `Bearer ${token}`) return { status: 401 };
    if (headers['content-type'] !== 'application/json') return { status: 415 };
    const { to, text, language } = JSON.parse(body);
    if (!isNumber(to) || !text || !['sv', 'en'].includes(language)) return { status: 400 };
    ring({ way: 'any', number: to, text });
    return { status: 204 };
  });

/** 46elks: forms in, JSON out, errors as plain text. */
export const startElksService = (username: string, password: string): Promise<PhoneService> => {
  const authorization = `Basic ${btoa(`${username}:${password}`)}`;
  return startService(({ method, url, headers, body }, ring) => {
    if (headers.authorization !== authorization) {
      return { status: 401, body: 'API access requires Basic HTTP authentication' };
    }
    if (method !== 'POST') return { status: 405, body: 'Method not allowed' };
    if (headers['content-type'] !== 'application/x-www-form-urlencoded')
      return { status: 400, body: 'No form' };
    const form = Object.fromEntries(new URLSearchParams(body));
    const { from = '', to, message, voice_start: start } = form;
    if (!isNumber(to)) return { status: 400, body: `Invalid "to" number: ${to}` };
    const common = { to, from, created: '2026-11-25T12:00:00.000000', direction: 'outgoing' };
    if (url.pathname === '/a1/sms') {
      if (!/^(\+\d+|[A-Za-z][A-Za-z0-9]{0,10})$/.test(from)) return { status: 400, body: 'Invalid "from"' };
      if (!message) return { status: 400, body: 'Missing key message' };
      ring({ way: 'sms', number: to, text: message });
      return { status: 200, body: { ...common, id: 's1', status: 'created', message, cost: 3500, parts: 1 } };
    }
    if (url.pathname === '/a1/calls') {
      if (!isNumber(from)) return { status: 400, body: 'Invalid "from" number' };
      if (!start) return { status: 400, body: 'Missing key voice_start' };
      ring({ way: 'voice', number: to, text: start });
      return { status: 200, body: { ...common, id: 'c1', state: 'ongoing' } };
    }
    return { status: 404, body: 'Not found' };
  });
};

export interface AzureService extends PhoneService {
  /** Of the call: rings, is answered after so many looks, or never; and what has been said in it. */
  call: { answeredAfter: number; hungUpAfter: number; said: object[]; ended: boolean };
}

/** Azure Communication Services: every request signed with the key of the resource. */
export async function startAzureService(key: string): Promise<AzureService> {
  const call = { answeredAfter: 2, hungUpAfter: Infinity, said: [] as object[], ended: false };
  let looks = 0;
  const state = () => {
    if (call.ended || looks >= call.hungUpAfter) return 'disconnected';
    return looks >= call.answeredAfter ? 'connected' : 'connecting';
  };
  const service = await startService((request, ring) => {
    const refused = unsigned(request, key);
    if (refused) return { status: 401, body: { error: { code: 'Denied', message: refused } } };
    const { method, url, body } = request;
    const route = `${method} ${url.pathname}?${url.searchParams.get('api-version')}`;
    const sent = body ? JSON.parse(body) : {};
    switch (route) {
      case 'POST /sms?2021-03-07': {
        if (!sent.from || !sent.message || sent.smsRecipients?.length !== 1) return { status: 400 };
        const [{ to }] = sent.smsRecipients;
        const successful = isNumber(to);
        if (successful) ring({ way: 'sms', number: to, text: sent.message });
        const result = successful
          ? { to, messageId: 'm1', httpStatusCode: 202, successful }
          : { to, httpStatusCode: 400, successful, errorMessage: 'Invalid To phone number format.' };
        return { status: 202, body: { value: [result] } };
      }
      case 'POST /calling/callConnections?2024-04-15': {
        const [target] = sent.targets ?? [];
        const number = target?.phoneNumber?.value;
        const complete = sent.sourceCallerIdNumber?.value && sent.callbackUri;
        if (target?.kind !== 'phoneNumber' || !isNumber(number) || !complete) return { status: 400 };
        if (!sent.callIntelligenceOptions?.cognitiveServicesEndpoint) return { status: 400 };
        looks = 0;
        ring({ way: 'voice', number, text: '' });
        return { status: 201, body: { callConnectionId: 'c/1', callConnectionState: 'connecting' } };
      }
      case 'GET /calling/callConnections/c%2F1?2024-04-15':
        looks += 1;
        if (call.ended) return { status: 404 };
        return { status: 200, body: { callConnectionId: 'c/1', callConnectionState: state() } };
      case 'POST /calling/callConnections/c%2F1:play?2024-04-15':
        if (state() !== 'connected') return { status: 400, body: { error: { code: '8501' } } };
        call.said.push(sent);
        return { status: 202 };
      case 'POST /calling/callConnections/c%2F1:terminate?2024-04-15':
        call.ended = true;
        return { status: 204 };
      default:
        return { status: 404 };
    }
  });
  return Object.assign(service, { call });
}

/** Why the signature is not right, if it is not. */
function unsigned({ method, url, headers, body }: Request, key: string): string | undefined {
  const date = String(headers['x-ms-date']);
  if (!(Math.abs(Date.now() - Date.parse(date)) < 5 * 60_000)) return 'the date is not now';
  const hash = createHash('sha256').update(body, 'utf8').digest('base64');
  if (headers['x-ms-content-sha256'] !== hash) return 'the hash is not that of the body';
  const signed = [method, url.pathname + url.search, [date, headers.host, hash].join(';')].join('\n');
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(signed, 'utf8').digest('base64');
  const right = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  return headers.authorization === right ? undefined : 'the signature is wrong';
}
