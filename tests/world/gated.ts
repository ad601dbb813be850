/** Starts `production.ts` and speaks to it as the Bot Framework does, or as someone who is not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../bot/local/ports.ts';
import { groups } from './graphOf.ts';
import { people } from './instance.ts';
import { goodToken, newPair, startKeyServer } from './keyServer.ts';

export const appId = '11111111-2222-4333-8444-555555555555';
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

/** Everything that production asks for; nothing of it is real. */
export const settings = {
  BOT_ID: appId,
  TENANT_ID: people.tenantId,
  BOT_CREDENTIAL: 'secret',
  BOT_SECRET: 'canary-of-the-secret',
  STORAGE_ACCOUNT: 'account',
  ORGANISATION: 'organisation.json',
  KEY_VAULT_KEY: 'https://vault.vault.azure.net/keys/cases',
};

export interface Gated {
  url: string;
  port: number;
  /** The `Authorization` header of the Bot Framework. */
  authorization: string;
  output(): string;
  alive(): boolean;
  /** Every call that left for Teams. */
  sent(): { sent: string; authorization: string | null }[];
  post(
    body: string | object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; ms: number }>;
  stop(): Promise<void>;
}

/**
 * @param env more of its environment
 * @param refuses the token that Teams does not take
 * @param quiet calls to Teams are not told of
 * @param lastKnown what an earlier start has left; the organisation file cannot be read then
 */
export async function startGated({
  env = {},
  refuses = '',
  quiet = false,
  lastKnown,
}: {
  env?: Record<string, string>;
  refuses?: string;
  quiet?: boolean;
  lastKnown?: object;
} = {}): Promise<Gated> {
  const pair = newPair('good');
  const keys = await startKeyServer([pair]);
  const dataDir = await mkdtemp(join(tmpdir(), 'gated-'));
  const organisation = join(dataDir, 'organisation.json');
  const { people: _people, clients: _clients, paging: _paging, ...decided } = people;
  if (lastKnown) await writeFile(join(dataDir, 'lastKnown.json'), JSON.stringify(lastKnown));
  await writeFile(
    organisation,
    lastKnown ? '{' : JSON.stringify({ ...decided, rota: [], entra: { groups } }),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('production.ts', import.meta.url)),
      `keysUrl=${keys.url}`,
      `refuses=${refuses}`,
      `quiet=${quiet ? 1 : ''}`,
    ],
    {
      env: {
        ...process.env,
        ...settings,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: dataDir,
        ORGANISATION: organisation,
        ...env,
      },
    },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'exit');
  const alive = () => child.exitCode === null && child.signalCode === null;
  const answers = () =>
    fetch(`${url}/${lastKnown ? 'healthz' : 'readyz'}`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    if (!alive() || tries > 200) throw new Error(`the bot did not start: ${output}${errors}`);
    await wait(50);
  }
  const authorization = `Bearer ${goodToken(pair, appId, serviceUrl)}`;
  return {
    url,
    port,
    authorization,
    output: () => output + errors,
    alive,
    sent: () =>
      errors
        .split('\n')
        .filter((line) => line.startsWith('{"sent"'))
        .map((line) => JSON.parse(line)),
    async post(body, headers = { authorization }) {
      const started = performance.now();
      const response = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, text, ms: performance.now() - started };
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await keys.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** An activity as Teams sends it, from someone in our tenant. */
export const activityOf = (
  from: {
    id?: string;
    aadObjectId?: string | undefined;
    tenantId?: string;
    userRole?: string;
    name?: string;
  },
  more: object = {},
) => ({
  type: 'message',
  id: crypto.randomUUID(),
  channelId: 'msteams',
  serviceUrl,
  locale: 'sv-SE',
  from: { id: '29:x', ...from },
  recipient: { id: `28:${appId}` },
  conversation: { id: `a:${from.aadObjectId}`, conversationType: 'personal', tenantId: people.tenantId },
  channelData: { tenant: { id: people.tenantId } },
  ...more,
});
