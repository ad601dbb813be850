import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, type World } from '../world/world.ts';
import { casesOf as cases, everyoneThere, last, words } from './reportedCase.ts';

const { error, freeText } = texts('sv');

describe('free text', () => {
  let world: World;
  beforeEach(async () => {
    world = await everyoneThere();
  });

  it('is kept, answered with the ways to send it, and sent as it was written', async () => {
    const [card] = await world.writes('Alva', 'det står någon utanför min dörr');
    expect(card && buttonsOf(card.view).map(({ verb }) => verb)).to.deep.equal(['report', 'report']);
    expect(words(card)).not.to.include('utanför min dörr');
    expect(words(card)).to.include(freeText.teamsKeeps).and.include(freeText.teamsRemove);
    const { reply } = await world.presses('Alva', 'report', { dangerNow: 'yes' });
    expect(reply.card?.fallback).to.include(freeText.teamsKeeps).and.include(freeText.teamsRemove);
    const [id] = await cases(world, 'Alva');
    const [entry] = id ? await world.storage.cases.open(id) : [];
    expect(entry?.sealed?.text).to.equal('det står någon utanför min dörr');
  });
  it('goes into the form when one chooses to report: as the answer to the click, in no message', async () => {
    await world.writes('Alva', 'någon ringde mig');
    const { reply } = await world.presses('Alva', 'report', { open: 'form' });
    expect(JSON.stringify(reply.card?.data)).to.include('någon ringde mig');
    expect(JSON.stringify(world.messages)).not.to.include('någon ringde mig');
  });
  it('sent by the form, the card that asked about it has become the confirmation', async () => {
    const [asked] = await world.writes('Alva', 'någon ringde mig');
    const opened = await world.presses('Alva', 'report', { open: 'form' });
    const [send] = opened.reply.card
      ? buttonsOf(opened.reply.card).filter(({ verb }) => verb === 'report')
      : [];
    await world.pressesOld(
      'Alva',
      { ...opened, data: send?.data ?? {} },
      { dangerNow: 'no', channel: 'phone' },
    );
    expect(asked?.view.card).to.equal('receipt');
  });
  it('the reminder, pressed again, gives the same confirmation; that of a text sent elsewhere sends nothing', async () => {
    await world.writes('Alva', 'någon ringde mig');
    await world.pass(minutes(4));
    const reminded = await world.presses('Alva', 'report', { dangerNow: 'unsure' });
    const again = await world.pressesOld('Alva', reminded);
    const [id] = await cases(world, 'Alva');
    expect(again.reply.card?.fallback).to.include(id);
    await world.writes('Alva', 'och en gång till');
    const old = await world.presses('Alva', 'report', { open: 'form' });
    await world.pass(minutes(4));
    await world.pressesOld('Alva', old, { open: undefined, dangerNow: 'yes', channel: 'unknown' });
    const sent = (await cases(world, 'Alva')).length;
    const late = await world.presses('Alva', 'report', { dangerNow: 'unsure' });
    expect(late.reply.card?.fallback).to.include(texts('sv').draft.gone);
    expect(await cases(world, 'Alva')).to.have.length(sent);
  });
  it('with a picture: the text is kept as ever, and the picture is said not to be', async () => {
    const shown = await world.writes('Alva', 'se bilden', true);
    expect(shown.map(words).join()).to.include(error.noFilesYet).and.include(error.fileStays);
    await world.presses('Alva', 'report', { dangerNow: 'yes' });
    const [id] = await cases(world, 'Alva');
    const [entry] = id ? await world.storage.cases.open(id) : [];
    expect(entry?.sealed?.text).to.equal('se bilden');
  });
  it('is answered though Teams says no at first', async () => {
    world.failing.set('a:Alva', 'later');
    const written = world.writes('Alva', 'akut');
    await new Promise((resolve) => setTimeout(resolve, 100));
    world.failing.clear();
    expect((await written).map(words).join()).to.include('112');
  });
  it('left unsent: asked about after three minutes, twice at most, never again once sent', async () => {
    await world.writes('Alva', 'någon ringde');
    const asked = () =>
      world.sees('Alva').filter((one) => words(one).includes(texts('sv').unsent.title)).length;
    await world.pass(minutes(2));
    expect(asked()).to.equal(0);
    await world.pass(minutes(1.1));
    expect(asked()).to.equal(1);
    for (let i = 0; i < 60; i++) await world.pass(minutes(5));
    expect(asked()).to.equal(2);
  });
  it('once sent it is not asked about', async () => {
    await world.writes('Alva', 'någon ringde');
    await world.presses('Alva', 'report', { dangerNow: 'yes' });
    for (let i = 0; i < 10; i++) await world.pass(minutes(5));
    expect(world.sees('Alva').filter((one) => words(one).includes(texts('sv').unsent.title))).to.have.length(
      0,
    );
  });
  it('"Inte nu" ends the asking', async () => {
    await world.writes('Alva', 'någon ringde');
    await world.pass(minutes(4));
    await world.presses('Alva', 'dismiss');
    const before = world.sees('Alva').length;
    for (let i = 0; i < 20; i++) await world.pass(minutes(5));
    expect(world.sees('Alva')).to.have.length(before);
  });
  it('"Skicka" on the reminder reaches the duty officer', async () => {
    await world.writes('Alva', 'han sa att han vet var jag bor');
    await world.pass(minutes(4));
    await world.presses('Alva', 'report', { dangerNow: 'unsure' });
    expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
  });
  it('someone else’s draft cannot be sent or read', async () => {
    await world.writes('Alva', 'hemligt');
    const mine = await world.presses('Alva', 'report', { open: 'form' });
    expect(JSON.stringify(mine.reply.card?.data)).to.include('hemligt');
    await world.pressesOld(
      'Greta',
      { ...mine, place: 'Greta' },
      { open: undefined, dangerNow: 'yes', nonce: '2026-x' },
    );
    const [id] = await cases(world, 'Greta');
    const [entry] = id ? await world.storage.cases.open(id) : [];
    expect(entry?.sealed?.text).to.equal(undefined);
  });
});
