import type { Paged, Pager, PhoneMessage } from '../features/ports.ts';

/** One way to make a phone ring: SMS or voice. */
export type Way = (message: PhoneMessage) => Promise<Paged>;

/** All ways at once. It is sent when one of them is; a minute later all are tried again. */
export const pagerOf = (ways: Way[]): Pager => ({
  async page(message) {
    const paged = await Promise.all(ways.map((way) => way(message)));
    const best = order.flatMap((outcome) => paged.filter((one) => one.outcome === outcome));
    return best[0] ?? { outcome: 'gone' };
  },
});

const order: Paged['outcome'][] = ['sent', 'unknown', 'later', 'gone'];
