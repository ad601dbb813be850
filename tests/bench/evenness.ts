/**
 * How evenly the machine works by itself: the same piece of work now and then, while all that is measured stands still.
 * Where its own p99 is far above its p50, so is that of whatever is measured there, and for the same reason.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { apart } from './apart.ts';

const script = fileURLToPath(import.meta.url);
const pieces = 5;
/** Some 5 ms of work, as a report is. */
const amount = 128;
const block = Buffer.alloc(64 * 1024);

/** How many ms each of some pieces took, where the bots run. */
export async function evenness(): Promise<number[]> {
  const { stdout } = await promisify(execFile)(...apart(process.execPath, [script]));
  return JSON.parse(stdout) as number[];
}

function piece(): number {
  const began = performance.now();
  const hash = createHash('sha256');
  for (let n = 0; n < amount; n++) hash.update(block);
  hash.digest();
  return performance.now() - began;
}

if (process.argv[1] === script) {
  piece();
  const took: number[] = [];
  for (let n = 0; n < pieces; n++) {
    await wait(50);
    took.push(piece());
  }
  process.stdout.write(JSON.stringify(took));
}
