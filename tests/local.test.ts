/** The commands of the local world, as people start them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TableClient } from '@azure/data-tables';
import { expect } from 'chai';
import { startAzurite } from '../bot/local/backend.ts';
import { Group } from '../bot/local/group.ts';
import { checkFree, freePort } from '../bot/local/ports.ts';

const launcher = fileURLToPath(new URL('../bot/local/run.mjs', import.meta.url));

interface Running {
  said(): string;
  /** Resolves when its output closes: when all that write to it have ended, the world it started too. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  ended: Promise<{ code: number | null; complaint: string }>;
}

describe('the local world', () => {
  let folder: string;
  let port: number;
  const running: Running[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-world-'));
    port = await freePort();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((process) => process.stop()));
    await rm(folder, { recursive: true });
  });

  function launch(args: string[], env: Record<string, string> = {}, node: string[] = []): Running {
    const child = spawn(process.execPath, [...node, launcher, ...args], {
      env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data'), ...env },
    });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text;
    });
    child.stderr.on('data', (text: Buffer) => {
      complaint += text;
    });
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, complaint }));
    const launched: Running = {
      said: () => output,
      ended,
      stop: async (signal = 'SIGTERM') => {
        child.kill(signal);
        return (await ended).code;
      },
    };
    running.push(launched);
    return launched;
  }

  async function ready(within: number): Promise<void> {
    const end = Date.now() + within;
    while (Date.now() < end) {
      const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (reply?.ok) return;
      await sleep(50);
    }
    throw new Error(`not ready within ${within} ms`);
  }

  async function worldOn(ports: number[]): Promise<string> {
    const world = JSON.parse(await readFile(new URL('../bot/local/world.json', import.meta.url), 'utf8'));
    world.clients.forEach((client: { port: number }, i: number) => {
      client.port = ports[i] ?? 0;
    });
    const file = join(folder, 'world.json');
    await writeFile(file, JSON.stringify(world));
    return file;
  }

  /** One sentence that names what is wrong, and a code that scripts can see. */
  async function complains({ ended }: Running, about: string): Promise<void> {
    const { code, complaint } = await ended;
    expect(complaint.trim().split('\n')).to.have.length(1);
    expect(complaint).to.include(about);
    expect(code).to.equal(1);
  }

  it('the bot is ready within 6 s, and leaves nothing behind', async () => {
    const bot = launch(['bot']);
    await ready(6_000);
    expect(await bot.stop()).to.equal(0);
    await checkFree([port]);
  });

  it('another program on its port is not taken for the bot', async () => {
    const server = http.createServer((_request, response) => response.writeHead(400).end());
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const isRight = (status: number) => status === 200;
    const answered = new Group()
      .answers('The bot', `http://127.0.0.1:${port}/readyz`, isRight)
      .then(() => 'up');
    expect(await Promise.race([answered, sleep(300, 'waits')])).to.equal('waits');
    server.removeAllListeners('request').on('request', (_request, response) => response.end());
    expect(await answered).to.equal('up');
    server.close();
  });

  it('the storage keeps what was written just before it stopped', async () => {
    const kept = async (use: (table: TableClient) => Promise<unknown>) => {
      const group = new Group();
      const connection = await startAzurite(group, folder);
      const table = TableClient.fromConnectionString(connection, 'kept', { allowInsecureConnection: true });
      await table.createTable();
      const result = await use(table);
      await group.stop();
      return result;
    };
    await kept((table) => table.createEntity({ partitionKey: 'p', rowKey: 'r', words: 'åäö' }));
    expect(await kept((table) => table.getEntity('p', 'r'))).to.include({ words: 'åäö' });
  });

  it('start brings up three windows that the bot can write to, and stops them all', async () => {
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    const started = launch(['start'], { LOCAL_WORLD: await worldOn(ports) });
    while (!started.said().includes('Ctrl-C')) await Promise.race([sleep(50), started.ended]);

    for (const client of ports) {
      expect(started.said()).to.include(`http://127.0.0.1:${client} `);
      expect((await fetch(`http://127.0.0.1:${client}`)).status).to.equal(200);
    }
    expect(await started.stop()).to.equal(0);
    await checkFree([port, ...ports]);
  });

  it('names a port that is taken', async () => {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    await complains(launch(['bot']), String(port));
    await complains(launch(['start']), String(port));
    server.close();
  });

  it('names the world file that is broken', async () => {
    const file = join(folder, 'world.json');
    await writeFile(file, '{"people":');
    await complains(launch(['start'], { LOCAL_WORLD: file }), file);
    await complains(launch(['bot'], { LOCAL_WORLD: file }), file);
  });

  it('names what is wrong in the environment', async () => {
    await complains(launch(['bot'], { PORT: 'many' }), 'PORT');
  });

  it('names a Node that is too old', async () => {
    const old = `data:text/javascript,Object.defineProperty(process, 'version', { value: 'v18.20.0' })`;
    await complains(launch(['bot'], {}, ['--import', old]), 'v18.20.0');
  });

  it('empties no folder that it did not make', async () => {
    const data = join(folder, 'data');
    await mkdir(data);
    await writeFile(join(data, 'mine.txt'), '');
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    await complains(launch(['start', '--fresh'], { LOCAL_WORLD: await worldOn(ports) }), data);
    expect(await readdir(data)).to.deep.equal(['mine.txt']);
  });

  it('refuses a data folder that another local world uses', async () => {
    launch(['bot']);
    await ready(6_000);
    await complains(launch(['bot'], { PORT: String(await freePort()) }), join(folder, 'data'));
  });

  it('stops when the process that started it is killed', async () => {
    const launched = launch(['bot']);
    await ready(6_000);
    const gone = launched.stop('SIGKILL').then(() => true);
    expect(await Promise.race([gone, sleep(5_000, false, { ref: false })])).to.equal(true);
    await checkFree([port]);
  });
});
