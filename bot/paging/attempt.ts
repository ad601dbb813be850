/** One try to hand something to a telephone service, whatever that service does. */
import type { Paged } from '../features/ports.ts';
import { faultOf, type Log } from '../log.ts';

export interface Attempts {
  log: Log;
  /** A try that has not ended after this many ms is given up; its fate is then unknown. */
  limit?: number | undefined;
}

/** A reply that was read to its end, or what became of the try where there was none. */
export type Reply = { status: number; after?: number; body: unknown };

/** Answered before anything was done. */
const notDone = [408, 425, 429, 503];
/** No reply of a telephone service is longer; the rest is not read. */
const longestReply = 64 * 1024;
/** A service that asks for a longer pause is asked again all the same: somebody is waiting. */
const longestPause = 10 * 60_000;

/**
 * Sends one request and reads its reply. Redirections are not followed: they would carry the text and the secret to
 * another place. Neither address, body nor secret is logged.
 */
export async function ask(
  { log, limit = 3_000 }: Attempts,
  request: { method: string; url: string; headers: Record<string, string>; body?: string },
): Promise<Reply | Paged> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body !== undefined && { body: request.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(limit),
    });
    const body = await read(response);
    if (!response.ok) log.warn('pager', { status: response.status, outcome: 'refused' });
    return { status: response.status, body, ...pauseOf(response) };
  } catch (error) {
    log.warn('pager', { outcome: 'no answer', error: faultOf(error) });
    return { outcome: leftThisMachine(error) ? 'unknown' : 'later' };
  }
}

/** What a status says of a page. */
export function outcomeOf(reply: Pick<Reply, 'status' | 'after'>): Paged {
  const { status, after } = reply;
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (notDone.includes(status)) return after ? { outcome: 'later', after } : { outcome: 'later' };
  return { outcome: status < 500 ? 'gone' : 'unknown' };
}

export const isReply = (got: Reply | Paged): got is Reply => 'status' in got;

/** JSON, or `undefined` for anything else. */
async function read(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > longestReply) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function pauseOf(response: Response): { after?: number } {
  const seconds = Number(response.headers.get('retry-after'));
  return seconds > 0 ? { after: Math.min(longestPause, seconds * 1_000) } : {};
}

/** Nothing has left this machine when the connection itself was refused or the name not found. */
function leftThisMachine(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  return code !== 'ECONNREFUSED' && code !== 'ENOTFOUND' && code !== 'EHOSTUNREACH';
}
