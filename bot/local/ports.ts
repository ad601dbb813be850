import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { LocalError } from './group.ts';

/**
 * @returns a port that was free a moment ago
 */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

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
