import { expect } from 'chai';
import fc from 'fast-check';
import { unanswered, undeliverable } from '../../bot/core/decide.ts';
import { effectsOf } from '../../bot/core/effects.ts';
import type { Instant } from '../../bot/core/ids.ts';
import { evolve, type Incident, type IncidentEvent } from '../../bot/core/incident.ts';
import { pagedNow, stillPaged } from '../../bot/core/page.ts';
import type { Rung } from '../../bot/core/people.ts';
import { internationalNumber } from '../../bot/core/phone.ts';
import { later, minutes } from '../../bot/core/time.ts';
import {
  alva,
  britt,
  events,
  given,
  having,
  inDanger,
  karin,
  ladder,
  noon,
  omid,
  reportedEvent,
  samir,
  tove,
} from '../world/given.ts';

const danger = reportedEvent(inDanger);
const alarmed = given(danger);
const atFunction: Rung[] = [{ role: 'dutyOfficer', people: [], dutyFunction: true }, ...ladder.slice(1)];

/** Whom an event has paged from when, as "who @rung". */
const pages = (event: IncidentEvent, incident: Incident, at: Instant = event.at) =>
  effectsOf(event, incident).flatMap((effect) =>
    effect.do === 'page' && effect.at === at ? [`${effect.to} @${effect.rung}`] : [],
  );
const follow = (incident: Incident, ...happened: IncidentEvent[]) => happened.reduce(evolve, incident);

describe('paging', () => {
  it('everyone who is asked is paged, on every rung, beside the alarm in Teams', () => {
    expect(pages(danger, alarmed)).to.deep.equal(['tove @0']);
    let incident = alarmed;
    const rungs: string[][] = [];
    for (let rung = 0; rung < 4; rung++) {
      const [event] = unanswered(incident, rung, noon);
      if (!event) throw new Error('the ladder ended');
      incident = evolve(incident, event);
      rungs.push(pages(event, incident));
    }
    expect(rungs).to.deep.equal([['samir @1'], ['karin @2', 'omid @2'], ['britt @3'], ['tove @4']]);
  });
  it('what waits for the channel or the morning pages nobody', () => {
    const waiting = reportedEvent();
    expect(pages(waiting, given(waiting))).to.deep.equal([]);
    expect(pagedNow(given(waiting))).to.deep.equal([]);
  });
  it('an alarm raised later, given back, passed on or reopened pages like one raised at once', () => {
    const waiting = given(reportedEvent());
    const [raised] = events(waiting, alva, { verb: 'alarm' });
    const [declined] = events(alarmed, tove, { verb: 'decline' });
    const closed = having(alarmed, karin, { verb: 'close', reason: 'handled' });
    const [reopened] = events(closed, karin, { verb: 'reopen' });
    expect(raised && pages(raised, follow(waiting, raised))).to.deep.equal(['tove @0']);
    expect(declined && pages(declined, follow(alarmed, declined))).to.deep.equal(['samir @1']);
    expect(reopened && pages(reopened, follow(closed, reopened))).to.deep.equal(['tove @0']);
  });
  it('the duty function itself is paged where nobody in Teams holds the duty, or nobody is on the ladder', () => {
    const byNumber = reportedEvent(inDanger, noon, alva, atFunction);
    expect(pages(byNumber, given(byNumber))).to.deep.equal(['dutyFunction @0']);
    const nobody = reportedEvent(inDanger, noon, alva, []);
    expect(pages(nobody, given(nobody))).to.deep.equal(['dutyFunction @0']);
    const [goesOn] = unanswered(given(byNumber), 0, noon);
    expect(goesOn && pages(goesOn, follow(given(byNumber), goesOn))).to.deep.equal(['samir @1']);
  });

  const first = { to: tove.person, rung: 0 };
  it('taking it stops the paging, and so does closing it', () => {
    for (const paged of [false, true]) {
      expect(stillPaged(alarmed, first, paged)).to.equal(true);
      expect(stillPaged(having(alarmed, karin, { verb: 'acknowledge' }), first, paged)).to.equal(false);
      const closed = having(alarmed, karin, { verb: 'close', reason: 'handled' });
      expect(stillPaged(closed, first, paged)).to.equal(false);
    }
  });
  it('a withdrawn alarm is still paged: whoever takes it back may be under pressure', () => {
    expect(stillPaged(having(alarmed, alva, { verb: 'withdraw' }), first, true)).to.equal(true);
  });
  it('who has declined is not paged again; the others on the rung are', () => {
    const atCoordinators = follow(
      alarmed,
      { type: 'Escalated', at: noon, by: tove.person, rung: 1 },
      { type: 'Escalated', at: noon, by: tove.person, rung: 2 },
    );
    const declined = having(atCoordinators, karin, { verb: 'decline' });
    expect(pagedNow(declined)).to.deep.equal(['omid']);
    expect(stillPaged(declined, { to: karin.person, rung: 2 }, true)).to.equal(false);
    expect(stillPaged(declined, { to: omid.person, rung: 2 }, true)).to.equal(true);
  });
  it('someone whom Teams cannot reach is paged all the same, once when the alarm has gone on at once', () => {
    const [gone] = undeliverable(alarmed, tove.person, noon);
    const passed = gone ? evolve(alarmed, gone) : alarmed;
    expect(passed.rung).to.equal(1);
    expect(stillPaged(passed, first, false)).to.equal(true);
    expect(stillPaged(passed, first, true)).to.equal(false);

    const atCoordinators = follow(alarmed, { type: 'Escalated', at: noon, by: tove.person, rung: 2 });
    const [noBot] = undeliverable(atCoordinators, karin.person, noon);
    const left = noBot ? evolve(atCoordinators, noBot) : atCoordinators;
    expect(pagedNow(left)).to.deep.equal(['karin', 'omid']);
    expect(stillPaged(left, { to: karin.person, rung: 2 }, true)).to.equal(true);
    expect(pagedNow(having(left, omid, { verb: 'decline' }))).to.deep.equal(['britt']);
  });
  it('who has declined stays so, whoever else on the rung cannot be reached', () => {
    const atCoordinators = follow(alarmed, { type: 'Escalated', at: noon, by: tove.person, rung: 2 });
    const declined = having(atCoordinators, karin, { verb: 'decline' });
    const [noBot] = undeliverable(declined, omid.person, noon);
    expect(noBot && evolve(declined, noBot).rung).to.equal(3);
  });
  it('found months late: goes at once for a case that nobody has taken, but not once for every round of the ladder', () => {
    expect(stillPaged(alarmed, first, false)).to.equal(true);
    const rounds = (rung: number) =>
      follow(alarmed, { type: 'Escalated', at: later(noon, minutes(60)), by: tove.person, rung });
    expect(stillPaged(rounds(3), first, false)).to.equal(true);
    expect(stillPaged(rounds(4), first, false)).to.equal(false);
  });
  it('nobody on the whole ladder can be reached in Teams: each of them is paged each round', () => {
    let incident = alarmed;
    let at = noon;
    const paged: string[] = [];
    for (let i = 0; i < 8; i++) {
      const [asked = tove.person] = pagedNow(incident).filter(
        (one) => one !== 'dutyFunction' && !incident.declined.includes(one),
      );
      if (asked === 'dutyFunction') throw new Error('the ladder is empty');
      const [event] = undeliverable(incident, asked, at);
      if (!event) throw new Error('the ladder ended');
      incident = evolve(incident, event);
      const next = effectsOf(event, incident).find((effect) => effect.do === 'page');
      at = next?.at ?? at;
      paged.push(...pages(event, incident, at));
    }
    for (const who of [tove, samir, karin, omid, britt]) {
      expect(paged.filter((one) => one.startsWith(`${who.person} `)).length, who.person).to.be.greaterThan(0);
    }
  });
  it('an alarm that is out and not taken always has someone to page, whatever is pressed', () => {
    const actors = [tove, samir, karin, omid, britt];
    const plain = ['acknowledge', 'decline', 'reopen', 'withdraw'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...actors), fc.constantFrom(...plain, 'gone' as const))),
        (clicks) => {
          let incident = alarmed;
          for (const [actor, verb] of clicks) {
            const happened =
              verb === 'gone' ? undeliverable(incident, actor.person, noon) : tried(incident, actor, verb);
            incident = follow(incident, ...happened);
            const out = incident.stage.status === 'new';
            expect(pagedNow(incident).length > 0).to.equal(out);
          }
        },
      ),
      { seed: 20261125, numRuns: 300 },
    );
  });
});

function tried(
  incident: Incident,
  actor: typeof tove,
  verb: 'acknowledge' | 'decline' | 'reopen' | 'withdraw',
) {
  try {
    return events(incident, actor, { verb });
  } catch {
    return [];
  }
}

describe('telephone numbers', () => {
  it('are dialled from abroad as people here write them', () => {
    const written = {
      '070-174 06 20': '+46701740620',
      '08-465 004 00': '+46846500400',
      '+46 (0)70-174 06 20': '+46701740620',
      '0046 70 174 06 20': '+46701740620',
      '+47 22 12 34 56': '+4722123456',
      '070\u2013174\u00a006\u00a020': '+46701740620',
    };
    for (const [number, dialled] of Object.entries(written)) {
      expect(internationalNumber(number), number).to.equal(dialled);
    }
  });
  it('what is none cannot be dialled', () => {
    for (const odd of [
      '',
      '112',
      'växeln',
      '070-174 06 20 ankn 3',
      '+0701740620',
      '1234567890123456',
      '+46x',
      '0',
    ]) {
      expect(internationalNumber(odd), odd).to.equal(undefined);
    }
  });
});
