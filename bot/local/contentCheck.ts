/**
 * `npm run content:check`: what an editor should mend in the checklists and contacts, how heavy each reads, and its last day. What
 * follows `--` are files, checked as local versions. Ends with 1 when something is wrong; a warning is only told.
 */
import { combine, tooLarge } from '../content/combine.ts';
import { lixOf, unfilled } from '../content/file.ts';
import { readFiles } from '../content/files.ts';
import { instant } from '../core/ids.ts';
import { cardFits } from './contentCards.ts';
import { asLines, defaultSources, sourceAt } from './contentFiles.ts';
import { inWords } from './group.ts';

try {
  const files = process.argv.slice(2);
  const given = readFiles(await Promise.all(files.map(sourceAt)));
  const defaults = readFiles(await defaultSources());
  const local = { files: given, choices: {} };
  const now = instant(Date.now());
  const loaded = combine(defaults, local, unfilled, now);
  const large = tooLarge(loaded, await cardFits(now), [...defaults.lists, ...given.lists]);
  const problems = [...loaded.problems, ...large];
  const { lists, contacts } = files.length > 0 ? given : defaults;
  const rows = lists.map((list) => {
    const items = loaded.checklists.find(({ id }) => id === list.id)?.items.length ?? 0;
    const lix = Math.round(lixOf(list));
    return `${list.id.padEnd(20)}${list.phase.padEnd(12)}${String(items).padStart(5)}${String(lix).padStart(5)}  ${list.validUntil}\n`;
  });
  process.stdout.write(`${'list'.padEnd(20)}${'phase'.padEnd(12)}items  LIX  valid until\n${rows.join('')}`);
  const numbers = contacts.map(
    ({ id, category, number, validUntil }) =>
      `${id.padEnd(20)}${category.padEnd(12)}${number.padEnd(16)}  ${validUntil}\n`,
  );
  if (numbers.length > 0)
    process.stdout.write(
      `\n${'contact'.padEnd(20)}${'category'.padEnd(12)}${'number'.padEnd(16)}  valid until\n${numbers.join('')}`,
    );
  process.stdout.write(problems.length > 0 ? `\n${asLines(problems)}` : '\nNothing to mend.\n');
  process.exit(problems.some(({ weight }) => weight === 'wrong') ? 1 : 0);
} catch (error) {
  process.stderr.write(`${inWords(error)}\n`);
  process.exit(1);
}
