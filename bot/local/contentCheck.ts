/**
 * `npm run content:check`: what an editor should mend in the checklists, how heavy each reads, and its last day. What
 * follows `--` are files, checked as local versions. Ends with 1 when something is wrong; a warning is only told.
 */
import { combine } from '../content/combine.ts';
import { filledBy } from '../content/content.ts';
import { lixOf, readFiles } from '../content/file.ts';
import { instant } from '../core/ids.ts';
import { readSettings } from './backend.ts';
import { asLines, defaultSources, sourceAt } from './contentFiles.ts';
import { inWords } from './group.ts';
import { readWorld } from './world.ts';

try {
  const files = process.argv.slice(2);
  const world = await readWorld(readSettings().worldFile);
  const given = readFiles(await Promise.all(files.map(sourceAt)));
  const defaults = readFiles(await defaultSources());
  const local = { files: given, choices: {} };
  const filled = filledBy(world.dutyFunction);
  const { problems, checklists } = combine(defaults, local, filled, instant(Date.now()));
  const { lists } = files.length > 0 ? given : defaults;
  const rows = lists.map((list) => {
    const items = checklists.find(({ id }) => id === list.id)?.items.length ?? 0;
    const lix = Math.round(lixOf(list));
    return `${list.id.padEnd(20)}${list.phase.padEnd(12)}${String(items).padStart(5)}${String(lix).padStart(5)}  ${list.validUntil}\n`;
  });
  process.stdout.write(`${'list'.padEnd(20)}${'phase'.padEnd(12)}items  LIX  valid until\n${rows.join('')}`);
  process.stdout.write(problems.length > 0 ? `\n${asLines(problems)}` : '\nNothing to mend.\n');
  process.exit(problems.some(({ weight }) => weight === 'wrong') ? 1 : 0);
} catch (error) {
  process.stderr.write(`${inWords(error)}\n`);
  process.exit(1);
}
