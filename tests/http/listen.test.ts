import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { listen } from '../../bot/http/listen.ts';
import { freePort } from '../../bot/local/ports.ts';

const host = '127.0.0.1';

describe('listening', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  async function served(answer: http.RequestListener, port: number): Promise<http.Server> {
    const server = http.createServer({ requestTimeout: 500, connectionsCheckingInterval: 100 }, answer);
    server.maxConnections = 5_000;
    const stop = await listen(server, { host, port });
    stops.push(() => {
      stop();
      server.closeAllConnections();
    });
    return server;
  }
  function knock(port: number): net.Socket {
    const socket = net.connect(port, host);
    socket.on('error', () => undefined);
    stops.push(() => socket.destroy());
    return socket;
  }

  it('lets a crowd in within a few turns of the loop, not one person each', async function () {
    // Elsewhere a port has one listener, and nothing of this is promised.
    if (process.platform !== 'linux') this.skip();
    const port = await freePort();
    const server = await served((_request, response) => response.end(), port);
    let came = 0;
    server.on('connection', () => {
      came += 1;
    });
    const crowd = 64;
    for (let n = 0; n < crowd; n++) knock(port);
    let turns = 0;
    for (; came < crowd && turns < 1_000; turns++) await turn();
    expect(came).to.equal(crowd);
    expect(turns).to.be.below(crowd / 2);
  });

  it('answers whoever comes, and in time cuts off who does not say what they want, at any listener', async () => {
    const port = await freePort();
    await served((_request, response) => response.end('ok'), port);
    const agent = new http.Agent({ keepAlive: false });
    const answers = Array.from({ length: 32 }, async () => {
      const [answer] = (await once(http.get({ host, port, agent }), 'response')) as [http.IncomingMessage];
      return (await answer.toArray()).join('');
    });
    expect(new Set(await Promise.all(answers))).to.deep.equal(new Set(['ok']));
    const slow = Array.from({ length: 32 }, () => {
      const socket = knock(port);
      socket.write('POST / HTTP/1.1\r\nhost: bot\r\ncontent-length: 10\r\n\r\n');
      return once(socket.resume(), 'close');
    });
    await Promise.all(slow);
  });

  it('refuses a port that somebody else listens to, also in the same way', async () => {
    const port = await freePort();
    await served((_request, response) => response.end(), port);
    const again = await listen(http.createServer(), { host, port }).then(
      () => 'shared',
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(again).to.equal('EADDRINUSE');
  });

  it('leaves the port free when it is told to stop', async () => {
    const port = await freePort();
    await served((_request, response) => response.end(), port);
    stops.splice(0)[0]?.();
    await served((_request, response) => response.end(), port);
  });
});
