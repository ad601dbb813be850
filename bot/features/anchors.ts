import { z } from 'zod';
import type { Instant } from '../core/ids.ts';
import { later, minutes } from '../core/time.ts';
import type { Log } from '../log.ts';
import type { Anchors, Clock, Routines } from './ports.ts';
import { routineLease } from './routine.ts';

/** What has been cut from the log after the last anchor cannot be proven (DESIGN 5). */
const anchorEvery = minutes(5);

const memory = z.object({ at: z.custom<Instant>((at) => typeof at === 'string'), mark: z.string() });

/** Anchors the log, by one of the instances. What fails is tried again when its lease has ended: in a minute. */
export async function anchorLog(ports: {
  anchors: Anchors;
  routines: Routines;
  clock: Clock;
  log: Log;
}): Promise<void> {
  const now = ports.clock();
  const held = await ports.routines.take('anchors', now, routineLease, now);
  if (!held) return;
  const { at, mark, count, more } = await ports.anchors.anchor(now, memory.safeParse(held.memory).data);
  if (count > 0) ports.log.info('log anchored', { count });
  await ports.routines.finish(held, { at: more ? now : later(now, anchorEvery), memory: { at, mark } });
}
