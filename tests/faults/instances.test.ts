/** Two and three instances on one storage, one of them stopped for a while and going on under load (DESIGN 5). */
import { expect } from 'chai';
import { emptyAccount } from '../world/azurite.ts';
import { check } from './checker.ts';
import { shared } from './instances.ts';

/** Seconds; longer than any lease. */
const pause = Number(process.env.PAUSE_SECONDS ?? 8);
const pauses = Number(process.env.PAUSES ?? 1);

describe('several instances', function () {
  this.timeout(30 * 60_000);

  for (const instances of [2, 3]) {
    it(`${instances}, one stopped for ${pause} s, ${pauses} times: nothing lost, doubled unsaid or left standing`, async () => {
      const { connection } = await emptyAccount();
      const { history, ...weather } = await shared({
        seed: instances,
        instances,
        pauses,
        pause: pause * 1_000,
        faults: 0.1,
        connection: connection(),
      });
      const { broken, ...verdict } = check(history);
      process.stdout.write(`      ${JSON.stringify({ ...verdict, ...weather })}\n`);
      expect(broken.slice(0, 20)).to.deep.equal([]);
      expect(verdict.confirmed).to.equal(weather.reports);
      expect(verdict.cards).to.be.at.least(weather.reports);
    });
  }
});
