/** Until what has just been begun has left this process, and whoever was before has had their turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface Loop {
  start(): void;
  /** Ends when the run under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs something again and again, never twice at once. A run that fails is told of and does not end the loop.
 *
 * @param pause milliseconds between the end of one run and the start of the next, or what gives them
 */
export function createLoop(
  run: () => Promise<void>,
  pause: number | (() => number),
  failed: (error: unknown) => void,
): Loop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        running = run().catch(failed).then(next);
      },
      typeof pause === 'number' ? pause : pause(),
    );
  };
  return {
    start: next,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
