/** Who goes first: somebody who waits for an answer or an alarm, before all that is only looked through. */
export interface Way {
  /** Does what somebody waits for. */
  first<T>(run: () => Promise<T>): Promise<T>;
  /** Resolves when nobody waits any more; in a crowd somebody always does, and `longest` ms are enough. */
  giveWay(): Promise<void>;
}

const longest = 20;

export function createWay(): Way {
  let waiting = 0;
  const giving = new Set<() => void>();
  return {
    async first(run) {
      waiting += 1;
      try {
        return await run();
      } finally {
        waiting -= 1;
        if (waiting === 0) for (const goOn of giving) goOn();
      }
    },
    async giveWay() {
      if (waiting === 0) return;
      await new Promise<void>((resolve) => {
        const goOn = () => {
          clearTimeout(timer);
          giving.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, longest);
        giving.add(goOn);
      });
    },
  };
}
