/**
 * Sends into Teams by the Bot Connector's REST API. Not botbuilder's own client: that one repeats a POST whose fate
 * is unknown, so that a card can stand twice, and never gives up on a hung connection (THREATS 0.5).
 */
import { z } from 'zod';
import { personId } from '../core/ids.ts';
import type { Conversation, Member, Members, Messenger, Sent } from '../features/ports.ts';
import { faultOf, type Log } from '../log.ts';
import type { View } from '../views/view.ts';
import { within } from '../within.ts';
import type { Render } from './render.ts';
import type { IsServiceUrl } from './serviceUrl.ts';
import type { TokenSource } from './token.ts';

export interface ConnectorOptions {
  render: Render;
  log: Log;
  /** Where messages may go: asked before each is sent, whatever was stored (THREATS S6). */
  isServiceUrl: IsServiceUrl;
  /** Proves to Teams who writes; the local world's clients ask for nothing. */
  tokens?: TokenSource | undefined;
  /** The bot as the sender of messages. */
  bot: { id: string; name: string };
  tenantId: string;
  /** A try that has not ended after this many ms is given up; its fate is then unknown. */
  limit?: number;
  /** The same for all pages of who is in a conversation. */
  membersLimit?: number;
}

class NoToken extends Error {
  override name = 'NoToken';
}

interface Answer {
  ok: boolean;
  status: number;
  /** The header as it came; when Teams takes messages again. */
  retryAfter: string | null;
  /** `undefined` when it is not JSON, or was refused. */
  body: unknown;
}

/** Codes after which the same message to the same place can never arrive (PLATFORM 2). */
const gone = [401, 403, 404];
/** Answered by Teams before anything was stored. */
const notStored = [408, 409, 412, 429, 503];

/** Of who is in a conversation; Teams gives 500 a page. More than this read nothing here that they may. */
const mostMemberPages = 4;

export function createConnector({
  render,
  log,
  isServiceUrl,
  tokens,
  bot,
  tenantId,
  limit = 3_000,
  membersLimit = 1_000,
}: ConnectorOptions): Messenger {
  const activityOf = (view: View, plain: boolean) => {
    const { attachment, text, summary } = render(view);
    const card = attachment && !plain ? { attachments: [attachment] } : { text, textFormat: 'plain' };
    return { type: 'message', from: bot, summary, ...card };
  };

  /**
   * With the bot's token; once more with a new one when Teams does not take it.
   *
   * @throws {NoToken} when none can be had: nothing was sent then
   */
  const asBot = async (
    request: (headers: { authorization?: string }) => Promise<Answer>,
  ): Promise<Answer> => {
    if (!tokens) return request({});
    const noToken = (cause: unknown): never => {
      throw new NoToken('no token', { cause });
    };
    const token = await tokens.token().catch(noToken);
    const answer = await request({ authorization: `Bearer ${token}` });
    if (answer.status !== 401) return answer;
    const other = await tokens.instead(token).catch(noToken);
    return request({ authorization: `Bearer ${other}` });
  };

  const send = async (method: 'POST' | 'PUT', url: string, body: unknown): Promise<Answer | Sent> => {
    try {
      return await asBot((authorization) => {
        const headers = { 'content-type': 'application/json', ...authorization };
        const request = { method, headers, body: JSON.stringify(body) };
        return within(limit, (signal) => ask(url, { ...request, signal }));
      });
    } catch (error) {
      log.warn('connector', { verb: method, outcome: 'no answer', error: faultOf(error) });
      const left = !(error instanceof NoToken) && !refusedBeforeSending(error);
      return { outcome: left ? 'unknown' : 'later' };
    }
  };

  const isPlace = ({ serviceUrl }: Conversation, verb: string): boolean => {
    const fine = isServiceUrl(serviceUrl);
    if (!fine) log.error('connector', { verb, outcome: 'serviceUrl refused' });
    return fine;
  };
  const base = ({ serviceUrl }: Conversation) => `${serviceUrl.replace(/\/+$/, '')}/v3/conversations`;

  /** @param body makes the request body, with the card or, when Teams finds that too large, in plain words */
  const deliver = async (
    method: 'POST' | 'PUT',
    url: string,
    body: (plain: boolean) => unknown,
    conversation: Conversation,
    known?: string,
  ): Promise<Sent> => {
    if (!isPlace(conversation, method)) return { outcome: 'gone' };
    let answer = await send(method, url, body(false));
    if ('status' in answer && answer.status === 413) answer = await send(method, url, body(true));
    if (!('status' in answer)) return answer;
    return answer.ok ? accepted(answer, conversation, known) : failure(answer, log);
  };

  return {
    prepare: render,
    post(conversation, view, { newThread = false } = {}) {
      if (!newThread) {
        const url = `${base(conversation)}/${encodeURIComponent(conversation.id)}/activities`;
        return deliver('POST', url, (plain) => activityOf(view, plain), conversation);
      }
      const body = (plain: boolean) => ({
        isGroup: true,
        bot,
        tenantId,
        channelData: { channel: { id: conversation.id }, tenant: { id: tenantId } },
        activity: activityOf(view, plain),
      });
      return deliver('POST', base(conversation), body, conversation);
    },
    update(conversation, activityId, view) {
      const url = `${base(conversation)}/${encodeURIComponent(conversation.id)}/activities/${encodeURIComponent(activityId)}`;
      return deliver(
        'PUT',
        url,
        (plain) => ({ ...activityOf(view, plain), id: activityId }),
        conversation,
        activityId,
      );
    },
    async members(conversation) {
      if (!isPlace(conversation, 'members')) return { outcome: 'gone' };
      const url = `${base(conversation)}/${encodeURIComponent(conversation.id)}/pagedmembers?pageSize=500`;
      const read = async (signal: AbortSignal): Promise<Members> => {
        const members: Member[] = [];
        for (let pages = 0, next: string | undefined = ''; next !== undefined; pages++) {
          if (pages === mostMemberPages) return { outcome: 'later' };
          const token: string = next && `&continuationToken=${encodeURIComponent(next)}`;
          const answer = await asBot((headers) => ask(url + token, { headers, signal }));
          if (!answer.ok) {
            log.warn('connector', { verb: 'members', status: answer.status });
            return { outcome: gone.includes(answer.status) ? 'gone' : 'later' };
          }
          const page: z.infer<typeof memberPage> = memberPage.parse(answer.body);
          const others = page.members.filter(({ id }) => id !== bot.id);
          members.push(...others.map(({ aadObjectId: oid }) => (oid ? { person: personId(oid) } : {})));
          next = page.continuationToken;
        }
        return { outcome: 'read', members };
      };
      try {
        return await within(membersLimit, read);
      } catch (error) {
        log.warn('connector', { verb: 'members', error: faultOf(error) });
        return { outcome: 'later' };
      }
    },
  };
}

async function ask(url: string, request: RequestInit): Promise<Answer> {
  const answer = await fetch(url, { ...request, redirect: 'error' });
  const { ok, status, headers } = answer;
  const body: unknown = ok ? await answer.json().catch(() => undefined) : await answer.body?.cancel();
  return { ok, status, retryAfter: headers.get('retry-after'), body };
}

const memberPage = z.object({
  members: z.array(z.object({ id: z.string(), aadObjectId: z.string().min(1).nullish() })),
  continuationToken: z.string().min(1).optional(),
});

const stored = z.object({ id: z.string().optional(), activityId: z.string().optional() }).catch({});

/** A new thread answers with its own conversation id and its first message's id. */
function accepted({ body }: Answer, conversation: Conversation, known?: string): Sent {
  const { id, activityId: first } = stored.parse(body);
  if (first && id) return { outcome: 'sent', conversation: { ...conversation, id }, activityId: first };
  const activityId = known ?? id;
  return activityId ? { outcome: 'sent', conversation, activityId } : { outcome: 'unknown' };
}

function failure({ status, retryAfter }: Answer, log: Log): Sent {
  log.warn('connector', { status, outcome: 'refused' });
  if (gone.includes(status)) return { outcome: 'gone' };
  if (!notStored.includes(status)) return { outcome: 'unknown' };
  const after = Number(retryAfter);
  return after > 0 ? { outcome: 'later', after: after * 1_000 } : { outcome: 'later' };
}

/** Nothing has left this machine when the connection itself was refused or the name not found. */
function refusedBeforeSending(error: unknown): boolean {
  const code =
    error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : '';
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH';
}
