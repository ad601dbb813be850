/**
 * `npm run audit:verify`: proves the log of who read what, or says where it is broken; then it ends with code 1.
 *
 * Reads the storage of `STORAGE_CONNECTION`, for which a read-only SAS is enough, else the local world's own while that
 * does not run. `-- --export FILE` writes what was read as JSON lines, `-- --from FILE` reads such a file instead. The
 * key is read from `DATA_DIR`.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { exportLog } from '../storage/exported.ts';
import { readHmac } from '../storage/keys.ts';
import { readVaultHmac } from '../storage/vault.ts';
import { type Break, type ExportedLine, exportedLine, verify } from '../storage/verify.ts';
import { readSettings, startAzurite } from './backend.ts';
import { openDataFolder } from './dataFolder.ts';
import { Group, LocalError } from './group.ts';

/** More than this is a pattern, and not a list that somebody reads. */
const mostSaid = 50;

async function* linesOf(path: string): AsyncGenerator<ExportedLine> {
  for await (const text of createInterface({ input: createReadStream(path) })) {
    const line = exportedLine.safeParse(JSON.parse(text));
    if (!line.success) throw new LocalError(`${path} is not an export of the log.`);
    yield line.data;
  }
}

async function stored(dataDir: string, group: Group): Promise<AsyncIterable<ExportedLine>> {
  const { STORAGE_CONNECTION: connection } = process.env;
  if (connection) return exportLog(connection);
  await openDataFolder(dataDir, false);
  return exportLog(await startAzurite(group, join(dataDir, 'azurite')));
}

async function keep(path: string, lines: ExportedLine[]): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  for (const line of lines) file.write(`${JSON.stringify(line)}\n`);
  file.end();
  await once(file, 'finish');
}

const sentence = ({ where, seq, what }: Break): string =>
  `${where}${seq === undefined ? '' : ` ${seq}`}: ${what}`;

async function main(group: Group): Promise<number> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, export: { type: 'string' } } });
  const { dataDir } = readSettings();
  const hmac = (await readVaultHmac(dataDir)) ?? (await readHmac(dataDir));
  const lines: ExportedLine[] = [];
  for await (const line of values.from ? linesOf(values.from) : await stored(dataDir, group))
    lines.push(line);
  if (values.export) await keep(values.export, lines);
  const began = performance.now();
  const { breaks, rows, chains, anchors } = verify(lines, hmac);
  const ms = Math.round(performance.now() - began);
  for (const each of breaks.slice(0, mostSaid)) process.stdout.write(`${sentence(each)}\n`);
  process.stdout.write(
    `${rows} rows in ${chains} chains, ${anchors} anchors, ${ms} ms: ${
      breaks.length === 0 ? 'whole.' : `broken in ${breaks.length} places.`
    }\n`,
  );
  return breaks.length === 0 ? 0 : 1;
}

const group = new Group();
let code = 1;
try {
  code = await Promise.race([main(group), group.failed]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The log could not be read.'}\n`);
} finally {
  await group.stop();
}
process.exit(code);
