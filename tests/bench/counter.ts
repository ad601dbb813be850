/** A wire to the storage that writes down what is asked of it, and how many rows it answers with. */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  /** `GET` of a row, `LIST` of a range, `POST` of a transaction. */
  kind: 'get' | 'list' | 'write';
  /** Of a list: what it looked for. */
  filter: string;
  /** Rows in the answer, or operations in the transaction. */
  rows: number;
}

export interface Counter {
  port: number;
  asked: Asked[];
  close(): Promise<void>;
}

/** What worker and auditor look for every few seconds, whoever clicks: never part of an operation. */
export const isLook = ({ filter }: Asked): boolean =>
  /RowKey ge '(due|page|open)'/.test(filter) || auditorAhead.test(filter);
/** All that is due after now, of every case. */
const auditorAhead = /RowKey ge '(due|page)\|20\d\d-[^|']*}' and RowKey lt '\1}'/;

/** @param upstream port of the storage on this machine */
export async function openCounter(upstream: number): Promise<Counter> {
  const agent = new Agent({ keepAlive: true });
  const asked: Asked[] = [];
  const server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const sent = request(
      { host: '127.0.0.1', port: upstream, method, path: url, headers, agent },
      (answer) => {
        const body: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => body.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(body).toString('utf8');
          asked.push(read(method, url, text));
          response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(body));
        });
      },
    );
    sent.on('error', () => response.destroy());
    incoming.pipe(sent);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function read(method: string, url: string, answer: string): Asked {
  if (method !== 'GET')
    return { kind: 'write', filter: '', rows: answer.match(/^HTTP\/1\.1 /gm)?.length ?? 1 };
  const filter = new URL(url, 'http://storage').searchParams.get('$filter');
  if (filter === null) return { kind: 'get', filter: '', rows: 1 };
  return { kind: 'list', filter, rows: (JSON.parse(answer) as { value: unknown[] }).value.length };
}
