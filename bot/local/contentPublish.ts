/**
 * `npm run content:publish -- my.yaml`: puts a local version of a checklist in force, or local contacts, everywhere,
 * within minutes. `-- --withdraw under.tel` gives the default back, `-- --withdraw contacts` those of the product; `-- --choose policeReport=phone` says which of two ways holds here.
 * Writes to STORAGE_CONNECTION where it is set, else to the local world's own storage, which must not be running.
 */
import { join } from 'node:path';
import { readFiles } from '../content/files.ts';
import { type Change, publish } from '../content/publish.ts';
import { instant, system } from '../core/ids.ts';
import { StorageRefused, StorageUnknown } from '../features/ports.ts';
import { openSettings } from '../storage/settings.ts';
import { readSettings, startAzurite } from './backend.ts';
import { cardFits } from './contentCards.ts';
import { asLines, defaultSources, sourceAt } from './contentFiles.ts';
import { openDataFolder } from './dataFolder.ts';
import { Group, inWords, LocalError } from './group.ts';

async function main(group: Group): Promise<number> {
  const change = await changeOf(process.argv.slice(2));
  const settings = await openSettings(process.env.STORAGE_CONNECTION ?? (await localStorage(group)));
  const defaults = readFiles(await defaultSources());
  const at = instant(Date.now());
  const fits = await cardFits(at);
  const published = await publish({ settings, defaults, fits }, change, { at, by: system });
  if (published.outcome === 'refused') {
    process.stderr.write(`${asLines(published.problems)}Nothing was published.\n`);
    return 1;
  }
  process.stdout.write(`Published as version ${published.version}; in use within minutes.\n`);
  return 0;
}

async function localStorage(group: Group): Promise<string> {
  const { dataDir } = readSettings();
  await openDataFolder(dataDir, false);
  return startAzurite(group, join(dataDir, 'azurite'));
}

/** @throws {LocalError} that says how the command is used */
async function changeOf([first = '', second, ...more]: string[]): Promise<Change> {
  const [choice, variant] = second?.split('=') ?? [];
  if (more.length === 0) {
    if (first === '--withdraw' && second) return { do: 'withdraw', id: second };
    if (first === '--choose' && choice && variant) return { do: 'choose', choice, variant };
    if (first && !first.startsWith('--') && !second) return { do: 'publish', source: await sourceAt(first) };
  }
  throw new LocalError(
    'npm run content:publish -- <file>, or -- --withdraw <list>, or -- --choose <choice>=<variant>',
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof StorageRefused) return `Nothing was published: ${error.message}.`;
  if (error instanceof StorageUnknown) return 'It may have been published or not: give the command again.';
  return inWords(error);
}

const group = new Group();
let code = 1;
try {
  code = await Promise.race([main(group), group.failed]);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
} finally {
  await group.stop();
}
process.exit(code);
