/** Documents that people own, in table `settings`: the one in force, and every version there was. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Setting, type Settings, StorageRefused, StorageUnknown } from '../features/ports.ts';
import { contentOf, isNewer, key, keyAfter, numbered, parseJson, rowOf } from './rows.ts';
import { setting as settingSchema } from './schemas.ts';
import { openTable, type StoredRow, type Table } from './tables.ts';
import { mostBinaryBytes, type Operation } from './transaction.ts';

const mostVersions = 100;
const largestVersion = 999_999;

/** Newer versions sort first. */
const versionKey = (version: number) => key('version', numbered(largestVersion - version));

/**
 * The settings alone, for a command that changes them.
 *
 * @param connection Azure Storage connection string
 * @throws {StorageRefused} when the storage does not answer within 5 s
 */
export async function openSettings(connection: string): Promise<Settings> {
  const table = openTable(connection, 'settings', 5_000);
  await table.ping();
  return tableSettings(table);
}

export function tableSettings(table: Table): Settings {
  return {
    async read(name) {
      const row = await table.get(name, 'document');
      if (!row) return undefined;
      const { token: _token, ...setting } = contentOf(row, settingSchema);
      const seen: Seen = { etag: row.etag, version: setting.version, newer: isNewer(row) };
      return { ...setting, content: contentIn(row), tag: JSON.stringify(seen) };
    },

    async write(name, { content, at, by }, expected) {
      const before = expected === undefined ? undefined : seen.parse(JSON.parse(expected));
      if (before?.newer) throw new StorageRefused(`${name} is written by a newer version of this product`);
      const version = (before?.version ?? 0) + 1;
      const token = randomUUID();
      const made = (rowKey: string) =>
        rowOf({ partitionKey: name, rowKey }, { version, at, by, token }, columnsOf(content));
      const document = made('document');
      const operations: Operation[] = [
        before ? { do: 'merge', row: document, etag: before.etag } : { do: 'insert', row: document },
        { do: 'insert', row: made(versionKey(version)) },
      ];
      try {
        const { stored } = await table.write(operations);
        return stored ? 'written' : 'conflict';
      } catch (error) {
        if (!(error instanceof StorageUnknown)) throw error;
        const stored = await tokenOf(name, version);
        if (stored === undefined) throw error;
        return stored === token ? 'written' : 'conflict';
      }
    },

    async history(name) {
      const rows = await table.list(name, key('version'), keyAfter('version'), mostVersions);
      return rows.map((row): Setting => {
        const { token: _token, ...setting } = contentOf(row, settingSchema);
        return { ...setting, content: contentIn(row) };
      });
    },
  };

  /** Which call stored this version, if any did: a lost reply may hide our own success. */
  async function tokenOf(name: string, version: number): Promise<string | undefined> {
    try {
      const row = await table.get(name, versionKey(version));
      return row && contentOf(row, settingSchema).token;
    } catch {
      throw new StorageUnknown(`${name}: whether it was stored could not be read back`);
    }
  }
}

/** What was seen when a document was read, carried by its tag to the write. */
const seen = z.object({ etag: z.string(), version: z.int(), newer: z.boolean() });
type Seen = z.infer<typeof seen>;

/** A document as properties `content0`, `content1` ..., for a text property holds only 32 Ki letters. */
function columnsOf(content: unknown): Record<string, number | Uint8Array> {
  const bytes = Buffer.from(JSON.stringify(content));
  const columns: Record<string, number | Uint8Array> = {
    contentParts: Math.ceil(bytes.length / mostBinaryBytes),
  };
  for (let from = 0, n = 0; from < bytes.length; from += mostBinaryBytes, n++) {
    columns[`content${n}`] = bytes.subarray(from, from + mostBinaryBytes);
  }
  return columns;
}

const withContent = z.object({ contentParts: z.int().positive() });

function contentIn(row: StoredRow): unknown {
  const parsed = withContent.safeParse(row);
  const count = parsed.success ? parsed.data.contentParts : 0;
  const pieces = Array.from({ length: count }, (_, n) => row[`content${n}`]);
  const bytes = pieces.filter((piece) => piece instanceof Uint8Array);
  const content = parseJson(Buffer.concat(bytes).toString());
  if (content === undefined || bytes.length < count)
    throw new StorageRefused(`row ${row.rowKey} has lost a part`);
  return content;
}
