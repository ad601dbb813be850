/**
 * Crash points: every call that an instance makes to storage or Teams, before it is sent and after it is done, named by
 * the line of the product that waits for it. They come from the ports themselves, so a new call is a new point.
 */
import { fileURLToPath } from 'node:url';
import { nextTurn } from '../../bot/features/loop.ts';
import type { Outside } from '../world/instance.ts';
import type { Random } from './random.ts';

const bot = fileURLToPath(new URL('../../bot/', import.meta.url));

/** Where an instance ends, once: at this passing, from 1, of a point. Without a name any point counts. */
export interface CrashAt {
  point?: string;
  passing: number;
  /** It is only stopped there, for longer than any lease, and goes on as if nothing had happened. */
  wakes?: boolean;
}

export interface Points {
  /** The ports with points on them, for one instance. */
  outside: Outside;
  /** How often each point has been passed. */
  passed: Map<string, number>;
  /** Whether this instance waits for an answer. */
  waits(): boolean;
  /** Ends when the instance does. */
  crash: Promise<void>;
  /** The point at which it ended. */
  crashedAt(): string | undefined;
  /** Lets one that was only stopped go on. */
  wake(): void;
}

/**
 * @param crashAt where it crashes: from then on it is never answered, and nothing it asks for is done
 * @param random changes what overtakes what; without it everything goes in its order
 */
export function withPoints(outside: Outside, crashAt?: CrashAt, random?: Random): Points {
  const passed: Points['passed'] = new Map();
  const end = Promise.withResolvers<void>();
  const sleep = Promise.withResolvers<void>();
  let crashed: string | undefined;
  let awake = false;
  let waiting = 0;
  let passings = 0;

  /** @returns whether the instance was stopped here, and goes on */
  const pass = async (point: string): Promise<boolean> => {
    if (!crashed) {
      const times = (passed.get(point) ?? 0) + 1;
      passed.set(point, times);
      passings += 1;
      const here = crashAt?.point === undefined ? passings : point === crashAt.point && times;
      if (crashAt?.passing === here) {
        crashed = point;
        end.resolve();
      }
    }
    const held = crashed !== undefined && !awake;
    if (crashed) await sleep.promise;
    return held;
  };

  const call = async (name: string, run: () => Promise<unknown>): Promise<unknown> => {
    waiting += 1;
    const heldBefore = await pass(`${name}:before`);
    for (let turns = random ? random.between(0, 4) : 0; turns >= 1; turns--) await nextTurn();
    let held = heldBefore;
    try {
      const answer = await run();
      held = (await pass(`${name}:after`)) || held;
      // The time for a message has run out meanwhile, whatever came of it.
      return held && name.includes(' messenger.') ? { outcome: 'unknown' } : answer;
    } finally {
      waiting -= 1;
    }
  };

  const ports = Object.entries(outside).map(([port, methods]: [string, object]) => [
    port,
    Object.fromEntries(
      Object.entries(methods).map(([method, run]) => [
        method,
        typeof run === 'function'
          ? (...given: unknown[]) => call(`${caller()} ${port}.${method}`, () => run(...given))
          : run,
      ]),
    ),
  ]);
  return {
    outside: Object.fromEntries(ports),
    passed,
    waits: () => waiting > 0,
    crash: end.promise,
    crashedAt: () => crashed,
    wake() {
      if (!crashAt?.wakes) return;
      awake = true;
      sleep.resolve();
    },
  };
}

const named = new Map<string, string>();

/** The line of the product that calls: `features/deliver.ts:148`. */
function caller(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 4;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const line = stack.split('\n').find((frame) => frame.includes(bot)) ?? '';
  const known = named.get(line) ?? /([^/\\]+[/\\][^/\\]+\.ts:\d+):\d+\)?$/.exec(line)?.[1] ?? 'elsewhere';
  named.set(line, known);
  return known;
}
