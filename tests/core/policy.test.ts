import { expect } from 'chai';
import { decide } from '../../bot/core/decide.ts';
import { instant } from '../../bot/core/ids.ts';
import { evolve, type Incident, type Status, statuses } from '../../bot/core/incident.ts';
import type { Actor } from '../../bot/core/people.ts';
import {
  allowedVerbs,
  policy,
  type Relation,
  relations,
  routeOf,
  type Verb,
  verbs,
} from '../../bot/core/policy.ts';
import { agreedPolicy } from '../features/gridTable.ts';
import {
  adam,
  alva,
  answers,
  britt,
  by,
  dina,
  given,
  greta,
  hanna,
  having,
  inDanger,
  ingrid,
  karin,
  noon,
  omid,
  reportedEvent,
  samir,
  stranger,
  tove,
  victor,
} from '../world/given.ts';

/**
 * One case in each status, alarmed, reported by alva about victor, who is an employee and has shared with greta; it is about a telephone call; once
 * opened in an emergency by ingrid; taken by tove, with karin as coordinator.
 */
const linked = [
  { ...by(karin), type: 'Linked', person: victor.person } as const,
  { ...by(karin), type: 'Categorised', category: 'employee', protectedIdentity: false } as const,
  { ...by(victor), type: 'Shared', with: 'groupLeader', person: greta.person } as const,
  { ...by(ingrid), type: 'Overridden' } as const,
].reduce(evolve, given({ ...reportedEvent(inDanger), callAt: noon }));
const taken = having(linked, tove, { verb: 'acknowledge' });
const reached = having(taken, tove, { verb: 'reached' });
const closed = having(reached, karin, { verb: 'close', reason: 'handled' });
const cases: Record<Status, Incident> = { new: linked, acknowledged: taken, reached, closed };
const actors: Record<Relation, Actor> = {
  reporter: alva,
  victim: victor,
  asked: samir,
  assignee: tove,
  coordinator: omid,
  supporter: greta,
  standby: britt,
  overrider: ingrid,
  hr: hanna,
  auditor: dina,
};

describe('policy: who may do what', () => {
  it('is the agreed table', () => {
    expect(policy).to.deep.equal(agreedPolicy);
  });

  for (const relation of relations) {
    for (const status of statuses) {
      const incident = cases[status];
      // Samir stands on the second rung: he is asked when Tove has declined.
      const asked =
        relation === 'asked' && status === 'new' ? having(incident, tove, { verb: 'decline' }) : incident;
      // Nobody has a new case: the row is there for whoever had it before it was opened again.
      const actor = relation === 'assignee' && status === 'new' ? stranger : actors[relation];
      // The alarm has gone out already, so the reporter has nothing to raise, and nobody leaves it to the day before
      // the person has been reached.
      const unfit: Verb[] = status === 'acknowledged' ? ['alarm', 'handOver'] : ['alarm'];
      // Alva reports about another, so it is not hers to share. Someone who has opened it was nobody to it before.
      const others: Verb[] = relation === 'reporter' ? ['share', 'unshare'] : [];
      const first: Verb[] = relation === 'overrider' ? ['override'] : [];
      const fitting: Verb[] = [...first, ...agreedPolicy[relation][status]].filter(
        (verb) => ![...unfit, ...others].includes(verb),
      );
      it(`${relation} of a case that is ${status}: ${fitting.join(', ') || 'nothing'}`, () => {
        expect(allowedVerbs(asked, actor)).to.deep.equal(fitting);
      });
      for (const verb of verbs.filter((one) => !fitting.includes(one))) {
        if (!isCommand(verb)) continue;
        it(`${relation} of a case that is ${status}: ${verb} changes nothing`, () => {
          const decided = decide(asked, commandOf(verb), { actor, now: noon });
          expect(decided.ok ? decided.value : []).to.deep.equal([]);
        });
      }
      for (const verb of fitting.filter(isCommand)) {
        it(`${relation} of a case that is ${status}: ${verb} happens`, () => {
          const decided = decide(asked, commandOf(verb), { actor, now: noon });
          expect(decided.ok && decided.value.length).to.be.greaterThan(0);
        });
      }
    }
  }

  it('gives a stranger nothing at all', () => {
    for (const actor of [stranger, adam]) {
      for (const incident of Object.values(cases)) expect(allowedVerbs(incident, actor)).to.deep.equal([]);
    }
  });
  it('gives someone further down the ladder nothing but an emergency before the alarm has come to them', () => {
    expect(allowedVerbs(linked, samir)).to.deep.equal(['override']);
  });
  it('gives the duty officer nothing but an emergency of a case that has not alarmed anyone', () => {
    expect(allowedVerbs(given(reportedEvent()), tove)).to.deep.equal(['override']);
  });
  it('takes the right to answer away with the role, though the ladder still names the person', () => {
    expect(allowedVerbs(linked, { ...tove, roles: ['elected'] })).to.deep.equal([]);
  });
  it('lets the reporter raise the alarm of a case that waits', () => {
    expect(allowedVerbs(given(reportedEvent()), alva)).to.include('alarm');
  });
  it('lets the day have what did not alarm anyone, and an alarm only when the person has been reached', () => {
    const quiet = having(given(reportedEvent()), karin, { verb: 'assign', to: tove.person });
    expect(allowedVerbs(quiet, tove)).to.include('handOver');
    expect(allowedVerbs(taken, tove)).not.to.include('handOver');
    const left = having(reached, tove, { verb: 'handOver' });
    expect(allowedVerbs(having(left, karin, { verb: 'acknowledge' }), karin)).to.include('handOver');
  });
  it('lets the reporter raise the alarm again when it was left to the day', () => {
    expect(allowedVerbs(linked, alva)).not.to.include('alarm');
    expect(allowedVerbs(having(reached, tove, { verb: 'handOver' }), alva)).to.include('alarm');
  });
  it('asks for company only when it is serious', () => {
    expect(allowedVerbs(given(reportedEvent()), alva)).not.to.include('company');
    expect(allowedVerbs(given(reportedEvent(inDanger)), alva)).to.include('company');
  });
});

describe('routing: where a report goes', () => {
  const serious = ['visit_surveil', 'physical', 'letter_parcel'] as const;
  const ordinary = ['in_person', 'phone', 'sms_chat', 'email', 'social_media', 'other', 'unknown'] as const;

  for (let hour = 0; hour < 24; hour++) {
    const now = instant(Date.parse(`2026-11-28T${String(hour).padStart(2, '0')}:30:00+01:00`));
    const dark = hour >= 22 || hour < 7;
    it(`at ${hour}.30 on a Saturday`, () => {
      const route = (some: Parameters<typeof answers>[0]) => reportedEvent(some, now).route;
      for (const channel of [...serious, ...ordinary]) {
        expect(route({ channel, dangerNow: 'yes' }), channel).to.equal('alarm');
        expect(route({ channel, dangerNow: 'unsure' }), channel).to.equal('alarm');
        expect(route({ channel, callback: 'now' }), channel).to.equal('alarm');
      }
      for (const channel of serious)
        expect(route({ channel }), channel).to.equal(dark ? 'alarmInTheMorning' : 'alarm');
      for (const channel of ordinary) expect(route({ channel }), channel).to.equal('workingDay');
    });
  }

  it('says every reason that spoke for the urgency, strongest first', () => {
    expect(
      routeOf(answers({ dangerNow: 'unsure', channel: 'physical', callback: 'now' }), false),
    ).to.deep.equal({
      route: 'alarm',
      urgency: 'acute',
      reasons: ['dangerUnsure', 'callNow', 'violence'],
    });
    expect(routeOf(answers(), false).reasons).to.deep.equal(['ordinary']);
  });
  it('promises a time only where a reader is due', () => {
    expect(reportedEvent().readBy).to.equal('2026-11-26T15:00:00.000Z');
    expect(
      reportedEvent({ channel: 'physical' }, instant(Date.parse('2026-11-25T23:30:00+01:00'))).readBy,
    ).to.equal('2026-11-26T06:00:00.000Z');
    expect(reportedEvent(inDanger)).not.to.have.property('readBy');
  });
});

function isCommand(verb: Verb): boolean {
  return !['details', 'readers', 'readings'].includes(verb);
}

function commandOf(verb: Verb): Parameters<typeof decide>[1] {
  switch (verb) {
    case 'assign':
      return { verb, to: omid.person };
    case 'assess':
      return { verb, assessment: { method: 'none', riskClass: 'low' } };
    case 'note':
      return { verb, visibleTo: 'staff' };
    case 'link':
      return { verb, person: victor.person };
    case 'close':
      return { verb, reason: 'handled' };
    case 'restrict':
      return { verb, to: [karin.person], out: [omid.person] };
    case 'categorise':
      return { verb, category: 'relative', protectedIdentity: true };
    case 'share':
      return { verb, share: { with: 'relative' } };
    case 'supplement':
      return { verb, gave: ['text'] };
    case 'callTold':
      return { verb, told: { telephone: 'own' } };
    case 'company':
      return { verb, company: true };
    case 'details':
    case 'readers':
    case 'readings':
      throw new Error('a reading, not a command');
    default:
      return { verb };
  }
}
