import { expect } from 'chai';
import { effectsOf } from '../../bot/core/effects.ts';
import { exerciseAnswers, isExerciseDue, takenIn, triedIn } from '../../bot/core/exercise.ts';
import { instant } from '../../bot/core/ids.ts';
import { begin, evolve, type IncidentEvent, isUnanswered } from '../../bot/core/incident.ts';
import type { Rung } from '../../bot/core/people.ts';
import { routeOf, worstFirst } from '../../bot/core/policy.ts';
import { later, minutes } from '../../bot/core/time.ts';
import {
  events as eventsOf,
  given,
  having,
  id,
  karin,
  ladder,
  noon,
  omid,
  reportedEvent,
  samir,
  tove,
} from '../world/given.ts';

const drill = { ...reportedEvent(exerciseAnswers, noon, karin), exercise: true } as const;
const inMinutes = (count: number, { person }: { person: typeof tove.person }) => ({
  at: later(noon, minutes(count)),
  by: person,
});
const acknowledged = { ...inMinutes(7, samir), type: 'Acknowledged' } as const;
const escalated = { ...inMinutes(5, tove), type: 'Escalated', rung: 1 } as const;

describe('an exercise', () => {
  it('alarms by day and by night, and says of nobody that they are in danger', () => {
    for (const night of [false, true]) {
      expect(routeOf(exerciseAnswers, night)).to.deep.include({ route: 'alarm', reasons: ['callNow'] });
    }
  });

  it('ends when the person is reached, when it is called off, and when it is closed; then it is told of', () => {
    const taken = given(drill, acknowledged);
    const ending = {
      reached: eventsOf(taken, samir, { verb: 'reached' }),
      withdraw: eventsOf(taken, karin, { verb: 'withdraw' }),
      close: eventsOf(given(drill), omid, { verb: 'close', reason: 'handled' }),
    };
    for (const [verb, happened] of Object.entries(ending)) {
      const after = happened.reduce(evolve, taken);
      expect(after.stage.status, verb).to.equal('closed');
      const told = happened.flatMap((event) => effectsOf(event, after)).filter((one) => one.do === 'post');
      const reports = told.filter(({ notice }) => notice === 'exercised');
      expect(
        reports.map(({ to }) => to),
        verb,
      ).to.deep.equal(['channel']);
    }
  });

  it('is the only alarm of which that is so', () => {
    const real = having(given(reportedEvent(exerciseAnswers)), tove, { verb: 'acknowledge' });
    const happened = eventsOf(real, tove, { verb: 'reached' });
    expect(happened.map(({ type }) => type)).to.deep.equal(['Reached']);
    const closed = eventsOf(real, karin, { verb: 'close', reason: 'handled' });
    const effects = closed.flatMap((event) => effectsOf(event, closed.reduce(evolve, real)));
    expect(JSON.stringify(effects)).not.to.include('exercised');
  });

  it('stands after every real case in lists', () => {
    const real = given(reportedEvent(), acknowledged);
    expect([given(drill), real].toSorted(worstFirst)).to.deep.equal([real, given(drill)]);
  });

  const tell = (happened: IncidentEvent[], reached = [tove.person, samir.person], phones = true) =>
    triedIn(id, [drill, ...happened], { reached, phones });
  const toveSilent = { who: tove.person, delivered: 'yes', paged: 'unknown', answer: 'none' };

  it('is told of by those who were asked, and how long they took from then', () => {
    expect(tell([])).to.deep.equal([toveSilent]);
    expect(tell([escalated, acknowledged])).to.deep.equal([
      toveSilent,
      { who: samir.person, delivered: 'yes', paged: 'unknown', answer: 'taken', after: minutes(2) },
    ]);
    expect(takenIn([drill, escalated, acknowledged])).to.deep.equal({ by: samir.person, after: minutes(7) });
    expect(takenIn([drill, escalated])).to.equal(undefined);
    const assigned = { ...inMinutes(1, karin), type: 'Assigned', to: samir.person } as const;
    expect(takenIn([drill, assigned, acknowledged])).to.deep.equal({ by: samir.person, after: minutes(1) });
  });
  it('counts nobody twice whom the alarm comes round to again', () => {
    const rounds = [1, 2, 3, 4, 5].map(
      (rung) => ({ ...inMinutes(5 * rung, tove), type: 'Escalated', rung }) as const,
    );
    expect(tell(rounds).map(({ who }) => who)).to.deep.equal(ladder.flatMap(({ people }) => people));
  });
  it('tells what is known of message and page, and that nothing is known', () => {
    const gone = { ...inMinutes(0, tove), type: 'Undeliverable', person: tove.person, rung: 1 } as const;
    const paged = { ...inMinutes(0, tove), type: 'Paged', to: tove.person, outcome: 'sent' } as const;
    expect(tell([paged, gone], [])).to.deep.equal([
      { who: tove.person, delivered: 'no', paged: 'sent', answer: 'none' },
      { who: samir.person, delivered: 'unknown', paged: 'unknown', answer: 'none' },
    ]);
    expect(tell([], undefined, false)).to.deep.equal([
      { who: tove.person, delivered: 'yes', answer: 'none' },
    ]);
  });
  it('asks the duty function by phone only', () => {
    const rungs: Rung[] = [{ role: 'dutyOfficer', people: [], dutyFunction: true }];
    const asked = triedIn(id, [{ ...drill, ladder: rungs }], { reached: [], phones: true });
    expect(asked).to.deep.equal([{ who: 'dutyFunction', paged: 'unknown', answer: 'none' }]);
  });

  it('is due when none has been held, and six months after the last', () => {
    const last = instant(Date.parse('2026-08-31T12:00:00+02:00'));
    const due = instant(Date.parse('2027-02-28T12:00:00+01:00'));
    expect(isExerciseDue(undefined, noon)).to.equal(true);
    expect(isExerciseDue(last, later(due, -1))).to.equal(false);
    expect(isExerciseDue(last, due)).to.equal(true);
  });

  it('that nobody takes is not told of outside, as an alarm is', () => {
    const round = [1, 2, 3, 4].map((rung) => ({ ...escalated, rung }));
    expect(isUnanswered(given(reportedEvent(exerciseAnswers), ...round))).to.equal(true);
    expect(isUnanswered(given(drill, ...round))).to.equal(false);
  });

  it('is kept on the case, and on no other', () => {
    expect(begin(id, drill)).to.include({ exercise: true });
    expect(begin(id, reportedEvent())).not.to.have.property('exercise');
  });
});
