import { once } from 'node:events';
import type { Server } from 'node:http';
import net from 'node:net';

/**
 * Each turn of Node's loop lets in one new connection of each listener (libuv/libuv#3696). With one listener fifty people
 * who report at once wait for fifty turns, and those that are in already make each of them long: the last waited 1 to 6 s.
 * Only Linux shares a port's connections out among several listeners.
 */
const listeners = process.platform === 'linux' ? 16 : 1;

/**
 * @param server not yet listening; the most connections that it takes are taken together
 * @returns what lets nobody else in
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken
 */
export async function listen(server: Server, place: { host: string; port: number }): Promise<() => void> {
  if (listeners === 1) return begin([server], place);
  // Whoever shares a port is not told that somebody else has it.
  const stop = await begin([net.createServer()], place);
  stop();
  const more = Array.from({ length: listeners - 1 }, () =>
    net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket)),
  );
  const all = [server, ...more];
  const most = Math.ceil(server.maxConnections / listeners);
  for (const each of all) each.maxConnections = most;
  return begin(all, { ...place, reusePort: true });
}

async function begin(all: net.Server[], place: net.ListenOptions): Promise<() => void> {
  const stop = () => {
    for (const each of all) each.close();
  };
  try {
    for (const each of all) await once(each.listen(place), 'listening');
    return stop;
  } catch (error) {
    stop();
    throw error;
  }
}
