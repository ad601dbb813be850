/** Things done now and then, by one of any number of instances, that end with a word in the coordinators' channel. */
import type { Instant } from '../core/ids.ts';
import { later, minutes } from '../core/time.ts';
import { faultOf, type Log } from '../log.ts';
import type { Reader, View } from '../views/view.ts';
import { createLoop, type Loop } from './loop.ts';
import type { Routine, Routines } from './ports.ts';
import { type TellPorts, tellOnce } from './tell.ts';
import type { Way } from './way.ts';

export interface RoutinePorts extends TellPorts {
  routines: Routines;
}

/** Longer than anything a routine does; one whose holder has died is done by another after this. */
export const routineLease = minutes(1);
const again = minutes(1);
const lookEvery = 5_000;

/**
 * Says what a routine has to say, and ends it: with `done` when it was said, else so that it is tried again soon, as
 * a repeat when nobody knows whether it was.
 */
export async function say(
  ports: RoutinePorts,
  held: Routine,
  draw: (reader: Reader) => View,
  done: { at: Instant; memory?: unknown },
): Promise<void> {
  const { outcome } = await tellOnce(ports, 'channel', draw);
  ports.log.info('routine', { verb: held.name, outcome });
  const next =
    outcome === 'sent'
      ? done
      : {
          at: later(ports.clock(), again),
          memory: held.memory,
          repeat: held.repeat || outcome === 'unknown',
        };
  await ports.routines.finish(held, next);
}

/**
 * Looks again and again whether a routine is due, one after the other, so that whoever presses waits for none of them.
 *
 * @param ports.giveWay waited for before each
 */
export function createRoutines(
  { log, giveWay }: { log: Log } & Pick<Way, 'giveWay'>,
  routines: Record<string, () => Promise<void>>,
): Loop {
  const run = async () => {
    for (const [verb, routine] of Object.entries(routines))
      await giveWay()
        .then(routine)
        .catch((error: unknown) => log.warn('routine failed', { verb, error: faultOf(error) }));
  };
  return createLoop(run, lookEvery, (error) => log.error('routines failed', { error: faultOf(error) }));
}
