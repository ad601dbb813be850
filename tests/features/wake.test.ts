import { expect } from 'chai';
import { incidentNumbers, type PersonId, personId } from '../../bot/core/ids.ts';
import { createDelivery, type Delivery } from '../../bot/features/deliver.ts';
import { nextTurn } from '../../bot/features/loop.ts';
import type { Cases, DueRow } from '../../bot/features/ports.ts';
import { createRooms } from '../../bot/features/rooms.ts';
import type { Way } from '../../bot/features/way.ts';
import { noon } from '../world/given.ts';
import { createWorld } from '../world/world.ts';

const never = () => expect.fail('not asked for');
const [tove, samir] = [personId('t'), personId('s')];
const ids = incidentNumbers(
  new Uint8Array(Uint32Array.from({ length: 100 }, (_, n) => (n * 0x9e3779b1) % 2 ** 32).buffer),
  2026,
);
const row = (id: (typeof ids)[number], effect: DueRow['effect'], at = noon): DueRow => ({
  ...{ id, at, what: `x.${effect.do}`, effect },
  ...{ urgency: 'acute', version: 1, tries: 0, repeat: false },
});
const [first = never()] = ids;
const fresh = row(first, { do: 'freshen', at: noon });
const alarm = (to: PersonId) => row(first, { do: 'post', notice: 'alarm', to, at: noon });

/** A worker alone, on a storage that tells how each claim ends. */
function worker(
  claim: Cases['claim'],
  {
    first = (run) => run(),
    giveWay = () => Promise.resolve(),
    ...of
  }: Partial<Way & Pick<Cases, 'due' | 'load' | 'complete'>> = {},
): Delivery {
  const { storage, directory } = createWorld();
  return createDelivery({
    ...storage,
    cases: { ...storage.cases, claim, ...of },
    directory,
    triageChannel: { standing: never, changed: never },
    hmac: () => new Uint8Array(32),
    messenger: { post: never, update: never, members: never, prepare: never },
    clock: () => noon,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    draw: never,
    drawDigest: never,
    first,
    giveWay,
    hold: () => undefined,
    wake: () => undefined,
  });
}

describe('a worker that is woken', () => {
  it('goes before all that is only looked through, until it is done', async () => {
    const claimed = Promise.withResolvers<[]>();
    let [begun, done] = [0, 0];
    const delivery = worker(() => claimed.promise, {
      first: (run) => {
        begun += 1;
        return run().finally(() => (done += 1));
      },
    });
    delivery.wake([fresh]);
    await nextTurn();
    expect([begun, done]).to.deep.equal([1, 0]);
    claimed.resolve([]);
    await delivery.stop();
    expect([begun, done]).to.deep.equal([1, 1]);
  });
  it('takes on a few cases at once, and leaves a crowd to its sweep', async () => {
    const held = new Set<string>();
    const delivery = worker((rows) => {
      for (const { id } of rows) held.add(id);
      return new Promise(() => undefined);
    });
    delivery.wake(ids.map((id) => row(id, { do: 'freshen', at: noon })));
    // Whoever made the change is answered first.
    for (let turns = 0; turns < 3; turns++) await nextTurn();
    expect(ids.length).to.equal(100);
    expect(held.size).to.equal(24);
    expect(delivery.hold([fresh])).to.equal(undefined);
  });
  it('lets the alarm of a case go before its telephone rings', async () => {
    const taken: string[] = [];
    const alarmed = Promise.withResolvers<[]>();
    const delivery = worker((rows) => {
      taken.push(...rows.map(({ effect }) => effect.do));
      return taken.length === 1 ? alarmed.promise : Promise.resolve([]);
    });
    delivery.wake([row(first, { do: 'page', to: tove, rung: 0, at: noon }), alarm(tove)]);
    for (let turns = 0; turns < 3; turns++) await nextTurn();
    expect(taken).to.deep.equal(['post']);
    alarmed.resolve([]);
    await delivery.stop();
    expect(taken).to.deep.equal(['post', 'page']);
  });
  it('rings a telephone soon after an alarm that hangs', async () => {
    const paged = Promise.withResolvers<void>();
    const delivery = worker((rows) => {
      if (rows.some(({ effect }) => effect.do === 'page')) paged.resolve();
      return new Promise(() => undefined);
    });
    delivery.wake([alarm(tove), row(first, { do: 'page', to: tove, rung: 0, at: noon })]);
    await paged.promise;
  });
  it('holds what is due now, and takes what it holds', () => {
    const later = row(first, { do: 'freshen', at: noon }, '2099-01-01T00:00:00.000Z' as typeof noon);
    const delivery = worker(() => Promise.resolve([]));
    expect(delivery.hold([fresh, later, alarm(tove)])?.rows).to.deep.equal([fresh, alarm(tove)]);
    expect(delivery.hold([later])).to.equal(undefined);
  });
});

describe('a look', () => {
  /** What it does in turn: gives way, reads a case, takes so many rows, ends them; and what lets those be ended. */
  function look(effectOf: (n: number) => DueRow['effect'], of: 'pages' | 'rest') {
    const log: ('way' | 'read' | 'end' | number)[] = [];
    const ended = Promise.withResolvers<boolean>();
    const delivery = worker(
      async (rows) => {
        log.push(rows.length);
        return rows.map((each) => ({ row: each, tag: '' }));
      },
      {
        giveWay: async () => void log.push('way'),
        due: async (_now, wanted) => (wanted === of ? ids.map((id, n) => row(id, effectOf(n))) : []),
        load: async () => void log.push('read'),
        complete: () => {
          log.push('end');
          return ended.promise;
        },
      },
    );
    void delivery.sweep();
    return { log, delivery, end: () => ended.resolve(true) };
  }
  const turns = async () => {
    for (let n = 0; n < 400; n++) await nextTurn();
  };

  const times = (many: number, ...what: ('way' | 'read' | 'end' | number)[]) =>
    Array.from({ length: many }, () => what).flat();

  it('takes twelve pages at a time and gives way before them; sixty wait for the telephone at once', async () => {
    const effect = { do: 'page', to: 'dutyFunction', rung: 0, at: noon } as const;
    const { log, delivery, end } = look(() => effect, 'pages');
    await turns();
    expect(log.filter((each) => each !== 'end')).to.deep.equal(times(5, 'way', ...times(12, 'read'), 12));
    end();
    await turns();
    expect(log.filter((each) => each === 'way')).to.have.length(9);
    expect(log.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0)).to.equal(100);
    await delivery.stop();
  });
  it('gives way before a case is taken and before it is ended, eight at once', async () => {
    const { log, delivery, end } = look(() => ({ do: 'escalate', rung: 1, at: noon }), 'rest');
    await turns();
    expect(log).to.deep.equal([
      ...times(8, 'way'),
      ...times(8, 'read', 1),
      ...times(8, 'way'),
      ...times(8, 'end'),
    ]);
    end();
    await delivery.stop();
  });
  it('and for no case with an alarm', async () => {
    const alarmTo = (n: number) => alarm(personId(`${n}`)).effect;
    const { log, delivery, end } = look(alarmTo, 'rest');
    await turns();
    expect(log.slice(0, 16)).to.deep.equal(times(8, 'read', 1));
    expect(log).not.to.include('way');
    end();
    await delivery.stop();
  });
  it('reads a crowd twelve cases at a time, and gives way before these, before it takes them and before it ends them', async () => {
    const { log, delivery, end } = look(
      () => ({ do: 'post', notice: 'nobodyYet', to: tove, at: noon }),
      'rest',
    );
    await turns();
    const digest = [...times(5, 'way', ...times(12, 'read')), 'way', 60, 'way', 'end'];
    expect(log).to.deep.equal(digest);
    end();
    await delivery.stop();
  });
});

describe('room for messages', () => {
  it('who is full is remembered for a second, by name', () => {
    let now = 0;
    const rooms = createRooms(() => now);
    expect([rooms.isFull(tove), rooms.anyFull()]).to.deep.equal([false, false]);
    rooms.full(tove);
    now = 999;
    expect([rooms.isFull(tove), rooms.isFull(samir), rooms.anyFull()]).to.deep.equal([true, false, true]);
    now = 1_000;
    expect([rooms.isFull(tove), rooms.anyFull()]).to.deep.equal([false, false]);
  });
  it('when somebody’s chat is full, alarms to others still go at once; the rest is left to the sweep', async () => {
    const world = createWorld(undefined, { paced: true });
    for (const who of ['Alva', 'Tove']) await world.writes(who, 'meny');
    const to = (who: string) => alarm(world.person(who));
    expect(world.hold([to('Tove'), to('Samir'), fresh])?.rows).to.have.length(3);
    for (let n = 0; n < 8; n++) {
      await world.writes('Alva', 'rapportera');
      await world.presses('Alva', 'report', { dangerNow: 'yes', channel: 'phone', where: 'x', text: `${n}` });
    }
    expect(world.hold([to('Tove'), to('Samir'), fresh])?.rows).to.deep.equal([to('Samir')]);
  });
});
