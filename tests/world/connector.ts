/** A stand-in for Teams' side of the wire: takes connector calls over HTTP, and sends activities as Teams does. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { declared } from './instance.ts';

export interface Call {
  method: string;
  path: string;
  body: {
    type?: string;
    summary?: string;
    text?: string;
    attachments?: { content: object }[];
    activity?: Call['body'];
    channelData?: { channel: { id: string } };
  };
  at: number;
}

export interface FakeConnector {
  url: string;
  calls: Call[];
  /** Entra ids of those who are in every conversation; the coordinators, until a test says otherwise. */
  members: string[];
  /** Every message as it stands now, by activity id, in the order it was first posted. */
  standing: Map<string, { conversation: string; body: Call['body'] }>;
  /** Ends when the predicate holds of what stands, or fails after 5 s. */
  until(holds: () => boolean, what: string): Promise<void>;
  stop(): Promise<void>;
}

/** What goes wrong with one call: an answer, a line that is cut or hangs, and whether the message stands all the same. */
export interface Fault {
  stored: boolean;
  answer: { status: number; headers?: Record<string, string>; body?: string } | 'cut' | 'hang';
}

/** @param faultOf asked for every call; nothing goes wrong when it has nothing to say */
export async function startConnector(
  faultOf: (call: Call) => Fault | undefined = () => undefined,
): Promise<FakeConnector> {
  const calls: Call[] = [];
  const standing: FakeConnector['standing'] = new Map();
  const members: string[] = declared.holding('coordinator').map(({ id }) => id);
  let ids = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
      const path = decodeURIComponent(request.url ?? '');
      const call = { method: request.method ?? '', path, body, at: performance.now() };
      const fault = faultOf(call);
      if (call.method !== 'GET' && (!fault || fault.stored)) calls.push(call);
      const [, conversation = '', , activity = ''] =
        /conversations\/?([^/]*)(\/activities\/?)?([^/]*)/.exec(path) ?? [];
      const answer = (status: number, json: object) => {
        if (fault) return fail(response, fault);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(json));
      };
      if (fault && !fault.stored) return fail(response, fault);
      if (request.method === 'GET' && path.includes('/pagedmembers')) {
        return answer(200, {
          members: members.map((aadObjectId) => ({ id: `29:${aadObjectId}`, aadObjectId })),
        });
      }
      if (request.method === 'PUT') {
        const known = standing.get(activity);
        if (!known) return answer(404, { error: { code: 'ActivityNotFoundInConversation' } });
        known.body = body;
        return answer(200, { id: activity });
      }
      const activityId = String(++ids);
      if (conversation === '') {
        const thread = `${body.channelData.channel.id};messageid=${activityId}`;
        standing.set(activityId, { conversation: thread, body: body.activity });
        return answer(201, { id: thread, activityId });
      }
      standing.set(activityId, { conversation, body });
      return answer(201, { id: activityId });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/_connector`,
    calls,
    members,
    standing,
    async until(holds, what) {
      const end = performance.now() + 5_000;
      while (!holds()) {
        if (performance.now() > end) throw new Error(`did not happen within 5 s: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fail(response: ServerResponse, { answer }: Fault): void {
  if (answer === 'cut') response.destroy();
  else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body ?? '{}');
}

/** Teams' limits for one conversation of one bot: so many calls within so many ms (PLATFORM 2). */
const limits: readonly [most: number, within: number][] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
];

export interface Limited {
  /** Answers 429 to a call beyond the limits; it is then no call, and does not count. */
  faultOf(call: Call): Fault | undefined;
  /** How many calls were beyond the limits. */
  refused(): number;
}

/** Enforces Teams' limits on new messages; a channel's root posts count together, and each of its threads by itself. */
export function limited(): Limited {
  const taken = new Map<string, number[]>();
  let refused = 0;
  return {
    refused: () => refused,
    faultOf({ method, path, at, body }) {
      if (method !== 'POST') return undefined;
      const known = /conversations\/([^/]+)/.exec(path)?.[1];
      const conversation = known ?? `new in ${body.channelData?.channel.id}`;
      const before = (taken.get(conversation) ?? []).filter((moment) => at - moment < 30_000);
      taken.set(conversation, before);
      const over = limits.find(
        ([most, within]) => before.filter((moment) => at - moment < within).length >= most,
      );
      if (!over) {
        before.push(at);
        return undefined;
      }
      refused += 1;
      const [most, within] = over;
      const free = (before.at(-most) ?? at) + within - at;
      const headers = { 'retry-after': String(Math.max(1, Math.ceil(free / 1_000))) };
      return { stored: false, answer: { status: 429, headers } };
    },
  };
}
