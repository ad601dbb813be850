/** An Azurite of its own that keeps its tables on disk, for tests that read its files as a thief would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../bot/local/ports.ts';

const main = createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js');
const account = 'devstoreaccount1';
/** Microsoft's published key of the storage emulator; it opens nothing else. */
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** @param folder where its files stand */
export async function azuriteOnDisk(
  folder: string,
): Promise<{ connection: string; stop(): Promise<void>; files(): Promise<Buffer> }> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      ...[main, '--location', folder, '--tableHost', '127.0.0.1', '--tablePort', String(port)],
      ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    ],
    { stdio: 'ignore' },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = `http://127.0.0.1:${port}/${account}`;
  for (let tries = 0; !(await isUp(endpoint)); tries++) {
    if (tries > 300) throw new Error('Azurite did not start');
    await wait(50);
  }
  return {
    connection: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};TableEndpoint=${endpoint};`,
    /** It saves what it holds on SIGINT alone. */
    async stop() {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
    async files() {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
      return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
    },
  };
}

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
