import { expect } from 'chai';
import { type IncidentId, incidentNumbers, personId } from '../../bot/core/ids.ts';
import type { Cases } from '../../bot/features/ports.ts';
import { at, id, loaded, next, report } from '../contracts/changes.ts';
import { type Opened, openedStorage } from './opened.ts';

const writers = 8;
const commands = 200;

describe('many writers', function () {
  this.timeout(120_000);
  let storage: Opened;
  beforeEach(async () => {
    storage = await openedStorage();
  });

  it('8 writers x 200 racing commands on one case: linear, nothing lost, every writer told the truth', async () => {
    await storage.cases.commit(report());
    const told = { conflict: 0, replay: 0 };
    await Promise.all(Array.from({ length: writers }, (_, n) => write(n)));

    const history = (await storage.cases.open(id)).slice(1).map(({ event }) => event);
    expect((await loaded(storage.cases)).incident.version).to.equal(1 + writers * commands);
    expect(history).to.have.length(writers * commands);
    for (let n = 0; n < writers; n++) {
      const own = history.filter(({ by }) => by === personOf(n));
      expect(own.map((event) => event.at)).to.deep.equal(Array.from({ length: commands }, (_, c) => at(c)));
    }
    expect(told.conflict, 'they did race').to.be.greaterThan(commands);
    expect(told.replay).to.equal((writers * commands) / 10);

    async function write(n: number): Promise<void> {
      const { cases } = await storage.again();
      for (let command = 0; command < commands; command++) {
        const change = await committed(cases, n, command);
        if (command % 10 > 0) continue;
        const again = await cases.commit(change);
        expect(again).to.deep.equal({ outcome: 'replay', at: at(command) });
        told.replay++;
      }
    }

    async function committed(cases: Cases, n: number, command: number) {
      for (;;) {
        const event = { type: 'Noted', at: at(command), by: personOf(n), visibleTo: 'staff' } as const;
        const change = next(await loaded(cases), event);
        const { outcome } = await cases.commit(change);
        if (outcome === 'committed') return change;
        expect(outcome).to.equal('conflict');
        told.conflict++;
      }
    }
  });

  const wanted = 10_000;
  /** First numbers that every tenth operation is led to. */
  const shared = 20;

  it('10,000 generated case numbers, every tenth taken at first: none merged, none refused', async () => {
    const given = new Map<number, IncidentId>();
    let taken = 0;
    const queue = Array.from({ length: wanted }, (_, n) => n).values();
    const lane = async () => {
      for (const n of queue) given.set(n, await reported(n));
    };
    await Promise.all(Array.from({ length: 40 }, lane));
    expect(new Set(given.values()).size).to.equal(wanted);
    expect(taken, 'numbers were taken').to.be.at.least(wanted / 10 - shared);
    for (const [n, number] of [...given].filter(([n]) => n % 10 === 0)) {
      expect((await loaded(storage.cases, number)).incident.reporter).to.equal(personOf(n));
    }

    /** As `bot/features` does: a number taken by another operation, then the next. */
    async function reported(n: number): Promise<IncidentId> {
      const bytes = Buffer.from(storage.hmac(`operation ${n}`));
      if (n % 10 === 0) Buffer.from(storage.hmac(`shared ${(n / 10) % shared}`)).copy(bytes, 0, 0, 4);
      for (const number of incidentNumbers(bytes, 2026)) {
        const change = report(number);
        change.incident.reporter = personOf(n);
        const { outcome } = await storage.cases.commit(change);
        if (outcome === 'committed') return number;
        expect(outcome).to.equal('conflict');
        taken++;
      }
      throw new Error(`operation ${n} got no number`);
    }
  });

  it('a look gives way before each of its requests; what somebody does waits for nothing', async () => {
    await storage.cases.commit(report());
    let asked = 0;
    const giveWay = async () => {
      asked += 1;
    };
    const { cases } = await storage.again({ giveWay });
    await cases.due(at(), 'rest');
    expect(asked).to.equal(8);
    await cases.watch(at());
    expect(asked).to.equal(8 + 5 * 8);

    const { cases: held } = await storage.again({ giveWay: () => new Promise(() => undefined) });
    for (const look of [held.due(at()), held.watch(at())]) look.catch(() => undefined);
    expect((await loaded(held)).incident.id).to.equal(id);
  });
});

const personOf = (n: number) => personId(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
