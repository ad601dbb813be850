import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { ConfigError } from '../config.ts';
import { OrganisationError } from '../organisation.ts';

/** What went wrong, as one sentence for the person who started the local world. */
export class LocalError extends Error {
  override name = 'LocalError';
}

export interface Start {
  /** Said when it dies without a word of its own. */
  name: string;
  script: string;
  /** For Node itself. */
  flags?: string[];
  args?: string[];
  env?: Record<string, string>;
  /** Where its standard output goes; nowhere by default. A number is an open file. */
  output?: 'inherit' | 'ignore' | number;
}

const leash = new URL('leash.ts', import.meta.url).href;
/** Compiled code is kept between starts: the bot serves a third sooner. */
export const compileCache = { NODE_COMPILE_CACHE: inPackage('.cache/node') };
/**
 * For the Node that the bot runs in, here and in production: `features/garbage.ts` clears away what is left over while
 * nobody waits, and the room for it does not shrink meanwhile; of what it keeps Node goes through all only when that has
 * doubled.
 */
export const botFlags = [
  ...['--expose-gc', '--min-semi-space-size=16'],
  ...['--heap-growing-percent=100', '--no-memory-reducer'],
];
const readyWithin = 30_000;
const stopWithin = 10_000;

/** Processes that live and die together. */
export class Group {
  readonly #running: ChildProcess[] = [];
  readonly #failure = Promise.withResolvers<never>();
  #stopping = false;

  constructor() {
    // Whoever waits hears of it; nobody waiting is no reason to crash.
    this.#failure.promise.catch(() => {});
  }

  /** Rejects with a sentence when one of the processes ends before it is asked to. */
  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  /** Starts a script in a Node process of its own. */
  start({ name, script, flags = [], args = [], env = {}, output = 'ignore' }: Start): void {
    if (this.#stopping) throw new LocalError('The local world is stopping.');
    const child = spawn(process.execPath, [...flags, '--import', leash, script, ...args], {
      env: { ...process.env, ...compileCache, ...env },
      stdio: ['ignore', output, 'pipe', 'ipc'],
      // Ctrl-C reaches only this process, which then stops the others in order.
      detached: true,
      windowsHide: true,
    });
    this.#running.push(child);
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said = (said + text).slice(-4000);
    });
    child.once('error', (error) => this.#fail(`${name} could not be started (${error.message}).`));
    child.once('close', (code, signal) => this.#fail(said.trim() || `${name} stopped (${signal ?? code}).`));
  }

  /**
   * Waits until an address answers as it should.
   *
   * @param isRight whether this status does; any does that is no fault of its own
   */
  async answers(name: string, url: string, isRight = (status: number) => status < 500): Promise<void> {
    const end = Date.now() + readyWithin;
    while (Date.now() < end) {
      const up = await Promise.race([this.failed, isUp(url, isRight)]);
      if (up) return;
      await sleep(50);
    }
    throw new LocalError(`${name} did not answer within ${readyWithin / 1000} s.`);
  }

  /** Stops the processes one at a time, the last started first. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const child of this.#running.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithin);
      if (child.connected) child.disconnect();
      await exited;
      clearTimeout(late);
    }
  }

  #fail(sentence: string): void {
    if (!this.#stopping) this.#failure.reject(new LocalError(sentence));
  }
}

async function isUp(url: string, isRight: (status: number) => boolean): Promise<boolean> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await reply.arrayBuffer();
    return isRight(reply.status);
  } catch {
    return false;
  }
}

/**
 * Runs the local world until it is told to stop or something in it fails, and leaves no process behind.
 *
 * @param start brings the processes up
 */
export async function run(start: (group: Group) => Promise<void>): Promise<never> {
  const group = new Group();
  const asked = new Promise<void>((resolve) => {
    // `on`, not `once`: an impatient second Ctrl-C must not cut the saving short.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  let code = 0;
  try {
    await Promise.race([start(group).then(() => asked), asked, group.failed]);
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`);
    code = 1;
  }
  await group.stop();
  process.exit(code);
}

/** A fault as the person who gave the command reads it: a sentence where we know what it is, else all there is. */
export const inWords = (error: unknown): string =>
  error instanceof LocalError || error instanceof OrganisationError || error instanceof ConfigError
    ? error.message
    : inspect(error);

/** The path of a file of an installed package. */
export function inPackage(file: string): string {
  return fileURLToPath(new URL(`../../node_modules/${file}`, import.meta.url));
}
