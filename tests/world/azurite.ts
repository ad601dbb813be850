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
const accounts = Array.from({ length: 400 }, (_, n) => `test${n}`);

/** Tables; tables in order, see `azuriteIndex.ts`; blobs. Each is started when a test asks for it. */
type Service = 'table' | 'large' | 'blob';
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
 * @param options.large for many thousand rows
 * @returns where it is, and a function that gives its connection string, through another port when asked
 */
export async function emptyAccount({ blobs = false, large = false } = {}): Promise<{
  port: number;
  connection: (port?: number) => string;
}> {
  const port = await portOf(large ? 'large' : 'table');
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
  const kind = service === 'blob' ? 'blob' : 'table';
  const child = spawn(
    process.execPath,
    [
      ...(service === 'large' ? ['--import', import.meta.resolve('./azuriteIndex.ts')] : []),
      createRequire(import.meta.url).resolve(`azurite/dist/src/${kind}/main.js`),
      ...['--silent', '--disableTelemetry', '--skipApiVersionCheck', '--inMemoryPersistence'],
      ...[`--${kind}Host`, '127.0.0.1', `--${kind}Port`, String(port)],
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
