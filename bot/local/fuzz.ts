/** `npm run test:fuzz`: the fuzz of `npm test` in full size. `FUZZ_CASES` and `FUZZ_SEED` set it otherwise. */
import { spawnSync } from 'node:child_process';
import { inPackage } from './group.ts';

const { status } = spawnSync(
  process.execPath,
  [inPackage('mocha/bin/mocha.js'), 'tests/security/fuzz.test.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { FUZZ_CASES: '200000', ...process.env } },
);
process.exit(status ?? 1);
