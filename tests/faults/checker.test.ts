/** The checker is itself checked: each broken promise is seen, and a storm that broke none is let through. */
import { expect } from 'chai';
import { check, type Happening } from './checker.ts';

const number = 'H26-AAA-AAA';
const post = (
  notice: 'alarm' | 'triage' | 'receipt',
  repeat = false,
  as: 'card' | 'digest' = 'card',
): Happening => ({
  what: 'posted',
  number,
  notice,
  as,
  to: 'x',
  repeat,
});
const promise = (notice: 'alarm' | 'triage' | 'receipt'): Happening => ({
  what: 'promised',
  number,
  notice,
  to: 'x',
  must: true,
});
const good: Happening[] = [
  { what: 'submitted', nonce: 'n' },
  { what: 'confirmed', nonce: 'n', number },
  { what: 'acknowledged', number, by: 'y', mayAnswer: true },
  { what: 'stored', number, taken: true },
  promise('alarm'),
  promise('triage'),
  promise('receipt'),
  post('alarm'),
  post('triage'),
  post('receipt'),
];
const broken = (history: Happening[]) => check(history).broken;

describe('the checker of storms', () => {
  it('lets a kept promise through, labelled repeats and confirmations said again included', () => {
    expect(
      broken([...good, post('alarm', true), post('alarm', true), { what: 'confirmed', nonce: 'n', number }]),
    ).to.deep.equal([]);
  });
  it('sees an acknowledgement that was said and is lost', () => {
    const lost: Happening = { what: 'stored', number, taken: false };
    expect(broken(good.map((one) => (one.what === 'stored' ? lost : one)))).to.have.length(1);
  });
  it('sees a confirmed report that is lost', () => {
    expect(broken(good.filter(({ what }) => what !== 'stored'))).to.have.length(1);
  });
  for (const notice of ['alarm', 'triage', 'receipt'] as const) {
    it(`sees a missing ${notice}, and one that is only labelled as a repeat is no loss`, () => {
      const without = good.filter((one) => !(one.what === 'posted' && one.notice === notice));
      expect(broken(without)).to.have.length(1);
      expect(broken([...without, post(notice, true)])).to.deep.equal([]);
    });
    it(`sees a second ${notice} without a label, and takes a line of a digest for one`, () => {
      expect(broken([...good, post(notice)])).to.have.length(1);
      const line = post(notice, false, 'digest');
      expect(
        broken(good.map((one) => (one.what === 'posted' && one.notice === notice ? line : one))),
      ).to.deep.equal([]);
      expect(broken([...good, line])).to.deep.equal([]);
      expect(broken([...good, line, line])).to.have.length(1);
    });
  }
  it('lets the same message be sent as often as it was promised, and sees when the last time is missing', () => {
    expect(broken([...good, promise('alarm'), post('alarm')])).to.deep.equal([]);
    expect(broken([...good, promise('alarm')])).to.deep.equal([`the alarm of ${number} to x was never sent`]);
  });
  it('sees a case that was given to someone who may not answer', () => {
    const other: Happening = { what: 'acknowledged', number, by: 'z', mayAnswer: false };
    expect(broken([...good, other])).to.have.length(1);
  });
  it('sees a case without its next step, and a card that shows what was before', () => {
    expect(broken([...good, { what: 'seen', number, nextStep: false }])).to.have.length(1);
    const card = { what: 'standing', number, card: 'alarm' } as const;
    expect(
      broken([...good, { ...card, current: true }, { what: 'seen', number, nextStep: true }]),
    ).to.have.length(0);
    expect(broken([...good, { ...card, current: false }])).to.have.length(1);
  });
  it('sees one report that became two cases, and two that became one', () => {
    const second = 'H26-BBB-BBB';
    const two: Happening[] = good.map((one) => ({ ...one, number: second }));
    expect(broken([...good, ...two])).to.have.length(2);
    expect(
      broken([...good, ...two.filter(({ what }) => what !== 'confirmed')]),
      'never confirmed',
    ).to.have.length(1);
    const other = 'm';
    expect(
      broken([...good, { what: 'submitted', nonce: other }, { what: 'confirmed', nonce: other, number }]),
    ).to.have.length(1);
  });
});
