/**
 * Where every chain of the log stood, in blobs that are never overwritten (DESIGN 5): who can change the tables cannot
 * cut a chain below its last anchor unseen. A container with an immutability policy keeps them from everybody.
 */
import { randomBytes } from 'node:crypto';
import type { ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';
import { type Instant, instant } from '../core/ids.ts';
import { type Anchors, type Hmac, StorageRefused, StorageUnknown } from '../features/ports.ts';
import type { StorageAccount } from './account.ts';
import { movedKey, movedKeyAfter, movedOf } from './audit.ts';
import { isNewer, shards } from './rows.ts';
import { instantText } from './schemas.ts';
import type { StoredRow, Table } from './tables.ts';

const containerName = 'anchors';
/** Of one anchor and shard; what is left comes in the next, at once. */
const mostMoved = 500;
/** Days looked back at when no anchor is known. */
const daysAtFirst = 7;
const day = 24 * 60 * 60_000;

const hex = z.string().regex(/^[0-9a-f]+$/);
const head = z.object({ chain: hex, seq: z.int().positive(), hash: hex });
/** An anchor as it stands in its blob. */
export const anchor = z.object({
  v: z.literal(1),
  at: instantText,
  /** `mark` of the anchor before it: one that is taken away is missed. */
  before: z.string(),
  /** Chains by a keyed hash of their name: the blobs outlive the cases, and do not say which there were. */
  heads: z.array(head),
  mark: hex,
});
export type Anchor = z.infer<typeof anchor>;

/** The name of a chain in anchors. */
export const chainMark = (hmac: Hmac, chain: string): string =>
  Buffer.from(hmac(JSON.stringify(['anchored chain', chain]))).toString('hex');

/** What only who has the key can put under an anchor. */
export const anchorMark = (hmac: Hmac, { at, before, heads }: Omit<Anchor, 'mark' | 'v'>): string =>
  Buffer.from(
    hmac(JSON.stringify(['anchor', at, before, heads.map(({ chain, seq, hash }) => [chain, seq, hash])])),
  ).toString('hex');

/** @param limit milliseconds that one request may take */
export function blobAnchors(
  {
    incidents,
    audit,
    account,
    limit,
  }: { incidents: Table; audit: Table; account: StorageAccount; limit: number },
  hmac: Hmac,
): Anchors {
  let made = false;

  async function upload(at: Instant, text: string): Promise<void> {
    const abortSignal = AbortSignal.timeout(limit);
    const name = `${at.slice(0, 10)}/${at.slice(11).replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.json`;
    try {
      const container = await containerOf(account);
      if (!made) await container.createIfNotExists({ abortSignal });
      made = true;
      await container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text), {
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'application/json' },
        abortSignal,
      });
    } catch {
      throw new StorageUnknown('anchor: nobody knows whether it is stored');
    }
  }

  return {
    async anchor(now, before) {
      const moved = await movedSince(before?.at, now);
      const heads = moved.flatMap(({ row }) => {
        const found = isNewer(row) ? undefined : movedOf(row);
        return found ? [{ ...found, chain: chainMark(hmac, found.chain) }] : [];
      });
      const more = moved.length >= mostMoved;
      if (heads.length === 0) return { ...(before ?? { mark: '' }), at: now, count: 0, more: false };
      const body = { at: now, before: before?.mark ?? '', heads };
      const mark = anchorMark(hmac, body);
      await upload(now, JSON.stringify({ v: 1, ...body, mark } satisfies Anchor));
      // A chain that has moved again meanwhile keeps its row, by the etag, and comes in the next anchor.
      for (const { table, row } of moved) {
        const { partitionKey, rowKey, etag } = row;
        await table.write([{ do: 'delete', row: { partitionKey, rowKey }, etag }]);
      }
      return { at: now, mark, count: heads.length, more };
    },
  };

  /** The rows that say which chains have moved. Those of days are looked for by day: no query goes over all of them. */
  async function movedSince(
    since: Instant | undefined,
    now: Instant,
  ): Promise<{ table: Table; row: StoredRow }[]> {
    const first = since ? Date.parse(since) - day : Date.parse(now) - daysAtFirst * day;
    const days: string[] = [];
    for (let at = first; at <= Date.parse(now) + day; at += day) days.push(instant(at).slice(0, 10));
    const list = async (table: Table, partitionKey: string) => {
      const rows = await table.list(partitionKey, movedKey, movedKeyAfter, mostMoved);
      return rows.map((row) => ({ table, row }));
    };
    const found = await Promise.all([
      ...shards.map((shard) => list(incidents, shard)),
      ...days.map((each) => list(audit, each)),
    ]);
    return found.flat();
  }
}

/** Every anchor that is stored, oldest first. @throws {StorageRefused} when they cannot be read */
export async function storedAnchors(account: StorageAccount): Promise<{ name: string; text: string }[]> {
  const container = await containerOf(account);
  const found: { name: string; text: string }[] = [];
  try {
    if (!(await container.exists())) return found;
    for await (const { name } of container.listBlobsFlat()) {
      found.push({ name, text: (await container.getBlobClient(name).downloadToBuffer()).toString('utf8') });
    }
  } catch {
    throw new StorageRefused('the anchors could not be read');
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The SDK is loaded when it is used: a bot that starts has something to do that is more urgent. */
async function containerOf(account: StorageAccount): Promise<ContainerClient> {
  const { BlobServiceClient, newPipeline } = await import('@azure/storage-blob');
  const options = { retryOptions: { maxTries: 1 } };
  const service =
    typeof account === 'string'
      ? BlobServiceClient.fromConnectionString(account, options)
      : new BlobServiceClient(
          `https://${account.name}.blob.core.windows.net`,
          newPipeline(account.credential, options),
        );
  return service.getContainerClient(containerName);
}
