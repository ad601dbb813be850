import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalConfig, readLocalConfig } from '../config.ts';
import { botFlags, type Group, inPackage } from './group.ts';
import { freePort } from './ports.ts';

/** Azurite's account and key: the same for everyone, printed in its documentation. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/**
 * The environment, as the bot will read it, but for the storage, which is started later.
 *
 * @throws {ConfigError} that names what is wrong in it
 */
export function readSettings(): LocalConfig {
  return readLocalConfig({ ...process.env, STORAGE_CONNECTION: 'not yet' });
}

/**
 * Starts Azurite's tables and blobs on free ports, and waits for them.
 *
 * @param folder where it keeps its data, across restarts
 * @returns the connection string
 */
export async function startAzurite(group: Group, folder: string): Promise<string> {
  const start = async (service: 'table' | 'blob'): Promise<string> => {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}/${account}`;
    group.start({
      name: 'Azurite',
      script: inPackage(`azurite/dist/src/${service}/main.js`),
      args: [
        ...['--location', folder, `--${service}Host`, '127.0.0.1', `--${service}Port`, String(port)],
        ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
      ],
    });
    await group.answers('Azurite', endpoint);
    return endpoint;
  };
  const [tables, blobs] = await Promise.all([start('table'), start('blob')]);
  return [
    `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key}`,
    `TableEndpoint=${tables};BlobEndpoint=${blobs};`,
  ].join(';');
}

/** Starts the storage and the bot. */
export async function startBackend(
  group: Group,
  { host, port, dataDir, worldFile }: LocalConfig,
  output: 'inherit' | number,
): Promise<void> {
  const connection = await startAzurite(group, join(dataDir, 'azurite'));
  group.start({
    name: 'The bot',
    script: fileURLToPath(new URL('../main.ts', import.meta.url)),
    flags: botFlags,
    args: ['--local'],
    env: {
      HOST: host,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOCAL_WORLD: worldFile,
      STORAGE_CONNECTION: connection,
    },
    output,
  });
}
