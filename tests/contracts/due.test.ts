import { expect } from 'chai';
import { incidentId, personId } from '../../bot/core/ids.ts';
import type { CardRow, DueRow } from '../../bot/features/ports.ts';
import {
  at,
  card,
  freshening,
  id,
  loaded,
  next,
  officer,
  otherId,
  paging,
  post,
  reminding,
  report,
} from './changes.ts';
import { storages, type World } from './storages.ts';

const lease = 4_000;
const nothing = { due: [], cards: [] };
const whats = (rows: { what: string }[]) => rows.map(({ what }) => what);

for (const { name, world: create } of storages) {
  describe(`what is due, in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });

    const claim = async (rows: DueRow[], by: Pick<World, 'cases'> = world) => {
      const claimed = await by.cases.claim(rows, world.now(), lease);
      if (claimed.length < rows.length) throw new Error('someone else was first');
      return claimed;
    };
    const stored = async (...rows: DueRow[]) => {
      await world.cases.commit(report(id, { due: rows }));
      return rows;
    };

    it('rows are due from their instant on, oldest first, the rows of a case together', async () => {
      await stored(post('c', at(30)), post('a', at(10)), post('later', at(31)));
      await world.cases.commit(report(otherId, { due: [post('b', at(20), otherId)] }));
      expect(whats(await world.other.cases.due(at(30)))).to.deep.equal(['a', 'c', 'b']);
      expect(whats(await world.other.cases.due(at(9)))).to.deep.equal([]);
    });

    it('a due row comes back as it was written', async () => {
      const row = {
        ...freshening('000001.freshen'),
        ...{ tries: 3, repeat: true, except: 'activity/1', card: card(0) },
      };
      await stored(row);
      expect(await world.other.cases.due(at())).to.deep.equal([row]);
    });

    it('a row just written can be claimed at once, without a look', async () => {
      const rows = await stored(post('a'), post('b'));
      expect(whats((await claim(rows)).map(({ row }) => row))).to.deep.equal(['a', 'b']);
    });

    it('a claimed row is nobody else’s until the lease ends', async () => {
      const rows = await stored(post('a'));
      await claim(rows);
      expect(await world.other.cases.due(world.now())).to.deep.equal([]);
      expect(await world.other.cases.claim(rows, world.now(), lease)).to.deep.equal([]);
      expect(await world.cases.claim(rows, world.now(), lease)).to.deep.equal([]);
      world.pass(lease - 1);
      expect(await world.other.cases.due(world.now())).to.deep.equal([]);
      world.pass(1);
      expect(whats(await world.other.cases.due(world.now()))).to.deep.equal(['a']);
    });

    describe('written as held by their writer', () => {
      const written = async (...rows: DueRow[]) => {
        await world.cases.commit(report(id, { due: rows, hold: { rows, from: world.now(), lease } }));
        return rows;
      };

      it('are nobody else’s, and the writer’s to claim, once, and to end', async () => {
        const rows = await written(post('a'), paging('b'));
        expect(await world.other.cases.due(world.now())).to.deep.equal([]);
        expect(
          await world.other.cases.claim(
            [...rows].map((row) => ({ ...row })),
            world.now(),
            lease,
          ),
        ).to.deep.equal([]);
        const claimed = await claim(rows);
        expect(claimed.map(({ row }) => row)).to.deep.equal(rows);
        expect(await world.cases.claim(rows, world.now(), lease)).to.deep.equal([]);
        const follow = { due: [post('c', at(1_000))], cards: [card(1)] };
        expect(await world.cases.complete(claimed, follow)).to.equal(true);
        expect(await world.other.cases.due(at(1_000))).to.deep.equal(follow.due);
      });
      it('are anybody’s when the lease has ended, and a message is then a repeat', async () => {
        const rows = await written(post('a'), reminding('b'));
        world.pass(lease - 1);
        expect(await world.other.cases.due(world.now())).to.deep.equal([]);
        world.pass(1);
        world.passInside(lease);
        const taken = await claim(await world.other.cases.due(world.now()), world.other);
        expect(taken.map(({ row }) => row.repeat)).to.deep.equal([true, false]);
        expect(await world.cases.claim(rows, world.now(), lease)).to.deep.equal([]);
        expect(await world.other.cases.complete(taken, nothing)).to.equal(true);
      });
      it('who comes too late to claim them has them as a repeat, and who claimed in time ends nothing', async () => {
        const [first] = await written(post('a'));
        world.pass(lease);
        world.passInside(lease);
        const late = await claim(first ? [first] : []);
        expect(late.map(({ row }) => row.repeat)).to.deep.equal([true]);
        expect(await world.cases.complete(late, nothing)).to.equal(true);

        const loadedNow = await loaded(world.cases);
        const due = [post('b')];
        await world.cases.commit(
          next(loadedNow, undefined, { due, hold: { rows: due, from: world.now(), lease } }),
        );
        const held = await claim(due);
        world.passInside(lease);
        expect(await world.cases.complete(held, nothing)).to.equal(false);
      });
      it('some may be ended when the lease has: the others are then there still, and a message a repeat', async () => {
        await written(post('a'), post('b'), reminding('c'));
        world.pass(lease);
        world.passInside(lease);
        const [first] = await world.other.cases.due(world.now());
        const one = await claim(first ? [first] : [], world.other);
        const follow = { due: [post('d')], cards: [card(1)] };
        expect(await world.other.cases.complete(one, follow)).to.equal(true);
        const left = await claim(await world.cases.due(world.now()));
        expect(left.map(({ row: { what, repeat } }) => [what, repeat])).to.have.deep.members([
          ['b', true],
          ['c', false],
          ['d', false],
        ]);
        expect(await world.cases.complete(left, nothing)).to.equal(true);
        expect(await world.cases.due(world.now())).to.deep.equal([]);
      });
      it('some may be ended before the others, which are then there still', async () => {
        const rows = await written(post('a'), post('b'));
        const claimed = await claim(rows);
        expect(await world.cases.complete(claimed.slice(0, 1), nothing)).to.equal(true);
        world.pass(lease);
        world.passInside(lease);
        const left = await claim(await world.other.cases.due(world.now()), world.other);
        expect(left.map(({ row: { what, repeat } }) => [what, repeat])).to.deep.equal([['b', true]]);
      });
      describe('with others planned for later in the same change', () => {
        const [now, soon, later] = [post('a'), post('b', at(60_000)), post('c', at(120_000))];
        const withRepeat = (rows: { row: DueRow }[]) =>
          rows.map(({ row: { what, repeat } }) => [what, repeat]);
        beforeEach(async () => {
          const hold = { rows: [now], from: world.now(), lease };
          await world.cases.commit(report(id, { due: [now, soon, later], hold }));
        });

        it('leave those to their time', async () => {
          expect(await world.cases.complete(await claim([now]), nothing)).to.equal(true);
          expect(await world.other.cases.due(at(59_999))).to.deep.equal([]);
          expect(await world.other.cases.due(at(60_000))).to.deep.equal([soon]);
          expect(await world.other.cases.due(at(120_000))).to.deep.equal([soon, later]);
        });
        it('are a repeat when the writer has died, and those are not', async () => {
          world.pass(lease);
          world.passInside(lease);
          const again = await claim(await world.other.cases.due(world.now()), world.other);
          expect(withRepeat(again)).to.deep.equal([['a', true]]);
          expect(await world.other.cases.complete(again, nothing)).to.equal(true);
          expect(await world.cases.due(at(120_000))).to.deep.equal([soon, later]);
        });
        it('nor are they when all are found late', async () => {
          world.pass(90_000);
          world.passInside(90_000);
          const late = await claim(await world.other.cases.due(world.now()), world.other);
          expect(withRepeat(late)).to.deep.equal([
            ['a', true],
            ['b', false],
          ]);
          expect(await world.other.cases.complete(late, nothing)).to.equal(true);
          expect(await world.cases.due(at(120_000))).to.deep.equal([later]);
        });
        it('stand in the agenda with them, before and after', async () => {
          const agenda = async () => whats((await world.other.cases.watch(at(1))).agenda);
          expect(new Set(await agenda())).to.deep.equal(new Set(['a', 'b', 'c']));
          await world.cases.complete(await claim([now]), nothing);
          expect(new Set(await agenda())).to.deep.equal(new Set(['b', 'c']));
        });
      });
      it('which, the writer says; the others are held by nobody', async () => {
        const [mine, others] = [post('a'), post('b')];
        const hold = { rows: [mine], from: world.now(), lease };
        await world.cases.commit(report(id, { due: [mine, others], hold }));
        expect(await world.other.cases.due(at())).to.deep.equal([others]);
      });
    });

    describe('planned for later in one change', () => {
      const planned = [post('c', at(30)), reminding('a', at(10)), post('b', at(20))];
      const [third, first, second] = planned;
      beforeEach(async () => {
        await world.cases.commit(report(id, { due: planned }));
      });

      it('come each in their time, however the ones before have ended', async () => {
        expect(await world.other.cases.due(at(9))).to.deep.equal([]);
        for (const row of [first, second, third]) {
          const due = await world.other.cases.due(row?.at ?? at());
          expect(due).to.deep.equal([row]);
          const claimed = await claim(due, world.other);
          expect(claimed.map((one) => one.row)).to.deep.equal([row]);
          expect(await world.other.cases.complete(claimed, nothing)).to.equal(true);
        }
        expect(await world.cases.due(at(30))).to.deep.equal([]);
      });
      it('are all found when all are late, and ended together or one before the others', async () => {
        const late = await world.other.cases.due(at(30));
        expect(late).to.deep.equal([first, second, third]);
        const claimed = await claim(late.slice(1, 2), world.other);
        expect(await world.other.cases.complete(claimed, { due: [], cards: [card(1)] })).to.equal(true);
        const left = await claim(await world.cases.due(at(30)));
        expect(left.map(({ row }) => row)).to.have.deep.members([first, third]);
        expect(await world.cases.complete(left, nothing)).to.equal(true);
        expect(await world.other.cases.due(at(30))).to.deep.equal([]);
      });
      it('are held one by one or together, and let go of with the lease', async () => {
        const late = await world.other.cases.due(at(30));
        const held = await claim(late.slice(0, 1), world.other);
        await world.cases.claim(late.slice(1), world.now(), lease);
        world.pass(lease);
        const again = await claim(await world.cases.due(world.now()));
        expect(new Set(again.map(({ row: { what } }) => what))).to.deep.equal(new Set(['a', 'b', 'c']));
        expect(await world.other.cases.complete(held, nothing)).to.equal(false);
        expect(await world.cases.complete(again, nothing)).to.equal(true);
      });
      it('all stand in the agenda, also when one of them is due', async () => {
        for (const when of [at(9), at(10), at(30)]) {
          const { agenda, whole } = await world.other.cases.watch(when);
          expect(new Set(whats(agenda)), when).to.deep.equal(new Set(['a', 'b', 'c']));
          expect(whole).to.equal(true);
        }
      });
    });

    it('of workers that claim the same rows at once, one gets them', async () => {
      await stored(post('a'), post('b'));
      const seen = await Promise.all(
        [world, world.other, world, world.other].map(({ cases }) => cases.due(at())),
      );
      const claims = await Promise.all(
        seen.map((rows, n) => (n % 2 ? world : world.other).cases.claim(rows, world.now(), lease)),
      );
      expect(claims.filter(({ length }) => length > 0)).to.have.length(1);
    });

    it('rows are claimed all or none', async () => {
      const [a, b] = [post('a'), post('b')];
      await stored(a, b);
      await claim([a]);
      expect(await world.other.cases.claim([{ ...a }, { ...b }], world.now(), lease)).to.deep.equal([]);
      expect(whats(await world.other.cases.due(world.now()))).to.deep.equal(['b']);
      expect(await world.cases.claim([post('never written')], world.now(), lease)).to.deep.equal([]);
      expect(await world.cases.claim([], world.now(), lease)).to.deep.equal([]);
    });

    it('rows of many cases are claimed together, and ended each with what follows it', async () => {
      const numbers = Array.from({ length: 120 }, (_, n) =>
        incidentId(`H26-000-${String(n).padStart(3, '0')}`),
      );
      for (const of of numbers) await world.cases.commit(report(of, { due: [post('a', at(), of)] }));
      const claimed = await claim(await world.other.cases.due(at()), world.other);
      expect(new Set(claimed.map(({ row }) => row.id))).to.deep.equal(new Set(numbers));
      const follow = {
        due: numbers.slice(60).map((of) => post('b', at(), of)),
        cards: numbers.slice(0, 60).map((of) => card(1, { id: of })),
      };
      expect(await world.other.cases.complete(claimed, follow)).to.equal(true);
      expect(new Set((await world.cases.due(at())).map(({ id: of }) => of))).to.deep.equal(
        new Set(numbers.slice(60)),
      );
      const [first] = follow.cards;
      expect(await world.cases.cards({ id: numbers[0] ?? id, version: 1 })).to.deep.equal([first]);
    });

    it('of rows of many cases those that somebody else has are left to them', async () => {
      await world.cases.commit(report(id, { due: [post('a')] }));
      await world.cases.commit(report(otherId, { due: [post('a', at(), otherId)] }));
      const rows = await world.cases.due(at());
      const theirs = await claim([post('a')], world.other);
      expect(theirs.map(({ row }) => row.id)).to.deep.equal([id]);
      const ours = await world.cases.claim(rows, world.now(), lease);
      expect(ours.map(({ row }) => row.id)).not.to.include(id);
    });

    it('what shows in a chat comes back as a repeat when it was let go of, anything else does not', async () => {
      const rows = await stored(post('a'), freshening('b'), reminding('c'));
      expect((await claim(rows)).map(({ row }) => row.repeat)).to.deep.equal([false, false, false]);
      world.pass(lease);
      const again = await claim(rows, world.other);
      expect(again.map(({ row }) => row.repeat)).to.deep.equal([true, true, false]);
      world.pass(lease);
      const seen = await world.cases.due(world.now());
      expect((await claim(seen)).map(({ row }) => row.repeat)).to.deep.equal([true, true, false]);
    });

    it('a page comes back as it was written, and comes again in its own place a minute later', async () => {
      const [mine, byNumber] = await stored(paging('a'), paging('b', 'dutyFunction'));
      expect(await world.other.cases.due(at())).to.deep.equal([mine, byNumber]);
      await claim(await world.other.cases.due(at()));
      world.pass(lease);
      const again = await claim(await world.other.cases.due(world.now()), world.other);
      expect(again.map(({ row }) => row.repeat)).to.deep.equal([false, false]);
      const follow = again.map(({ row }) => ({ ...row, at: at(60_000), repeat: true }));
      expect(await world.other.cases.complete(again, { due: follow, cards: [] })).to.equal(true);
      expect(await world.cases.due(at(59_999))).to.deep.equal([]);
      expect(await world.cases.due(at(60_000))).to.deep.equal(follow);
    });

    it('however many pages are due, what came after them is due too', async () => {
      await stored(post('a', at(1)));
      await world.cases.plan(Array.from({ length: 200 }, (_, n) => paging(`p${n}`)));
      expect(whats(await world.other.cases.due(at(1)))).to.include('a');
      expect(whats((await world.other.cases.watch(world.now())).agenda)).to.have.length(201);
    });

    it('the holder ends its rows, with what follows and the cards, in one go', async () => {
      const claimed = await claim(await stored(post('a'), post('b')));
      const follow = { due: [post('c', at(1_000))], cards: [card(1)] };
      expect(await world.cases.complete(claimed, follow)).to.equal(true);
      expect(await world.other.cases.due(at(1_000))).to.deep.equal(follow.due);
      expect(await world.other.cases.cards({ id, version: 1 })).to.deep.equal(follow.cards);
    });

    it('a holder may write one of its rows anew under the same name; it is then held by nobody', async () => {
      const [row] = await stored(post('a'));
      const claimed = await claim(row ? [row] : []);
      const again = { ...post('a'), tries: 1 };
      expect(await world.cases.complete(claimed, { due: [again], cards: [] })).to.equal(true);
      expect(await world.other.cases.due(at())).to.deep.equal([again]);
      expect((await claim([again])).map(({ row: { repeat } }) => repeat)).to.deep.equal([false]);
    });

    it('who lost the lease to another ends nothing', async () => {
      const rows = await stored(post('a'));
      const first = await claim(rows);
      world.pass(lease);
      const second = await claim(rows, world.other);
      const follow = { due: [post('c')], cards: [card(1)] };
      expect(await world.cases.complete(first, follow)).to.equal(false);
      expect(await world.cases.cards({ id, version: 1 })).to.deep.equal([]);
      expect(await world.other.cases.complete(second, nothing)).to.equal(true);
      expect(await world.cases.due(at(lease))).to.deep.equal([]);
      expect(await world.cases.complete(first, nothing)).to.equal(false);
    });

    it('who lost one of several rows ends none of them', async () => {
      const [a, b] = [post('a'), post('b')];
      await stored(a, b);
      const both = await claim([a, b]);
      world.pass(lease);
      const second = await claim([b], world.other);
      expect(await world.cases.complete(both, nothing)).to.equal(false);
      expect(whats(await world.cases.due(world.now()))).to.deep.equal(['a']);
      expect(await world.other.cases.complete(second, nothing)).to.equal(true);
    });

    it('who slept through the lease ends nothing, whatever the clock on the wall says', async () => {
      const claimed = await claim(await stored(post('a')));
      world.passInside(lease);
      expect(await world.cases.complete(claimed, nothing)).to.equal(false);
      world.pass(lease);
      expect(whats(await world.cases.due(world.now()))).to.deep.equal(['a']);
    });

    it('a clock moved forward does not take a lease from its holder', async () => {
      const claimed = await claim(await stored(post('a')));
      world.pass(365 * 24 * 3_600_000);
      expect(await world.cases.complete(claimed, nothing)).to.equal(true);
    });

    it('planning a row that is there changes nothing, held or not', async () => {
      const [row] = await stored(post('a'));
      const claimed = await claim(row ? [row] : []);
      await world.other.cases.plan([{ ...post('a'), tries: 9 }, post('b')]);
      expect(whats(await world.cases.due(at()))).to.deep.equal(['b']);
      expect(await world.cases.complete(claimed, nothing)).to.equal(true);
      await world.cases.plan([post('b')]);
      expect(await world.cases.due(at())).to.deep.equal([post('b')]);
    });

    it('a row that follows and is there already is no reason to end nothing', async () => {
      const [a] = [post('a')];
      await stored(a, post('b'));
      const claimed = await claim([a]);
      expect(await world.cases.complete(claimed, { due: [post('b')], cards: [] })).to.equal(true);
      expect(await world.cases.due(at())).to.deep.equal([post('b')]);
    });

    it('a change adds its rows to those that are there', async () => {
      await stored(post('a'));
      await world.cases.commit(next(await loaded(world.cases), undefined, { due: [post('b')] }));
      expect(whats(await world.other.cases.due(at())).sort()).to.deep.equal(['a', 'b']);
    });

    it('a change whose row is there already is a conflict: whoever holds that row is not disturbed', async () => {
      const rows = await stored(post('a'));
      const claimed = await claim(rows);
      const change = next(await loaded(world.cases), undefined, { due: [post('a')] });
      expect(await world.other.cases.commit(change)).to.deep.equal({ outcome: 'conflict' });
      expect(await world.cases.complete(claimed, nothing)).to.equal(true);
    });

    it('of a case with very many rows a sweep gives as many as can be ended together', async () => {
      const rows = Array.from({ length: 90 }, (_, n) => post(`row.${n}`, at(n)));
      await stored(...rows);
      expect(await world.cases.claim(rows, world.now(), lease).catch((error: Error) => error.name)).to.equal(
        'StorageRefused',
      );
      const left = [];
      for (let sweeps = 0; sweeps < 3; sweeps++) {
        const due = await world.cases.due(at(90));
        left.push(...whats(due));
        expect(await world.cases.complete(await claim(due), nothing)).to.equal(true);
      }
      expect(left).to.deep.equal(whats(rows));
    });
  });

  describe(`cards in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    const alarm = (version: number, parts: Partial<CardRow> = {}): CardRow =>
      card(0, { notice: 'alarm', to: officer, version, ...parts });
    beforeEach(async () => {
      world = await create();
      await world.cases.commit(report());
      await write('first', card(1), alarm(1));
    });
    /** Ends a row that stands for nothing else. */
    const write = async (what: string, ...cards: CardRow[]) => {
      const row = post(what, at(), cards[0]?.id);
      await world.cases.plan([row]);
      const claimed = await world.cases.claim([row], world.now(), lease);
      expect(await world.cases.complete(claimed, { due: [], cards })).to.equal(true);
    };

    it('are those of their case, up to the version asked for', async () => {
      await world.cases.commit(report(otherId));
      await write('other', card(1, { id: otherId }));
      const more = [2, 8, 9, 40].map((version) => alarm(version));
      await write('a', ...more);
      const upTo = (version: number) => world.other.cases.cards({ id, version });
      expect(await upTo(40)).to.have.deep.members([card(1), alarm(1), ...more]);
      expect(await upTo(8)).to.have.deep.members([card(1), alarm(1), alarm(2), alarm(8)]);
      expect(await upTo(1)).to.have.deep.members([card(1), alarm(1)]);
    });

    it('are told apart by what they are, whose, and by what they were caused', async () => {
      const odd = [alarm(1, { to: personId('a_b') }), alarm(1, { to: personId('a.b') }), alarm(2)];
      await write('a', ...odd);
      expect(await world.other.cases.cards({ id, version: 2 })).to.have.deep.members([
        card(1),
        alarm(1),
        ...odd,
      ]);
    });

    it('one drawn or posted anew takes the place of the old, and leaves the others', async () => {
      await write('a', card(2));
      await write('b', alarm(1, { activityId: 'activity-2' }));
      expect(await world.other.cases.cards({ id, version: 1 })).to.have.deep.members([
        card(2),
        alarm(1, { activityId: 'activity-2' }),
      ]);
    });
  });
}
