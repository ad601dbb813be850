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

/**
 * Reads one JSON body. Our own, for restify's parser has no limit that holds (THREATS D2): it counts compressed bytes,
 * unpacks what it is sent and writes uploads to disk.
 *
 * @param longest bytes
 * @throws {BodyRefused} 415 for anything but plain JSON, 413 when longer, 400 when it cannot be read
 */
export async function readJson(request: IncomingMessage, longest: number): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new BodyRefused(415);
  if (request.headers['content-encoding']) throw new BodyRefused(415);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longest) throw new BodyRefused(413);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BodyRefused(400);
  }
}
