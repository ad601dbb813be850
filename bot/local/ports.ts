import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { LocalError } from './group.ts';

/** Below the ports that systems give to outgoing connections, one of which could take the port before its program does. */
const [lowest, highest] = [15_000, 32_000];

/** Ports of programs that this process has started or will start. */
const reserved = new Set<number>();

/**
 * @returns a port that was free a moment ago and is reserved from now on; picked at random so that processes that start
 * together pick different ones
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (reserved.has(port)) continue;
    reserved.add(port);
    if (await isFree(port)) return port;
  }
}

/**
 * Ports that are settled already: `freePort` gives them to nobody else.
 *
 * @throws {LocalError} that names the first of the ports that something else listens to
 */
export async function reserve(ports: readonly number[]): Promise<void> {
  for (const port of ports) reserved.add(port);
  await checkFree(ports);
}

const isFree = (port: number): Promise<boolean> =>
  checkFree([port]).then(
    () => true,
    () => false,
  );

/**
 * @throws {LocalError} that names the first of the ports that something else listens to
 */
export async function checkFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    // Asked both ways: on some systems one program may hold the port here and another everywhere.
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      const server = createServer().listen(port, host);
      try {
        await once(server, 'listening');
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`;
        throw new LocalError(`Port ${port} ${why}.`);
      }
      server.close();
      await once(server, 'close');
    }
  }
}
