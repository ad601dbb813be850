/** No report and no alarm is lost, whatever is killed or cut, and none stands twice without saying so. */
import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { check } from './checker.ts';
import { storm } from './storm.ts';

const reports = Number(process.env.STORM_REPORTS ?? 1_000);
const kills = Number(process.env.STORM_KILLS ?? 50);
const seeds = (process.env.STORM_SEEDS ?? '1').split(',').map(Number);

describe('a storm', function () {
  this.timeout(60 * 60_000);

  for (const seed of seeds) {
    it(`${reports} reports, ${kills} kills, seed ${seed}: none lost, none doubled unsaid`, async () => {
      const { history, ...weather } = await storm({
        seed,
        reports,
        kills,
        faults: 0.15,
        storage: await emptyAccount({ large: true }),
      });
      const { broken, ...verdict } = check(history);
      const starts = weather.starts.toSorted((a, b) => a - b).map(Math.round);
      const measured = {
        ...verdict,
        ...weather,
        starts: { median: starts[starts.length >> 1], slowest: starts.at(-1) },
      };
      process.stdout.write(`      ${JSON.stringify(measured)}\n`);
      expect(broken.slice(0, 20)).to.deep.equal([]);
      expect(verdict.confirmed).to.equal(reports);
      expect(verdict.cards).to.be.greaterThan(0);
      expect(weather.faults / weather.calls).to.be.at.least(0.04);
    });
  }
});
