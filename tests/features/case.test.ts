import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { evolve, type Incident } from '../../bot/core/incident.ts';
import { allowedVerbs } from '../../bot/core/policy.ts';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import type { Shown } from '../world/fakeMessenger.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';

const { error, notices, refusals } = texts('sv');
const words = (shown: Shown | undefined) => shown?.view.fallback ?? '';
const last = (shown: Shown[]) => shown.at(-1);
/** The messages that say this on a lock screen. */
const announced = (shown: Shown[], summary: string) => shown.filter(({ view }) => view.summary === summary);

/** Strings that must never be seen outside an opened case. */
const secret = {
  text: 'ORD-7f3a han sa att',
  where: 'PLATS-91c2 gatan',
  number: '070-555 12 34',
  affectedWho: 'NAMN-c0de Ek',
};
const canaries = [...Object.values(secret), 'Alva Ek', '070-174 06 20'];

describe('a case', () => {
  let world: World;
  let id: IncidentId;
  const incident = async (): Promise<Incident> => {
    const loaded = await world.storage.cases.load(id);
    if (!loaded) throw new Error('the case is gone');
    return loaded.incident;
  };
  const triage = () => world.sees('channel').find(({ view }) => view.card === 'triage');
  const alarms = (who: string) => world.sees(who).filter(({ view }) => view.card === 'alarm');

  beforeEach(async () => {
    world = createWorld();
    for (const name of ['Alva', 'Tove', 'Samir', 'Karin', 'Omid', 'Britt', 'Greta'])
      await world.writes(name, 'meny');
    await world.joins();
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', {
      dangerNow: 'yes',
      channel: 'phone',
      affected: 'other_elected',
      ...secret,
    });
    [id] = (await world.storage.index.reportsOf(world.person('Alva'))) as [IncidentId];
  });

  describe('the duty officer', () => {
    it('takes it, and the same tap answers with name, number, place and words', async () => {
      const { reply } = await world.presses('Tove', 'acknowledge');
      for (const said of ['Alva Ek', secret.number, secret.where, secret.text, secret.affectedWho]) {
        expect(JSON.stringify(reply.card?.data)).to.include(said);
      }
      expect(words(last(world.sees('Alva')))).to.include('Tove Lind');
      expect(words(triage())).to.include('Tove Lind');
    });
    it('what is opened stays open: the card is not drawn over until it is hidden, then it shows the new state', async () => {
      const before = alarms('Tove')[0]?.draws;
      await world.presses('Tove', 'acknowledge');
      expect(alarms('Tove')[0]?.draws).to.equal(before);
      const pressed = await world.presses('Tove', 'acknowledge');
      const { reply } = await world.pressesOld('Tove', { ...pressed, verb: 'hide' });
      expect(reply.card?.fallback).to.include('Tove Lind');
      expect(words(alarms('Tove')[0])).to.include('Tove Lind');
    });
    it('pressing again, or a second tap while the first is under way, is the same success', async () => {
      const first = await world.presses('Tove', 'acknowledge');
      const second = await world.pressesOld('Tove', first);
      expect(second.reply.card?.card).to.equal('details');
      expect((await incident()).version).to.equal(2);
    });
    it('reached: the reporter is told', async () => {
      const taken = await world.presses('Tove', 'acknowledge');
      await world.pressesOld('Tove', { ...taken, verb: 'reached' });
      expect((await incident()).stage.status).to.equal('reached');
      expect(announced(world.sees('Alva'), notices.reached.summary)).to.have.length(1);
    });
    it('declines: the next on the ladder has the alarm at once', async () => {
      expect(alarms('Samir')).to.have.length(0);
      await world.presses('Tove', 'decline');
      expect(alarms('Samir')).to.have.length(1);
    });
    it('the channel hears under the case’s card that the alarm went on', async () => {
      await world.presses('Tove', 'decline');
      const told = last(announced(world.sees('channel'), notices.passedOn.summary(id)));
      expect(told?.conversation).to.equal(triage()?.conversation);
    });
    it('nobody answers: backup, coordinators, preparedness manager, and round again; the channel is told who', async () => {
      const asked = ['Samir', 'Karin', 'Britt', 'Tove'];
      for (const [i, who] of asked.entries()) {
        const before = alarms(who).length;
        await world.pass(minutes(4.9));
        expect(alarms(who), `${who} is not asked early`).to.have.length(before);
        await world.pass(minutes(0.2));
        expect(alarms(who), `${who} is asked`).to.have.length(before + 1);
        expect(announced(world.sees('channel'), notices.passedOn.summary(id))).to.have.length(i + 1);
      }
      expect(words(last(world.sees('channel'))))
        .to.include('Tove Lind')
        .and.to.include('Samir Holm');
    });
    it('once taken nobody else is asked, whatever was planned', async () => {
      await world.presses('Tove', 'acknowledge');
      await world.pass(minutes(14));
      expect(alarms('Samir')).to.have.length(0);
      expect(announced(world.sees('channel'), notices.passedOn.summary(id))).to.have.length(0);
    });
    it('taken and not reached: asked after 15 minutes; 10 more, and the alarm goes on and the reporter is told', async () => {
      await world.presses('Tove', 'acknowledge');
      await world.pass(minutes(15.1));
      expect(announced(world.sees('Tove'), notices.reachedYet.summary(id))).to.have.length(1);
      await world.pass(minutes(9.8));
      expect(alarms('Samir')).to.have.length(0);
      await world.pass(minutes(0.2));
      expect(alarms('Samir')).to.have.length(1);
      expect(announced(world.sees('Alva'), notices.passedOn.toReporter.summary)).to.have.length(1);
      expect((await incident()).stage.status).to.equal('new');
    });
    it('reached from the question itself: the clock stops', async () => {
      await world.presses('Tove', 'acknowledge');
      await world.pass(minutes(15.1));
      await world.presses('Tove', 'reached');
      await world.pass(minutes(60));
      expect(alarms('Samir')).to.have.length(0);
    });
    it('after an outage the alarm goes at once, marked as late', async () => {
      const other = createWorld();
      for (const name of ['Alva', 'Tove', 'Samir']) await other.writes(name, 'meny');
      await other.joins();
      other.failing.set('a:Tove', 'later');
      await other.writes('Alva', 'akut');
      await other.presses('Alva', 'report');
      other.failing.clear();
      await other.pass(minutes(4));
      const [late] = other.sees('Tove').filter(({ view }) => view.card === 'alarm');
      expect(words(late)).to.include(texts('sv').labels.late);
    });
    it('cannot be reached by a message: the next has the alarm', async () => {
      const other = createWorld();
      for (const name of ['Alva', 'Samir']) await other.writes(name, 'meny');
      await other.joins();
      await other.writes('Alva', 'akut');
      await other.presses('Alva', 'report');
      expect(other.sees('Samir').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
    });
    it('whose chat answers 403: the next has the alarm', async () => {
      const other = createWorld();
      for (const name of ['Alva', 'Tove', 'Samir']) await other.writes(name, 'meny');
      await other.joins();
      other.failing.set('a:Tove', 'gone');
      await other.writes('Alva', 'akut');
      await other.presses('Alva', 'report');
      expect(other.sees('Samir').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
    });
    it('is told of a place given after the alarm', async () => {
      await world.presses('Tove', 'acknowledge');
      await world.presses('Alva', 'supplement', { where: 'PLATS-ny parkeringen' });
      expect(words(last(world.sees('Tove')))).to.include(id);
      const { reply } = await world.presses('Tove', 'details');
      expect(JSON.stringify(reply.card?.data)).to.include('PLATS-ny parkeringen');
    });
    it('an alarm whose fate is unknown is sent again, labelled as a repeat', async () => {
      const other = createWorld();
      for (const name of ['Alva', 'Tove']) await other.writes(name, 'meny');
      await other.joins();
      other.failing.set('a:Tove', 'lost');
      await other.writes('Alva', 'akut');
      await other.presses('Alva', 'report');
      other.failing.clear();
      await other.pass(10_000);
      const repeat = texts('sv').labels.repeat;
      const shown = other.sees('Tove').filter(({ view }) => view.card === 'alarm');
      expect(shown.map((one) => words(one).includes(repeat))).to.deep.equal([false, true]);
    });
  });

  describe('the reporter', () => {
    it('hears after three minutes that nobody has answered, and not when someone has', async () => {
      await world.pass(minutes(2.9));
      expect(announced(world.sees('Alva'), notices.nobodyYet.summary)).to.have.length(0);
      await world.pass(minutes(0.2));
      const [told] = announced(world.sees('Alva'), notices.nobodyYet.summary);
      expect(words(told)).to.include('112').and.to.include('08-465 004 00');

      const other = createWorld();
      for (const name of ['Alva', 'Tove']) await other.writes(name, 'meny');
      await other.joins();
      await other.writes('Alva', 'akut');
      await other.presses('Alva', 'report');
      await other.presses('Tove', 'acknowledge');
      await other.pass(minutes(10));
      expect(announced(other.sees('Alva'), notices.nobodyYet.summary)).to.have.length(0);
    });
    it('alone tonight: whoever has the case is told', async () => {
      await world.presses('Tove', 'acknowledge');
      await world.presses('Alva', 'company', { company: 'no' });
      expect(words(last(world.sees('Tove')))).to.include(notices.alone.title(id));
    });
    it('sees who can read and who has read, but not that they have read it themselves', async () => {
      await world.presses('Tove', 'acknowledge');
      const own = await world.presses('Alva', 'details');
      await world.pressesOld('Alva', { ...own, verb: 'hide' });
      const can = await world.presses('Alva', 'readers');
      expect(can.reply.card?.fallback).to.include('Karin Sand');
      const have = await world.presses('Alva', 'readings');
      expect(have.reply.card?.fallback).to.include('Tove Lind').and.not.to.include('Alva Ek');
    });
    it('takes it back: it stays, marked, and the case is told', async () => {
      await world.presses('Alva', 'withdraw');
      expect(words(triage())).to.include(texts('sv').triage.withdrawn);
      expect((await incident()).stage.status).to.equal('new');
    });
    it('finds it again: mina rapporter, komplettera, återkalla', async () => {
      const [list] = await world.writes('Alva', 'mina rapporter');
      expect(list && buttonsOf(list.view).map(({ data }) => data.incident)).to.deep.equal([id]);
      const [form] = await world.writes('Alva', `komplettera ${id.toLowerCase()}`);
      expect(form && buttonsOf(form.view)[0]?.verb).to.equal('supplement');
      const [card] = await world.writes('Alva', 'återkalla');
      expect(card && buttonsOf(card.view).some(({ verb }) => verb === 'withdraw')).to.equal(true);
    });
    it('never sees an internal note, and sees one meant for them', async () => {
      await world.presses('Karin', 'note', { text: 'internt-77', visibleTo: 'staff' }, 'channel');
      await world.presses('Karin', 'note', { text: 'till dig-78', visibleTo: 'reporter' }, 'channel');
      const { reply } = await world.presses('Alva', 'details');
      expect(JSON.stringify(reply.card)).to.include('till dig-78').and.not.to.include('internt-77');
    });
  });

  describe('the coordinators', () => {
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
          expect(card && buttonsOf(card.view).map(({ verb }) => verb)).to.deep.equal(allowed);
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
        expect(words((await world.writes(who, 'läge'))[0]), who).not.to.include(texts('sv').board.title);
      }
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

  describe('everyone else', () => {
    it('a case that is not theirs and one that is not there get the same words', async () => {
      const mine = await world.presses('Alva', 'details');
      const theirs = await world.pressesOld('Greta', { ...mine, place: 'Greta' });
      const nowhere = await world.pressesOld(
        'Greta',
        { ...mine, place: 'Greta' },
        { incident: 'H26-000-000' },
      );
      expect(theirs.reply.card?.fallback).to.include(error.noSuchIncident);
      expect(nowhere.reply.card).to.deep.equal(theirs.reply.card);
    });
    it('and so for whatever they press; what is theirs but not allowed is refused in words', async () => {
      const mine = await world.presses('Alva', 'details');
      for (const verb of ['acknowledge', 'close', 'withdraw', 'assess', 'hide', 'readings']) {
        const { reply } = await world.pressesOld('Greta', { ...mine, verb, place: 'Greta' });
        expect(reply.card?.fallback, verb).to.include(error.noSuchIncident);
      }
      for (const verb of ['assess', 'note', 'close', 'link', 'reached']) {
        const { reply } = await world.pressesOld('Alva', { ...mine, verb });
        expect(reply.card?.fallback, verb).to.include(refusals.notAllowed);
      }
    });
    it('an unknown verb, a broken button, a prototype: one clear sentence', async () => {
      const mine = await world.presses('Alva', 'details');
      for (const verb of ['explode', '__proto__', 'constructor', '']) {
        const { reply } = await world.pressesOld('Alva', { ...mine, verb });
        expect(reply.card?.fallback, verb).to.include(error.oldCard);
      }
      for (const data of [
        {},
        { incident: ['x'], face: 'alarm', nonce: 'n' },
        { incident: id, face: {}, nonce: 'n' },
      ]) {
        const { reply } = await world.pressesOld('Alva', { ...mine, data });
        expect(reply.card?.fallback).to.include(error.unreadable);
      }
    });
    it('a person without any role: 112, 114 14 and the duty number, kindly', async () => {
      const [card] = await world.writes('Nora', 'hej');
      for (const said of [error.notKnown, '112', '114 14', '08-465 004 00'])
        expect(words(card)).to.include(said);
    });
    it('in a channel the bot opens no form and echoes nothing', async () => {
      const { reply } = await world.pressesOld('Alva', {
        verb: 'report',
        data: {},
        clicked: 'm1',
        place: 'channel',
      });
      expect(reply.card?.fallback).to.include(error.privately);
    });
  });

  it('a card that was on its way while the case changed elsewhere catches up', async () => {
    // Another instance takes the case, and finds no card of Samir's to draw, while the alarm to him is on its way.
    world.meanwhile.set('a:Samir', async () => {
      const loaded = await world.storage.cases.load(id);
      if (!loaded) throw new Error('the case is gone');
      const event = { type: 'Acknowledged', at: world.now(), by: world.person('Karin') } as const;
      await world.storage.cases.commit({
        id,
        expected: loaded.tag,
        incident: evolve(loaded.incident, event),
        entries: [{ event }],
        operation: { hash: 'elsewhere', at: world.now(), by: event.by },
        due: [],
        cards: [],
      });
    });
    await world.presses('Tove', 'decline');
    expect(words(alarms('Samir')[0])).to.include('Karin Sand');
  });

  it('name, place, number and words stand in no stored message, summary, log or key', async () => {
    await world.presses('Tove', 'acknowledge');
    await world.presses('Karin', 'details', {}, 'channel');
    await world.presses('Karin', 'note', { text: secret.text, visibleTo: 'reporter' }, 'channel');
    await world.presses('Alva', 'supplement', { where: secret.where });
    await world.presses('Karin', 'link', { person: world.person('Greta') }, 'channel');
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    const messages = JSON.stringify(world.messages);
    for (const words of Object.values(secret)) expect(messages, words).not.to.include(words);
    const stored = JSON.stringify([
      // The reporter's own form shows their own number as the one we would call.
      world.messages.filter(({ view }) => view.card !== 'report'),
      world.messages.map(({ view }) => view.summary),
      world.logged,
    ]);
    for (const canary of canaries) expect(stored, canary).not.to.include(canary);
  });
});
