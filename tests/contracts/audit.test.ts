import { expect } from 'chai';
import type { AuditEntry } from '../../bot/core/access.ts';
import { at, officer, reporter } from './changes.ts';
import { start, storages, type World } from './storages.ts';

const hour = 3_600_000;

for (const { name, world: create } of storages) {
  describe(`the log of what has no case in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    const today = start.slice(0, 10);
    beforeEach(async () => {
      world = await create();
    });
    const changed = (n: number): AuditEntry => ({
      at: at(n),
      by: officer,
      what: 'roleChanged',
      why: `given.${n}`,
      whom: reporter,
    });

    it('is empty on a day when nothing happened', async () => {
      expect(await world.audit.log(today)).to.deep.equal([]);
    });
    it('keeps what happened, in order, also when two instances write at once', async () => {
      await world.audit.record(changed(0));
      await Promise.all(
        [1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? world : world.other).audit.record(changed(n))),
      );
      await world.audit.record(changed(7));
      const log = await world.other.audit.log(today);
      expect(log).to.have.length(8);
      expect([log[0], log[7]]).to.deep.equal([changed(0), changed(7)]);
      expect(log).to.have.deep.members([0, 1, 2, 3, 4, 5, 6, 7].map(changed));
    });
    it('is another the next day', async () => {
      await world.audit.record(changed(0));
      await world.audit.record(changed(24 * hour));
      expect(await world.audit.log(today)).to.deep.equal([changed(0)]);
      expect(await world.audit.log(at(24 * hour).slice(0, 10))).to.deep.equal([changed(24 * hour)]);
    });
    it('a denied try counts once a person and hour', async () => {
      const tried = (after: number): AuditEntry => ({ at: at(after), by: officer, what: 'denied', why: 'x' });
      for (const after of [0, 1, 2, hour, hour + 1]) await world.audit.record(tried(after));
      expect(await world.other.audit.log(today)).to.deep.equal([tried(0), tried(hour)]);
    });
  });
}
