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
  Uint8Array.from({ length: 400 }, (_, n) => n),
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
  { due, complete, ...way }: Partial<Way & Pick<Cases, 'due' | 'complete'>> = {},
): Delivery {
  const { storage, directory } = createWorld();
  return createDelivery({
    ...storage,
    cases: { ...storage.cases, claim, ...(due && { due }), ...(complete && { complete }) },
    directory,
    triageChannel: { standing: never, changed: never },
    hmac: () => new Uint8Array(32),
    messenger: { post: never, update: never, members: never, prepare: never },
    clock: () => noon,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    draw: never,
    drawDigest: never,
    first: (run) => run(),
    giveWay: () => Promise.resolve(),
    ...way,
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
  it('holds what is due now, and takes what it holds', () => {
    const later = row(first, { do: 'freshen', at: noon }, '2099-01-01T00:00:00.000Z' as typeof noon);
    const delivery = worker(() => Promise.resolve([]));
    expect(delivery.hold([fresh, later, alarm(tove)])?.rows).to.deep.equal([fresh, alarm(tove)]);
    expect(delivery.hold([later])).to.equal(undefined);
  });
});

describe('a look', () => {
  /** What it does in turn: `way` where it gives way, and how many rows it takes; and what lets those be ended. */
  function look(effect: DueRow['effect'], of: 'pages' | 'rest') {
    const log: ('way' | number)[] = [];
    const ended = Promise.withResolvers<boolean>();
    const delivery = worker(
      async (rows) => {
        log.push(rows.length);
        return rows.map((each) => ({ row: each, tag: '' }));
      },
      {
        giveWay: async () => void log.push('way'),
        due: async (_now, wanted) => (wanted === of ? ids.map((id) => row(id, effect)) : []),
        complete: () => ended.promise,
      },
    );
    void delivery.sweep();
    return { log, delivery, end: () => ended.resolve(true) };
  }
  const turns = async () => {
    for (let n = 0; n < 400; n++) await nextTurn();
  };

  it('takes twelve pages at a time and gives way before them; sixty wait for the telephone at once', async () => {
    const { log, delivery, end } = look({ do: 'page', to: 'dutyFunction', rung: 0, at: noon }, 'pages');
    await turns();
    expect(log).to.deep.equal(Array.from({ length: 5 }, () => ['way', 12]).flat());
    end();
    await turns();
    expect(log.filter((each) => each === 'way')).to.have.length(9);
    expect(log.reduce<number>((sum, each) => sum + (each === 'way' ? 0 : each), 0)).to.equal(100);
    await delivery.stop();
  });
  it('gives way before a case in which nothing is to be said is taken and ended, and for no other', async () => {
    const step = look({ do: 'escalate', rung: 1, at: noon }, 'rest');
    await turns();
    expect(step.log.slice(0, 8), 'eight cases at once').to.deep.equal(Array(8).fill('way'));
    expect(step.log.slice(8, 16), 'once taken').to.have.length(8).and.not.include('way');
    expect(step.log.slice(16), 'and before they are ended').to.deep.equal(Array(8).fill('way'));
    step.end();
    await step.delivery.stop();
    const message = look({ do: 'post', notice: 'alarm', to: tove, at: noon }, 'rest');
    await turns();
    expect(message.log).to.have.length.above(0);
    expect(message.log).not.to.include('way');
    message.end();
    await message.delivery.stop();
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
