import { expect } from 'chai';
import { type Instant, instant } from '../../bot/core/ids.ts';
import type { Rung } from '../../bot/core/people.ts';
import {
  type Gap,
  gapsIn,
  instantsAhead,
  keyOf,
  type Reach,
  readinessWord,
} from '../../bot/core/readiness.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { karin, ladder, noon, samir, tove } from '../world/given.ts';

const hours = (count: number): Instant => later(noon, minutes(60 * count));
const never = hours(-1);
const [duty, ...others] = ladder as [Rung, ...Rung[]];

describe('readiness', () => {
  const gaps = ({
    now = noon,
    covered = () => true,
    reach = () => 'open',
    number = '08-1',
    paging = true,
    exercisedAt = noon,
    oldSince,
  }: {
    now?: Instant;
    covered?: (at: Instant) => boolean;
    reach?: (id: string) => Reach;
    number?: string;
    paging?: boolean;
    exercisedAt?: Instant | undefined;
    oldSince?: Instant;
  } = {}): Gap[] =>
    gapsIn({
      ahead: instantsAhead(now).map((at) => ({ at, ladder: covered(at) ? [duty, ...others] : others })),
      person: (id) => ({ id, name: id, roles: [], number: id === karin.person ? number : '08-1' }),
      reach,
      paging,
      oldSince,
      exercisedAt: exercisedAt === never ? undefined : exercisedAt,
    });

  it('has no gap when somebody is on duty for a week, and everyone has the bot and a number', () => {
    expect(gaps()).to.deep.equal([]);
  });
  it('looks now, and at every whole hour of seven days', () => {
    const instants = instantsAhead(later(noon, minutes(20)));
    expect(instants).to.have.length(169);
    expect(instants.slice(0, 2)).to.deep.equal([later(noon, minutes(20)), hours(1)]);
    expect(instants.at(-1)).to.equal(hours(168));
  });
  it('no phone that rings', () => {
    expect(gaps({ paging: false })).to.deep.equal([{ what: 'noPaging' }]);
  });
  it('who is who could not be read in full for long', () => {
    const old = gaps({ oldSince: hours(-2) });
    expect(old).to.deep.equal([{ what: 'oldDirectory', since: hours(-2) }]);
    expect(old.map(keyOf)).not.to.deep.equal(gaps({ oldSince: hours(-3) }).map(keyOf));
  });
  it('no exercise, ever or for six months; another half year without one is another gap', () => {
    expect(gaps({ exercisedAt: never })).to.deep.equal([{ what: 'noExercise' }]);
    const spring = instant(Date.parse('2026-05-25T12:00:00+02:00'));
    expect(gaps({ exercisedAt: spring })).to.deep.equal([{ what: 'noExercise', last: spring }]);
    expect(gaps({ exercisedAt: later(spring, 1) })).to.deep.equal([]);
    const keys = [{ what: 'noExercise' } as const, { what: 'noExercise', last: spring } as const].map(keyOf);
    expect(new Set(keys)).to.have.length(2);
  });
  it('nobody now, also between two whole hours', () => {
    const now = later(noon, minutes(20));
    expect(gaps({ now, covered: (at) => at !== now })).to.deep.equal([{ what: 'nobodyNow' }]);
  });
  it('each stretch ahead without anyone, from when to when', () => {
    expect(gaps({ covered: (at) => at < hours(5) || at >= hours(9) })).to.deep.equal([
      { what: 'uncovered', from: hours(5), to: hours(9) },
    ]);
    expect(gaps({ covered: (at) => at < hours(100) })).to.deep.equal([
      { what: 'uncovered', from: hours(100) },
    ]);
    expect(gaps({ covered: (at) => at >= hours(3) && at !== hours(8) })).to.deep.equal([
      { what: 'nobodyNow' },
      { what: 'uncovered', from: hours(8), to: hours(9) },
    ]);
    expect(gaps({ covered: (at) => at <= hours(168) })).to.deep.equal([]);
  });
  it('a gap ahead is the same gap an hour later', () => {
    const covered = (at: Instant) => at < hours(50);
    expect(gaps({ covered }).map(keyOf)).to.deep.equal(gaps({ covered, now: hours(1) }).map(keyOf));
  });
  it('who is asked and cannot be reached, or not be called', () => {
    const reach = (id: string): Reach =>
      id === samir.person ? 'noBot' : id === tove.person ? 'blocked' : 'open';
    expect(gaps({ reach })).to.have.deep.members([
      { what: 'noBot', person: samir.person },
      { what: 'blocked', person: tove.person },
    ]);
    expect(gaps({ number: '' })).to.deep.equal([{ what: 'noNumber', person: karin.person }]);
  });

  it('is told at once when it changes, then daily; not while just that is accepted; and once when mended', () => {
    const told = { at: noon, keys: ['a', 'b'] };
    expect(readinessWord(undefined, [], [], noon)).to.equal(undefined);
    expect(readinessWord(undefined, [], ['a'], noon)).to.equal('gaps');
    expect(readinessWord(told, [], ['b', 'a'], hours(23))).to.equal(undefined);
    expect(readinessWord(told, [], ['b', 'a'], hours(24))).to.equal('gaps');
    expect(readinessWord(told, [], ['a'], noon)).to.equal('gaps');
    expect(readinessWord(told, ['a', 'b'], ['a', 'b'], hours(99))).to.equal(undefined);
    expect(readinessWord(told, ['a', 'b'], ['a', 'b', 'c'], noon)).to.equal('gaps');
    expect(readinessWord(told, ['a', 'b'], ['a'], noon)).to.equal('gaps');
    expect(readinessWord(told, ['a', 'b'], [], noon)).to.equal('mended');
  });
});
