/** What it costs to refuse a forged token, and whether anything of it stays in memory. */
import { createGate } from '../../bot/teams/gate.ts';
import { isTeams } from '../../bot/teams/serviceUrl.ts';
import { createSigningKeys } from '../../bot/teams/signingKeys.ts';
import { goodClaims, goodToken, newPair, rsa, startKeyServer, tokenOf } from '../world/keyServer.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface GateCost {
  what: string;
  /** Mean of one token, in microseconds. */
  each: number;
  bar: string;
}

/**
 * @param count of forged tokens of each kind, every one different
 * @returns the costs, and by how many bytes the heap has grown when all are over
 */
export async function gateCosts(count: number): Promise<{ costs: GateCost[]; grown: number }> {
  const good = newPair('good');
  const server = await startKeyServer([good]);
  const keys = createSigningKeys({ url: server.url, log });
  const gate = createGate({ appId, tenantId: appId, keys, isServiceUrl: isTeams });
  const kinds: [what: string, make: (n: number) => string, bar: string][] = [
    ['no token at all', (n) => `Bearer ${n}`, '<= 50 µs'],
    ['algorithm none', (n) => forged({ alg: 'none', kid: 'good' }, n), '<= 50 µs'],
    ['a key that nobody knows', (n) => forged({ alg: 'RS256', kid: `k${n}` }, n), '<= 50 µs'],
    [
      'a user’s token of another tenant',
      (n) => forged({ alg: 'RS256', kid: 'user' }, n, { tid: String(n) }),
      '<= 50 µs',
    ],
    ['a signature that is wrong', (n) => forged({ alg: 'RS256', kid: 'good' }, n), '<= 200 µs'],
  ];
  /** As long as a signature is, without the time that one takes. */
  const signature = rsa(good.privateKey)('x');
  const forged = (header: object, n: number, more: object = {}) =>
    `Bearer ${tokenOf(header, { ...goodClaims(appId, serviceUrl), n, ...more }, () => signature)}`;

  await gate.token(`Bearer ${goodToken(good, appId, serviceUrl)}`);
  const costs: GateCost[] = [];
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const round = async (size: number): Promise<void> => {
    for (const [what, make, bar] of kinds) {
      let spent = 0;
      for (let done = 0; done < size; ) {
        const tokens = Array.from({ length: Math.min(1_000, size - done) }, (_, n) => make(done + n));
        const began = performance.now();
        for (const token of tokens) if ((await gate.token(token)).ok) throw new Error(`let in: ${what}`);
        spent += performance.now() - began;
        done += tokens.length;
      }
      costs.push({ what, each: (spent / size) * 1_000, bar });
    }
  };
  await round(1_000);
  costs.length = 0;
  const before = heap();
  await round(count);
  const grown = heap() - before;
  await server.stop();
  return { costs, grown };
}
