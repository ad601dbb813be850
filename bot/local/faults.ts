/** `npm run test:faults`: the storms in full. `STORM_REPORTS`, `STORM_KILLS` and `STORM_SEEDS` make them smaller. */
import { spawnSync } from 'node:child_process';
import { inPackage } from './group.ts';

const storms = { STORM_REPORTS: '10000', STORM_KILLS: '500', STORM_SEEDS: '1,2,3' };
const { status } = spawnSync(
  process.execPath,
  [inPackage('mocha/bin/mocha.js'), 'tests/faults/**/*.test.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...storms, ...process.env } },
);
process.exit(status ?? 1);
