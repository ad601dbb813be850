/** `npm start` as a stranger would run it, on ports of its own and with an empty data folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../bot/local/ports.ts';
import { readWorld, type World } from '../../bot/local/world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Product {
  /** Addresses of the official's, the duty officer's and the coordinator's window. */
  windows: readonly [string, string, string];
  /** The page that shows what would make phones ring. */
  phone: string;
  /** Moves the clock of the local world forward. */
  pass(minutes: number): Promise<void>;
  /** What the bot has logged so far. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** @param changed what is different in the world from the one that everybody gets */
export async function startProduct(changed: (world: World) => World = (world) => world): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'product-'));
  const world = changed(await readWorld(join(root, 'bot/local/world.json')));
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const clients = world.clients.map((client, i) => ({ ...client, port: ports[i] }));
  const worldFile = join(folder, 'world.json');
  await writeFile(worldFile, JSON.stringify({ ...world, clients }));
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const child = spawn(process.execPath, ['bot/local/run.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOCAL_WORLD: worldFile },
  });
  let said = '';
  let stopping = false;
  const ended = once(child, 'close').then(() => {
    if (!stopping) process.stderr.write(`npm start ended: ${said}\n`);
  });
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text;
      if (said.includes('Ctrl-C')) ready.resolve();
    });
  }
  await Promise.race([ready.promise, ended.then(() => Promise.reject(new Error('npm start ended')))]);
  return {
    windows: [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`, `http://127.0.0.1:${ports[2]}`],
    phone: `http://127.0.0.1:${port}/local/phone`,
    async pass(minutes) {
      await fetch(`http://127.0.0.1:${port}/local/clock?minutes=${minutes}`, { method: 'POST' });
    },
    log: () => readFile(join(dataDir, 'bot.log'), 'utf8'),
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
