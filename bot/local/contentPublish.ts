/**
 * `npm run content:publish -- my.yaml`: puts a local version of a checklist in force, everywhere, within minutes.
 * `-- --withdraw under.tel` gives the default back; `-- --choose policeReport=phone` says which of two ways holds here.
 * Writes to STORAGE_CONNECTION where it is set, else to the local world's own storage, which must not be running.
 */
import { join } from 'node:path';
import { filledBy } from '../content/content.ts';
import { readFiles } from '../content/file.ts';
import { type Change, publish } from '../content/publish.ts';
import { instant, system } from '../core/ids.ts';
import { openSettings } from '../storage/settings.ts';
import { readSettings, startAzurite } from './backend.ts';
import { asLines, defaultSources, sourceAt } from './contentFiles.ts';
import { openDataFolder } from './dataFolder.ts';
import { Group, inWords, LocalError } from './group.ts';
import { readWorld } from './world.ts';

const group = new Group();
let code = 0;
try {
  const change = await changeOf(process.argv.slice(2));
  const { worldFile, dataDir } = readSettings();
  const world = await readWorld(worldFile);
  const settings = await openSettings(process.env.STORAGE_CONNECTION ?? (await localStorage(dataDir)));
  const parts = {
    settings,
    defaults: readFiles(await defaultSources()),
    filled: filledBy(world.dutyFunction),
  };
  const published = await publish(parts, change, { at: instant(Date.now()), by: system });
  if (published.outcome === 'published') {
    process.stdout.write(`Published as version ${published.version}; in use within minutes.\n`);
  } else {
    process.stderr.write(`${asLines(published.problems)}Nothing was published.\n`);
    code = 1;
  }
} catch (error) {
  process.stderr.write(`${inWords(error)}\n`);
  code = 1;
}
await group.stop();
process.exit(code);

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

async function localStorage(dataDir: string): Promise<string> {
  await openDataFolder(dataDir, false);
  return startAzurite(group, join(dataDir, 'azurite'));
}
