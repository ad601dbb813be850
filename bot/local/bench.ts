/** `npm run bench`: see `tests/bench/main.ts`. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(process.execPath, ['tests/bench/main.ts'], { stdio: 'inherit' });
process.exit(status ?? 1);
