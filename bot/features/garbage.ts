import { createLoop, type Loop } from './loop.ts';
import type { Way } from './way.ts';

export interface GarbageParts {
  giveWay: Way['giveWay'];
  /** Node's own `gc`, there when it was started with `--expose-gc`. */
  collect: NodeJS.GCFunction;
  /** How much of its memory Node uses, in bytes. */
  used: () => number;
}

/** In ms. What a report and the looks of a second leave is a third of what makes Node stop and clear away by itself. */
const every = 1_000;
/** Before it has doubled, when Node goes through all by itself (`--heap-growing-percent=100`). */
const grown = 1.25;

/**
 * Clears away what has been left over, while nobody waits for an answer or an alarm: of what is new every second, and of
 * all when it has grown by a quarter. Node by itself does it when there is no more room, which is in the middle of what
 * somebody waits for: for 5 ms, and for a tenth of a second when it goes through all.
 */
export function createGarbage(
  { giveWay, collect, used }: GarbageParts,
  failed: (error: unknown) => void,
): Loop {
  let kept = used();
  const clear = async () => {
    await giveWay();
    collect({ type: 'minor' });
    if (used() < grown * kept) return;
    collect({ type: 'major' });
    kept = used();
  };
  return createLoop(clear, every, failed);
}
