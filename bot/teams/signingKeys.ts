/** The keys that the Bot Framework signs with, kept here: who writes to us must not wait for Microsoft's login host. */
import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';
import { faultOf, type Log } from '../log.ts';

export interface SigningKey {
  key: CryptoKey;
  /** The channels whose activities it may sign. */
  endorsements: readonly string[];
}

export interface SigningKeys {
  /**
   * A key by its id. Waits for the keys only when there are none in force, or none with this id.
   *
   * @throws {KeysUnavailable} when there are none, and none can be had
   */
  find(kid: string): Promise<SigningKey | undefined>;
  /** Fetches them when half their life has passed; to be called now and then, so that no request has to wait. */
  keep(): Promise<void>;
}

export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';
}

const hour = 3_600_000;
/** A day, as Microsoft asks bots to fetch them (learn.microsoft.com, bot-framework-rest-connector-authentication). */
const life = 24 * hour;
/** Fetched ahead, so that an outage of half a day is not noticed. */
const renewAfter = life / 2;
/** And used for another day when they cannot be fetched. */
const staleFor = 24 * hour;
/** One fetch, both its requests. */
const limit = 3_000;
/** Forged ids and a host that is down cost no more than a fetch in this time. */
const pause = 30_000;
/** The same while nobody can get in for want of keys. */
const pauseWithout = 1_000;
const longestAnswer = 256 * 1024;

const metadata = z.object({ jwks_uri: z.url() });
const jwks = z.object({
  keys: z.array(
    z.object({
      kty: z.string(),
      kid: z.string().optional(),
      n: z.string().optional(),
      e: z.string().optional(),
      endorsements: z.array(z.string()).optional().catch(undefined),
    }),
  ),
});

/**
 * @param url of the OpenID metadata; the keys are fetched only from the same origin
 * @param now wall clock in ms
 */
export function createSigningKeys({
  url,
  log,
  now = Date.now,
}: {
  url: string;
  log: Log;
  now?: () => number;
}): SigningKeys {
  let known: ReadonlyMap<string, SigningKey> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const age = () => now() - fetchedAt;
  const inForce = () => age() < life + staleFor;

  /** One at a time, whoever asks; its failure is logged, and leaves the keys that are known. */
  const renew = (): Promise<void> => {
    if (!fetching && now() - triedAt >= (inForce() ? pause : pauseWithout)) {
      triedAt = now();
      fetching = fetchKeys(url)
        .then((keys) => {
          known = keys;
          fetchedAt = now();
        })
        .catch((error: unknown) => log.warn('signing keys not fetched', { error: faultOf(error) }))
        .finally(() => {
          fetching = undefined;
        });
    }
    return fetching ?? Promise.resolve();
  };
  const keep = async () => {
    if (age() >= renewAfter) await renew();
  };
  return {
    keep,
    async find(kid) {
      if (!inForce()) await renew();
      if (!inForce()) throw new KeysUnavailable('no keys');
      // Not waited for: these keys are still good.
      void keep();
      if (!known.has(kid)) await renew();
      return known.get(kid);
    },
  };
}

/** @throws when anything is not as it should be, so that what is known stays */
async function fetchKeys(url: string): Promise<Map<string, SigningKey>> {
  const signal = AbortSignal.timeout(limit);
  const { jwks_uri: keysUrl } = metadata.parse(await fetchJson(url, signal));
  if (new URL(keysUrl).origin !== new URL(url).origin) throw new TypeError('keys of another origin');
  const keys = new Map<string, SigningKey>();
  for (const { kty, kid, n, e, endorsements = [] } of jwks.parse(await fetchJson(keysUrl, signal)).keys) {
    if (kty !== 'RSA' || !kid || !n || !e) continue;
    const key = await importJWK({ kty, n, e }, 'RS256');
    if (!(key instanceof Uint8Array)) keys.set(kid, { key, endorsements });
  }
  if (keys.size === 0) throw new TypeError('no keys');
  return keys;
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { redirect: 'error', signal });
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel();
    throw new TypeError('no answer');
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) throw new TypeError('too long an answer');
  }
  return JSON.parse(text);
}
