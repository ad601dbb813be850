/** A stand-in for login.botframework.com: OpenID metadata and keys over HTTP, and tokens signed with the private halves. */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SigningPair {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** As the server tells of it. */
  jwk: Record<string, unknown>;
}

/** @param endorsements left out of the key when `null` */
export function newPair(kid: string, endorsements: readonly string[] | null = ['msteams']): SigningPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = {
    ...publicKey.export({ format: 'jwk' }),
    kid,
    use: 'sig',
    ...(endorsements && { endorsements }),
  };
  return { kid, privateKey, publicKey, jwk };
}

export interface KeyServer {
  url: string;
  keys: SigningPair[];
  /** What goes wrong from now on. */
  fault: 'none' | 'hang' | 'garbage' | 'empty' | '503' | 'elsewhere' | 'drip';
  /** How often the metadata was asked for. */
  asked: number;
  stop(): Promise<void>;
}

export async function startKeyServer(keys: SigningPair[]): Promise<KeyServer> {
  const elsewhere = newPair('elsewhere');
  const http = createServer((request, response) => {
    const metadata = request.url === '/openidconfiguration';
    if (metadata) server.asked += 1;
    const answer = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (server.fault) {
      case 'hang':
        return;
      case 'drip':
        response.writeHead(200).write('{');
        return;
      case '503':
        return void response.writeHead(503).end();
      case 'garbage':
        return void response.writeHead(200).end('<html>');
      case 'empty':
        return void answer(metadata ? { jwks_uri: `${origin}/keys` } : { keys: [] });
      case 'elsewhere':
        return void answer(
          metadata
            ? { jwks_uri: `${origin.replace('127.0.0.1', 'localhost')}/keys` }
            : { keys: [elsewhere.jwk] },
        );
      default:
        answer(metadata ? { jwks_uri: `${origin}/keys` } : { keys: server.keys.map(({ jwk }) => jwk) });
    }
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: KeyServer = {
    url: `${origin}/openidconfiguration`,
    keys,
    fault: 'none',
    asked: 0,
    async stop() {
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
  return server;
}

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A compact JWT with exactly this header; `sign` makes the signature of what stands before it. */
export function tokenOf(header: object, claims: object, sign: (text: string) => string): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${sign(text)}`;
}
export const rsa =
  (key: KeyObject, hash = 'RSA-SHA256') =>
  (text: string) =>
    createSign(hash).update(text).sign(key, 'base64url');
/** The old trick: the public key, which everyone has, as the secret of a symmetric algorithm. */
export const hmac = (key: KeyObject) => (text: string) =>
  createHmac('sha256', key.export({ type: 'spki', format: 'pem' }))
    .update(text)
    .digest('base64url');

/** What the Bot Framework writes into a token for one bot. */
export function goodClaims(appId: string, serviceUrl: string, now = Date.now()) {
  const second = Math.floor(now / 1_000);
  return {
    serviceurl: serviceUrl,
    nbf: second - 60,
    exp: second + 3_600,
    iss: 'https://api.botframework.com',
    aud: appId,
  };
}
/** A token as the Bot Framework signs it. */
export const goodToken = (pair: SigningPair, appId: string, serviceUrl: string, now?: number): string =>
  tokenOf(
    { alg: 'RS256', kid: pair.kid, x5t: pair.kid, typ: 'JWT' },
    goodClaims(appId, serviceUrl, now),
    rsa(pair.privateKey),
  );
