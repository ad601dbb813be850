/** A burst of alarms must not make one phone ring a thousand times a minute: then nobody could answer it. */
import { minutes } from '../core/time.ts';
import type { Clock, Pager } from './ports.ts';

/** More than so many pages a minute tell their reader nothing more than "Öppna Teams". */
const mostAMinute = 6;
const window = minutes(1);

/**
 * Holds each number to so many pages a minute, counted in this process; one too many is later. Which cases they are
 * about does not matter: whoever opens Teams sees them all, worst first.
 */
export function sparing(pager: Pager, clock: Clock): Pager {
  const rung = new Map<string, number[]>();
  return {
    async page(message) {
      const now = Date.parse(clock());
      for (const [number, times] of rung) {
        const recent = times.filter((at) => now - at < window);
        if (recent.length > 0) rung.set(number, recent);
        else rung.delete(number);
      }
      const times = rung.get(message.number) ?? [];
      const [oldest = now] = times;
      if (times.length >= mostAMinute) return { outcome: 'later', after: oldest + window - now };
      rung.set(message.number, [...times, now]);
      return pager.page(message);
    },
  };
}
