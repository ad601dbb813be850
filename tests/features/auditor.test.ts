/** The auditor: sees each thing that can go wrong, says it once, and mends what can be mended. */
import { expect } from 'chai';
import type { Effect } from '../../bot/core/effects.ts';
import { later, minutes } from '../../bot/core/time.ts';
import type { Auditor } from '../../bot/features/auditor.ts';
import { type DueRow, StorageRefused } from '../../bot/features/ports.ts';
import { texts } from '../../bot/text/index.ts';
import { people } from '../world/bot.ts';
import { createWorld, type World } from '../world/world.ts';

const { watch, labels, page } = texts('sv');

describe('the auditor', () => {
  let world: World;
  let auditor: Auditor;
  beforeEach(async () => {
    world = createWorld();
    await world.joins();
    for (const who of ['Alva', 'Tove', 'Samir']) await world.writes(who, 'meny');
    auditor = world.auditor();
  });
  const said = () =>
    world
      .sees('channel')
      .map(({ view }) => view.summary)
      .filter((summary) => Object.values(watch).some((one) => one.summary === summary));
  const looks = async (count: number, by: Auditor[] = [auditor]) => {
    for (let n = 0; n < count; n++) {
      await Promise.all(by.map((one) => one.look()));
      await world.settle();
      // The world's own worker fails too when the storage does.
      await world.pass(10_000).catch((error: unknown) => expect(error).to.be.instanceOf(StorageRefused));
    }
  };
  const alarm = async () => {
    await world.writes('Alva', 'akut');
    await world.presses('Alva', 'report');
  };
  const lose = async (what: Effect['do']) => {
    const { cases } = world.storage;
    const { agenda } = await cases.watch(world.now());
    const rows = agenda.filter(({ effect }) => effect.do === what);
    const claimed = await cases.claim(rows, world.now(), 1_000);
    expect(await cases.complete(claimed ?? [], { due: [], cards: [] })).to.equal(true);
    expect(rows).to.have.length(1);
  };

  it('has nothing to say when all is well, for hours', async () => {
    expect(auditor.report().ok).to.equal(false);
    await alarm();
    await world.presses('Tove', 'acknowledge');
    await looks(2);
    await world.pass(minutes(120));
    await looks(20);
    expect(said()).to.deep.equal([]);
    expect(auditor.report()).to.deep.include({ ok: true, undelivered: 0, late: 0, missing: 0 });
  });

  it('an alarm that rings and rings is not late; one that is stuck is told by phone too, to those who can see to it', async () => {
    await alarm();
    await looks(12);
    expect(auditor.report()).to.deep.include({ ok: true, late: 0 });
    world.failing.set('a:Tove', 'later');
    await alarm();
    await looks(5);
    const stuck = world.phones.rung.filter(({ text }) => text === page.stuck);
    expect(stuck).to.have.length(1 + world.directory.holding('coordinator').length);
  });

  it('sees an alarm that does not arrive, says it once, again after 15 min, and once when it has arrived', async () => {
    world.failing.set('a:Tove', 'later');
    await alarm();
    await looks(3);
    expect(auditor.report().ok).to.equal(true);
    await looks(1);
    expect(auditor.report()).to.deep.include({ ok: false, undelivered: 1 });
    expect(world.logged.filter(({ event }) => event === 'auditor found')).to.have.length(1);
    await looks(80);
    expect(said()).to.deep.equal([watch.found.summary]);
    await looks(20);
    expect(said()).to.deep.equal([watch.found.summary, watch.found.summary]);
    world.failing.clear();
    await world.pass(minutes(1));
    await looks(5);
    // It has arrived; but by now everyone has been asked, and nobody has it.
    expect(auditor.report()).to.deep.include({ ok: false, unanswered: 1, undelivered: 0 });
    await world.presses('Tove', 'acknowledge');
    await looks(5);
    expect(auditor.report().ok).to.equal(true);
    expect(said().slice(2)).to.deep.equal([watch.mended.summary]);
    await looks(10);
    expect(said()).to.have.length(3);
  });

  it('opens no open case to tell of it: in a mass event they are thousands', async () => {
    const { cases } = world.storage;
    const opened: string[] = [];
    const load: typeof cases.load = (id) => {
      opened.push(id);
      return cases.load(id);
    };
    const watcher = world.auditor({ cases: { ...cases, load } });
    world.failing.set('a:Tove', 'later');
    await alarm();
    await looks(4, [watcher]);
    expect(said()).to.deep.equal([watch.found.summary]);
    expect(opened).to.deep.equal([]);
  });

  it('opens a case of which the thin row does not say who may be told of it', async () => {
    const { cases } = world.storage;
    const opened: string[] = [];
    const load: typeof cases.load = (id) => {
      opened.push(id);
      return cases.load(id);
    };
    const watch: typeof cases.watch = async (now) => {
      const { open, ...rest } = await cases.watch(now);
      return { ...rest, open: open.map(({ keptTo: _unread, ...one }) => one) };
    };
    const watcher = world.auditor({ cases: { ...cases, load, watch } });
    world.failing.set('a:Tove', 'later');
    await alarm();
    await looks(4, [watcher]);
    expect(opened).to.have.length(1);
  });

  it('says another case at most a minute later', async () => {
    world.failing.set('a:Tove', 'later');
    await alarm();
    await looks(4);
    await alarm();
    await looks(8);
    expect(said()).to.have.length(2);
    expect(world.sees('channel').at(-1)?.view.fallback).to.match(/H26-\S+, H26-/);
  });

  it('sees any other step that is late: here a message and a card', async () => {
    await alarm();
    world.failing.set('a:Alva', 'later');
    await world.presses('Tove', 'acknowledge');
    await looks(4);
    expect(auditor.report()).to.deep.include({ ok: false, undelivered: 0, late: 2 });
  });

  for (const { late, woken } of [
    { late: 8, woken: 8 },
    { late: 9, woken: 0 },
  ]) {
    it(`of ${late} late steps hands ${woken} to the worker: a crowd goes in its digests`, async () => {
      const handed: DueRow[] = [];
      const watcher = world.auditor({ wake: (rows) => handed.push(...rows) });
      await alarm();
      const [row] = (await world.storage.cases.watch(world.now())).agenda;
      if (!row) throw new Error('an alarm has a next step');
      const at = later(world.now(), -minutes(1));
      const rows = Array.from({ length: late }, (_, n): DueRow => {
        return { ...row, at, what: `${n}`, effect: { do: 'freshen', at } };
      });
      await world.storage.cases.plan(rows);
      await watcher.look();
      await watcher.look();
      expect(watcher.report().late).to.equal(late);
      expect(handed).to.have.deep.members(rows.slice(0, woken));
    });
  }

  it('puts back what an alarm must have and has lost, so that the next are asked at their time', async () => {
    await alarm();
    await lose('escalate');
    await looks(1);
    expect(auditor.report().missing).to.equal(0);
    await looks(1);
    expect(auditor.report().missing).to.equal(1);
    await looks(4);
    expect(auditor.report().ok).to.equal(true);
    expect(said()).to.deep.equal([watch.found.summary, watch.mended.summary]);
    await world.pass(minutes(5));
    expect(world.sees('Samir').at(-1)?.view.card).to.equal('alarm');
  });

  it('puts back the time by which the person must be reached', async () => {
    await alarm();
    await world.presses('Tove', 'acknowledge');
    await lose('giveBack');
    await looks(2);
    expect(auditor.report().missing).to.equal(1);
    await world.pass(minutes(26));
    expect(world.sees('Samir').at(-1)?.view.card).to.equal('alarm');
  });

  it('does it once, and says it once, though there are several', async () => {
    const both = [auditor, world.auditor()];
    await alarm();
    await lose('escalate');
    await looks(6, both);
    expect(said()).to.deep.equal([watch.found.summary, watch.mended.summary]);
    const { agenda } = await world.storage.cases.watch(world.now());
    expect(agenda.filter(({ effect }) => effect.do === 'escalate')).to.have.length(1);
  });

  it('says it again, as a repeat, when nobody knows whether it was said', async () => {
    world.failing.set('a:Tove', 'later');
    await alarm();
    await looks(3);
    world.failing.set(people.triageChannel, 'lost');
    await looks(1);
    world.failing.delete(people.triageChannel);
    await looks(8);
    const found = world.sees('channel').filter(({ view }) => view.summary === watch.found.summary);
    expect(found.map(({ view }) => view.fallback.includes(labels.repeat))).to.deep.equal([false, true]);
  });

  it('says that it is blind, once, when the storage is gone, and is then not well', async () => {
    await looks(2);
    world.storage.fault = 'refused';
    await looks(4);
    expect(auditor.report().ok).to.equal(true);
    await looks(10);
    expect(auditor.report().ok).to.equal(false);
    expect(said()).to.deep.equal([watch.blind.summary]);
    world.storage.fault = undefined;
    await looks(2);
    expect(auditor.report().ok).to.equal(true);
  });

  it('is not well when it has not looked for a minute', async () => {
    await looks(1);
    expect(auditor.report().ok).to.equal(true);
    await world.pass(60_000);
    expect(auditor.report().ok).to.equal(false);
  });

  it('tells of a clock that jumps, once, and not of one that is moved by hand', async () => {
    let ahead = 0;
    const watcher = world.auditor({ wall: () => Date.parse(world.now()) + ahead });
    await looks(2, [watcher]);
    await world.pass(minutes(600));
    await looks(2, [watcher]);
    ahead = 59_000;
    await looks(2, [watcher]);
    expect(said()).to.deep.equal([]);
    ahead = -minutes(60);
    world.failing.set(people.triageChannel, 'later');
    await looks(2, [watcher]);
    world.failing.clear();
    await looks(3, [watcher]);
    expect(said()).to.deep.equal([watch.clock.summary]);
    expect(world.logged.some(({ event }) => event === 'clock jumped')).to.equal(true);
  });
});
