import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Hmac } from '../features/ports.ts';
import { parseJson } from './rows.ts';
import { derive, seal, unseal } from './seal.ts';

/** The keys that all others hang from. They never leave their keeper: a file here, a vault in Azure. */
export interface Keys {
  /** @param context what the wrapped key is for; unwrapping with another context fails */
  wrap(key: Buffer, context: string): Promise<Buffer>;
  unwrap(wrapped: Uint8Array, context: string): Promise<Buffer>;
  hmac: Hmac;
}

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const key = bytes.refine(({ length }) => length === 32, 'not 32 bytes');
const keyFile = z.object({ v: z.literal(1), master: key, hmac: key });

/** The key file is there and is not one. It is never made anew: what is stored opens with its keys alone. */
export class KeyFileError extends Error {
  override name = 'KeyFileError';
}

/**
 * Keys in `keys.json`, made at the first start. Whoever has this file and the tables can read every case; without
 * it nobody can.
 *
 * @param dataDir folder of the file; made when missing
 * @throws {KeyFileError} when it is not a key file
 * @throws {Error} when the file cannot be read
 */
export async function localKeys(dataDir: string): Promise<Keys> {
  const path = join(dataDir, 'keys.json');
  await mkdir(dataDir, { recursive: true });
  const parsed = keyFile.safeParse(parseJson((await readIfThere(path)) ?? (await create(path))));
  if (!parsed.success) throw new KeyFileError('keys.json is not a key file of this product');
  const { master, hmac } = parsed.data;
  return {
    wrap: async (dataKey, context) => seal(master, dataKey, context),
    unwrap: async (wrapped, context) => unseal(master, wrapped, context),
    hmac: (text) => derive(hmac, text),
  };
}

/**
 * The keyed hash alone, for who proves the log: nothing is made or changed.
 *
 * @throws {KeyFileError} when there is no key file
 */
export async function readHmac(dataDir: string): Promise<Hmac> {
  const parsed = keyFile.safeParse(parseJson((await readIfThere(join(dataDir, 'keys.json'))) ?? ''));
  if (!parsed.success) throw new KeyFileError(`there is no key file of this product in ${dataDir}`);
  const { hmac } = parsed.data;
  return (text) => derive(hmac, text);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all, and the first of several starting processes wins. */
async function create(path: string): Promise<string> {
  const fresh = () => randomBytes(32).toString('base64');
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ v: 1, master: fresh(), hmac: fresh() })}\n`);
    await file.sync();
    await file.close();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}
