/**
 * The bot as Teams speaks to it, as a process: the product's own start with gate, tokens and limits. Only what lies
 * beyond it is stood in for: Entra's groups (a server that plays Graph), the storage (in memory, held to Azurite by its contract), and
 * Teams, whose every call is written to standard error as it left.
 */
import { createHmac } from 'node:crypto';
import { readProductionConfig } from '../../bot/config.ts';
import { instant } from '../../bot/core/ids.ts';
import { createLog } from '../../bot/log.ts';
import { productionStart } from '../../bot/production.ts';
import { serve } from '../../bot/serve.ts';
import { fakeStorage } from './fakeStorage.ts';
import { startGraphOf } from './graphOf.ts';
import { people } from './instance.ts';

const {
  keysUrl = '',
  refuses = '',
  quiet = '',
} = Object.fromEntries(process.argv.slice(2).map((arg) => arg.split(/=(.*)/s).slice(0, 2)));
const network = globalThis.fetch;
let ids = 0;
globalThis.fetch = async (input, init) => {
  const url = String(input);
  if (url.startsWith('http://127.0.0.1:')) return network(input, init);
  const authorization = new Headers(init?.headers).get('authorization');
  if (!quiet) process.stderr.write(`${JSON.stringify({ sent: url, authorization })}\n`);
  return authorization === `Bearer ${refuses}`
    ? new Response('{}', { status: 401 })
    : Response.json({ id: String(++ids), activityId: String(ids) }, { status: 201 });
};

const log = createLog();
const config = readProductionConfig(process.env);
const storage = {
  ...fakeStorage(() => instant(Date.now())),
  hmac: (text: string) => createHmac('sha256', 'test').update(text).digest(),
  ping: () => Promise.resolve(),
  broken: () => 0,
};
let tokens = 0;
const fetchToken = async () => ({ token: `token${++tokens}`, expiresAt: Date.now() + 3_600_000 });
const graph = await startGraphOf(people);
const stop = await serve(
  productionStart(config, log, {
    openStorage: () => Promise.resolve(storage),
    keysUrl,
    fetchToken,
    graph: { url: graph.url, token: async () => 'local' },
  }),
  log,
);
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
