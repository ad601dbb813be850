/** "Lämna över till dagen": what is left to the day is kept until someone takes it. */
import { expect } from 'chai';
import { decide, morning, notReached, stillLeft, unanswered } from '../../bot/core/decide.ts';
import { effectsOf, holders, stillDue } from '../../bot/core/effects.ts';
import { type Instant, instant } from '../../bot/core/ids.ts';
import { askedNow, evolve, type Incident, type IncidentEvent } from '../../bot/core/incident.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { alva, events, given, having, inDanger, karin, noon, reportedEvent, tove } from '../world/given.ts';

const taken = having(given(reportedEvent(inDanger)), tove, { verb: 'acknowledge' });
const reached = having(taken, tove, { verb: 'reached' });
const left = having(reached, tove, { verb: 'handOver' });
const leftAt = later(noon, minutes(1));
const thursday = instant(Date.parse('2026-11-26T08:00:00+01:00'));
const friday = instant(Date.parse('2026-11-27T08:00:00+01:00'));

const follows = (event: IncidentEvent, before: Incident) => effectsOf(event, evolve(before, event));
const does = (event: IncidentEvent, before: Incident) =>
  follows(event, before).map((effect) =>
    effect.do === 'post' ? `${effect.notice} -> ${effect.to}` : `${effect.do} ${effect.at}`,
  );
const reminded = (incident: Incident, now: Instant) => {
  const [event] = stillLeft(incident, now);
  return event && evolve(incident, event);
};

describe('leaving a case to the day', () => {
  it('it is nobody’s, no alarm runs, and the channel and the one who waits are told', () => {
    expect(left.stage).to.deep.equal({ status: 'new' });
    expect(askedNow(left)).to.deep.equal([]);
    expect(holders(left)).to.deep.equal(['channel']);
    const [event] = events(reached, tove, { verb: 'handOver' });
    expect(event && does(event, reached)).to.deep.equal([
      'handedOver -> channel',
      `handedOver -> ${alva.person}`,
      `remind ${thursday}`,
      `freshen ${leftAt}`,
    ]);
  });
  it('an alarm whose person has not been reached cannot be left: only reaching them stops the clock', () => {
    expect(decide(taken, { verb: 'handOver' }, { actor: tove, now: noon })).to.deep.equal({
      ok: false,
      error: { why: 'notAllowed', verb: 'handOver', status: 'acknowledged' },
    });
  });
  it('pressed again it says who has left it', () => {
    expect(decide(left, { verb: 'handOver' }, { actor: tove, now: noon })).to.deep.equal({
      ok: false,
      error: { why: 'handedOver', by: tove.person },
    });
  });
  it('what was set for the alarm no longer matters', () => {
    expect(unanswered(left, left.rung, noon)).to.deep.equal([]);
    expect(morning(left, noon)).to.deep.equal([]);
    for (const notice of ['alarm', 'nobodyYet'] as const)
      expect(stillDue(left, { notice, to: tove.person, at: noon }, noon), notice).to.equal(false);
    expect(stillDue(left, { notice: 'handedOver', to: 'channel', at: noon }, noon)).to.equal(true);
  });
  it('the channel is told every working morning until someone takes it, once a morning', () => {
    expect(stillLeft(left, later(thursday, -1))).to.deep.equal([]);
    const [event] = stillLeft(left, thursday);
    expect(event && does(event, left)).to.deep.equal(['untaken -> channel', `remind ${friday}`]);
    const once = reminded(left, thursday);
    if (!once) throw new Error('nobody was reminded');
    expect(stillLeft(once, thursday), 'a second row for the same morning').to.deep.equal([]);
    expect(stillLeft(once, later(friday, -1))).to.deep.equal([]);
    expect(stillLeft(once, friday)).to.have.length(1);
  });
  it('taken: no more reminders, and no clock for someone who has been reached', () => {
    const [event] = events(left, karin, { verb: 'acknowledge' });
    if (!event) throw new Error('not taken');
    const after = evolve(left, event);
    expect(stillLeft(after, thursday)).to.deep.equal([]);
    expect(follows(event, left).some((effect) => effect.do === 'giveBack')).to.equal(false);
    expect(notReached(after, noon, thursday)).to.deep.equal([]);
  });
  it('taken and given back, or reopened, it waits again with a reminder behind it', () => {
    const again = having(left, karin, { verb: 'assign', to: tove.person });
    const [declined] = events(again, tove, { verb: 'decline' });
    expect(declined && does(declined, again)).to.deep.equal([
      'handedOver -> channel',
      `remind ${thursday}`,
      `freshen ${leftAt}`,
    ]);
    const closed = having(left, karin, { verb: 'close', reason: 'handled' });
    const [reopened] = events(closed, karin, { verb: 'reopen' });
    expect(reopened && does(reopened, closed)).to.include(`remind ${thursday}`);
  });
  it('an alarm raised anew starts the ladder from its beginning', () => {
    const declinedOnce = having(having(given(reportedEvent(inDanger)), tove, { verb: 'decline' }), karin, {
      verb: 'assign',
      to: tove.person,
    });
    const leftLater = having(having(declinedOnce, tove, { verb: 'reached' }), tove, { verb: 'handOver' });
    const [event] = events(leftLater, alva, { verb: 'alarm' });
    if (!event) throw new Error('not alarmed');
    const after = evolve(leftLater, event);
    expect(askedNow(after)).to.deep.equal([tove.person]);
    expect(after.rung, 'no number is used twice').to.be.greaterThan(leftLater.rung);
    expect(does(event, leftLater)).to.include(`alarm -> ${tove.person}`);
    expect(unanswered(after, after.rung, noon)).to.have.length(1);
    expect(stillLeft(after, thursday)).to.deep.equal([]);
  });
});
