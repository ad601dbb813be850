/**
 * `npm run bench`: what the product takes beyond what no such bot can leave out, and the promises in seconds. It
 * reports, and judges nothing. `npm run bench -- burst` runs a part of it (`floor`, `promises`, `burst`, `gate`).
 * `BENCH_CASES`, `BENCH_ROUNDS`, `BENCH_REPORTS`, `BENCH_AT_ONCE`, `BENCH_SECONDS`, `BENCH_BURST` and `BENCH_TOKENS` set
 * its size.
 */
import { againstFloor } from './againstFloor.ts';
import { measureApart } from './apart.ts';
import { gateCosts } from './gate.ts';
import { startTeams } from './parts.ts';
import { burst, promises } from './promises.ts';
import { kept, newPlace, row, say, size, stopAll } from './reports.ts';

const tokens = size('BENCH_TOKENS', 100_000);

async function gate(): Promise<void> {
  say(`\n${tokens} forged tokens of each kind, mean time to refuse one`);
  const { costs: refusals, grown } = await gateCosts(tokens);
  for (const { what, each, bar } of refusals) row(what, `${each.toFixed(1)} µs`, bar);
  row('the heap has grown by', `${(grown / 1024 / 1024).toFixed(2)} MB`, 'nothing kept');
}

async function main(): Promise<void> {
  if (wanted('gate')) await gate();
  if (!wanted('floor') && !wanted('promises') && !wanted('burst')) return;
  if (!measureApart())
    say('\nWho measures shares all processors with what is measured: the times are longer for it.');
  const teams = kept(await startTeams());
  const { storage, dataDir } = wanted('floor') ? await againstFloor(teams) : await newPlace();
  if (wanted('promises')) await promises(storage, teams, dataDir);
  if (wanted('burst')) await burst(storage, teams, dataDir);
}

/** The parts that are named on the command line, or all. */
const wanted = (part: 'floor' | 'promises' | 'burst' | 'gate'): boolean =>
  process.argv.length === 2 || process.argv.includes(part);

try {
  await main();
} finally {
  await stopAll();
}
process.exit();
