/** What an exercise leaves behind: when the last one ended, which readiness asks. */
import { z } from 'zod';
import { type Instant, instant } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { minutes } from '../core/time.ts';
import { type Routines, StorageRefused } from './ports.ts';

const schema = z.object({ at: z.iso.datetime().transform((text) => instant(Date.parse(text))) });

/** When the last exercise ended, as it is remembered; `undefined` when none has. */
export const endOf = (memory: unknown): Instant | undefined => schema.safeParse(memory).data?.at;

/** Longer than keeping it takes; one whose holder has died is kept by another after this. */
const lease = minutes(1);

/**
 * Remembers the end of an exercise; of one that was called off nothing, nor of anything else. Repeating is harmless,
 * and so is an older one's end that comes after a newer one's.
 *
 * @throws {StorageRefused} when another instance is at it: to be tried again
 */
export async function keepExercised(
  { routines, clock }: { routines: Routines; clock: () => Instant },
  { exercise, stage, withdrawnAt }: Incident,
): Promise<void> {
  if (!exercise || withdrawnAt || stage.status !== 'closed') return;
  const { closedAt } = stage;
  const held = await routines.take('exercise', clock(), lease, closedAt);
  const before = held && endOf(held.memory);
  const at = before && before > closedAt ? before : closedAt;
  if (!held || !(await routines.finish(held, { at, memory: { at } }))) {
    throw new StorageRefused('the end of an exercise is being kept by another');
  }
}
