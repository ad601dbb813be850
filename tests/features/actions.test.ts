/** What groups propose reaches the coordinators, who decide about it; nobody else reads it. */
import { expect } from 'chai';
import { type Instant, instant } from '../../bot/core/ids.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { StorageRefused } from '../../bot/features/ports.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { contentOf, talk } from '../world/content.ts';
import { buttonsOf, createWorld, noon, type Pressed, type World } from '../world/world.ts';
import { last } from './reportedCase.ts';

const t = texts('sv');
const hidden = 'Sätt lås på köksdörren';

const titlesOf = (view: View | undefined): string[] =>
  view ? buttonsOf(view).map(({ title }) => title) : [];

describe('actions', () => {
  let world: World;
  beforeEach(() => {
    world = createWorld(undefined, { content: contentOf([talk]) });
  });

  const propose = (n: number, more: { text?: string; item?: string; at?: Instant } = {}) =>
    world.storage.proposals.add({
      id: `p${n}`,
      list: talk.id,
      item: 'disk.larm.01',
      at: later(world.now(), n),
      by: world.person('Alva'),
      text: hidden,
      discussion: 'd-1',
      ...more,
    });
  /** Presses a button on a card that only the one who clicked has before them. */
  const on = (who: string, { reply, clicked, place }: Pressed, title: string, inputs: object = {}) => {
    const button = reply.card && buttonsOf(reply.card).find((one) => one.title === title);
    if (!button) throw new Error(`no ${title} among ${titlesOf(reply.card)}`);
    return world.pressesOld(who, { ...button, clicked, place }, { ...inputs });
  };
  const opens = async (state = 'new') => {
    await world.writes('Karin', 'åtgärder');
    return world.presses('Karin', 'actions', { state });
  };
  const decisionOf = async (id = 'p1') => (await world.storage.proposals.open(id))?.decision;
  const log = async () =>
    (await world.storage.audit.log(world.now().slice(0, 10))).map(({ at: _at, ...row }) => row);

  it('a coordinator sees how many; what they say is the answer to a click, and stands in no message', async () => {
    await propose(1);
    const [shown] = await world.writes('Karin', 'Åtgärder');
    expect(titlesOf(shown?.view)).to.deep.equal(['Nya (1)', 'Antagna (0)', 'Avslagna (0)', 'Klara (0)']);
    expect(await log(), 'nothing is read yet').to.deep.equal([]);
    const { reply } = await world.presses('Karin', 'actions', { state: 'new' });
    for (const said of [
      hidden,
      'Alva Ek',
      'Kan alla rutinerna',
      'onsdag 25 november kl. 12:00',
      t.actions.logged,
    ]) {
      expect(reply.card?.fallback).to.include(said);
    }
    expect(JSON.stringify([world.messages, world.logged])).not.to.match(/köksdörren|Alva Ek/);
    expect(await log()).to.deep.equal([{ by: world.person('Karin'), what: 'read', why: 'actions' }]);
  });

  it('what cannot be logged is not read', async () => {
    await propose(1);
    await world.writes('Karin', 'åtgärder');
    world.storage.audit.record = () => Promise.reject(new StorageRefused('no'));
    const { reply } = await world.presses('Karin', 'actions', { state: 'new' });
    expect(reply.card?.fallback).to.include(t.error.notStored).and.not.to.include(hidden);
  });

  it('to others the word is a word like any other; an old button of a former coordinator opens nothing', async () => {
    await propose(1);
    const [shown] = await world.writes('Alva', 'åtgärder');
    expect(shown && buttonsOf(shown.view).map(({ verb }) => verb)).to.include('report');
    const opened = await opens();
    for (const who of ['Alva', 'Tove', 'Greta']) {
      for (const title of ['Anta', 'Klart']) {
        const { reply } = await on(who, opened, title);
        expect(reply.card?.fallback, who).to.include(t.refusals.notAllowed).and.not.to.include(hidden);
      }
    }
    expect(await decisionOf()).to.equal(undefined);
    const denied = (await log()).filter(({ what }) => what === 'denied').map(({ by }) => by);
    expect(denied).to.have.members(['Alva', 'Tove', 'Greta'].map(world.person));
  });

  it('in the channel it is not answered: others may read there', async () => {
    await world.joins();
    const [shown] = await world.mentions('Karin', 'åtgärder');
    expect(shown?.view.fallback).to.include(t.error.privately);
  });

  it('they come by question, newest first, in pages', async () => {
    for (const n of [1, 2, 3, 4, 5]) await propose(n, { text: `Nummer ${n}.` });
    await propose(9, { text: 'Nummer 9.', item: 'disk.larm.02' });
    const numbers = ({ reply }: Pressed) => reply.card?.fallback.match(/Nummer \d/g);
    const first = await opens();
    expect(numbers(first)).to.deep.equal(['Nummer 5', 'Nummer 4', 'Nummer 3']);
    const next = await on('Karin', first, t.buttons.more);
    expect(numbers(next)).to.deep.equal(['Nummer 2', 'Nummer 1', 'Nummer 9']);
    expect(titlesOf(next.reply.card)).not.to.include(t.buttons.more);
    expect(numbers(await on('Karin', next, t.actions.previousPage))).to.deep.equal(numbers(first));
    expect(
      numbers(await on('Karin', next, t.actions.previousPage, { page: '77' })),
      'far beyond',
    ).to.deep.equal(numbers(next));
  });

  it('accepted with who does it and by when; then done: who, and when, stand beside it', async () => {
    await propose(1);
    const form = await on('Karin', await opens(), t.actions.accept);
    expect(form.reply.card?.fallback).to.include(hidden);
    const bad = await on('Karin', form, t.actions.save, { owner: ' ', day: '2026-02-30' });
    expect(JSON.stringify(bad.reply.card))
      .to.include(t.actions.ownerMissing)
      .and.to.include(t.actions.dayMissing);
    const half = await on('Karin', form, t.actions.save, { owner: 'Vaktmästeriet', day: 'i vår' });
    expect(JSON.stringify(half.reply.card)).to.include('Vaktmästeriet').and.to.include('i vår');
    expect(await decisionOf()).to.equal(undefined);
    await on('Karin', form, t.actions.save, { owner: 'Vaktmästeriet', day: '2026-12-31' });
    const owned = { owner: 'Vaktmästeriet', day: '2026-12-31' };
    const by = world.person('Karin');
    expect(await decisionOf()).to.deep.equal({ as: 'accepted', at: world.now(), by, ...owned });
    const accepted = await opens('accepted');
    expect(accepted.reply.card?.fallback)
      .to.include(t.actions.ownedBy('Vaktmästeriet', '2026-12-31'))
      .and.to.include(t.actions.decided.accepted('Karin Sand', 'onsdag 25 november kl. 12:00'));
    await world.pass(minutes(5));
    await on('Karin', accepted, t.actions.done);
    expect(await decisionOf()).to.deep.equal({ as: 'done', at: world.now(), by, ...owned });
    const done = await opens('done');
    expect(titlesOf(done.reply.card)).to.include(t.actions.again);
    expect(done.reply.card?.fallback).to.include(
      t.actions.decided.done('Karin Sand', 'onsdag 25 november kl. 12:05'),
    );
  });

  it('declined with a reason, and taken up again', async () => {
    await propose(1);
    const form = await on('Karin', await opens(), t.actions.decline);
    for (const reason of ['', 'x'.repeat(301)]) {
      const { reply } = await on('Karin', form, t.actions.save, { reason });
      expect(JSON.stringify(reply.card)).to.include(t.actions.reasonMissing).and.to.include(reason);
    }
    await on('Karin', form, t.actions.save, { reason: 'Finns redan.' });
    const declined = await opens('declined');
    expect(declined.reply.card?.fallback).to.include(t.actions.because('Finns redan.'));
    const again = await on('Karin', declined, t.actions.again);
    await on('Karin', again, t.actions.save, { owner: 'HR', day: '2027-01-01' });
    expect((await decisionOf())?.as).to.equal('accepted');
    expect(JSON.stringify([world.messages, world.logged])).not.to.match(/Finns redan|köksdörren/);
  });

  it('nothing is decided over another’s head: who comes second sees how it stands', async () => {
    await propose(1);
    const seen = await opens();
    await on('Omid', seen, t.actions.done);
    const { reply } = await on('Karin', seen, t.actions.done);
    expect(reply.card?.fallback).to.include(t.actions.changed);
    expect((await decisionOf())?.by).to.equal(world.person('Omid'));
  });

  it('what could not be stored, or perhaps was: said so, the words stay; pressed again it is no quarrel', async () => {
    await propose(1);
    const form = await on('Karin', await opens(), t.actions.accept);
    const inputs = { owner: 'HR', day: '2027-01-01' };
    const { decide } = world.storage.proposals;
    world.storage.proposals.decide = () => Promise.reject(new StorageRefused('no'));
    const refused = await on('Karin', form, t.actions.save, inputs);
    expect(JSON.stringify(refused.reply.card)).to.include(t.discussion.notSaved).and.to.include('2027-01-01');
    world.storage.proposals.decide = async (...given) => {
      world.storage.fault = 'unknown';
      return decide(...given).finally(() => {
        world.storage.fault = undefined;
      });
    };
    const lost = await on('Karin', form, t.actions.save, inputs);
    expect(JSON.stringify(lost.reply.card)).to.include(t.discussion.fateUnknown);
    world.storage.proposals.decide = decide;
    const again = await on('Karin', form, t.actions.save, inputs);
    expect(again.reply.card?.fallback).not.to.include(t.actions.changed);
    expect(await decisionOf()).to.include(inputs);
  });

  it('markup, scripts and turned text are text; a person or a question that is gone is said so', async () => {
    const text = '<script>alert(1)</script> [x](http://evil.example) \u202Egnp.exe';
    await propose(1, { text, item: 'disk.larm.99' });
    const { reply } = await opens();
    expect(JSON.stringify(reply.card?.data))
      .to.include('<script>alert(1)</script>')
      .and.not.to.include('\u202E');
    expect(reply.card?.fallback).to.include(t.actions.gone);
  });

  it('nonsense in a click is an old card', async () => {
    await propose(1);
    const seen = await opens();
    for (const inputs of [{ as: 'new' }, { proposal: 'p7' }, { proposal: 7 }, { tag: '' }, { state: 'x' }]) {
      const { reply } = await on('Karin', seen, t.actions.done, inputs);
      expect(reply.card?.fallback, JSON.stringify(inputs)).to.include(t.error.oldCard);
    }
    expect(await decisionOf()).to.equal(undefined);
  });

  describe('new ones', () => {
    const told = () =>
      world
        .sees('channel')
        .map(({ view }) => view)
        .filter(({ summary }) => summary === t.actions.summary);
    const passTo = async (local: string) => {
      await world.pass(Date.parse(local) - Date.parse(world.now()));
      await world.routines.proposals();
    };
    beforeEach(async () => {
      await world.joins();
      await world.routines.proposals();
    });

    it('are told of the next working morning, once, how many and not what', async () => {
      for (const n of [1, 2, 3]) await propose(n);
      await world.routines.proposals();
      expect(told()).to.deep.equal([]);
      await passTo('2026-11-26T08:00:00+01:00');
      await Promise.all([world.routines.proposals(), world.routines.proposals()]);
      expect(told().map(({ fallback }) => fallback.split('\n').slice(1))).to.deep.equal([
        [t.actions.news(3), t.actions.newsHow],
      ]);
      expect(JSON.stringify(world.messages)).not.to.match(/köksdörren|Alva/);
      await passTo('2026-11-27T08:00:00+01:00');
      expect(told()).to.have.length(1);
    });

    it('those that come after are told of the next time; what is decided already is not', async () => {
      await propose(1);
      await passTo('2026-11-26T08:00:00+01:00');
      await propose(2);
      await propose(3);
      await world.storage.proposals.decide(
        'p3',
        { as: 'done', at: noon, by: world.person('Karin') },
        (await world.storage.proposals.open('p3'))?.tag ?? '',
      );
      await passTo('2026-11-27T08:00:00+01:00');
      expect(told().map(({ fallback }) => fallback.split('\n')[1])).to.deep.equal([
        t.actions.news(1),
        t.actions.news(1),
      ]);
    });

    it('one that comes in the very minute is told of the next time, and of two mornings each is counted once', async () => {
      await propose(1, { at: instant(Date.parse('2026-11-26T07:59:30+01:00')) });
      await passTo('2026-11-26T08:00:00+01:00');
      expect(told()).to.deep.equal([]);
      await passTo('2026-11-27T08:00:00+01:00');
      await passTo('2026-11-30T08:00:00+01:00');
      expect(told()).to.have.length(1);
    });

    it('what Teams does not take is told again, and counted once more', async () => {
      await propose(1);
      world.failing.set(world.channel, 'later');
      await passTo('2026-11-26T08:00:00+01:00');
      expect(told()).to.deep.equal([]);
      world.failing.clear();
      await passTo('2026-11-26T08:01:00+01:00');
      expect(last(world.sees('channel'))?.view.fallback).to.include(t.actions.news(1));
    });
  });
});
