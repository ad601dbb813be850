/** How fast one conversation may be sent to. */

/** When a conversation was sent to: each time for half a minute, then only how many in each minute. */
export interface Sends {
  /** Epoch milliseconds, ascending. */
  recent: number[];
  /** Minutes since the epoch, and how many were sent in each. */
  minutes: [minute: number, count: number][];
}

export const noSends: Sends = { recent: [], minutes: [] };

/** At most so many in so many milliseconds. */
export interface Pace {
  recent: readonly [most: number, span: number][];
  hour: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** How long each send is remembered by itself; no span of `Pace.recent` is longer. */
const remembered = 32_000;
const clocksDiffer = 5_000;

/**
 * Teams takes 7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour from one bot in one conversation, over all its
 * instances (PLATFORM 2). A message may be a second under way, so these spans are longer and the numbers lower.
 */
export const answerPace: Pace = {
  recent: [
    [7, 3_000],
    [55, remembered],
  ],
  hour: 1_700,
};

/** What comes by itself leaves room for answers: who writes to the bot in a storm of notices is answered. */
export const noticePace: Pace = {
  recent: [
    [5, 3_000],
    [40, remembered],
  ],
  hour: 1_500,
};

/**
 * How many milliseconds until one more may be sent; 0 when it may now.
 *
 * @param now epoch milliseconds
 */
export function waitFor(sends: Sends, pace: Pace, now: number): number {
  const { recent, minutes } = stillCounting(sends, now);
  const waits = pace.recent.map(([most, span]) => {
    const blocking = recent.at(-most);
    return blocking === undefined ? 0 : blocking + span - now;
  });
  const inTheHour = minutes.reduce((sum, [, count]) => sum + count, 0);
  return Math.max(0, ...waits, inTheHour < pace.hour ? 0 : minute);
}

/** One more was sent. */
export function sentAt(sends: Sends, now: number): Sends {
  const { recent, minutes } = stillCounting(sends, now);
  const thisMinute = Math.floor(now / minute);
  const before = minutes.find(([each]) => each === thisMinute)?.[1] ?? 0;
  return {
    recent: [...recent, now].sort((a, b) => a - b),
    minutes: [...minutes.filter(([each]) => each !== thisMinute), [thisMinute, before + 1]],
  };
}

/** What lies ahead of now by more than clocks differ was written by a clock that was wrong, and would block for ever. */
function stillCounting({ recent, minutes }: Sends, now: number): Sends {
  const ahead = now + clocksDiffer;
  const [first, last] = [Math.floor((now - hour) / minute), Math.floor(ahead / minute)];
  return {
    recent: recent.filter((sent) => sent > now - remembered && sent <= ahead),
    minutes: minutes.filter(([each]) => each > first && each <= last),
  };
}
