/** A wire to the storage that can be cut: what really happens when a reply is lost, and what a writer is told. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Fault =
  | 'none'
  /** The request never arrives. */
  | 'cutBefore'
  /** The request arrives and is done; its reply is lost. */
  | 'cutAfter'
  /** Nothing arrives, and nothing is said. */
  | 'hang'
  /** Instead of the storage these bytes answer; the line stays open. */
  | { answer: string };

export interface Wire {
  port: number;
  /** What happens to writes and to reads from now on. */
  writes: Fault;
  reads: Fault;
  /** How many writes were sent. */
  sent: number;
  close(): Promise<void>;
}

/** @param upstream port of the storage on this machine */
export async function openWire(upstream: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const storage = connect(upstream, '127.0.0.1');
    let fault: Fault = 'none';
    for (const socket of [client, storage]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => storage.destroy());
    storage.on('close', () => client.destroy());
    client.on('data', (bytes) => {
      const line = bytes.subarray(0, 200).toString('latin1');
      const isWrite = /^(POST|PUT|PATCH|DELETE) (?!\S*\/Tables\b)/.test(line);
      if (isWrite) wire.sent++;
      if (isWrite || line.startsWith('GET ')) {
        fault = isWrite ? wire.writes : wire.reads;
        if (typeof fault === 'object') client.write(fault.answer, 'latin1');
      }
      if (fault === 'cutBefore') client.destroy();
      else if (fault === 'none' || fault === 'cutAfter') storage.write(bytes);
    });
    storage.on('data', (bytes) => (fault === 'cutAfter' ? client.destroy() : client.write(bytes)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const wire: Wire = {
    port: address.port,
    writes: 'none',
    reads: 'none',
    sent: 0,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
  return wire;
}
