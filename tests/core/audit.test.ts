import { expect } from 'chai';
import { type Fault, faultsIn, wordDue } from '../../bot/core/audit.ts';
import type { Effect } from '../../bot/core/effects.ts';
import { incidentId } from '../../bot/core/ids.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { id, noon, tove } from '../world/given.ts';

const seconds = (count: number) => later(noon, count * 1_000);
const alarm: Effect = { do: 'post', notice: 'alarm', to: tove.person, at: noon };
const escalate: Effect = { do: 'escalate', rung: 1, at: later(noon, minutes(5)) };
const untaken: Effect = { do: 'post', notice: 'untaken', to: 'channel', at: later(noon, minutes(5)) };
const agenda = (...effects: Effect[]) =>
  effects.map((effect) => ({ id, at: effect.at, what: effect.do, effect }));

describe('the audit', () => {
  const kinds = (rows: Effect[], next: Effect | undefined, now = noon, whole = true) =>
    faultsIn({ open: [{ id, next, unanswered: false }], agenda: agenda(...rows), whole }, now).map(
      ({ kind }) => kind,
    );

  it('a step is late 20 s after its time, an alarm undelivered', () => {
    expect(kinds([alarm], undefined, seconds(19))).to.deep.equal([]);
    expect(kinds([alarm], undefined, seconds(20))).to.deep.equal(['undelivered']);
    expect(kinds([escalate], escalate, seconds(320))).to.deep.equal(['late']);
  });
  it('an alarm that everyone has been asked about and nobody has taken', () => {
    const open = [{ id, next: escalate, unanswered: true }];
    expect(faultsIn({ open, agenda: agenda(escalate), whole: false }, noon)).to.deep.equal([
      { kind: 'unanswered', id, step: 'ladder' },
    ]);
  });
  it('a case must have its own next step: another’s, and an older, will not do', () => {
    expect(kinds([escalate], escalate)).to.deep.equal([]);
    expect(kinds([], escalate)).to.deep.equal(['missing']);
    expect(kinds([{ ...escalate, rung: 0 }], escalate)).to.deep.equal(['missing']);
    const other = { id: incidentId('H26-000-001'), at: noon, what: 'escalate', effect: escalate };
    expect(
      faultsIn({ open: [{ id, next: escalate, unanswered: false }], agenda: [other], whole: true }, noon),
    ).to.have.length(1);
    expect(kinds([], undefined)).to.deep.equal([]);
  });
  it('a step that was tried and put off is still the step', () => {
    expect(kinds([{ ...escalate, at: seconds(999) }], escalate)).to.deep.equal([]);
  });
  it('a word must stand until it is said', () => {
    expect(kinds([], untaken)).to.deep.equal(['missing']);
    expect(kinds([], untaken, later(noon, minutes(5)))).to.deep.equal([]);
  });
  it('nothing is called missing when not everything was read', () => {
    expect(kinds([], escalate, noon, false)).to.deep.equal([]);
  });

  const fault = (of = id): Fault => ({ kind: 'late', id: of, step: 'x' });
  const told = { at: noon, cases: [id] };
  it('is told at once, with another case a minute later, every 15 min, and once when all is well', () => {
    expect(wordDue(undefined, [], noon)).to.equal(undefined);
    expect(wordDue(undefined, [fault()], noon)).to.equal('found');
    expect(wordDue(told, [fault()], seconds(899))).to.equal(undefined);
    expect(wordDue(told, [fault()], seconds(900))).to.equal('found');
    const more = [fault(), fault(incidentId('H26-000-001'))];
    expect(wordDue(told, more, seconds(59))).to.equal(undefined);
    expect(wordDue(told, more, seconds(60))).to.equal('found');
    expect(wordDue(told, [], noon)).to.equal('mended');
  });
});
