import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Hmac } from '../features/ports.ts';
import { parseJson } from './rows.ts';
import { derive, seal, unseal } from './seal.ts';

/** A wrapped key, and which version of its keeper's key has wrapped it: stored beside it, so that a newer one may come. */
export interface Wrapped {
  bytes: Uint8Array;
  by: string;
}

/** The keys that all others hang from. They never leave their keeper: a file here, a vault in Azure. */
export interface Keys {
  /** @param context what the wrapped key is for; unwrapping with another context fails */
  wrap(key: Buffer, context: string): Promise<Wrapped>;
  /**
   * @throws {StorageReadingWaits} when the keeper does not answer
   * @throws {Error} when it was wrapped for something else, by somebody else, or has been changed
   */
  unwrap(wrapped: Wrapped, context: string): Promise<Buffer>;
  hmac: Hmac;
}

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const key = bytes.refine(({ length }) => length === 32, 'not 32 bytes');
/** The version of what was wrapped before there were several. */
export const firstVersion = '1';
const keyFile = z.union([
  z
    .object({ v: z.literal(2), masters: z.record(z.string(), key), current: z.string(), hmac: key })
    .refine(({ masters, current }) => Object.hasOwn(masters, current), 'no current key'),
  z.object({ v: z.literal(1), master: key, hmac: key }).transform(({ master, hmac }) => ({
    masters: { [firstVersion]: master } as Record<string, Buffer>,
    current: firstVersion,
    hmac,
  })),
]);
type KeyFile = Pick<z.infer<typeof keyFile>, 'masters' | 'current' | 'hmac'>;

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
  const path = fileIn(dataDir);
  await mkdir(dataDir, { recursive: true });
  let held = keysIn((await readIfThere(path)) ?? (await create(path)));
  let readAt = changedAt(path);
  const { hmac } = held;

  /** A rotation is known at the next key that is wrapped or unwrapped. One that cannot be read is not one. */
  async function newest(): Promise<KeyFile> {
    const changed = changedAt(path);
    if (changed === undefined || changed === readAt) return held;
    held = await readFile(path, 'utf8')
      .then(keysIn)
      .catch(() => held);
    readAt = changed;
    return held;
  }

  return {
    async wrap(dataKey, context) {
      const { masters, current } = await newest();
      const master = masters[current];
      if (!master) throw new KeyFileError('keys.json has lost a key');
      return { by: current, bytes: seal(master, dataKey, context) };
    },
    async unwrap({ bytes: wrapped, by }, context) {
      const { masters } = Object.hasOwn(held.masters, by) ? held : await newest();
      const master = Object.hasOwn(masters, by) ? masters[by] : undefined;
      if (!master) throw new Error('wrapped by a key that is not in keys.json');
      return unseal(master, wrapped, context);
    },
    hmac: (text) => derive(hmac, text),
  };
}

/**
 * Adds a key that wraps from now on; what the others have wrapped they still unwrap, so nothing is rewritten. Bots that
 * run find it by themselves.
 *
 * @returns the new key's version
 * @throws {KeyFileError} when there is no key file, or another rotation is under way
 */
export async function rotateLocalKeys(dataDir: string): Promise<string> {
  const path = fileIn(dataDir);
  const draft = `${path}.next`;
  if ((await readIfThere(path)) === undefined) throw new KeyFileError(`there is no key file in ${dataDir}`);
  // Made by one alone, and before the keys are read: two that each added one would lose one, and all it had wrapped.
  const file = await open(draft, 'wx', 0o600).catch(() => {
    throw new KeyFileError(`another rotation is under way, or was cut off: if none runs, delete ${draft}`);
  });
  const { masters, hmac } = keysIn(await readFile(path, 'utf8'));
  const current = String(Math.max(...Object.keys(masters).map(Number)) + 1);
  const texts = Object.entries({ ...masters, [current]: randomBytes(32) }).map(([version, master]) => [
    version,
    master.toString('base64'),
  ]);
  const next = { v: 2, masters: Object.fromEntries(texts), current, hmac: hmac.toString('base64') };
  await file.writeFile(`${JSON.stringify(next)}\n`);
  await file.sync();
  await file.close();
  await rename(draft, path);
  return current;
}

/**
 * The keyed hash alone, for who proves the log: nothing is made or changed.
 *
 * @throws {KeyFileError} when there is no key file
 */
export async function readHmac(dataDir: string): Promise<Hmac> {
  const text = await readIfThere(fileIn(dataDir));
  if (text === undefined) throw new KeyFileError(`there is no key file in ${dataDir}`);
  const { hmac } = keysIn(text);
  return (said) => derive(hmac, said);
}

const fileIn = (dataDir: string) => join(dataDir, 'keys.json');

function keysIn(text: string): KeyFile {
  const parsed = keyFile.safeParse(parseJson(text));
  if (!parsed.success) throw new KeyFileError('keys.json is not a key file of this product');
  return parsed.data;
}

/** Asked for every key that is wrapped: waiting for a thread would take longer than the answer. */
function changedAt(path: string): string | undefined {
  try {
    const { mtimeMs, ino } = statSync(path);
    return `${mtimeMs} ${ino}`;
  } catch {
    return undefined;
  }
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
  const made = { v: 2, masters: { [firstVersion]: fresh() }, current: firstVersion, hmac: fresh() };
  try {
    await file.writeFile(`${JSON.stringify(made)}\n`);
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
