/** An instance is stopped at a call for longer than any lease, another takes over, and the first goes on as if nothing had been. */
import { expect } from 'chai';
import { seeded } from './random.ts';
import { withoutTimers } from './simulated.ts';
import { stories } from './story.ts';

const stopsEach = Number(process.env.STOPS_EACH ?? 4);

/** What it was about to send when it was stopped cannot be called back. */
const excused = /was sent though it was taken/;

describe('an instance that is stopped at a call and goes on later', function () {
  this.timeout(10 * 60_000);
  withoutTimers();

  it(`${stopsEach} times at each point: nothing doubled unsaid, no step lost, no older picture left standing`, async () => {
    const broken: string[] = [];
    const points = new Set<string>();
    let stops = 0;
    for (const story of stories) {
      for (const [point, passings] of (await story()).passed) {
        if (points.has(point)) continue;
        points.add(point);
        const times = Math.min(stopsEach, passings);
        for (let n = 0; n < times; n++) {
          // Spread over all its passings, the last one among them.
          const passing = passings - Math.floor((n * passings) / times);
          const told = await story({
            crashes: [{ point, passing, wakes: true }],
            random: n % 2 ? seeded(passing) : undefined,
          });
          stops += told.crashes.length;
          const wrong = told.broken.filter((sentence) => !excused.test(sentence));
          broken.push(...wrong.map((sentence) => `${point}, passing ${passing}: ${sentence}`));
        }
      }
    }
    process.stdout.write(`      ${JSON.stringify({ points: points.size, stops })}\n`);
    expect(broken.slice(0, 20)).to.deep.equal([]);
  });
});
