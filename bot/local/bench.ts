/** `npm run bench`: see `tests/bench/main.ts`. What follows `--` names parts of it. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['--expose-gc', 'tests/bench/main.ts', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
