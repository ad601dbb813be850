/** `npm run test:faults`: everything that is killed, cut or held up, in full. The variables here make it smaller. */
import { spawnSync } from 'node:child_process';
import { inPackage } from './group.ts';

const full = {
  STORM_REPORTS: '10000',
  STORM_KILLS: '500',
  STORM_SEEDS: '1,2,3',
  CRASHES_EACH: '100',
  STOPS_EACH: '100',
  PAUSE_SECONDS: '60',
};
const { status } = spawnSync(
  process.execPath,
  [inPackage('mocha/bin/mocha.js'), 'tests/faults/**/*.test.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...full, ...process.env } },
);
process.exit(status ?? 1);
