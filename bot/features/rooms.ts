/** Who has just been told so much that their conversation takes no more, as the messages themselves found out. */
import type { Target } from '../core/effects.ts';

export interface Rooms {
  full(target: Target): void;
  /** Whether that was within the last second. */
  isFull(target: Target): boolean;
  /** Whether anybody's is. */
  anyFull(): boolean;
}

/** Until the next look, which tells many at once. */
const remembered = 1_000;

/** @param monotonic milliseconds that never go back */
export function createRooms(monotonic: () => number): Rooms {
  const fullAt = new Map<Target, number>();
  let lastFull = Number.NEGATIVE_INFINITY;
  const isRecent = (at = Number.NEGATIVE_INFINITY) => monotonic() - at < remembered;
  return {
    full(target) {
      lastFull = monotonic();
      fullAt.set(target, lastFull);
    },
    isFull: (target) => isRecent(fullAt.get(target)),
    anyFull: () => isRecent(lastFull),
  };
}
