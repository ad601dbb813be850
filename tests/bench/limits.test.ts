/** The stand-in for Teams takes no more than Teams says it takes. */
import { expect } from 'chai';
import { limited } from '../world/connector.ts';

describe('the limits of the stand-in', () => {
  const call = (at: number, conversation = 'a:Tove', method = 'POST') => ({
    method,
    path: `/_connector/v3/conversations/${conversation}/activities`,
    body: {},
    at,
  });
  const answers = (limit: ReturnType<typeof limited>, moments: readonly number[]) =>
    moments.map((at) => limit.faultOf(call(at)) === undefined);

  it('7 in a second and 8 in two; what is refused says when to come again, and does not count', () => {
    const limit = limited();
    expect(answers(limit, [0, 1, 2, 3, 4, 5, 6, 7, 8])).to.deep.equal([...Array(7).fill(true), false, false]);
    expect(answers(limit, [1_007, 1_008, 2_001])).to.deep.equal([true, false, true]);
    expect(limit.refused()).to.equal(3);
    const late = limited();
    for (let n = 0; n < 7; n++) late.faultOf(call(n));
    expect(late.faultOf(call(10))?.answer).to.deep.include({ status: 429, headers: { 'retry-after': '1' } });
  });
  it('60 in half a minute', () => {
    const limit = limited();
    const moments = Array.from({ length: 60 }, (_, n) => n * 400);
    expect(answers(limit, moments)).to.deep.equal(moments.map(() => true));
    expect(answers(limit, [29_000, 30_001])).to.deep.equal([false, true]);
  });
  it('each conversation by itself; a message drawn anew is not a new one', () => {
    const limit = limited();
    for (let n = 0; n < 7; n++) limit.faultOf(call(n));
    expect(limit.faultOf(call(10, 'a:Samir'))).to.equal(undefined);
    expect(limit.faultOf(call(10, 'a:Tove', 'PUT'))).to.equal(undefined);
    expect(limit.faultOf(call(10))).not.to.equal(undefined);
  });
});
