/** `npm test`: format and lint, types, then the tests. What follows `--` goes to mocha. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './browser.ts';
import { inPackage, LocalError } from './group.ts';

const args = process.argv.slice(2);
const files = args.some((arg) => existsSync(arg)) ? [] : ['tests/**/*.test.ts'];
const steps: [program: string, args: string[]][] = [
  ['@biomejs/biome/bin/biome', ['check', '--error-on-warnings']],
  ['typescript/bin/tsc', ['--project', '.']],
  ['mocha/bin/mocha.js', [...args, ...files]],
];

try {
  findBrowser();
} catch (error) {
  if (!(error instanceof LocalError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
for (const [program, given] of steps) {
  const { status } = spawnSync(process.execPath, [inPackage(program), ...given], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
process.exit();
