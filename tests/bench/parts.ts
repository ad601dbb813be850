/** The processes that a measurement is made of; none shares its event loop with another. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { botFlags, compileCache } from '../../bot/local/group.ts';
import { freePort } from '../../bot/local/ports.ts';
import { apart } from './apart.ts';
import type { Asked, Told } from './teams.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const azurite = createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js');
const account = 'devstoreaccount1';
/** Microsoft's published key of the storage emulator; it opens nothing else. */
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Part {
  stop(): Promise<void>;
}
export interface Storage extends Part {
  port: number;
  connection(port?: number): string;
  /** Clears away what is left over of earlier requests, so that it need not in the midst of the next ones. */
  clear(): Promise<void>;
}
export interface Bot extends Part {
  url: string;
  /** Milliseconds from its start until it served. */
  started: number;
  /** Takes no time from others until it goes on. */
  pause(): void;
  goOn(): void;
  kill(): Promise<void>;
  /** Processor time it has used, in ms; `NaN` where the system does not tell (anywhere but Linux). */
  worked(): Promise<number>;
}
export interface Teams extends Part {
  url: string;
  ask(asked: Exclude<Asked, 'tell'>): void;
  tell(): Promise<Told>;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill(signal);
  await ended;
}

/**
 * Azure's tables do not stop to clear away; this process, with a million rows in memory, would for tens of milliseconds.
 * It has room for what a turn of a benchmark leaves over, the young and the old, and clears away between the turns.
 */
const storageFlags = [
  ...['--max-old-space-size=8192', '--heap-growing-percent=300', '--no-memory-reducer'],
  ...['--min-semi-space-size=1024', '--max-semi-space-size=1024', '--expose-gc'],
];

/** An empty storage, in memory. */
export async function startStorage(): Promise<Storage> {
  const port = await freePort();
  const args = [
    ...[...storageFlags, '--import', import.meta.resolve('./clearing.ts')],
    ...['--import', import.meta.resolve('../world/azuriteIndex.ts'), azurite],
    ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    ...['--inMemoryPersistence', '--tableHost', '127.0.0.1', '--tablePort', String(port)],
  ];
  const child = spawn(...apart(process.execPath, args), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  await until(() => listens(port), 'the storage listens');
  return {
    port,
    connection: (through = port) =>
      [
        `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key}`,
        `TableEndpoint=http://127.0.0.1:${through}/${account};`,
      ].join(';'),
    async clear() {
      const cleared = once(child, 'message');
      child.send('clear');
      await cleared;
    },
    stop: () => end(child),
  };
}

export async function startTeams(): Promise<Teams> {
  const child = fork(fileURLToPath(new URL('teams.ts', import.meta.url)));
  const [url] = await once(child, 'message');
  return {
    url,
    ask: (asked) => void child.send(asked),
    async tell() {
      const answer = once(child, 'message');
      child.send('tell');
      return (await answer)[0];
    },
    stop: () => end(child),
  };
}

/** The real bot, as `npm run bot` starts it. */
export const startOurs = async (connection: string, dataDir: string): Promise<Bot> =>
  startBot([...botFlags, 'bot/main.ts', '--local'], { STORAGE_CONNECTION: connection, DATA_DIR: dataDir });
export const startFloor = async (connection: string): Promise<Bot> =>
  startBot(['tests/bench/floor.ts'], { STORAGE_CONNECTION: connection });

async function startBot(args: string[], env: Record<string, string>): Promise<Bot> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(...apart(process.execPath, args), {
    cwd: root,
    env: { ...process.env, ...compileCache, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(() => answers(`${url}/healthz`), `${args.at(-1)} serves`);
  return {
    url,
    started: performance.now() - began,
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    kill: () => end(child, 'SIGKILL'),
    worked: () => workedBy(child.pid),
    stop: () => end(child),
  };
}

/** The 14th and 15th field of its `stat`, in hundredths of a second; the second field may hold blanks. */
async function workedBy(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return 10 * (Number(user) + Number(system));
}

/** A folder for the bot's keys, and what removes it. */
export async function folder(): Promise<{ path: string } & Part> {
  const path = await mkdtemp(join(tmpdir(), 'bench-'));
  return { path, stop: () => rm(path, { recursive: true, force: true }) };
}

/** @throws {Error} when it does not happen within so many ms */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  within = 30_000,
): Promise<void> {
  const last = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error(`did not happen within ${within / 1_000} s: ${what}`);
    await wait(10);
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
