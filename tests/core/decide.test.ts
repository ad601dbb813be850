import { expect } from 'chai';
import fc from 'fast-check';
import {
  decide,
  morning,
  notReached,
  unanswered,
  undeliverable,
  withTheShift,
} from '../../bot/core/decide.ts';
import { type Effect, effectsOf, holders, isTooLate, type Notice, stillDue } from '../../bot/core/effects.ts';
import type { PersonId } from '../../bot/core/ids.ts';
import { askedNow, assigneeOf, evolve, type Incident } from '../../bot/core/incident.ts';
import { riskClassOf } from '../../bot/core/policy.ts';
import { later, minutes } from '../../bot/core/time.ts';
import {
  alva,
  britt,
  events,
  given,
  having,
  inDanger,
  karin,
  night,
  noon,
  omid,
  reportedEvent,
  samir,
  tove,
  victor,
} from '../world/given.ts';

const alarmed = given(reportedEvent(inDanger));
const waiting = given(reportedEvent());

/** What an actor's command sets in motion, as "notice -> target" in the order it is planned. */
const told = (
  incident: Incident,
  actor: Parameters<typeof events>[1],
  command: Parameters<typeof events>[2],
) => {
  let current = incident;
  return events(incident, actor, command).flatMap((event) => {
    current = evolve(current, event);
    return effectsOf(event, current).map((effect) =>
      effect.do === 'post' ? `${effect.notice} -> ${effect.to}` : effect.do,
    );
  });
};

describe('deciding', () => {
  it('two take it at once: one has it, the other is told who', () => {
    const taken = having(alarmed, tove, { verb: 'acknowledge' });
    expect(assigneeOf(taken)).to.equal(tove.person);
    expect(decide(taken, { verb: 'acknowledge' }, { actor: karin, now: noon })).to.deep.equal({
      ok: false,
      error: { why: 'taken', by: tove.person },
    });
  });
  it('the same person pressing again is no error and changes nothing', () => {
    const taken = having(alarmed, tove, { verb: 'acknowledge' });
    expect(events(taken, tove, { verb: 'acknowledge' })).to.deep.equal([]);
  });
  it('declining sends the alarm on, rung by rung, and round again', () => {
    const asked: string[][] = [askedNow(alarmed)];
    let incident = alarmed;
    for (const actor of [tove, samir, karin, omid, britt]) {
      // A coordinator is asked as one on the ladder, like any other.
      incident = having(incident, actor, { verb: 'decline' });
      asked.push(askedNow(incident));
    }
    expect(asked).to.deep.equal([['tove'], ['samir'], ['karin', 'omid'], ['omid'], ['britt'], ['tove']]);
  });
  it('one who has taken it and cannot after all: it is open again, and the next is asked', () => {
    const back = having(having(alarmed, tove, { verb: 'acknowledge' }), tove, { verb: 'decline' });
    expect(back.stage.status).to.equal('new');
    expect(askedNow(back)).to.deep.equal(['samir']);
  });
  it('nobody answers in time: the next rung is asked, and so on, round again, with no end', () => {
    let incident = alarmed;
    const asked: string[][] = [];
    for (let i = 0; i < 9; i++) {
      const [event] = unanswered(incident, incident.rung, noon);
      if (!event) throw new Error('the ladder ended');
      incident = evolve(incident, event);
      asked.push(askedNow(incident));
    }
    const round = [['samir'], ['karin', 'omid'], ['britt'], ['tove']];
    expect(asked).to.deep.equal([...round, ...round, ['samir']]);
  });
  it('a time that was set for an earlier rung, or for a case that is taken, changes nothing', () => {
    const declined = having(alarmed, tove, { verb: 'decline' });
    expect(unanswered(declined, 0, noon)).to.deep.equal([]);
    expect(unanswered(having(alarmed, tove, { verb: 'acknowledge' }), 0, noon)).to.deep.equal([]);
    expect(unanswered(waiting, 0, noon)).to.deep.equal([]);
  });
  it('an alarm that was taken back is still answered: who withdraws it may be under pressure', () => {
    expect(unanswered(having(alarmed, alva, { verb: 'withdraw' }), 0, noon)).to.have.length(1);
  });
  it('taken and not reached in time: it goes on; taken anew it has a time of its own; reached it has none', () => {
    const taken = having(alarmed, tove, { verb: 'acknowledge' });
    if (taken.stage.status !== 'acknowledged') throw new Error('not taken');
    const since = taken.stage.acknowledgedAt;
    const [event] = notReached(taken, since, noon);
    expect(event && askedNow(evolve(taken, event))).to.deep.equal(['samir']);
    expect(notReached(taken, later(since, 1), noon)).to.deep.equal([]);
    expect(notReached(having(taken, tove, { verb: 'reached' }), since, noon)).to.deep.equal([]);
    expect(notReached(having(taken, tove, { verb: 'unreached' }), since, noon)).to.have.length(1);
  });
  it('someone who cannot be reached by a message is passed over; a second time nothing happens', () => {
    const [event] = undeliverable(alarmed, tove.person, noon);
    const passed = event ? evolve(alarmed, event) : alarmed;
    expect(askedNow(passed)).to.deep.equal(['samir']);
    expect(undeliverable(passed, tove.person, noon)).to.deep.equal([]);
  });
  it('nobody on the whole ladder can be reached: tried again a minute later, for ever, without a flood', () => {
    let incident = alarmed;
    let at = noon;
    const rounds: string[] = [];
    for (let i = 0; i < 12; i++) {
      const [person] = askedNow(incident);
      const [event] = person ? undeliverable(incident, person, at) : [];
      if (!event) throw new Error('the ladder ended');
      incident = evolve(incident, event);
      const alarms = effectsOf(event, incident).filter(
        (effect) => effect.do === 'post' && effect.notice === 'alarm',
      );
      if (incident.rung > 4)
        expect(alarms.every((effect) => effect.at === later(at, minutes(1)))).to.equal(true);
      at = alarms[0]?.at ?? at;
      rounds.push(...askedNow(incident));
    }
    expect(rounds.filter((asked) => asked === tove.person).length).to.be.greaterThan(1);
    expect(at).to.equal(later(noon, minutes(7)));
  });
  it('assessed high by day and not taken: the duty officer is alarmed', () => {
    const assessment = {
      method: 'matrix',
      likelihood: 3,
      consequence: 3,
      riskClass: riskClassOf(3, 3),
    } as const;
    expect(events(waiting, karin, { verb: 'assess', assessment }).map(({ type }) => type)).to.deep.equal([
      'Assessed',
      'Alarmed',
    ]);
    const atNight = decide(waiting, { verb: 'assess', assessment }, { actor: karin, now: night });
    expect(atNight.ok && atNight.value.map(({ type }) => type)).to.deep.equal(['Assessed']);
    const taken = having(waiting, karin, { verb: 'acknowledge' });
    expect(events(taken, karin, { verb: 'assess', assessment }).map(({ type }) => type)).to.deep.equal([
      'Assessed',
    ]);
  });
  it('morning raises what waited for it, and nothing else', () => {
    const waits = given(reportedEvent({ channel: 'physical' }, night));
    expect(morning(waits, noon).map(({ type }) => type)).to.deep.equal(['Alarmed']);
    expect(morning(having(waits, karin, { verb: 'acknowledge' }), noon)).to.deep.equal([]);
    expect(morning(having(waits, alva, { verb: 'withdraw' }), noon)).to.deep.equal([]);
  });
  it('a shift that is handed over takes with it what its officer has, and nothing else', () => {
    const moved = (incident: Incident) =>
      withTheShift(incident, { from: tove.person, to: samir.person }, { actor: karin, now: noon });
    const taken = having(alarmed, tove, { verb: 'acknowledge' });
    const assigned = [{ type: 'Assigned', at: noon, by: karin.person, to: samir.person }];
    expect(moved(taken)).to.deep.equal(assigned);
    expect(moved(having(taken, tove, { verb: 'reached' }))).to.deep.equal(assigned);
    expect(moved(having(taken, karin, { verb: 'close', reason: 'handled' }))).to.deep.equal([]);
    expect(moved(having(taken, karin, { verb: 'assign', to: omid.person }))).to.deep.equal([]);
    expect(moved(alarmed)).to.deep.equal([]);
  });
  it('the matrix: 1-3 low, 4-6 medium, 8-9 high, 12-16 very high', () => {
    const row = ([1, 2, 3, 4] as const).map((l) => ([1, 2, 3, 4] as const).map((c) => riskClassOf(l, c)));
    expect(row).to.deep.equal([
      ['low', 'low', 'low', 'medium'],
      ['low', 'medium', 'medium', 'high'],
      ['low', 'medium', 'high', 'veryHigh'],
      ['medium', 'high', 'veryHigh', 'veryHigh'],
    ]);
  });
  it('whatever is pressed in whatever order, a version is a count of events and someone is always asked, or it waits for the day', () => {
    const actors = [alva, victor, tove, samir, karin, omid, britt];
    const plain = [
      'acknowledge',
      'reached',
      'unreached',
      'decline',
      'reopen',
      'alarm',
      'withdraw',
      'handOver',
    ] as const;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...actors), fc.constantFrom(...plain)), { maxLength: 40 }),
        (clicks) => {
          let incident = alarmed;
          let count = 1;
          for (const [actor, verb] of clicks) {
            const decided = decide(incident, { verb }, { actor, now: noon });
            if (!decided.ok) continue;
            count += decided.value.length;
            incident = decided.value.reduce(evolve, incident);
            const alarms = incident.stage.status === 'new' && !incident.handedOver;
            if (alarms) expect(askedNow(incident)).not.to.deep.equal([]);
          }
          expect(incident.version).to.equal(count);
        },
      ),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe('telling', () => {
  it('an alarm goes to the duty officer and the channel at once, and to the reporter when nobody answers', () => {
    const effects = effectsOf(reportedEvent(inDanger), alarmed);
    expect(effects).to.deep.include({ do: 'post', notice: 'alarm', to: tove.person, at: noon });
    expect(effects).to.deep.include({ do: 'post', notice: 'triage', to: 'channel', at: noon });
    expect(effects).to.deep.include({
      do: 'post',
      notice: 'nobodyYet',
      to: alva.person,
      at: later(noon, minutes(3)),
    });
  });
  it('every alarm has a time by which the next are asked, however it began', () => {
    const times = (event: ReturnType<typeof reportedEvent> | undefined, incident: Incident) =>
      event ? effectsOf(event, incident).filter((effect) => effect.do === 'escalate') : [];
    expect(times(reportedEvent(inDanger), alarmed)).to.deep.equal([
      { do: 'escalate', rung: 0, at: later(noon, minutes(5)) },
    ]);
    expect(told(waiting, alva, { verb: 'alarm' })).to.include('escalate');
    expect(told(alarmed, tove, { verb: 'decline' })).to.include('escalate');
    const closed = having(alarmed, karin, { verb: 'close', reason: 'handled' });
    expect(told(closed, karin, { verb: 'reopen' })).to.include('escalate');
  });
  it('what waits for a working day has a reader due at the time that was promised', () => {
    expect(effectsOf(reportedEvent(), waiting)).to.deep.include({
      do: 'post',
      notice: 'untaken',
      to: 'channel',
      at: waiting.readBy,
    });
  });
  it('what waits for the morning is raised at seven', () => {
    const event = reportedEvent({ channel: 'visit_surveil' }, night);
    expect(effectsOf(event, given(event))).to.deep.include({ do: 'raise', at: '2026-11-26T06:00:00.000Z' });
  });
  it('one of two on a rung declines: the other, who has the alarm already, does not get it again', () => {
    const atCoordinators = having(having(alarmed, tove, { verb: 'decline' }), samir, { verb: 'decline' });
    expect(told(atCoordinators, karin, { verb: 'decline' })).to.deep.equal(['freshen']);
    expect(told(having(atCoordinators, karin, { verb: 'decline' }), omid, { verb: 'decline' })).to.include(
      'alarm -> britt',
    );
  });
  it('taking it tells the one who waits', () => {
    expect(told(alarmed, tove, { verb: 'acknowledge' })).to.deep.equal([
      'taken -> alva',
      'reachedYet -> tove',
      'giveBack',
      'freshen',
    ]);
  });
  it('a victim who is not linked hears nothing; one who is linked hears it all', () => {
    expect(told(alarmed, tove, { verb: 'acknowledge' }).join()).not.to.include('victor');
    const linked = having(alarmed, karin, { verb: 'link', person: victor.person });
    expect(told(linked, tove, { verb: 'acknowledge' })).to.include('taken -> victor');
  });
  it('where one is goes to whoever has the alarm', () => {
    expect(told(alarmed, alva, { verb: 'supplement', gave: ['where'] })).to.include('where -> tove');
    const taken = having(alarmed, tove, { verb: 'acknowledge' });
    const handed = having(taken, karin, { verb: 'assign', to: omid.person });
    expect(told(handed, alva, { verb: 'supplement', gave: ['where'] })).to.include('where -> omid');
    expect(holders(waiting)).to.deep.equal(['channel']);
  });
  it('being alone tonight goes to whoever has the case; having company does not', () => {
    expect(told(alarmed, alva, { verb: 'company', company: false })).to.include('alone -> tove');
    expect(told(alarmed, alva, { verb: 'company', company: true })).to.deep.equal(['freshen']);
  });
  it('an internal note tells nobody; one for the reporter tells the reporter', () => {
    expect(told(waiting, karin, { verb: 'note', visibleTo: 'staff' })).to.deep.equal(['freshen']);
    expect(told(waiting, karin, { verb: 'note', visibleTo: 'reporter' })).to.include('noted -> alva');
  });
  it('assigning gives the new one the card, and tells the reporter', () => {
    expect(told(waiting, karin, { verb: 'assign', to: omid.person })).to.deep.equal([
      'taken -> alva',
      'alarm -> omid',
      'freshen',
    ]);
  });
  it('what has become needless is not sent', () => {
    const taken = having(alarmed, karin, { verb: 'acknowledge' });
    const due = (incident: Incident, notice: Notice, to: PersonId, at = noon, now = at) =>
      stillDue(incident, { notice, to, at }, now);
    expect(due(alarmed, 'nobodyYet', alva.person)).to.equal(true);
    expect(due(taken, 'nobodyYet', alva.person)).to.equal(false);
    expect(due(taken, 'alarm', tove.person)).to.equal(false);
    expect(due(taken, 'alarm', karin.person)).to.equal(true);
    expect(due(taken, 'taken', alva.person)).to.equal(true);
    // Taken a minute after noon, and asked 15 minutes later: not sooner, and not when the alarm goes on at once.
    const asked = later(noon, minutes(16));
    expect(due(taken, 'reachedYet', karin.person, asked)).to.equal(true);
    expect(due(taken, 'reachedYet', karin.person, later(noon, minutes(15)))).to.equal(false);
    expect(due(taken, 'reachedYet', karin.person, asked, later(noon, minutes(26)))).to.equal(false);
  });
  it('over 7 days late, only an alarm that nobody has taken is not too late', () => {
    const taken = having(alarmed, karin, { verb: 'acknowledge' });
    const since = later(noon, minutes(1));
    const week = minutes(7 * 24 * 60);
    const tooLate = (incident: Incident, effect: Effect) =>
      [week, week + 1].map((late) => isTooLate(incident, effect, later(effect.at, late)));
    const post = (notice: Notice, to: PersonId | 'channel' = alva.person): Effect => ({
      do: 'post',
      notice,
      to,
      at: noon,
    });
    expect(tooLate(alarmed, post('alarm', tove.person))).to.deep.equal([false, false]);
    expect(tooLate(alarmed, { do: 'escalate', rung: 0, at: noon })).to.deep.equal([false, false]);
    expect(tooLate(alarmed, { do: 'raise', at: noon })).to.deep.equal([false, false]);
    expect(tooLate(taken, post('triage', 'channel'))).to.deep.equal([false, false]);
    expect(tooLate(taken, post('overdue', 'channel'))).to.deep.equal([false, false]);
    expect(tooLate(taken, { do: 'freshen', at: noon })).to.deep.equal([false, false]);
    expect(tooLate(taken, post('alarm', karin.person))).to.deep.equal([false, true]);
    expect(tooLate(taken, post('taken'))).to.deep.equal([false, true]);
    expect(tooLate(taken, { do: 'giveBack', since, at: noon })).to.deep.equal([false, true]);
    // What no longer matters is not told of either.
    expect(tooLate(taken, post('nobodyYet'))).to.deep.equal([false, false]);
    expect(tooLate(taken, { do: 'giveBack', since: noon, at: noon })).to.deep.equal([false, false]);
  });
  it('what a timer does late is stamped with when it was due, and asks then: the alarm says that it is late', () => {
    const found = later(noon, minutes(180));
    const [event] = unanswered(alarmed, 0, found, later(noon, minutes(5)));
    expect(event).to.deep.include({ at: found, due: later(noon, minutes(5)) });
    const effects = event ? effectsOf(event, evolve(alarmed, event)) : [];
    expect(effects).to.deep.include({
      do: 'post',
      notice: 'alarm',
      to: samir.person,
      at: later(noon, minutes(5)),
    });
    expect(effects).to.deep.include({ do: 'escalate', rung: 1, at: later(found, minutes(5)) });
    const inTime = unanswered(alarmed, 0, later(noon, minutes(1)), noon);
    expect(inTime[0]).not.to.have.property('due');
  });
});
