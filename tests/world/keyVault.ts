/** A stand-in for Azure Key Vault that speaks its REST API for an RSA key: `keys/get` and `keys/unwrapKey`. */
import { constants, generateKeyPairSync, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface KeyVault {
  /** Address of the key, without a version. */
  key: string;
  credential: { getToken(): Promise<{ token: string; expiresOnTimestamp: number }> };
  /** `away`: the connection breaks; `silent`: no answer; `forbidden`: 403; a number: so many ms late. */
  fault: 'away' | 'silent' | 'forbidden' | number | undefined;
  /** What has been asked, without queries: `GET /keys/cases`. */
  asked: string[];
  /** A new version, which is what others get from now on; the one before has expired. */
  rotate(): string;
  stop(): Promise<void>;
}

interface Version {
  name: string;
  private: KeyObject;
  public: { n?: string; e?: string };
  expired: boolean;
}

/** Made once: making one takes a while. */
const pool = Array.from({ length: 4 }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }));

export async function startKeyVault(): Promise<KeyVault> {
  const versions: Version[] = [];
  const left = [...pool];
  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const vault: KeyVault = {
    key: `${origin}/keys/cases`,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    fault: undefined,
    asked: [],
    rotate() {
      const pair = left.shift();
      if (!pair) throw new Error('more rotations than keys');
      const { n, e } = pair.publicKey.export({ format: 'jwk' });
      for (const version of versions) version.expired = true;
      const made = { name: randomBytes(16).toString('hex'), private: pair.privateKey, expired: false };
      versions.push({ ...made, public: { ...(n && { n }), ...(e && { e }) } });
      return made.name;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  vault.rotate();
  return vault;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin);
    const body = await bodyOf(request);
    vault.asked.push(`${request.method} ${pathname}`);
    const { fault } = vault;
    if (fault === 'silent') return;
    if (fault === 'away') {
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'number') await wait(fault, undefined, { ref: false });
    const send = (status: number, said: unknown, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(said));
    };
    if (request.headers.authorization !== `Bearer ${token}`) {
      const challenge = `Bearer authorization="${origin}/tenant", resource="https://vault.azure.net"`;
      return send(401, { error: { code: 'Unauthorized' } }, { 'www-authenticate': challenge });
    }
    if (fault === 'forbidden') return send(403, { error: { code: 'Forbidden' } });
    const [, , , wanted, verb] = pathname.split('/');
    const version = wanted ? versions.find(({ name }) => name === wanted) : versions.at(-1);
    if (!version) return send(404, { error: { code: 'KeyNotFound' } });
    const kid = `${vault.key}/${version.name}`;
    if (request.method === 'GET') {
      const past = Math.floor(Date.now() / 1_000) - 60;
      return send(200, {
        key: { kid, kty: 'RSA', key_ops: ['wrapKey', 'unwrapKey'], ...version.public },
        attributes: { enabled: true, ...(version.expired && { exp: past }) },
      });
    }
    const { alg, value }: { alg?: string; value?: string } = JSON.parse(body);
    if (request.method !== 'POST' || verb !== 'unwrapkey' || alg !== 'RSA-OAEP-256') {
      return send(400, { error: { code: 'BadParameter' } });
    }
    try {
      const opened = privateDecrypt(
        { key: version.private, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
        Buffer.from(value ?? '', 'base64url'),
      );
      return send(200, { kid, value: opened.toString('base64url') });
    } catch {
      return send(400, { error: { code: 'BadParameter' } });
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += piece;
  return body;
}
