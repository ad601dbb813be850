/** The bot as a process that is killed and started again, or stopped for a while, always on the same port, data and storage. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { botFlags, compileCache } from '../../bot/local/group.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Victim {
  url: string;
  /** Milliseconds from each start until it served. */
  starts: number[];
  /** SIGKILL, and up again. */
  kill(): Promise<void>;
  /** SIGSTOP: it does nothing, and does not know it. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** In order, at the end; paused or not, and once more is nothing. */
  stop(): Promise<void>;
}

export async function startVictim(env: {
  PORT: string;
  DATA_DIR: string;
  STORAGE_CONNECTION: string;
}): Promise<Victim> {
  const url = `http://127.0.0.1:${env.PORT}`;
  const starts: number[] = [];
  let child = await start();
  const dieWithUs = () => void child.kill('SIGKILL');
  process.once('exit', dieWithUs);
  return {
    url,
    starts,
    async kill() {
      await end(child, 'SIGKILL');
      child = await start();
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      process.off('exit', dieWithUs);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      await end(child, 'SIGTERM');
    },
  };

  async function start(): Promise<ChildProcess> {
    const began = performance.now();
    const started = spawn(process.execPath, [...botFlags, 'bot/main.ts', '--local'], {
      cwd: root,
      env: { ...process.env, ...compileCache, ...env },
      stdio: 'ignore',
    });
    while (!(await serves(url))) {
      if (started.exitCode !== null) throw new Error(`the bot ended with code ${started.exitCode}`);
      await wait(20);
    }
    starts.push(performance.now() - began);
    return started;
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

const serves = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
