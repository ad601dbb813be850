import { later } from '../core/time.ts';
import type { Log } from '../log.ts';
import type { Clock, Routines } from './ports.ts';
import { routineLease } from './routine.ts';

const beatEvery = 60_000;
/** One that was not heard is sent again soon: silence means that something is wrong. */
const againAfter = 10_000;

/**
 * A sign of life to someone outside who raises the alarm when it stops: sent by one of the instances, and only while
 * its auditor sees that all is well.
 *
 * @param ports.send whether it was heard
 */
export async function beat(ports: {
  routines: Routines;
  clock: Clock;
  log: Log;
  isWell: () => boolean;
  send: () => Promise<boolean>;
}): Promise<void> {
  if (!ports.isWell()) return;
  const now = ports.clock();
  const held = await ports.routines.take('heartbeat', now, routineLease, now);
  if (!held) return;
  const heard = await ports.send();
  if (!heard) ports.log.warn('heartbeat not heard');
  await ports.routines.finish(held, { at: later(now, heard ? beatEvery : againAfter) });
}
