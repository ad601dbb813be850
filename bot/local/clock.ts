/** A clock that can be moved forward, so that every deadline can be seen happening. Of the local world only. */
import { type Instant, instant } from '../core/ids.ts';
import { localParts } from '../core/time.ts';

export interface MovableClock {
  now(): Instant;
  /** @param minutes more than 0, at most ten years; anything else is left alone */
  forward(minutes: number): void;
  /** A page that shows the clock and moves it. @param nonce that lets its styles count */
  page(nonce: string): string;
}

const longest = 10 * 366 * 24 * 60;

/** Steps that a case knows of: no answer, not reached, a shift, a day, and the follow-ups. */
const steps: [title: string, minutes: number][] = [
  ['1 minute', 1],
  ['5 minutes', 5],
  ['15 minutes', 15],
  ['1 hour', 60],
  ['8 hours', 8 * 60],
  ['1 day', 24 * 60],
  ['1 week', 7 * 24 * 60],
];

export function createMovableClock(): MovableClock {
  let ahead = 0;
  const now = () => instant(Date.now() + ahead);
  return {
    now,
    forward(minutes) {
      if (minutes > 0 && minutes <= longest) ahead += minutes * 60_000;
    },
    page(nonce) {
      const { date, clock } = localParts(now());
      const buttons = steps.map(
        ([title, minutes]) =>
          `<form method="post" action="/local/clock?minutes=${minutes}"><button>${title}</button></form>`,
      );
      return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Clock</title>
<meta name="viewport" content="width=device-width"><style nonce="${nonce}">body{font:1.2rem system-ui;margin:2rem}
form{display:inline}button{font:inherit;margin:.3rem;padding:.4rem .8rem}</style>
<h1>${date} ${clock}</h1><p>The clock of the local world, Europe/Stockholm. Move it forward by</p>
${buttons.join('\n')}
<p>It goes back to the real time when the bot is started again.</p></html>`;
    },
  };
}
