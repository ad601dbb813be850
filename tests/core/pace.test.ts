/** However it is asked, no more is sent than Teams takes (PLATFORM 2), also when a message is a second under way. */
import { expect } from 'chai';
import fc from 'fast-check';
import { answerPace, noSends, sentAt, waitFor } from '../../bot/core/pace.ts';

/** Teams' own limits, in one conversation. */
const teams: [most: number, span: number][] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];
const start = Date.parse('2026-11-25T12:00:00Z');

/** Asks again and again, `pauses` apart, and sends whenever there is room. */
function send(pauses: number[]): number[] {
  let [now, sends] = [start, noSends];
  const sent: number[] = [];
  for (const pause of pauses) {
    now += pause;
    if (waitFor(sends, answerPace, now) > 0) continue;
    sends = sentAt(sends, now);
    sent.push(now);
  }
  return sent;
}

const mostIn = (span: number, arrived: number[]): number =>
  Math.max(0, ...arrived.map((from) => arrived.filter((at) => at >= from && at < from + span).length));

describe('the pace of a conversation', () => {
  it('keeps to the limits of Teams, however long each message is under way', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 100, maxLength: 400 });
    const delays = fc.infiniteStream(fc.integer({ min: 0, max: 1_000 }));
    fc.assert(
      fc.property(pauses, delays, (given, under) => {
        const arrived = send(given).map((at) => at + Number(under.next().value));
        for (const [most, span] of teams) expect(mostIn(span, arrived)).to.be.at.most(most);
      }),
      { numRuns: 50 },
    );
  });
  it('keeps to the limit of an hour, and goes on after it', () => {
    const sent = send(Array.from({ length: 9_000 }, () => 1_000));
    expect(mostIn(3_600_000, sent)).to.be.within(1_600, 1_800);
    expect(sent.at(-1)).to.be.greaterThan(start + 7_200_000);
  });
  it('is not blocked by what a wrong clock has written', () => {
    let sends = noSends;
    for (let n = 0; n < 60; n++) sends = sentAt(sends, start + 7 * 24 * 3_600_000);
    expect(waitFor(sends, answerPace, start)).to.equal(0);
    expect(waitFor(sends, answerPace, start + 7 * 24 * 3_600_000)).to.be.greaterThan(0);
  });
});
