/** The checker and the crash points are themselves checked: every bug put into the product is seen, and none where there is none. */
import { expect } from 'chai';
import { bugs } from './bugs.ts';
import { seeded } from './random.ts';
import { type Plan, withoutTimers } from './simulated.ts';
import { tell, tellOfMany } from './story.ts';

/** Without a crash, with two workers, and with a crash at each of the first calls and at every seventh after them. */
const weathers: Plan[] = [
  {},
  { twin: true },
  ...Array.from({ length: 80 }, (_, n) => ({
    crashes: [{ passing: n < 10 ? n + 1 : 7 * n - 60 }],
    random: seeded(n),
    twin: n % 3 === 0,
  })),
];

describe('seeded bugs', function () {
  this.timeout(120_000);
  withoutTimers();

  it('where there is no bug none is seen', async () => {
    for (const story of [tell, tellOfMany]) {
      for (const weather of weathers) expect((await story(weather)).broken).to.deep.equal([]);
    }
  });

  for (const { name, seenAs, story = tell, ...bug } of bugs) {
    it(`${name}: seen`, async () => {
      const said: string[] = [];
      for (const weather of weathers) {
        said.push(...(await story({ ...weather, ...bug })).broken);
        const seen = said.find((sentence) => seenAs.test(sentence));
        if (!seen) continue;
        process.stdout.write(`      "${seen}"\n`);
        return;
      }
      expect.fail(`not seen; the checker said: ${said.slice(0, 5).join('; ')}`);
    });
  }
});
