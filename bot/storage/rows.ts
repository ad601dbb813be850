/** How rows of the storage are named, written and trusted (DESIGN 5). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IncidentId } from '../core/ids.ts';
import { lastAnswer } from '../core/lastAnswer.ts';
import { StorageRefused } from '../features/ports.ts';
import type { StoredRow } from './tables.ts';
import type { Place, Row } from './transaction.ts';
import { mostBinaryBytes } from './transaction.ts';

/** Version of everything written here; a row with a higher one belongs to a newer instance. */
export const rowVersion = 1;

/** Fixed for ever: a case is looked for in the shard its number gives. */
const shardCount = 8;
const shardName = (n: number) => `s${n}`;
export const shards = Array.from({ length: shardCount }, (_, n) => shardName(n));
export const shardOf = lastAnswer((id: IncidentId): string =>
  shardName(createHash('sha256').update(id).digest().readUInt8() % shardCount),
);

/**
 * One after the other, so that whoever clicks meanwhile waits for one of them at most.
 *
 * @param giveWay waited for before each
 */
export async function inShards<T>(
  ask: (shard: string) => Promise<T>,
  giveWay: () => Promise<void>,
): Promise<T[]> {
  const answers: T[] = [];
  for (const shard of shards) {
    await giveWay();
    answers.push(await ask(shard));
  }
  return answers;
}

/** Any text as part of a key, one to one: keys take neither slashes nor control characters, and `|` is our own. */
export const keyPart = (text: string): string =>
  text.replace(/[^A-Za-z0-9:.-]/g, (unit) => `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A key of parts: `key('case', id, 'e000001')` is `case|<id>|e000001`. */
export const key = (...parts: string[]): string => parts.map(keyPart).join('|');
/** First key that no key beginning with these parts reaches: `}` comes right after `|`. */
export const keyAfter = (...parts: string[]): string => `${key(...parts)}}`;

export const numbered = (n: number, prefix = ''): string => prefix + String(n).padStart(6, '0');

/** A row with its plain content as JSON. `columns` is what transactions change on their own. */
export const rowOf = (
  place: Place,
  content: unknown,
  columns: Record<string, string | number | Uint8Array> = {},
): Row => ({
  ...place,
  v: rowVersion,
  json: JSON.stringify(content),
  ...columns,
});

const versioned = z.object({ v: z.int() });
export const isNewer = (row: StoredRow): boolean => {
  const parsed = versioned.safeParse(row);
  return parsed.success && parsed.data.v > rowVersion;
};

const withJson = z.object({ v: z.int(), json: z.string() });

/**
 * The content of a stored row.
 *
 * @throws {StorageRefused} naming the row, never what is in it
 */
export function contentOf<T>(row: StoredRow, schema: z.ZodType<T>): T {
  const content = readableOf(row, schema);
  if (content === undefined) throw new StorageRefused(`row ${row.rowKey} is not what this version can read`);
  return content;
}

/** The content, or `undefined` when this version cannot read it. */
export function readableOf<T>(row: StoredRow, schema: z.ZodType<T>): T | undefined {
  const outer = withJson.safeParse(row);
  if (!outer.success) return undefined;
  const inner = schema.safeParse(parseJson(outer.data.json));
  return inner.success ? inner.data : undefined;
}

/** `undefined`, which no schema takes, for what is not JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * A sealed part as properties `sealed0`, `sealed1` ..., each as large as a property may be. Their number stands
 * beside them: a rewrite with fewer leaves the last of the old ones.
 */
export function sealedColumns(sealed: Buffer): Record<string, number | Uint8Array> {
  const columns: Record<string, number | Uint8Array> = {
    sealedParts: Math.ceil(sealed.length / mostBinaryBytes),
  };
  for (let from = 0, n = 0; from < sealed.length; from += mostBinaryBytes, n++) {
    columns[`sealed${n}`] = sealed.subarray(from, from + mostBinaryBytes);
  }
  return columns;
}

const withSealed = z.object({ sealedParts: z.int().positive() });

/**
 * The sealed part of a row, put together again; `undefined` when it has none.
 *
 * @throws {StorageRefused} when a piece is missing
 */
export function sealedOf(row: StoredRow): Buffer | undefined {
  const parsed = withSealed.safeParse(row);
  if (!parsed.success) return undefined;
  const pieces = Array.from({ length: parsed.data.sealedParts }, (_, n) => {
    const piece = row[`sealed${n}`];
    if (piece instanceof Uint8Array) return piece;
    throw new StorageRefused(`row ${row.rowKey} has lost a part`);
  });
  return Buffer.concat(pieces);
}
