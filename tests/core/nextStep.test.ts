import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Command,
  decide,
  morning,
  notReached,
  report,
  unanswered,
  undeliverable,
} from '../../bot/core/decide.ts';
import { type Effect, effectsOf } from '../../bot/core/effects.ts';
import { type Instant, instant } from '../../bot/core/ids.ts';
import { begin, evolve, type Incident, type IncidentEvent } from '../../bot/core/incident.ts';
import { nextStepOf } from '../../bot/core/nextStep.ts';
import { later, minutes } from '../../bot/core/time.ts';
import * as who from '../world/given.ts';

const { alva, tove, samir, karin, omid, britt, noon, night, given, having, id, reportedEvent } = who;
const danger = given(reportedEvent({ dangerNow: 'yes' }));

describe('what must stand in the agenda of a case', () => {
  it('an alarm: when the next are asked; taken: when it is given back; reached or closed: nothing', () => {
    expect(nextStepOf(danger)).to.deep.equal({ do: 'escalate', rung: 0, at: later(noon, minutes(5)) });
    const taken = having(danger, tove, { verb: 'acknowledge' });
    const since = later(noon, minutes(1));
    expect(nextStepOf(taken)).to.deep.equal({ do: 'giveBack', since, at: later(since, minutes(25)) });
    expect(nextStepOf(having(taken, tove, { verb: 'reached' }))).to.equal(undefined);
    expect(nextStepOf(having(danger, karin, { verb: 'close', reason: 'handled' }))).to.equal(undefined);
  });
  it('what waits: when it is read, or alarmed; nothing when it is withdrawn or somebody has it', () => {
    const waiting = given(reportedEvent());
    const at = waiting.readBy;
    expect(nextStepOf(waiting)).to.deep.equal({ do: 'post', notice: 'untaken', to: 'channel', at });
    expect(nextStepOf(having(waiting, alva, { verb: 'withdraw' }))).to.equal(undefined);
    expect(nextStepOf(having(waiting, karin, { verb: 'acknowledge' }))).to.equal(undefined);
    expect(nextStepOf(given(reportedEvent({ channel: 'visit_surveil' }, night)))).to.deep.equal({
      do: 'raise',
      at: '2026-11-26T06:00:00.000Z',
    });
  });

  it('a case whose alarm waited for the morning and that nobody has any more is alarmed, by day at once', () => {
    const taken = having(given(reportedEvent({ channel: 'visit_surveil' }, night)), karin, {
      verb: 'acknowledge',
    });
    const morningAt = instant(Date.parse('2026-11-26T09:00:00+01:00'));
    for (const verb of ['decline', 'reopen'] as const) {
      const before = verb === 'reopen' ? given(reportedEvent({ channel: 'visit_surveil' }, night)) : taken;
      const left = verb === 'reopen' ? having(before, karin, { verb: 'close', reason: 'handled' }) : before;
      const decided = decide(left, { verb }, { actor: karin, now: morningAt });
      const [event] = decided.ok ? decided.value : [];
      if (!event) throw new Error(`${verb} was refused`);
      expect(effectsOf(event, evolve(left, event)), verb).to.deep.include({ do: 'raise', at: morningAt });
    }
  });
  it('after a whole round that could not be reached, time to answer counts from when they are asked anew', () => {
    const round = [tove, samir, karin, omid, britt].reduce(
      (incident, { person }) => undeliverable(incident, person, noon).reduce(evolve, incident),
      danger,
    );
    expect(nextStepOf(round)).to.deep.equal({ do: 'escalate', rung: 4, at: later(noon, minutes(6)) });
  });

  /** What is kept from some goes to none of them, nor to the channel, where they read. */
  function isForThem(effect: Effect, { confined, reporter, victim }: Incident): void {
    if (!confined || (effect.do !== 'post' && effect.do !== 'page')) return;
    const kept = [...confined.out, 'channel'].filter((one) => one !== reporter && one !== victim);
    expect(kept).not.to.include(effect.to);
  }

  /** What a worker would do with a row of the agenda at its time. */
  function fires(effect: Effect, incident: Incident, now: Instant): IncidentEvent[] {
    if (effect.do === 'raise') return morning(incident, now);
    if (effect.do === 'escalate') return unanswered(incident, effect.rung, now);
    if (effect.do === 'giveBack') return notReached(incident, effect.since, now);
    return [];
  }
  const verb = fc.constantFrom<Command>(
    { verb: 'acknowledge' as const },
    { verb: 'decline' as const },
    { verb: 'reached' as const },
    { verb: 'alarm' as const },
    { verb: 'withdraw' as const },
    { verb: 'reopen' as const },
    { verb: 'close' as const, reason: 'handled' as const },
    { verb: 'assign' as const, to: omid.person },
    { verb: 'note' as const, visibleTo: 'staff' as const },
    { verb: 'restrict' as const, to: [], out: [karin.person, omid.person] },
    { verb: 'restrict' as const, to: [omid.person], out: [karin.person] },
    { verb: 'link' as const, person: samir.person },
    {
      verb: 'assess' as const,
      assessment: { method: 'matrix', likelihood: 4, consequence: 4, riskClass: 'veryHigh' } as const,
    },
  );
  const step = fc.record({
    wait: fc.constantFrom(0, 1, 4, 6, 16, 60, 700),
    actor: fc.constantFrom(alva, tove, samir, karin, omid, britt),
    does: fc.oneof(verb, fc.constant('cannot be reached' as const)),
  });
  /** Whom the reporter excludes. */
  const without = fc.constantFrom(
    [],
    [tove.person],
    [karin.person],
    [karin.person, omid.person, samir.person],
    [tove.person, samir.person, karin.person, omid.person, britt.person],
  );
  const levels = [[karin.person, omid.person], [britt.person]];
  const answers = fc.constantFrom({ dangerNow: 'yes' as const }, { channel: 'visit_surveil' as const }, {});

  it('stands in the agenda that the events have planned, whatever has happened to the case', () => {
    const run = fc.property(
      answers,
      fc.constantFrom(noon, night),
      without,
      fc.array(step, { maxLength: 25 }),
      (given, start, excluded, steps) => {
        let now: Instant = start;
        const reported = report(
          {
            answers: who.answers(given),
            ladder: who.ladder,
            deadlines: who.deadlines,
            numberKnown: true,
            excluded,
            levels,
          },
          { actor: alva, now: start },
        );
        let incident = begin(id, reported);
        let agenda = effectsOf(reported, incident);
        const happen = (events: IncidentEvent[]) => {
          for (const event of events) {
            incident = evolve(incident, event);
            const planned = effectsOf(event, incident);
            for (const effect of planned) isForThem(effect, incident);
            agenda.push(...planned);
          }
        };
        const passTo = (end: Instant) => {
          for (;;) {
            const [due] = agenda.filter(({ at }) => at <= end).sort((a, b) => (a.at < b.at ? -1 : 1));
            if (!due) break;
            agenda = agenda.filter((one) => one !== due);
            now = due.at > now ? due.at : now;
            happen(fires(due, incident, now));
          }
          now = end;
        };
        for (const { wait, actor, does } of steps) {
          passTo(instant(Date.parse(now) + minutes(wait)));
          if (does === 'cannot be reached') happen(undeliverable(incident, actor.person, now));
          else {
            const decided = decide(incident, does, { actor, now });
            if (decided.ok) happen(decided.value);
          }
          passTo(now);
          const needed = nextStepOf(incident);
          // A word that has been said is not said again; an alarm that nobody has goes on and on.
          if (needed && (needed.do !== 'post' || needed.at > now)) {
            const alike = agenda.filter((one) => one.do === needed.do && one.do !== 'raise');
            if (needed.do === 'raise') expect(agenda.map((one) => one.do)).to.include('raise');
            else expect(alike).to.deep.include(needed);
          }
        }
      },
    );
    fc.assert(run, { numRuns: 500 });
  });
});
