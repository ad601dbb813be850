import { createLoop, type Loop } from './loop.ts';
import type { Way } from './way.ts';

/** In ms. What a report and the looks of a second leave is a third of what makes Node stop and clear away by itself. */
const every = 1_000;

/**
 * Clears away what has been left over, while nobody waits for an answer or an alarm. Node by itself does it when there is
 * no more room, which is in the middle of what somebody waits for.
 *
 * @param collect Node's own `gc`, there when it was started with `--expose-gc`
 */
export function createGarbage(
  giveWay: Way['giveWay'],
  collect: NodeJS.GCFunction,
  failed: (error: unknown) => void,
): Loop {
  return createLoop(() => giveWay().then(() => collect({ type: 'minor' })), every, failed);
}
