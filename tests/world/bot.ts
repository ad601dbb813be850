/** The bot as a process of its own, spoken to as Teams does: activities in, connector calls out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../bot/local/ports.ts';
import { readWorld } from '../../bot/local/world.ts';
import { type Call, type FakeConnector, type Fault, startConnector } from './connector.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const people = await readWorld(join(root, 'bot/local/world.json'));

export interface Answered {
  status: number;
  ms: number;
  text: string;
  /** Body of an invoke's answer. */
  body: { statusCode?: number; type?: string; value?: unknown };
}

interface ButtonOnScreen {
  title: string;
  verb: string;
  data: Record<string, unknown>;
}

export interface RunningBot {
  url: string;
  connector: FakeConnector;
  /** Everything the bot has written to stdout and stderr. */
  output(): string;
  alive(): boolean;
  post(body: string | Buffer, headers?: Record<string, string>): Promise<Answered>;
  send(activity: object): Promise<Answered>;
  installs(who: string, place?: Place): Promise<Answered>;
  writes(who: string, text: unknown, place?: Place): Promise<Answered>;
  /** Presses the newest button with this verb in the place, when it has come to stand there. */
  presses(who: string, verb: string, inputs?: object, place?: Place): Promise<Answered>;
  /** Clicks a button that sends just this, on a message that need not stand there. */
  clicks(who: string, verb: string, data: object, place?: Place): Promise<Answered>;
  /** Words of every message in a place, as it looks now. */
  reads(who: string, place?: Place): string[];
  stop(): Promise<void>;
}

export type Place = 'personal' | 'channel' | 'groupChat';

/**
 * @param connection string of the storage
 * @param faultOf what goes wrong with a call to Teams
 * @param options another folder of the product, and more of its environment
 */
export async function startBot(
  connection: string,
  faultOf?: (call: Call) => Fault | undefined,
  { cwd = root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<RunningBot> {
  const connector = await startConnector(faultOf);
  const dataDir = await mkdtemp(join(tmpdir(), 'bot-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['bot/main.ts', '--local'], {
    cwd,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, STORAGE_CONNECTION: connection, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'exit');
  const alive = () => child.exitCode === null && child.signalCode === null;
  for (let tries = 0; !(await answers(`${url}/healthz`)); tries++) {
    if (!alive() || tries > 200) throw new Error(`the bot did not start: ${output}`);
    await wait(50);
  }

  const post: RunningBot['post'] = async (body, headers = { 'content-type': 'application/json' }) => {
    const started = performance.now();
    const response = await fetch(`${url}/api/messages`, { method: 'POST', headers, body: new Blob([body]) });
    const text = await response.text();
    const ms = performance.now() - started;
    return { status: response.status, ms, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  const send = (activity: object) => post(JSON.stringify(activity));
  const conversation = (who: string, place: Place) =>
    place === 'channel' ? people.triageChannel : place === 'personal' ? `a:${who}` : '19:group@thread.v2';
  const envelope = (who: string, place: Place) => ({
    id: crypto.randomUUID(),
    channelId: 'msteams',
    serviceUrl: connector.url,
    locale: 'sv-SE',
    from: { id: personOf(who).id, aadObjectId: personOf(who).oid },
    recipient: people.bot,
    conversation: { id: conversation(who, place), conversationType: place, tenantId: people.tenantId },
    channelData: {
      tenant: { id: people.tenantId },
      ...(place === 'channel' && { team: { id: people.team.id }, channel: { id: people.triageChannel } }),
    },
  });
  const standing = (who: string, place: Place) =>
    [...connector.standing].filter(([, message]) =>
      message.conversation.startsWith(conversation(who, place)),
    );

  return {
    url,
    connector,
    output: () => output,
    alive,
    post,
    send,
    installs: (who, place = 'personal') =>
      send({ ...envelope(who, place), type: 'installationUpdate', action: 'add' }),
    writes: (who, text, place = 'personal') => send({ ...envelope(who, place), type: 'message', text }),
    async presses(who, verb, inputs = {}, place = 'personal') {
      const find = () =>
        standing(who, place)
          .map(([replyToId, { body }]) => ({
            replyToId,
            button: buttonsIn(body).find((one) => one.verb === verb),
          }))
          .findLast(({ button }) => button);
      await connector.until(() => find() !== undefined, `a button ${verb} stands before ${who}`);
      const { replyToId, button } = find() ?? {};
      const action = { type: 'Action.Execute', verb, data: { ...button?.data, ...inputs } };
      const value = { action, trigger: 'manual' };
      return send({ ...envelope(who, place), type: 'invoke', name: 'adaptiveCard/action', replyToId, value });
    },
    clicks(who, verb, data, place = 'personal') {
      const action = { type: 'Action.Execute', verb, data };
      const value = { action, trigger: 'manual' };
      return send({
        ...envelope(who, place),
        ...{ type: 'invoke', name: 'adaptiveCard/action', replyToId: 'elsewhere', value },
      });
    },
    reads: (who, place = 'personal') => standing(who, place).map(([, { body }]) => wordsIn(body).join('\n')),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await connector.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

export function personOf(who: string) {
  const found = people.people.find(({ name }) => name.startsWith(`${who} `));
  if (!found) throw new Error(`nobody is called ${who}`);
  return found;
}

/** Everything in a card, found by what it is. */
function* nodes(node: unknown): Generator<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield node as Record<string, unknown>;
  for (const [key, value] of Object.entries(node)) if (key !== 'fallback') yield* nodes(value);
}
export const buttonsIn = (card: unknown): ButtonOnScreen[] =>
  [...nodes(card)].filter(({ type }) => type === 'Action.Execute') as unknown as ButtonOnScreen[];
export const wordsIn = (card: unknown): string[] =>
  [...nodes(card)].flatMap(({ text }) => (typeof text === 'string' ? [text] : []));

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
