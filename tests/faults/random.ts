/** Random, and the same again from the same seed: a run that failed can be run again. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number;
  /** True this often, 0 to 1. */
  chance(often: number): boolean;
  /** Milliseconds, or any number, from `low` up to `high`. */
  between(low: number, high: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** mulberry32: small, and good enough to choose faults by. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (often) => next() < often,
    between: (low, high) => low + next() * (high - low),
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  };
}
