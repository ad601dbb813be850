/** The sign of life to someone outside: every minute while all is well, by one of the instances. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { beat } from '../../bot/features/heartbeat.ts';
import { sendHeartbeat } from '../../bot/http/heartbeat.ts';
import { readWorld } from '../../bot/local/world.ts';
import { temporaryFolder } from '../contracts/storages.ts';
import { createWorld, type World } from '../world/world.ts';

describe('the heartbeat', () => {
  let world: World;
  let sent: number;
  let heard: boolean;
  let well: boolean;
  beforeEach(() => {
    world = createWorld();
    sent = 0;
    heard = true;
    well = true;
  });
  const look = () =>
    beat({
      routines: world.storage.routines,
      clock: world.now,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      isWell: () => well,
      send: async () => {
        sent += 1;
        return heard;
      },
    });

  it('is sent every minute, once though two instances look', async () => {
    for (let n = 0; n < 5; n++) {
      await Promise.all([look(), look()]);
      await world.pass(30_000);
    }
    expect(sent).to.equal(3);
  });
  it('is not sent while something is wrong', async () => {
    well = false;
    await look();
    expect(sent).to.equal(0);
    well = true;
    await look();
    expect(sent).to.equal(1);
  });
  it('is sent again soon when it was not heard', async () => {
    heard = false;
    await look();
    await world.pass(10_000);
    await look();
    expect(sent).to.equal(2);
  });
});

describe('sending a heartbeat', function () {
  this.timeout(10_000);
  let answer: (response: ServerResponse) => void;
  let asked: string[];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(response);
  });
  let url: string;
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it('is heard when it is answered', async () => {
    answer = (response) => response.end('ok');
    expect(await sendHeartbeat(`${url}/beat?id=1`)).to.equal(true);
    expect(asked).to.deep.equal(['GET /beat?id=1']);
  });
  it('is not heard at another address, nor when it is refused or nobody answers', async () => {
    answer = (response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
    expect(await sendHeartbeat(url)).to.equal(false);
    answer = (response) => response.writeHead(500).end();
    expect(await sendHeartbeat(url)).to.equal(false);
    answer = () => undefined;
    expect(await sendHeartbeat(url)).to.equal(false);
    expect(asked).to.deep.equal(['GET /', 'GET /', 'GET /']);
    expect(await sendHeartbeat('http://127.0.0.1:1')).to.equal(false);
  });
});

describe('the address of the heartbeat', () => {
  it('is https, but on this machine', async () => {
    const folder = await temporaryFolder();
    const world = JSON.parse(await readFile(new URL('../../bot/local/world.json', import.meta.url), 'utf8'));
    const read = async (heartbeatUrl: string) => {
      await writeFile(join(folder, 'world.json'), JSON.stringify({ ...world, heartbeatUrl }));
      return readWorld(join(folder, 'world.json')).then(
        (found) => found.heartbeatUrl,
        (error: Error) => `${error.name} ${error.message}`,
      );
    };
    for (const good of ['https://monitor.example.com/a', 'http://127.0.0.1:4000/', 'http://localhost/x']) {
      expect(await read(good)).to.equal(good);
    }
    for (const bad of ['http://monitor.example.com/', 'http://127.0.0.1.example.com/', 'file:///x', 'x']) {
      expect(await read(bad), bad).to.match(/^OrganisationError .*heartbeatUrl/);
    }
  });
});
