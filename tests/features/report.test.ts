import { expect } from 'chai';
import { instant } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { StorageUnknown } from '../../bot/features/ports.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { casesOf as cases, everyoneThere, last, words } from './reportedCase.ts';

const { error } = texts('sv');
const ordinary = { dangerNow: 'no', channel: 'email', text: 'ett mejl' };
const day = 24 * 60 * minutes(1);

describe('reporting', () => {
  let world: World;
  beforeEach(async () => {
    world = await everyoneThere();
  });

  it('two mandatory answers, and the report is stored, the channel told, the confirmation given', async () => {
    await world.writes('Alva', 'rapportera');
    const { reply } = await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
    expect(reply.card?.card).to.equal('receipt');
    expect(world.sees('channel')).to.have.length(1);
    expect(await cases(world, 'Alva')).to.have.length(1);
  });
  it('akut: two taps, and the duty officer has the alarm', async () => {
    await world.writes('Alva', 'akut');
    await world.presses('Alva', 'report');
    expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
    expect(last(world.sees('Alva'))?.view.fallback).to.include(texts('sv').forms.supplement.whereTitle);
  });
  it('akut, and nobody can tell whether it is stored: the alarm goes all the same, at once and unlabelled', async () => {
    const { cases: stored } = world.storage;
    const { commit } = stored;
    stored.commit = async (change) => {
      stored.commit = commit;
      await commit(change);
      throw new StorageUnknown('the reply was lost, and could not be read back');
    };
    await world.writes('Alva', 'akut');
    const { reply } = await world.presses('Alva', 'report');
    expect(reply.card?.fallback).to.include(error.fateUnknown);
    const alarms = world.sees('Tove').filter(({ view }) => view.card === 'alarm');
    expect(alarms).to.have.length(1);
    expect(last(alarms)?.view.fallback).not.to.include(texts('sv').labels.repeat);
  });
  for (const word of ['akut', 'HJÄLP!', 'sos', '112', 'Akut.', 'emergency']) {
    it(`"${word}" shows 112, the duty number as text and the alarm button`, async () => {
      const [card] = await world.writes('Alva', word);
      expect(words(card)).to.include('112').and.to.include('08-465 004 00');
      expect(card && buttonsOf(card.view).map(({ verb }) => verb)).to.deep.equal(['report']);
    });
  }
  it('unsure whether anyone is in danger: routed as yes', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'unsure', channel: 'email' });
    expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
  });
  it('unsure, and no word of how: still an alarm', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'unsure' });
    expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
  });
  it('a missing answer is asked for again, and what was written is kept', async () => {
    await world.writes('Alva', 'rapportera');
    const { reply } = await world.presses('Alva', 'report', { dangerNow: 'no', text: 'jag blev hotad' });
    expect(reply.card?.fallback).to.include(error.missingAnswer);
    expect(JSON.stringify(reply.card?.data)).to.include('jag blev hotad');
    expect(await cases(world, 'Alva')).to.have.length(0);
  });
  it('someone who reads English is answered in English, also when something is wrong', async () => {
    await world.writes('Ivar', 'report');
    const { reply } = await world.presses('Ivar', 'report', { dangerNow: 'no' });
    expect(reply.card?.fallback).to.include(texts('en').error.missingAnswer);
    const old = await world.pressesOld('Ivar', { verb: 'x', data: {}, clicked: 'm1', place: 'Ivar' });
    expect(old.reply.card?.fallback).to.include(texts('en').error.oldCard);
  });
  it('in danger nothing is asked for again: the alarm goes with what there is', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'yes', affected: { an: 'object' }, text: ['list'] });
    expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
    expect(world.sees('Alva').map(words).join()).to.include(error.textLeftBehind);
  });
  it('objects and lists where text belongs are told of, and the rest is kept', async () => {
    await world.writes('Alva', 'rapportera');
    const { reply } = await world.presses('Alva', 'report', {
      ...ordinary,
      where: { $ne: 1 },
      number: ['070'],
    });
    expect(reply.card?.fallback).to.include(error.unreadableField);
    expect(JSON.stringify(reply.card?.data)).to.include('ett mejl');
  });
  it('100,000 characters are stored whole, whatever they are', async () => {
    const text = '<at>x</at> $\u007bsecret} [a](http://b) \u0000 \ud800 \u202e 😀 '.repeat(2_500);
    expect(text.length).to.be.greaterThan(100_000);
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { ...ordinary, text });
    const [id] = await cases(world, 'Alva');
    const [entry] = id ? await world.storage.cases.open(id) : [];
    expect(entry?.sealed?.text === text).to.equal(true);
  });
  it('a longer text than can be taken is refused with a sentence', async () => {
    await world.writes('Alva', 'rapportera');
    const { reply } = await world.presses('Alva', 'report', { ...ordinary, text: 'x'.repeat(200_001) });
    expect(reply.card?.fallback).to.include(error.textTooLong);
  });
  it('the same submission three times: one case, the same number each time', async () => {
    await world.writes('Alva', 'rapportera');
    const first = await world.presses('Alva', 'report', ordinary);
    const second = await world.pressesOld('Alva', first, ordinary);
    const third = await world.pressesOld('Alva', first, ordinary);
    const [id, ...others] = await cases(world, 'Alva');
    expect(others).to.deep.equal([]);
    for (const { reply } of [first, second, third]) expect(reply.card?.fallback).to.include(id);
    expect(world.sees('channel')).to.have.length(1);
  });
  it('free text sent three times as an alarm: one case, though the draft is gone after the first', async () => {
    await world.writes('Alva', 'de är här');
    const first = await world.presses('Alva', 'report', { dangerNow: 'yes' });
    for (let i = 0; i < 2; i++) await world.pressesOld('Alva', first);
    expect(await cases(world, 'Alva')).to.have.length(1);
  });
  it('a long text beside a missing answer is kept and sent whole', async () => {
    const text = 'x'.repeat(30_000);
    await world.writes('Alva', 'rapportera');
    const again = await world.presses('Alva', 'report', { dangerNow: 'no', text });
    const [button] = again.reply.card
      ? buttonsOf(again.reply.card).filter(({ verb }) => verb === 'report')
      : [];
    await world.pressesOld(
      'Alva',
      { ...again, data: button?.data ?? {} },
      { dangerNow: 'no', channel: 'email' },
    );
    const [id] = await cases(world, 'Alva');
    const [entry] = id ? await world.storage.cases.open(id) : [];
    expect(entry?.sealed?.text).to.equal(text);
  });
  it('where one is, once told, leaves a thank-you where the question stood', async () => {
    await world.writes('Alva', 'akut');
    await world.presses('Alva', 'report');
    const { reply } = await world.presses('Alva', 'supplement', { where: 'Hemma' });
    expect(reply.card?.fallback).to.include(texts('sv').forms.supplement.whereSent);
    expect(words(last(world.sees('Alva')))).to.include(texts('sv').forms.supplement.whereSent);
  });
  it('the same card used next week: a new case, linked to the first, with its own confirmation', async () => {
    await world.writes('Alva', 'rapportera');
    const first = await world.presses('Alva', 'report', ordinary);
    await world.pass(7 * day);
    const second = await world.pressesOld('Alva', first, ordinary);
    const [newer, older] = await cases(world, 'Alva');
    expect(newer).to.not.equal(older);
    const loaded = newer && (await world.storage.cases.load(newer));
    expect(loaded?.incident.follows).to.equal(older);
    expect(second.reply.card?.fallback).to.include(newer);
    const [firstMessage] = world.messages.filter(({ activityId }) => activityId === first.clicked);
    expect(words(firstMessage), 'the old confirmation').to.include(older).and.not.to.include(newer);
    expect(last(world.sees('Alva'))?.view.fallback).to.include(newer);
  });
  it('other answers from the same old card are a new report', async () => {
    await world.writes('Alva', 'rapportera');
    const first = await world.presses('Alva', 'report', ordinary);
    await world.pressesOld('Alva', first, { ...ordinary, channel: 'phone' });
    expect(await cases(world, 'Alva')).to.have.length(2);
  });
  it('nobody to call: the alarm says that the number is missing', async () => {
    await world.writes('Ivar', 'akut');
    await world.presses('Ivar', 'report');
    expect(words(last(world.sees('Tove')))).to.include(texts('sv').alarm.numberMissing);
  });
  it('nobody to call: asked for with the place, and then the alarm has it', async () => {
    await world.writes('Ivar', 'akut');
    await world.presses('Ivar', 'report');
    await world.presses('Ivar', 'supplement', { where: 'Home', number: '070-555 00 11' });
    const alarm = world.sees('Tove').find(({ view }) => view.card === 'alarm');
    expect(words(alarm)).not.to.include(texts('sv').alarm.numberMissing);
    const { reply } = await world.presses('Tove', 'acknowledge');
    expect(JSON.stringify(reply.card?.data)).to.include('070-555 00 11');
  });
  it('the one number that was given goes before the directory’s', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { ...ordinary, number: '08-123' });
    const [id] = await cases(world, 'Alva');
    const [entry] = id ? await world.storage.cases.open(id) : [];
    expect(entry?.sealed?.number).to.equal('08-123');
  });
  it('a coordinator files for a caller, who hears nothing until linked', async () => {
    await world.writes('Karin', 'rapportera');
    await world.presses('Karin', 'report', {
      ...ordinary,
      affected: 'other_elected',
      affectedWho: 'Alva Ek',
    });
    const before = world.sees('Alva').length;
    await world.presses('Omid', 'acknowledge', {}, 'channel');
    expect(world.sees('Alva')).to.have.length(before);
    await world.presses('Omid', 'link', { person: world.person('Alva') }, 'channel');
    expect(world.sees('Alva').length).to.be.greaterThan(before);
  });

  describe('at night', () => {
    beforeEach(async () => {
      world = createWorld(instant(Date.parse('2026-11-28T23:30:00+01:00')));
      for (const name of ['Alva', 'Tove', 'Karin']) await world.writes(name, 'meny');
      await world.joins();
      await world.writes('Alva', 'rapportera');
      await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'visit_surveil' });
    });
    const alarms = () => world.sees('Tove').filter(({ view }) => view.card === 'alarm');

    it('someone at the door: asked whether anyone is needed tonight; yes is an alarm at once', async () => {
      expect(JSON.stringify(last(world.sees('Alva'))?.view.data)).to.include(texts('sv').receipt.tonight);
      expect(alarms()).to.have.length(0);
      await world.presses('Alva', 'alarm');
      expect(alarms()).to.have.length(1);
    });
    it('no answer: the alarm goes out at seven, once', async () => {
      await world.pass(7.4 * 60 * minutes(1));
      expect(alarms()).to.have.length(0);
      await world.pass(minutes(10));
      expect(alarms()).to.have.length(1);
      await world.pass(minutes(60));
      expect(alarms()).to.have.length(1);
    });
  });

  describe('when the storage does not answer (promise 2)', () => {
    const duty = '08-465 004 00';
    it('refuses: said in plain words, with 112 and the duty number, and no number of a case', async () => {
      await world.writes('Alva', 'rapportera');
      world.storage.fault = 'refused';
      const { reply } = await world.presses('Alva', 'report', ordinary);
      expect(reply.card?.fallback).to.include(error.notStored).and.to.include(duty).and.to.include('112');
      expect(reply.card?.fallback).not.to.match(/H26-/);
    });
    it('nobody knows: said so, and sending again does not double it', async () => {
      await world.writes('Alva', 'rapportera');
      world.storage.fault = 'unknown';
      const first = await world.presses('Alva', 'report', ordinary);
      expect(first.reply.card?.fallback).to.include(error.fateUnknown).and.to.include(duty);
      world.storage.fault = undefined;
      const second = await world.pressesOld('Alva', first, ordinary);
      expect(second.reply.card?.card).to.equal('receipt');
      await world.pass(7_000);
      expect(await cases(world, 'Alva')).to.have.length(1);
    });
    it('never answers: said within 4 s that nobody knows', async () => {
      await world.writes('Alva', 'rapportera');
      world.storage.fault = 'silent';
      const started = performance.now();
      const { reply } = await world.presses('Alva', 'report', ordinary);
      expect(performance.now() - started).to.be.lessThan(4_000);
      expect(reply.card?.fallback).to.include(error.fateUnknown).and.to.include(duty);
    });
    it('free text is answered all the same, and "Larma nu" says that the text stays in the chat', async () => {
      world.storage.fault = 'refused';
      const [card] = await world.writes('Alva', 'hjälp mig han är här');
      expect(words(card)).to.include('112').and.to.include(duty);
    });
  });
});
