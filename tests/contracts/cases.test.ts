import { expect } from 'chai';
import type { AuditEntry } from '../../bot/core/access.ts';
import { type PersonId, system } from '../../bot/core/ids.ts';
import { begin, type IncidentEvent } from '../../bot/core/incident.ts';
import { StorageRefused } from '../../bot/features/ports.ts';
import { at, id, loaded, next, officer, otherId, post, report, reporter, versionOf } from './changes.ts';
import { storages, type World } from './storages.ts';

for (const { name, world: create } of storages) {
  describe(`cases in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });

    it('a case that was never reported is not there', async () => {
      expect(await world.cases.load(id)).to.equal(undefined);
      expect(await world.cases.open(id)).to.deep.equal([]);
      expect(await world.cases.cards({ id, version: 2 })).to.deep.equal([]);
      expect(await world.cases.log(id)).to.deep.equal([]);
    });

    it('what is committed is read as it was, by every instance', async () => {
      const change = report(id, { sealed: { text: 'hot', number: '070-000 00 00' } });
      expect(await world.cases.commit(change)).to.deep.equal({ outcome: 'committed' });
      expect((await loaded(world.other.cases)).incident).to.deep.equal(change.incident);
      expect(await world.other.cases.open(id)).to.deep.equal(change.entries);
      expect(await world.other.cases.events(id)).to.deep.equal(change.entries.map(({ event }) => event));
    });

    it('an exercise, and what became of its pages, is read as it was', async () => {
      const { incident, entries, ...change } = report();
      const [reported] = entries;
      if (reported?.event.type !== 'Reported') throw new Error('no report');
      const event = { ...reported.event, exercise: true } as const;
      await world.cases.commit({ ...change, incident: begin(id, event), entries: [{ event }] });
      const paged = { type: 'Paged', at: at(), by: system, to: 'dutyFunction', outcome: 'unknown' } as const;
      await world.cases.commit(next(await loaded(world.cases), paged));
      expect((await loaded(world.other.cases)).incident).to.include({ exercise: true, version: 2 });
      expect(await world.other.cases.events(id)).to.deep.equal([event, paged]);
    });

    it('who may know, what is shared and what was opened in an emergency are read as they were', async () => {
      const { entries, ...change } = report();
      const [reported] = entries;
      if (reported?.event.type !== 'Reported') throw new Error('no report');
      const kept = { excluded: [officer], confined: { to: [reporter], out: [officer] } };
      const event = { ...reported.event, ...kept };
      await world.cases.commit({ ...change, incident: begin(id, event), entries: [{ event }] });
      const by = { at: at(), by: reporter };
      const people = { to: [reporter], out: [officer], tells: [reporter], asks: [] };
      const happened: IncidentEvent[] = [
        { ...by, type: 'Restricted', ...people },
        { ...by, type: 'Categorised', category: 'employee', protectedIdentity: true },
        { ...by, type: 'Shared', with: 'groupLeader', person: officer },
        { ...by, type: 'Shared', with: 'relative' },
        { ...by, type: 'Talked' },
        { ...by, type: 'Overridden' },
      ];
      for (const each of happened) await world.cases.commit(next(await loaded(world.cases), each));
      expect((await loaded(world.other.cases)).incident).to.deep.include({
        ...kept,
        personCategory: 'employee',
        protectedIdentity: true,
        shared: [{ with: 'groupLeader', person: officer }, { with: 'relative' }],
        talked: by,
        overrides: [by],
      });
      await world.cases.commit(next(await loaded(world.cases), { ...by, type: 'Unshared' }));
      const { incident } = await loaded(world.other.cases);
      expect([incident.shared, incident.talked]).to.deep.equal([undefined, undefined]);
      expect((await world.other.cases.events(id)).slice(1, -1)).to.deep.equal(happened);
    });

    it('events come back in order, each with its own sealed part', async () => {
      await world.cases.commit(report(id, { sealed: { text: 'first' } }));
      for (const text of ['second', undefined, 'fourth']) {
        const change = next(
          await loaded(world.cases),
          undefined,
          text === undefined ? {} : { sealed: { text } },
        );
        await world.cases.commit(change);
      }
      const entries = await world.other.cases.open(id);
      expect(entries.map(({ event }) => event.type)).to.deep.equal(['Reported', 'Noted', 'Noted', 'Noted']);
      expect(entries.map(({ sealed }) => sealed?.text)).to.deep.equal([
        'first',
        'second',
        undefined,
        'fourth',
      ]);
    });

    it('several events of one change are all there', async () => {
      await world.cases.commit(report());
      const first = next(await loaded(world.cases));
      const second = next({ incident: first.incident, tag: first.expected ?? '' });
      await world.cases.commit({ ...second, entries: [...first.entries, ...second.entries] });
      expect(versionOf(await loaded(world.cases))).to.equal(3);
      expect(await world.cases.open(id)).to.have.length(3);
    });

    it('any text is kept to the last unit, up to 200,000 of them', async () => {
      const texts = [
        '',
        'a\u0000b\r\n\t\u001f\u007f',
        '\ud800 alone, \udfff alone, \udc00\ud800 turned round',
        '\u202eRTL\u202c שלום مرحبا',
        '👩‍👩‍👧 e\u0301 é \ufeff\uffff',
        '$' + '{x} [a](http://b) <at>c</at> "\\\'',
        'å'.repeat(200_000),
        '🔥'.repeat(100_000),
      ];
      await world.cases.commit(report(id, { sealed: { text: 'x' } }));
      for (const text of texts) {
        await world.cases.commit(next(await loaded(world.cases), undefined, { sealed: { text } }));
      }
      const entries = await world.other.cases.open(id);
      expect(entries.slice(1).map(({ sealed }) => sealed?.text)).to.deep.equal(texts);
    });

    it('a writer who has not seen the latest version is told so, and changes nothing', async () => {
      await world.cases.commit(report());
      const seen = await loaded(world.cases);
      expect(await world.cases.commit(next(seen))).to.deep.equal({ outcome: 'committed' });
      const stale = next(seen, undefined, { due: [post('stale')] });
      expect(await world.other.cases.commit(stale)).to.deep.equal({ outcome: 'conflict' });
      expect(versionOf(await loaded(world.cases))).to.equal(2);
      expect(await world.cases.open(id)).to.have.length(2);
      expect(await world.cases.due(at())).to.deep.equal([]);
    });

    it('a change to a case that is not there is a conflict', async () => {
      await world.cases.commit(report(otherId));
      const { tag } = await loaded(world.cases, otherId);
      const { incident } = report();
      expect(await world.cases.commit(next({ incident, tag }))).to.deep.equal({ outcome: 'conflict' });
    });

    it('a number taken by another operation is a conflict, and the case under it stays as it is', async () => {
      const first = report(id, { sealed: { text: 'first' } });
      await world.cases.commit(first);
      const second = report(id, { sealed: { text: 'second' } });
      expect(await world.other.cases.commit(second)).to.deep.equal({ outcome: 'conflict' });
      expect(await world.cases.open(id)).to.deep.equal(first.entries);
    });

    it('the same operation happens once, and is told when it first did', async () => {
      const first = report();
      await world.cases.commit(first);
      const replay = { outcome: 'replay', at: at() } as const;
      const again = { ...first, operation: { ...first.operation, at: at(60_000) } };
      expect(await world.other.cases.commit(again)).to.deep.equal(replay);

      const seen = await loaded(world.cases);
      const change = next(seen);
      await world.cases.commit(change);
      expect(await world.other.cases.commit(change), 'with the tag it had').to.deep.equal(replay);
      const later = { ...next(await loaded(world.cases)), operation: change.operation };
      expect(await world.other.cases.commit(later), 'with a new tag').to.deep.equal(replay);
      expect(versionOf(await loaded(world.cases))).to.equal(2);
    });

    it('the same operation three times at once: one commits, two are replays', async () => {
      const change = report(id, { sealed: { text: 'x' } });
      const outcomes = await Promise.all([
        world.cases.commit(change),
        world.other.cases.commit(change),
        world.cases.commit(change),
      ]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).to.deep.equal(['committed', 'replay', 'replay']);
      expect(await world.cases.open(id)).to.deep.equal(change.entries);
    });

    it('one operation may be made of the same words in two cases', async () => {
      const first = report();
      await world.cases.commit(first);
      const second = report(otherId, { operation: first.operation });
      expect(await world.cases.commit(second)).to.deep.equal({ outcome: 'committed' });
    });

    it('properties that a newer version has put in the state survive a rewrite', async () => {
      const change = report();
      await world.cases.commit({
        ...change,
        incident: Object.assign(change.incident, { later: { a: [1] } }),
      });
      await world.cases.commit(next(await loaded(world.cases)));
      expect((await loaded(world.other.cases)).incident).to.deep.include({ later: { a: [1] }, version: 2 });
    });

    it('a case can be closed, written to, reopened and closed again', async () => {
      await world.cases.commit(report());
      const closed = { type: 'Closed', at: at(), by: officer, reason: 'handled' } as const;
      for (const event of [closed, undefined, { type: 'Reopened', at: at(), by: officer } as const, closed]) {
        const outcome = await world.cases.commit(next(await loaded(world.cases), event));
        expect(outcome).to.deep.equal({ outcome: 'committed' });
      }
      expect((await loaded(world.cases)).incident.stage.status).to.equal('closed');
    });

    it('more than one transaction holds is refused, and nothing of it is stored', async () => {
      const rows = Array.from({ length: 150 }, (_, n) => post(`row.${n}`));
      await expectRefused(world.cases.commit(report(id, { due: rows })));
      await expectRefused(world.cases.commit(report(id, { sealed: { text: 'x'.repeat(2_000_000) } })));
      expect(await world.cases.load(id)).to.equal(undefined);
      expect(await world.cases.due(at())).to.deep.equal([]);
    });

    it('a case is listed as open until it is closed', async () => {
      await world.cases.commit(report());
      expect(await world.other.cases.listOpen()).to.deep.equal([id]);
      const closed = { type: 'Closed', at: at(), by: officer, reason: 'handled' } as const;
      await world.cases.commit(next(await loaded(world.cases), closed));
      expect(await world.other.cases.listOpen()).to.deep.equal([]);
    });
    it('what is erased opens no more, in any instance; what happened is still there', async () => {
      await world.cases.commit(report(id, { sealed: { text: 'borta' } }));
      await world.cases.commit(report(otherId, { sealed: { text: 'kvar' } }));
      expect(await world.other.cases.open(id)).to.have.length(1);
      const by = { at: at(), by: officer };
      await world.cases.commit(next(await loaded(world.cases), { type: 'Closed', ...by, reason: 'handled' }));
      const erased = next(await loaded(world.cases), { type: 'Erased', ...by });
      expect(await world.cases.commit(erased)).to.deep.equal({ outcome: 'committed' });
      for (const { cases } of [world, world.other]) {
        await expectRefused(cases.open(id));
        expect((await cases.events(id)).map(({ type }) => type)).to.deep.equal([
          'Reported',
          'Closed',
          'Erased',
        ]);
        expect((await cases.load(id))?.incident.erasedAt).to.equal(at());
        expect(await cases.open(otherId)).to.have.length(1);
      }
    });
    it('the log is kept in order, also when many read at once', async () => {
      const reading = (n: number): AuditEntry => ({ at: at(n), by: officer, what: 'read', why: `card.${n}` });
      await world.cases.record(id, reading(0));
      await Promise.all(
        [1, 2, 3, 4, 5, 6].map((n) => (n % 2 ? world : world.other).cases.record(id, reading(n))),
      );
      await world.cases.record(id, reading(7));
      const readings = await world.other.cases.log(id);
      expect(readings).to.have.length(8);
      expect(readings[0]).to.deep.equal(reading(0));
      expect(readings[7]).to.deep.equal(reading(7));
      expect(readings).to.have.deep.members([0, 1, 2, 3, 4, 5, 6, 7].map(reading));
      expect(await world.cases.log(otherId)).to.deep.equal([]);
    });
    it('a denied try counts once a person, case and hour, also from two instances at once', async () => {
      const minute = 60_000;
      const tried = (by: PersonId, after = 0): AuditEntry => ({
        at: at(after),
        by,
        what: 'denied',
        why: 'details',
      });
      await Promise.all([world, world.other, world].map(({ cases }) => cases.record(id, tried(officer))));
      for (let n = 1; n < 20; n++) await world.cases.record(id, tried(officer, n * minute));
      await world.cases.record(id, tried(reporter, 20 * minute));
      await world.cases.record(id, tried(officer, 60 * minute));
      await world.cases.record(otherId, tried(officer, 61 * minute));
      const log = await world.other.cases.log(id);
      expect(log).to.deep.equal([tried(officer), tried(reporter, 20 * minute), tried(officer, 60 * minute)]);
      expect(await world.cases.log(otherId)).to.deep.equal([tried(officer, 61 * minute)]);
    });
  });
}

async function expectRefused(promise: Promise<unknown>): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(StorageRefused);
}
