import type { IncomingMessage } from 'node:http';

/** Why a body was refused, as the HTTP status that says so. */
export class BodyRefused extends Error {
  override name = 'BodyRefused';
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415) {
    super(`body refused: ${status}`);
    this.status = status;
  }
}

/** Bytes; a route that takes more says why. */
const usualLength = 256 * 1024;
/** Far more than a card or a form has; what is deeper or wider is made to cost. */
const deepest = 32;
const mostKeys = 2_000;

/**
 * Reads one JSON body. Our own, for restify's parser has no limit that holds (THREATS D2): it counts compressed bytes,
 * unpacks what it is sent and writes uploads to disk.
 *
 * @param longest bytes
 * @throws {BodyRefused} 415 for anything but plain JSON, 413 when longer, 400 when it cannot be read, is nested
 *   deeper than 32 levels or has more than 2,000 keys
 */
export async function readJson(request: IncomingMessage, longest = usualLength): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new BodyRefused(415);
  if (request.headers['content-encoding']) throw new BodyRefused(415);
  if (Number(request.headers['content-length'] ?? 0) > longest) throw new BodyRefused(413);
  const text = await readText(request, longest);
  try {
    const read: unknown = JSON.parse(text);
    if (isModest(read)) return read;
  } catch {
    // Not JSON: refused as what is too deep or too wide.
  }
  throw new BodyRefused(400);
}

async function readText(request: IncomingMessage, longest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > longest) break;
      chunks.push(chunk);
    }
  } catch {
    // Whoever sent it has gone, or was too slow and was cut off.
    throw new BodyRefused(400);
  }
  if (size > longest) throw new BodyRefused(413);
  return Buffer.concat(chunks).toString('utf8');
}

/** Level by level, for recursion would end the process where the nesting is deepest. */
function isModest(root: unknown): boolean {
  let level = [root];
  let keys = 0;
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue;
      if (depth >= deepest) return false;
      const values = Object.values(node);
      if (!Array.isArray(node)) keys += values.length;
      if (keys > mostKeys) return false;
      for (const value of values) next.push(value);
    }
    level = next;
  }
  return true;
}
