import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { allowedVerbs } from '../../bot/core/policy.ts';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import type { Shown } from '../world/fakeMessenger.ts';
import { buttonsOf, type World } from '../world/world.ts';
import { announced, type ReportedCase, reportedCase, secret, words } from './reportedCase.ts';

const { error, notices, refusals } = texts('sv');

describe('the coordinators', () => {
  let reported: ReportedCase;
  let world: World;
  let id: IncidentId;
  const incident = () => reported.incident();
  const triage = () => reported.triage();
  const alarms = (who: string) => reported.alarms(who);
  beforeEach(async () => {
    reported = await reportedCase();
    ({ world, id } = reported);
  });

  it('open, assess, assign, note and close; every card of the case follows', async () => {
    const opened = await world.presses('Karin', 'details', {}, 'channel');
    expect(JSON.stringify(opened.reply.card?.data)).to.include(secret.text);
    await world.presses(
      'Karin',
      'assess',
      { method: 'matrix', likelihood: '2', consequence: '3' },
      'channel',
    );
    await world.presses('Karin', 'assign', { to: world.person('Omid') }, 'channel');
    expect(alarms('Omid')).to.have.length(1);
    await world.presses('Karin', 'note', { text: 'ringt', visibleTo: 'staff' }, 'channel');
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    expect((await incident()).stage.status).to.equal('closed');
    for (const card of [triage(), alarms('Tove')[0], alarms('Omid')[0]]) {
      expect(words(card)).to.match(/vslutat/);
    }
    expect(announced(world.sees('Alva'), notices.closed.summary)).to.have.length(1);
  });
  it('every button on every card is an allowed verb, in its order', async () => {
    const check = async () => {
      const now = await incident();
      const seen: [Shown | undefined, string, 'coordinator' | undefined][] = [
        [triage(), 'Karin', 'coordinator'],
        [alarms('Tove')[0], 'Tove', undefined],
      ];
      for (const [card, who, as] of seen) {
        const actor = {
          person: world.person(who),
          roles: world.directory.person(world.person(who))?.roles ?? [],
        };
        const allowed = as
          ? allowedVerbs(now, { ...actor, person: world.person('Greta') }, [as])
          : allowedVerbs(now, actor);
        const offered = card && buttonsOf(card.view).map(({ verb }) => verb);
        expect(offered?.filter((verb) => verb !== 'checklist')).to.deep.equal(allowed);
      }
    };
    await check();
    await world.presses('Karin', 'acknowledge', {}, 'channel');
    await check();
    await world.presses('Karin', 'reached', {}, 'channel');
    await check();
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    await check();
    await world.presses('Karin', 'reopen', {}, 'channel');
    await check();
  });
  it('the same note from a new card is a new note; the same card pressed twice is one', async () => {
    const first = await world.presses('Karin', 'note', { text: 'ringt' }, 'channel');
    await world.pressesOld('Karin', first, { text: 'ringt' });
    expect((await incident()).version).to.equal(2);
    await world.presses('Karin', 'note', { text: 'ringt' }, 'channel');
    expect((await incident()).version).to.equal(3);
  });
  it('who is no longer the victim no longer finds it among their own', async () => {
    await world.presses('Karin', 'link', { person: world.person('Omid') }, 'channel');
    expect(
      (await world.writes('Omid', 'mina rapporter')).some(({ view }) =>
        JSON.stringify(view.data).includes(id),
      ),
    ).to.equal(true);
    await world.presses('Karin', 'link', { person: world.person('Greta') }, 'channel');
    expect(
      (await world.writes('Omid', 'mina rapporter')).some(({ view }) =>
        JSON.stringify(view.data).includes(id),
      ),
    ).to.equal(false);
  });
  it('one who takes their own report is not told of it', async () => {
    await world.writes('Karin', 'rapportera');
    await world.presses('Karin', 'report', { dangerNow: 'no', channel: 'email' });
    await world.presses('Karin', 'acknowledge', {}, 'channel');
    expect(announced(world.sees('Karin'), notices.taken.summary)).to.have.length(0);
  });
  it('two press at once in the channel: one has it, the other is told who', async () => {
    const [one, two] = await Promise.all([
      world.presses('Karin', 'acknowledge', {}, 'channel'),
      world.presses('Omid', 'acknowledge', {}, 'channel'),
    ]);
    const cards = [one.reply.card, two.reply.card];
    expect(cards.filter((card) => card?.card === 'triage')).to.have.length(1);
    const lost = cards.find((card) => card?.card !== 'triage');
    const { stage } = await incident();
    const winner =
      stage.status === 'acknowledged' && stage.assignee === world.person('Karin')
        ? 'Karin Sand'
        : 'Omid Berg';
    expect(lost?.fallback).to.include(refusals.taken(winner));
  });
  it('a stale click is answered in words', async () => {
    const old = await world.presses('Karin', 'details', {}, 'channel');
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    const { reply } = await world.pressesOld('Omid', { ...old, verb: 'acknowledge' });
    expect(reply.card?.fallback).to.include(refusals.closed);
  });
  it('find a person by name; an unknown one is told of', async () => {
    const found = await world.presses('Karin', 'link', { query: 'greta' }, 'channel');
    expect(JSON.stringify(found.reply.card?.data)).to.include('Greta Rask');
    const nobody = await world.presses('Karin', 'link', { query: 'zzz' }, 'channel');
    expect(nobody.reply.card?.fallback).to.include(error.nobodyFound);
    const unknown = await world.presses(
      'Karin',
      'link',
      { person: '00000000-0000-4000-8000-0000000000ff' },
      'channel',
    );
    expect(unknown.reply.card?.fallback).to.include(error.unknownPerson);
  });
  it('cannot assign it to someone who does not answer alarms', async () => {
    const { reply } = await world.presses('Karin', 'assign', { to: world.person('Greta') }, 'channel');
    expect(reply.card?.fallback).to.include(error.unknownPerson);
    expect((await incident()).version).to.equal(1);
  });
  it('a form sent without its answers says so and keeps the rest', async () => {
    const { reply } = await world.presses(
      'Karin',
      'assess',
      { method: 'matrix', likelihood: '3' },
      'channel',
    );
    expect(reply.card?.fallback).to.include(error.missingAnswer);
  });
  it('läge: what is open, worst first, with a way to take it; nobody’s name but the staff’s', async () => {
    await world.writes('Greta', 'rapportera');
    await world.presses('Greta', 'report', { dangerNow: 'no', channel: 'email' });
    await world.writes('Greta', 'rapportera');
    await world.presses('Greta', 'report', { dangerNow: 'no', channel: 'physical' });
    await world.presses('Tove', 'acknowledge');
    const [board] = await world.mentions('Karin', 'läge');
    const said = words(board);
    const order = ['Akut', 'Medel', 'Hög'].map((urgency) => said.indexOf(`· ${urgency}`));
    expect(order, said).to.deep.equal(order.toSorted((a, b) => a - b));
    expect(order.every((place) => place > 0)).to.equal(true);
    expect(said).to.include('Tove Lind').and.not.to.include('Greta').and.not.to.include('Alva');
    const taken = await world.presses('Omid', 'acknowledge', {}, 'channel');
    expect(taken.reply.card?.card).to.equal('triage');
    expect(words((await world.writes('Karin', 'Läge?'))[0])).to.include(id);
  });
  it('läge says when nothing is open, and is a word like any other to everyone else', async () => {
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    expect(words((await world.mentions('Karin', 'läge'))[0])).to.include(texts('sv').board.none);
    for (const who of ['Alva', 'Tove']) {
      expect(words((await world.mentions(who, 'läge'))[0]), who).to.include(error.privately);
    }
    expect(words((await world.writes('Alva', 'läge'))[0])).not.to.include(texts('sv').board.title);
  });
  it('läge shows a duty officer what has come to them, and nothing else', async () => {
    await world.writes('Greta', 'rapportera');
    await world.presses('Greta', 'report', { dangerNow: 'no', channel: 'email' });
    const [other = ''] = await world.storage.index.reportsOf(world.person('Greta'));
    const said = async (who: string) => words((await world.writes(who, 'läge'))[0]);
    expect(await said('Tove'))
      .to.include(id)
      .and.not.to.include(other);
    expect(await said('Samir')).not.to.include(id);
    expect(await said('Karin'))
      .to.include(id)
      .and.to.include(other);
  });
  it('what waits past its promised day is told of in the channel, once', async () => {
    await world.writes('Greta', 'rapportera');
    await world.presses('Greta', 'report', { dangerNow: 'no', channel: 'email' });
    const [waiting] = await world.storage.index.reportsOf(world.person('Greta'));
    const told = () => announced(world.sees('channel'), notices.untaken.summary(waiting ?? ''));
    await world.pass(26 * 60 * minutes(1));
    expect(told()).to.have.length(0);
    await world.pass(3 * 60 * minutes(1));
    expect(told()).to.have.length(1);
  });
});
