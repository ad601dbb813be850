/** One Azurite for a whole test run, in memory, with an account of its own for every test that asks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../bot/local/ports.ts';

/** Microsoft's published key of the storage emulator; it opens nothing else. */
const emulatorKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const accounts = Array.from({ length: 200 }, (_, n) => `test${n}`);
const script = (service: Service) =>
  createRequire(import.meta.url).resolve(`azurite/dist/src/${service}/main.js`);

type Service = 'table' | 'blob';
/** Blobs are started when a test asks for them. */
const running = new Map<Service, Promise<{ child: ChildProcess; port: number }>>();
const portOf = async (service: Service): Promise<number> => {
  const started = running.get(service) ?? start(service);
  running.set(service, started);
  return (await started).port;
};

after('Azurite is stopped', async () => {
  for (const started of running.values()) {
    const { child } = await started;
    if (child.exitCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

/**
 * An empty account: no test sees what another has stored.
 *
 * @returns where it is, and a function that gives its connection string, through another port when asked
 */
export async function emptyAccount({ blobs = false } = {}): Promise<{
  port: number;
  connection: (port?: number) => string;
}> {
  const port = await portOf('table');
  const blobPort = blobs ? await portOf('blob') : undefined;
  const account = accounts.shift();
  if (!account) throw new Error('more tests than accounts');
  return {
    port,
    connection: (through = port) =>
      [
        'DefaultEndpointsProtocol=http',
        `AccountName=${account}`,
        `AccountKey=${emulatorKey}`,
        ...(blobPort ? [`BlobEndpoint=http://127.0.0.1:${blobPort}/${account}`] : []),
        `TableEndpoint=http://127.0.0.1:${through}/${account};`,
      ].join(';'),
  };
}

async function start(service: Service): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      ...(service === 'table' ? ['--import', import.meta.resolve('./azuriteIndex.ts')] : []),
      script(service),
      ...['--silent', '--disableTelemetry', '--skipApiVersionCheck', '--inMemoryPersistence'],
      ...[`--${service}Host`, '127.0.0.1', `--${service}Port`, String(port)],
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        AZURITE_ACCOUNTS: accounts.map((account) => `${account}:${emulatorKey}`).join(';'),
      },
    },
  );
  process.once('exit', () => child.kill('SIGTERM'));
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`Azurite ended with code ${child.exitCode}`);
    if (await answers(port)) return { child, port };
    await wait(50);
  }
  child.kill('SIGTERM');
  throw new Error('Azurite did not start within 15 s');
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
