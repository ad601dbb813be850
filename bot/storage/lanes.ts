import { createHash } from 'node:crypto';
import { noSends, type Sends, sentAt, waitFor } from '../core/pace.ts';
import { type Clock, type Lanes, StorageRefused } from '../features/ports.ts';
import { contentOf, key, rowOf } from './rows.ts';
import { sends as sendsSchema } from './schemas.ts';
import type { Table } from './tables.ts';

/** Racing senders each win in turn. */
const maxTries = 20;
/** Lanes whose row this instance remembers, so that it writes without reading first. */
const kept = 1_000;

/** Lanes in table `lanes`, a row each. What was sent stands there before it is sent. */
export function tableLanes(table: Table, clock: Clock): Lanes {
  const known = new Map<string, { sends: Sends; etag: string }>();

  return {
    async take({ id }, pace) {
      const partitionKey = partitionOf(id);
      const place = { partitionKey, rowKey: key('lane') };
      for (let tries = 0; tries < maxTries; tries++) {
        const lane = known.get(partitionKey) ?? (await read(place));
        const now = Date.parse(clock());
        const wait = waitFor(lane?.sends ?? noSends, pace, now);
        if (wait > 0) {
          // Until then it need not be read again: what others send meanwhile only makes it longer.
          if (lane && !known.has(partitionKey)) remember(partitionKey, lane);
          return wait;
        }
        known.delete(partitionKey);
        const sends = sentAt(lane?.sends ?? noSends, now);
        const row = rowOf(place, sends);
        const written = await table.write([
          lane ? { do: 'merge', row, etag: lane.etag } : { do: 'insert', row },
        ]);
        if (!written.stored) continue;
        const [etag] = written.etags;
        if (etag) remember(partitionKey, { sends, etag });
        return 0;
      }
      throw new StorageRefused('a lane changed under every try');
    },
  };

  function remember(partitionKey: string, lane: { sends: Sends; etag: string }): void {
    if (known.size < kept) known.set(partitionKey, lane);
  }

  async function read(place: { partitionKey: string; rowKey: string }) {
    const row = await table.get(place.partitionKey, place.rowKey);
    return row && { sends: contentOf(row, sendsSchema), etag: row.etag };
  }
}

/** A thread of a channel shares the channel's room. */
const partitionOf = (conversation: string): string =>
  createHash('sha256')
    .update(conversation.replace(/;messageid=.*$/, ''))
    .digest('hex');
