/** A group talks about its safety: one question at a time, and what it proposes is kept. */
import { expect } from 'chai';
import { longestProposal } from '../../bot/core/proposal.ts';
import { StorageRefused, StorageUnknown } from '../../bot/features/ports.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { contentOf, meeting, talk } from '../world/content.ts';
import { buttonsOf, createWorld, type Place, type Pressed, type World } from '../world/world.ts';
import { last } from './reportedCase.ts';

const t = texts('sv').discussion;
const [first = '', second = '', third = ''] = talk.items.map(({ text }) => text.sv);

const fieldOf = (view: View | undefined): string =>
  (view?.data as { inputs?: { value: string }[] } | undefined)?.inputs?.[0]?.value ?? 'no field';

describe('discussions', () => {
  let world: World;
  beforeEach(() => {
    world = createWorld(undefined, { content: contentOf([meeting, talk]) });
  });

  /** What the button of the first card in a place sends, pressed by anyone there. */
  const press = (who: string, verb: string, inputs: object, on: Place = 'group'): Promise<Pressed> => {
    const shown = world.sees(on).find(({ view }) => view.card === 'question');
    const button = shown && buttonsOf(shown.view).find((one) => one.verb === verb);
    if (!shown || !button) throw new Error(`no ${verb} in ${on}`);
    return world.pressesOld(who, { ...button, clicked: shown.activityId, place: on }, { ...inputs });
  };
  const kept = async () => {
    const all = await world.storage.proposals.list('new');
    return Promise.all(all.map(({ id }) => world.storage.proposals.open(id)));
  };

  it('diskutera shows what there is; one that is chosen begins as a message of its own', async () => {
    const [shown] = await world.writes('Alva', 'diskutera');
    expect(shown && buttonsOf(shown.view).map(({ title }) => title)).to.deep.equal(['Att prata om: larm']);
    const { reply } = await world.presses('Alva', 'discuss');
    expect(reply.said).to.equal(texts('sv').menu.openedBelow);
    expect(last(world.sees('Alva'))?.view.fallback)
      .to.include(first)
      .and.not.to.include(second);
  });

  it('its words open it at once, in 1:1, in a group and in a channel; so does the list of checklists', async () => {
    const shown = [
      await world.writes('Alva', 'Diskutera larm!'),
      await world.mentions('Alva', 'diskutera larm', 'group'),
      await world.mentions('Karin', 'discuss alarms'),
    ].map(([one]) => one?.view);
    expect(shown.map((view) => view?.card)).to.deep.equal(['question', 'question', 'question']);
    expect(last(await world.mentions('Alva', 'diskutera', 'group'))?.view.fallback).to.include(t.choose);
    await world.writes('Tove', 'checklistor');
    await world.presses('Tove', 'checklist', { list: talk.id });
    expect(last(world.sees('Tove'))?.view.card).to.equal('question');
  });

  it('one question at a time, on and back, and how many are left; in 1:1 the message itself follows', async () => {
    await world.writes('Alva', 'diskutera larm');
    const says = () => last(world.sees('Alva'))?.view.fallback;
    expect(says()).to.include(`${t.where(1, 3)} ${t.left(2)}`);
    await world.presses('Alva', 'discuss', { to: '1' });
    expect(says())
      .to.include(second)
      .and.to.include(`${t.where(2, 3)} ${t.left(1)}`);
    await world.presses('Alva', 'discuss', { to: '2' });
    expect(says()).to.include(third).and.to.include(t.left(0));
    const on = last(world.sees('Alva'))?.view;
    expect(on && buttonsOf(on).map(({ title }) => title)).to.deep.equal([t.save, t.previous]);
    await world.presses('Alva', 'discuss', { to: '1' });
    expect(says()).to.include(second);
  });

  it('what is proposed is kept with who, when and which question; the card says how many, not what', async () => {
    await world.writes('Alva', 'diskutera larm');
    await world.presses('Alva', 'discuss', { to: '1' });
    const { reply } = await world.presses('Alva', 'propose', { text: ' Öva varje vår. ' });
    expect(JSON.stringify(last(world.sees('Alva'))?.view))
      .to.include(t.saved(1))
      .and.to.include(t.told);
    expect(fieldOf(reply.card)).to.equal('');
    await world.presses('Alva', 'propose', { text: 'Bjud in polisen.' });
    expect(JSON.stringify(last(world.sees('Alva'))?.view)).to.include(t.saved(2));
    expect(JSON.stringify([world.messages, world.logged, reply])).not.to.match(/Öva varje|Bjud in/);
    const [one] = (await kept()).filter((each) => each?.text.startsWith('Öva'));
    const { list, item, at, by, text } = one ?? {};
    expect({ list, item, at, by, text }).to.deep.equal({
      list: talk.id,
      item: 'disk.larm.02',
      at: world.now(),
      by: world.person('Alva'),
      text: 'Öva varje vår.',
    });
  });

  it('in a group anybody may answer, several at once; nothing that stands there changes', async () => {
    await world.mentions('Alva', 'diskutera larm', 'group');
    const before = JSON.stringify(world.messages);
    const everyone = ['Alva', 'Greta', 'Tove', 'Samir', 'Karin', 'Omid'];
    await Promise.all(everyone.map((who) => press(who, 'propose', { text: `Förslag från ${who}` })));
    expect((await kept()).map((one) => one?.by)).to.have.members(everyone.map(world.person));
    const on = await press('Greta', 'discuss', {});
    expect(on.reply.card?.fallback).to.include(second).and.to.include(t.saved(everyone.length));
    expect(on.reply.card?.fallback, 'who has proposed').not.to.match(/Alva|Greta|Tove|Samir|Karin|Omid/);
    expect(JSON.stringify(world.messages)).to.equal(before);
  });

  it('each talk counts its own', async () => {
    await world.mentions('Alva', 'diskutera larm', 'group');
    await press('Alva', 'propose', { text: 'Ett' });
    await world.writes('Tove', 'diskutera larm');
    const { reply } = await press('Tove', 'propose', { text: 'Två' }, 'Tove');
    expect(JSON.stringify(reply.card)).to.include(t.saved(1)).and.not.to.include(t.saved(2));
  });

  it('the same words sent twice are one proposal, of two people two', async () => {
    await world.mentions('Alva', 'diskutera larm', 'group');
    await Promise.all([1, 2, 3].map(() => press('Alva', 'propose', { text: 'Öva mer' })));
    await press('Tove', 'propose', { text: 'Öva mer' });
    expect(await kept()).to.have.length(2);
  });

  it('longer than may be: said kindly, the words stay, nothing is kept; as long as may be is kept', async () => {
    await world.writes('Alva', 'diskutera larm');
    const long = 'å'.repeat(longestProposal + 1);
    const { reply } = await world.presses('Alva', 'propose', { text: long });
    expect(JSON.stringify(reply.card)).to.include(t.tooLong(longestProposal, long.length));
    expect(fieldOf(reply.card)).to.equal(long);
    expect(JSON.stringify(world.messages)).not.to.include(long);
    const huge = await world.presses('Alva', 'propose', { text: 'å'.repeat(50_000) });
    expect(huge.reply, 'the form on the screen is left as it is').to.deep.equal({
      said: t.tooLong(longestProposal, 50_000),
    });
    expect(await kept()).to.deep.equal([]);
    await world.presses('Alva', 'propose', { text: long.slice(1) });
    expect(await kept()).to.have.length(1);
  });

  it('nothing written: asks for it; going on with something unsaved asks first, and stays at the question', async () => {
    await world.writes('Alva', 'diskutera larm');
    expect(JSON.stringify((await world.presses('Alva', 'propose', { text: ' \n' })).reply)).to.include(
      t.empty,
    );
    const { reply } = await world.presses('Alva', 'discuss', { to: '1', text: 'Halvt' });
    expect(JSON.stringify(reply.card)).to.include(t.saveFirst).and.to.include(first);
    expect(fieldOf(reply.card)).to.equal('Halvt');
    expect(last(world.sees('Alva'))?.view.fallback).to.include(first);
    expect(await kept()).to.deep.equal([]);
  });

  it('what could not be stored, or perhaps was, is said so, and the words stay; pressed again it is one', async () => {
    await world.mentions('Alva', 'diskutera larm', 'group');
    for (const [fault, sentence] of [
      ['refused', t.notSaved],
      ['unknown', t.fateUnknown],
    ] as const) {
      world.storage.fault = fault;
      const { reply } = await press('Alva', 'propose', { text: 'Öva mer' });
      expect(JSON.stringify(reply.card), fault).to.include(sentence);
      expect(fieldOf(reply.card), fault).to.equal('Öva mer');
    }
    world.storage.fault = undefined;
    await press('Alva', 'propose', { text: 'Öva mer' });
    expect(await kept()).to.have.length(1);
  });

  it('a talk goes on also when nothing can be counted', async () => {
    await world.writes('Alva', 'diskutera larm');
    for (const error of [new StorageRefused('no'), new StorageUnknown('no')]) {
      world.storage.proposals.count = () => Promise.reject(error);
      const { reply } = await world.presses('Alva', 'propose', { text: error.name });
      expect(JSON.stringify(reply.card)).to.include(t.justSaved);
    }
    await world.presses('Alva', 'discuss', { to: '1' });
    expect(last(world.sees('Alva'))?.view.fallback).to.include(second);
  });

  it('someone without a role gets the words for strangers, and nothing is kept', async () => {
    await world.mentions('Alva', 'diskutera larm', 'group');
    const alva = world.directory.person(world.person('Alva'));
    alva?.roles.splice(0);
    try {
      const { reply } = await press('Alva', 'propose', { text: 'Öva mer' });
      expect(reply.card?.fallback).to.include(texts('sv').error.notKnown);
      expect(await kept()).to.deep.equal([]);
    } finally {
      alva?.roles.push('elected');
    }
  });

  it('a card of a list that is gone, or with nonsense in it, says that it is old', async () => {
    await world.writes('Alva', 'diskutera larm');
    for (const inputs of [{ list: 'disk.gone' }, { list: 7 }, { talk: '' }, { list: meeting.id }]) {
      const { reply } = await press('Alva', 'propose', { text: 'x', ...inputs }, 'Alva');
      expect(reply.card?.fallback, JSON.stringify(inputs)).to.include(texts('sv').error.oldCard);
    }
    for (const at of ['-1', '99', 'x', '1.5']) {
      const { reply } = await press('Alva', 'discuss', { at, to: at }, 'Alva');
      expect(reply.card?.card, at).to.equal('question');
    }
  });
});
