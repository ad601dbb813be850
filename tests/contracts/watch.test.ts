/** What the auditor reads is what is stored: each open case with its next step, and every due row, held or not. */
import { expect } from 'chai';
import { nextStepOf } from '../../bot/core/nextStep.ts';
import { minutes } from '../../bot/core/time.ts';
import { replan } from '../../bot/features/replan.ts';
import { at, freshening, id, loaded, next, officer, otherId, post, report } from './changes.ts';
import { storages, type World } from './storages.ts';

for (const { name, world: create } of storages) {
  describe(`what the auditor reads, in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });

    it('every open case, with the step that must stand in its agenda as it is now', async () => {
      await world.cases.commit(report());
      await world.cases.commit(report(otherId));
      const { open, whole } = await world.other.cases.watch(world.now());
      const step = nextStepOf(report().incident);
      expect(open).to.have.deep.members([
        { id, next: step, unanswered: false, keptTo: null },
        { id: otherId, next: step, unanswered: false, keptTo: null },
      ]);
      expect(whole).to.equal(true);
      await world.cases.commit(
        next(await loaded(world.cases), { type: 'Closed', at: at(), by: officer, reason: 'handled' }),
      );
      const reached = { type: 'Reached', at: at(), by: officer } as const;
      await world.cases.commit(next(await loaded(world.cases, otherId), reached));
      expect((await world.other.cases.watch(world.now())).open).to.deep.equal([
        { id: otherId, next: undefined, unanswered: false, keptTo: null },
      ]);
    });

    it('whether everyone has been asked and nobody has answered', async () => {
      await world.cases.commit(report());
      const escalated = { type: 'Escalated', at: at(), by: officer, rung: 1 } as const;
      await world.cases.commit(next(await loaded(world.cases), escalated));
      expect(
        (await world.other.cases.watch(world.now())).open.map(({ unanswered }) => unanswered),
      ).to.deep.equal([true]);
    });

    it('who alone may be told of a case that is kept from some', async () => {
      await world.cases.commit(report());
      const nobody = { out: [], tells: [], asks: [] };
      await world.cases.commit(
        next(await loaded(world.cases), {
          type: 'Restricted',
          at: at(),
          by: officer,
          to: [officer],
          ...nobody,
        }),
      );
      const { open } = await world.other.cases.watch(world.now());
      expect(open.map(({ keptTo }) => keptTo)).to.deep.equal([[officer]]);
    });

    it('every due row: now, later, and held by someone', async () => {
      const rows = [post('a'), freshening('b', at(minutes(60)))];
      await world.cases.commit(report(id, { due: rows }));
      await world.cases.claim(rows.slice(0, 1), world.now(), 4_000);
      expect((await world.other.cases.watch(world.now())).agenda).to.have.deep.members(rows);
    });

    it('when very much is overdue, that and no more: what is missing cannot be told then', async () => {
      await world.cases.commit(report(id, { due: [post('later', at(minutes(60)))] }));
      await world.cases.plan(Array.from({ length: 249 }, (_, n) => post(`p${n}`)));
      const calm = await world.other.cases.watch(world.now());
      expect([calm.whole, calm.agenda.length]).to.deep.equal([true, 250]);
      await world.cases.plan([post('p249')]);
      const crowd = await world.other.cases.watch(world.now());
      expect([crowd.whole, crowd.agenda.length]).to.deep.equal([false, 250]);
      expect(crowd.agenda.map(({ what }) => what)).not.to.include('later');
    });

    it('a lost step is put back once, and the case is as it was', async () => {
      await world.cases.commit(report());
      const before = (await loaded(world.cases)).incident;
      const ports = {
        hmac: (text: string) => Buffer.from(text.padEnd(32)),
        hold: () => undefined,
        wake: () => undefined,
      };
      await Promise.all(
        [world, world.other].map(({ cases }) => replan({ cases, ...ports }, id, world.now())),
      );
      const { agenda } = await world.cases.watch(world.now());
      expect(agenda.map(({ effect }) => effect)).to.deep.equal([nextStepOf(before)]);
      expect((await loaded(world.other.cases)).incident).to.deep.equal(before);
    });
  });
}
