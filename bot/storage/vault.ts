/**
 * The keys in Azure, kept by Key Vault: data keys are wrapped here with the public part of an RSA key, which needs no
 * vault, and unwrapped by the vault alone. So reports are taken and alarms are sent while it is away; reading waits.
 */
import {
  constants,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys';
import { z } from 'zod';
import { type Hmac, StorageReadingWaits } from '../features/ports.ts';
import { within } from '../within.ts';
import { KeyFileError, type Keys, type Wrapped } from './keys.ts';
import { parseJson, rowOf } from './rows.ts';
import { derive } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';

export interface VaultOptions {
  /** `https://<vault>.vault.azure.net/keys/<key>`, an RSA key without its version. */
  key: string;
  credential: TokenCredential;
  /** How often a newer version of the key is asked for, in ms; 10 min when not given. */
  refreshEvery?: number;
}

interface VaultParts extends VaultOptions {
  /** Where the wrapped HMAC key stands. */
  table: Table;
  /** Where what a start without the vault needs is kept. */
  dataDir: string;
}

const algorithm = 'RSA-OAEP-256';
/** Of one unwrapping: what is opened is opened by a click, which has 4 s for all it does. */
const unwrapWithin = 1_500;
/** Of what nobody waits for. */
const askWithin = 5_000;
/** A vault that has just not answered is not waited for again, by anybody. */
const awayFor = 2_000;

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const publicPart = z.object({ version: z.string().regex(/^[0-9A-Za-z]+$/), n: z.string(), e: z.string() });
type PublicPart = z.infer<typeof publicPart>;
const onDisk = z.object({
  v: z.literal(1),
  key: z.string(),
  hmac: base64.refine(({ length }) => length === 32),
  publicPart,
});
const hmacRow = z.object({ wrapped: z.instanceof(Uint8Array), by: z.string(), check: z.string() });
const hmacPlace = { partitionKey: 'keys', rowKey: 'hmac' };

/**
 * @throws {KeyFileError} when neither the vault and the storage nor this disk can give the keys, or when they disagree
 */
export async function vaultKeys(parts: VaultParts): Promise<Keys> {
  const { refreshEvery = 10 * 60_000 } = parts;
  const vault = vaultOf(parts);
  const remembered = await readDisk(parts);
  const { hmacKey, newest } = remembered ?? (await begin(parts, vault));
  const row =
    remembered && (await parts.table.get(hmacPlace.partitionKey, hmacPlace.rowKey).catch(() => undefined));
  if (row && hmacRow.parse(row).check !== checkOf(hmacKey)) {
    throw new KeyFileError('the HMAC key on this disk is not the one of this storage');
  }
  const hmac: Hmac = (text) => derive(hmacKey, text);
  let current = newest;
  let asked = remembered ? Number.NEGATIVE_INFINITY : performance.now();

  /** In the background: wrapping goes on with the version known, which the vault unwraps as long as it has it. */
  function refresh(): void {
    if (performance.now() - asked < refreshEvery) return;
    asked = performance.now();
    vault
      .newest()
      .then(async (found) => {
        if (found.version === current.version) return;
        current = found;
        await writeDisk(parts, hmacKey, found);
      })
      .catch(() => {
        asked = performance.now() - refreshEvery + awayFor;
      });
  }
  refresh();

  /** The public part is for everybody: only this says that we have wrapped it, and for what. */
  const markOf = (context: string, by: string, bytes: Uint8Array): Buffer =>
    Buffer.from(hmac(JSON.stringify(['wrapped', context, by, Buffer.from(bytes).toString('base64')])));

  return {
    hmac,
    async wrap(dataKey, context) {
      refresh();
      const { version } = current;
      const bytes = encrypt(current, dataKey);
      return { by: version, bytes: Buffer.concat([markOf(context, version, bytes), bytes]) };
    },
    async unwrap({ by, bytes }, context) {
      const [mark, wrapped] = [bytes.subarray(0, 32), bytes.subarray(32)];
      const expected = markOf(context, by, wrapped);
      if (mark.length !== expected.length || !timingSafeEqual(mark, expected)) {
        throw new Error('wrapped by somebody else, or for something else');
      }
      return vault.unwrap({ by, bytes: wrapped });
    },
  };
}

const checkOf = (hmacKey: Buffer): string => derive(hmacKey, 'check').toString('hex');

function encrypt({ n, e }: PublicPart, plain: Buffer): Buffer {
  const key: KeyObject = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, plain);
}

/** The first start of all makes the HMAC key; every other finds it, wrapped, in the storage. */
async function begin(parts: VaultParts, vault: Vault): Promise<{ hmacKey: Buffer; newest: PublicPart }> {
  const { table } = parts;
  try {
    await table.ping();
    const newest = await vault.newest();
    const found = (await hmacRowOf(table)) ?? (await makeHmacRow(table, newest));
    const row = hmacRow.parse(found);
    const hmacKey = await vault.unwrap({ by: row.by, bytes: row.wrapped }, askWithin);
    if (row.check !== checkOf(hmacKey)) throw new Error('another key');
    await writeDisk(parts, hmacKey, newest);
    return { hmacKey, newest };
  } catch {
    throw new KeyFileError('the keys cannot be had from Key Vault, and are not on this disk');
  }
}

const hmacRowOf = (table: Table): Promise<StoredRow | undefined> =>
  table.get(hmacPlace.partitionKey, hmacPlace.rowKey);

/** The first of several starting instances wins. */
async function makeHmacRow(table: Table, newest: PublicPart): Promise<StoredRow | undefined> {
  const hmacKey = randomBytes(32);
  const columns = { wrapped: encrypt(newest, hmacKey), by: newest.version, check: checkOf(hmacKey) };
  await table.write([{ do: 'insert', row: rowOf(hmacPlace, {}, columns) }]);
  return hmacRowOf(table);
}

interface Vault {
  newest(): Promise<PublicPart>;
  /** @throws {StorageReadingWaits} when the vault does not answer, or not to us */
  unwrap(wrapped: Wrapped, limit?: number): Promise<Buffer>;
}

function vaultOf({ key, credential }: VaultOptions): Vault {
  const { origin, protocol, pathname } = new URL(key);
  const name = pathname.split('/')[2] ?? '';
  const local = protocol === 'http:' && isLoopback(key);
  const options = {
    retryOptions: { maxRetries: 0 },
    ...(local && { allowInsecureConnection: true, disableChallengeResourceVerification: true }),
  };
  const keys = new KeyClient(origin, credential, options);
  const clients = new Map<string, CryptographyClient>();
  let awayUntil = Number.NEGATIVE_INFINITY;

  /**
   * The key is given as if it had been read, so that it is not: the SDK itself would refuse one that has expired, while
   * the vault goes on unwrapping with it, as it should.
   */
  function clientOf(version: string): CryptographyClient {
    const made: KeyVaultKey = {
      id: `${origin}/keys/${name}/${version}`,
      name,
      keyOperations: ['unwrapKey'],
      properties: { vaultUrl: origin, name, version },
    };
    const client = clients.get(version) ?? new CryptographyClient(made, credential, options);
    clients.set(version, client);
    return client;
  }

  return {
    async newest() {
      const { key: jwk, properties } = await within(askWithin, (abortSignal) =>
        keys.getKey(name, { abortSignal }),
      );
      const { n, e } = jwk ?? {};
      return publicPart.parse({
        version: properties.version,
        n: Buffer.from(n ?? []).toString('base64url'),
        e: Buffer.from(e ?? []).toString('base64url'),
      });
    },

    async unwrap({ by, bytes }, limit = unwrapWithin) {
      if (performance.now() < awayUntil) throw new StorageReadingWaits('the vault has just not answered');
      try {
        const { result } = await within(limit, (abortSignal) =>
          clientOf(by).unwrapKey(algorithm, bytes, { abortSignal }),
        );
        return Buffer.from(result);
      } catch (error) {
        // What the vault cannot open it never will; anything else is about the vault, and passes.
        if (isBadRequest(error)) throw new Error('the vault does not open this');
        awayUntil = performance.now() + awayFor;
        throw new StorageReadingWaits('the vault does not answer');
      }
    },
  };
}

const isLoopback = (url: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

const isBadRequest = (error: unknown): boolean =>
  z.object({ statusCode: z.literal(400) }).safeParse(error).success;

const fileIn = (dataDir: string) => join(dataDir, 'vault.json');

/** What is remembered of this very key. A file that cannot be read is as none: the vault has the truth. */
async function readDisk({
  dataDir,
  key,
}: Pick<VaultParts, 'dataDir' | 'key'>): Promise<{ hmacKey: Buffer; newest: PublicPart } | undefined> {
  const read = onDisk.safeParse(parseJson(await readFile(fileIn(dataDir), 'utf8').catch(() => '')));
  if (!read.success || read.data.key !== key) return undefined;
  return { hmacKey: read.data.hmac, newest: read.data.publicPart };
}

/** Whole or not at all. */
async function writeDisk({ dataDir, key }: VaultParts, hmacKey: Buffer, newest: PublicPart): Promise<void> {
  const draft = `${fileIn(dataDir)}.${randomBytes(6).toString('hex')}`;
  await mkdir(dataDir, { recursive: true });
  const kept = { v: 1, key, hmac: hmacKey.toString('base64'), publicPart: newest };
  await writeFile(draft, `${JSON.stringify(kept)}\n`, { mode: 0o600, flush: true });
  await rename(draft, fileIn(dataDir));
}

/** The keyed hash that this disk remembers, for who proves the log. */
export async function readVaultHmac(dataDir: string): Promise<Hmac | undefined> {
  const read = onDisk.safeParse(parseJson(await readFile(fileIn(dataDir), 'utf8').catch(() => '')));
  return read.success ? (text) => derive(read.data.hmac, text) : undefined;
}
