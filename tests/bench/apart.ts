/**
 * Who measures has a processor of its own, as people and Teams have machines of their own. On a shared one an answer that
 * has come is read only when the bot that gave it pauses: what it does afterwards would be counted as time to the answer.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const processors = availableParallelism();
const measuring = String(processors - 1);
const measured = `0-${Math.max(0, processors - 2)}`;
const runs = (...args: string[]) => spawnSync('taskset', args, { stdio: 'ignore' }).status === 0;
let isApart = false;

/**
 * From now on this process, and what it starts, runs on the last processor alone.
 *
 * @returns false, and nothing is changed, where there is only one, or no `taskset` (anywhere but Linux)
 */
export function measureApart(): boolean {
  const canBe = processors > 1 && runs('-c', measured, 'true');
  isApart = canBe && runs('-a', '-c', '-p', measuring, String(process.pid));
  return isApart;
}

/** What starts this program on the other processors, where it is measured apart. */
export const apart = (program: string, args: string[]): [program: string, args: string[]] =>
  isApart ? ['taskset', ['-c', measured, program, ...args]] : [program, args];
