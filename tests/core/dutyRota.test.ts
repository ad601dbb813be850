import { expect } from 'chai';
import fc from 'fast-check';
import {
  change,
  coming,
  faultsOf,
  gapsOpened,
  onDuty,
  type People,
  type Rota,
  type RotaChange,
  readRota,
  type Shift,
  uncovered,
  warnings,
} from '../../bot/core/dutyRota.ts';
import { type Instant, instant, type PersonId, personId } from '../../bot/core/ids.ts';
import type { Person, Role } from '../../bot/core/people.ts';
import { days, later, minutes } from '../../bot/core/time.ts';
import { noon } from '../world/given.ts';

const [tove, samir, karin, alva, ivar] = ['tove', 'samir', 'karin', 'alva', 'ivar'].map(personId) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const known = new Map<PersonId, Person>(
  (
    [
      [tove, 'dutyOfficer', '1'],
      [samir, 'dutyOfficer', '2'],
      [karin, 'coordinator', '3'],
      [alva, 'elected', '4'],
      [ivar, 'dutyOfficer', undefined],
    ] satisfies [PersonId, Role, string | undefined][]
  ).map(([id, role, number]) => [id, { id, name: id, roles: [role], number }]),
);
const people: People = (id) => known.get(id);

const hour = (n: number): Instant => later(noon, minutes(60 * n));
const shift = (from: number, to: number, dutyOfficer = tove, backup?: PersonId): Shift => ({
  from: hour(from),
  to: hour(to),
  dutyOfficer,
  ...(backup && { backup }),
});
const whys = (rota: Rota) => faultsOf(rota, people).map(({ line, why }) => [line, why]);
const changed = (rota: Rota, wanted: RotaChange, now = noon): Shift[] => {
  const after = change(rota, wanted, { now, people });
  if (!after.ok) throw new Error(after.error.map(({ why }) => why).join());
  return after.value;
};
const refused = (rota: Rota, wanted: RotaChange, now = noon) => {
  const after = change(rota, wanted, { now, people });
  return after.ok ? [] : after.error.map(({ why }) => why);
};

describe('the duty rota', () => {
  const rota = [shift(-4, 4, tove, samir), shift(4, 12, samir, tove), shift(20, 28, karin)];

  it('says who is on now, and who comes next', () => {
    expect(onDuty(rota, hour(3.99))?.dutyOfficer).to.equal(tove);
    expect(onDuty(rota, hour(4))?.dutyOfficer).to.equal(samir);
    expect(onDuty(rota, hour(12))).to.equal(undefined);
    expect(coming(rota.toReversed(), noon).map(({ dutyOfficer }) => dutyOfficer)).to.deep.equal([
      samir,
      karin,
    ]);
  });

  describe('checked as a whole, line by line', () => {
    it('nothing is wrong with one that may be', () => {
      expect(whys(rota)).to.deep.equal([]);
    });
    it('shifts that touch do not overlap; those that do are named with each other', () => {
      const overlapping = [...rota, shift(3, 5, karin)];
      expect(faultsOf(overlapping, people)).to.deep.equal([{ line: 3, why: 'overlaps', other: 0 }]);
    });
    it('a shift ends after it begins', () => {
      expect(whys([shift(4, 4), shift(6, 5)])).to.deep.equal([
        [0, 'endsBeforeItBegins'],
        [1, 'endsBeforeItBegins'],
      ]);
    });
    it('nobody is their own backup, and backups do not point at each other', () => {
      expect(whys([shift(0, 4, tove, tove)])).to.deep.equal([[0, 'cycle']]);
      const both = [shift(0, 4, tove, samir), shift(2, 6, samir, tove)];
      expect(whys(both)).to.deep.equal([
        [0, 'cycle'],
        [1, 'overlaps'],
        [1, 'cycle'],
      ]);
      const three = [shift(0, 4, tove, samir), shift(0, 4, samir, karin), shift(0, 4, karin, tove)];
      expect(whys(three).filter(([, why]) => why === 'cycle')).to.have.length(3);
    });
    it('backing each other in turn is no cycle', () => {
      expect(whys([shift(0, 4, tove, samir), shift(4, 8, samir, tove)])).to.deep.equal([]);
    });
    it('people are known, have a number and answer alarms, as officer and as backup', () => {
      expect(whys([shift(0, 1, personId('nobody')), shift(1, 2, alva), shift(2, 3, ivar)])).to.deep.equal([
        [0, 'unknownPerson'],
        [1, 'noRole'],
        [2, 'noNumber'],
      ]);
      expect(faultsOf([shift(0, 1, tove, alva)], people)).to.deep.equal([
        { line: 0, why: 'noRole', field: 'backup', person: alva },
      ]);
    });
    it('dates that do not exist are told, in the calendar and by the clock', () => {
      const line = (from: string, to: string) => ({ from, to, dutyOfficer: tove });
      const wrong = [
        line('2026-02-29T08:00:00+01:00', '2026-03-01T08:00:00+01:00'),
        line('2026-03-01T08:00', '2026-04-31T08:00'),
        line('2026-03-29T02:30', '2026-10-25T02:30'),
        line('tomorrow', '2026-03-01T25:00:00+01:00'),
      ];
      const read = readRota(wrong);
      expect(read.ok ? [] : read.error.map(({ line }) => line)).to.deep.equal([0, 1, 2, 2, 3, 3]);
    });
    it('dates are read with an offset, and as Swedish time without one', () => {
      const read = readRota([
        { from: '2028-02-29T08:00', to: '2028-07-01T08:00:00+02:00', dutyOfficer: tove },
      ]);
      expect(read.ok && read.value).to.deep.equal([
        { from: '2028-02-29T07:00:00.000Z', to: '2028-07-01T06:00:00.000Z', dutyOfficer: tove },
      ]);
    });
  });

  describe('changed', () => {
    it('taken over to the end of the shift: what has been stays as it was', () => {
      expect(changed(rota, { do: 'takeOver', person: karin, until: hour(4) })).to.deep.equal([
        shift(-4, 0, tove, samir),
        shift(0, 4, karin, samir),
        rota[1],
        rota[2],
      ]);
    });
    it('taken over to a chosen time: then the first one is back', () => {
      expect(changed(rota, { do: 'takeOver', person: karin, until: hour(2) }).slice(1, 3)).to.deep.equal([
        shift(0, 2, karin, samir),
        shift(2, 4, tove, samir),
      ]);
    });
    it('taken over by the backup: nobody is their own backup', () => {
      expect(changed(rota, { do: 'takeOver', person: samir, until: hour(4) })[1]).to.deep.equal(
        shift(0, 4, samir),
      );
    });
    it('taken over where nobody was on duty', () => {
      const after = changed(rota, { do: 'takeOver', person: tove, until: hour(20) }, hour(13));
      expect(after).to.deep.include(shift(13, 20, tove));
      expect(after).to.have.length(4);
    });
    it('taken over from the very first instant of a shift leaves nothing of it', () => {
      expect(changed(rota, { do: 'takeOver', person: karin, until: hour(12) }, hour(4))).to.have.length(3);
    });
    it('handed over to another until its end', () => {
      expect(changed(rota, { do: 'handOver', to: karin })[1]).to.deep.equal(shift(0, 4, karin, samir));
    });
    it('swapped with one to come: the rest of this one, and all of that, backups too', () => {
      const after = changed(rota, { do: 'swap', one: hour(-4), other: hour(20) });
      expect(after).to.deep.equal([
        shift(-4, 0, tove, samir),
        shift(0, 4, karin),
        rota[1],
        shift(20, 28, tove, samir),
      ]);
    });
    it('not to someone who cannot answer', () => {
      expect(refused(rota, { do: 'handOver', to: alva })).to.deep.equal(['noRole']);
      expect(refused(rota, { do: 'handOver', to: ivar })).to.deep.equal(['noNumber']);
      expect(refused(rota, { do: 'handOver', to: personId('nobody') })).to.deep.equal(['unknownPerson']);
    });
    it('not without sense', () => {
      expect(refused(rota, { do: 'handOver', to: karin }, hour(13))).to.deep.equal(['nobodyOnDuty']);
      expect(refused(rota, { do: 'handOver', to: tove })).to.deep.equal(['alreadyOnDuty']);
      expect(refused(rota, { do: 'takeOver', person: tove, until: hour(4) })).to.deep.equal([
        'alreadyOnDuty',
      ]);
      expect(refused(rota, { do: 'takeOver', person: karin, until: noon })).to.deep.equal(['noSuchTime']);
      expect(refused(rota, { do: 'takeOver', person: karin, until: hour(5) })).to.deep.equal(['noSuchTime']);
      expect(refused([], { do: 'takeOver', person: karin, until: hour(24 * 7) })).to.deep.equal([]);
      expect(refused([], { do: 'takeOver', person: karin, until: hour(24 * 8) })).to.deep.equal([
        'noSuchTime',
      ]);
      expect(refused(rota, { do: 'swap', one: hour(-4), other: hour(1) })).to.deep.equal(['noSuchShift']);
      expect(refused(rota, { do: 'swap', one: hour(-4), other: hour(4) }, hour(4))).to.deep.equal([
        'noSuchShift',
      ]);
      expect(refused(rota, { do: 'swap', one: hour(4), other: hour(4) })).to.deep.equal(['samePerson']);
    });
    it('is not held up by what was wrong before, in another week', () => {
      const worn = [...rota, shift(100, 110, ivar)];
      expect(refused(worn, { do: 'takeOver', person: karin, until: hour(4) })).to.deep.equal([]);
      expect(refused(worn, { do: 'takeOver', person: ivar, until: hour(4) })).to.deep.equal([]);
    });
    it('keeps what a newer version has added to a shift', () => {
      const marked = [{ ...shift(-4, 4), later: 1 }];
      expect(changed(marked, { do: 'takeOver', person: karin, until: hour(2) })[2]).to.deep.include({
        later: 1,
      });
    });
  });

  it('a gap that a new rota opens is found, to the millisecond', () => {
    expect(gapsOpened(rota, rota)).to.deep.equal([]);
    expect(gapsOpened(rota, [shift(-4, 2), shift(3, 28)])).to.deep.equal([{ from: hour(2), to: hour(3) }]);
    expect(gapsOpened([shift(0, 9)], [shift(3, 6)])).to.deep.equal([
      { from: hour(0), to: hour(3) },
      { from: hour(6), to: hour(9) },
    ]);
  });

  describe('warns', () => {
    it('of time that nobody covers, from seven days ahead', () => {
      const short = [shift(-4, 24 * 6.5), shift(24 * 6.6, 24 * 30)];
      expect(warnings(short, people, noon)).to.deep.equal([
        { why: 'gap', from: hour(24 * 6.5), to: hour(24 * 6.6) },
      ]);
      expect(warnings([shift(-4, 24 * 7)], people, noon)).to.deep.equal([]);
      expect(warnings([shift(-4, 24 * 7)], people, hour(1))).to.have.length(1);
    });
    it('of nobody on duty now, and until when', () => {
      expect(warnings([shift(5, 24 * 30)], people, noon)).to.deep.equal([
        { why: 'nobodyOnDuty', until: hour(5) },
      ]);
      expect(warnings([], people, noon)).to.deep.equal([{ why: 'nobodyOnDuty' }]);
    });
    it('of people who cannot be called or may not answer, in the shifts of these days', () => {
      const worn = [shift(-4, 24 * 3, tove, ivar), shift(24 * 3, 24 * 8, alva), shift(24 * 8, 24 * 9, ivar)];
      expect(warnings(worn, people, noon)).to.deep.equal([
        { from: hour(-4), why: 'noNumber', field: 'backup', person: ivar },
        { from: hour(24 * 3), why: 'noRole', field: 'dutyOfficer', person: alva },
      ]);
    });
  });

  describe('whatever is asked for, in whatever order', () => {
    const someone = fc.constantFrom(tove, samir, karin, alva, ivar);
    const able = fc.constantFrom(tove, samir, karin);
    const lengths = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 3 }), able, able),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    /** Shifts after each other, some with a gap before them. */
    const rotas = lengths.map((parts) => {
      let from = -6;
      return parts.map(([length, gap, officer, backup]) => {
        from += gap;
        const made = shift(from, from + length, officer, backup === officer ? undefined : backup);
        from += length;
        return made;
      });
    });
    const steps = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 300 }),
        kind: fc.constantFrom('takeOver', 'handOver', 'swap'),
        person: someone,
        until: fc.integer({ min: -60, max: 900 }),
        one: fc.nat(20),
        other: fc.nat(20),
      }),
      { maxLength: 12 },
    );

    it('nothing overlaps, no gap opens, and no fault comes in', () => {
      let accepted = 0;
      fc.assert(
        fc.property(rotas, steps, (first, asked) => {
          let rota: Shift[] = first;
          let now: Instant = noon;
          for (const { after, kind, person, until, one, other } of asked) {
            now = later(now, minutes(after));
            const wanted: RotaChange =
              kind === 'takeOver'
                ? { do: 'takeOver', person, until: later(now, minutes(until)) }
                : kind === 'handOver'
                  ? { do: 'handOver', to: person }
                  : {
                      do: 'swap',
                      one: rota[one % rota.length]?.from ?? now,
                      other: rota[other % rota.length]?.from ?? now,
                    };
            const next = change(rota, wanted, { now, people });
            if (!next.ok) continue;
            accepted++;
            expect(faultsOf(next.value, people)).to.deep.equal([]);
            expect(gapsOpened(first, next.value)).to.deep.equal([]);
            expect(gapsOpened(rota, next.value)).to.deep.equal([]);
            const past = { from: hour(-6), to: now };
            expect(officers(next.value, past), 'what has been is not rewritten').to.deep.equal(
              officers(rota, past),
            );
            rota = next.value;
          }
        }),
        { numRuns: 500, seed: 20261125 },
      );
      expect(accepted, 'changes were made').to.be.greaterThan(300);
    });
    it('a gap is what neither covers: seen minute by minute', () => {
      fc.assert(
        fc.property(rotas, rotas, (before, after) => {
          const gaps = gapsOpened(before, after);
          for (let at = -6; at < 60; at += 0.5) {
            const open = onDuty(before, hour(at)) !== undefined && onDuty(after, hour(at)) === undefined;
            expect(gaps.some(({ from, to }) => from <= hour(at) && hour(at) < to)).to.equal(open);
          }
        }),
        { numRuns: 200, seed: 20261125 },
      );
    });
    it('covered and uncovered make the whole', () => {
      fc.assert(
        fc.property(rotas, (rota) => {
          const open = uncovered(rota, hour(-6), hour(120));
          const length = [...rota, ...open].reduce((sum, { from, to }) => sum + lengthOf(from, to), 0);
          expect(length).to.equal(minutes(126 * 60));
        }),
        { numRuns: 200, seed: 20261125 },
      );
    });
    const lengthOf = (from: Instant, to: Instant) => Date.parse(to) - Date.parse(from);
    /** Who was on duty, every quarter of an hour. */
    const officers = (rota: Rota, { from, to }: { from: Instant; to: Instant }): (PersonId | undefined)[] => {
      const seen: (PersonId | undefined)[] = [];
      for (let at = Date.parse(from); at < Date.parse(to); at += minutes(15)) {
        seen.push(onDuty(rota, instant(at))?.dutyOfficer);
      }
      return seen;
    };
  });

  it('days are of 24 hours', () => {
    expect(days(7)).to.equal(604_800_000);
  });
});
