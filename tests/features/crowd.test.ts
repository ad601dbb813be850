/** Many at once: nobody is flooded, no number waits long, and nothing about a case is lost by being told in a crowd. */
import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
import { StorageRefused } from '../../bot/features/ports.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, createWorld, type Place, type World } from '../world/world.ts';
import { words } from './reportedCase.ts';

const { digest, labels } = texts('sv');
const number = /H\d\d-\w{3}-\w{3}/g;

describe('many cases at once', () => {
  let world: World;
  beforeEach(async () => {
    world = createWorld(undefined, { paced: true });
    for (const who of ['Alva', 'Tove', 'Karin', 'Samir']) await world.writes(who, 'meny');
    await world.joins();
  });
  const reports = async (count: number, dangerNow = 'yes') => {
    for (let n = 0; n < count; n++) {
      await world.writes('Alva', 'rapportera');
      await world.presses('Alva', 'report', { dangerNow, channel: 'phone', where: 'x', text: `${n}` });
    }
  };
  const seconds = async (count: number) => {
    for (let n = 0; n < count; n++) await world.pass(1_000);
  };
  const numbersIn = (place: Place) =>
    new Set(world.sees(place).flatMap((one) => words(one).match(number) ?? []));
  const standsIn = (place: Place, what: string) =>
    world.sees(place).filter((one) => words(one).includes(what));

  it('every number stands before the duty officer and in the channel within a few messages', async () => {
    await reports(40);
    expect(numbersIn('Tove').size).to.be.lessThan(40);
    await seconds(12);
    expect(numbersIn('Tove').size).to.equal(40);
    expect(numbersIn('channel').size).to.equal(40);
    expect(world.sees('Tove').length).to.be.lessThan(12);
    expect(world.sees('channel').length).to.be.lessThan(12);
  });
  it('the graver come first, and no line says who or where', async () => {
    await reports(20, 'no');
    await reports(3);
    await seconds(12);
    const [first] = standsIn('channel', 'nya ärenden').reverse();
    const lines = words(first)
      .split('\n')
      .filter((each) => each.startsWith('H2'));
    expect(lines[0]).to.include(labels.urgency.acute);
    expect(lines.at(-1)).to.include(labels.urgency.medium);
    expect(words(first)).not.to.match(/Alva|Ek|070/);
  });
  it('the list that a digest opens shows them all, a page at a time, and opens what is taken there', async () => {
    await reports(20);
    await seconds(12);
    const alarms = standsIn('Tove', 'larm väntar på dig').at(-1);
    expect(alarms && buttonsOf(alarms.view).map(({ title }) => title)).to.deep.equal([digest.board]);
    const opened = await world.presses('Tove', 'board');
    const more = opened.reply.card && buttonsOf(opened.reply.card).find(({ verb }) => verb === 'board');
    const next = more && (await world.pressesOld('Tove', { ...opened, ...more }));
    const pages = [opened, next].flatMap((one) => one?.reply.card ?? []);
    const takes = pages.flatMap(buttonsOf).filter(({ verb }) => verb === 'acknowledge');
    expect(new Set(takes.map(({ data }) => data.incident)).size).to.equal(20);

    const sent = world.messages.length;
    for (const take of takes) await world.pressesOld('Tove', { ...opened, ...take });
    await seconds(30);
    expect(world.sees('Tove').length, 'no card comes for each').to.be.lessThan(20);
    expect(world.messages.length - sent).to.be.lessThan(20);
    const last = takes.at(-1)?.data.incident;
    const again = await world.presses('Tove', 'board');
    const [open] = again.reply.card ? buttonsOf(again.reply.card).filter(({ verb }) => verb === 'hide') : [];
    const card =
      open && (await world.pressesOld('Tove', { ...again, ...open, data: { ...open.data, incident: last } }));
    expect(card?.reply.card?.card).to.equal('alarm');
    expect(card?.reply.card && buttonsOf(card.reply.card).map(({ verb }) => verb)).to.include('reached');
  });
  it('what nobody takes goes up the ladder in a crowd too', async () => {
    await reports(20);
    await world.pass(minutes(5));
    await seconds(12);
    expect(numbersIn('Samir').size).to.equal(20);
  });
  it('a digest of unknown fate comes again and says so', async () => {
    world.failing.set('a:Tove', 'lost');
    await reports(20);
    world.failing.delete('a:Tove');
    await seconds(40);
    const told = standsIn('Tove', 'larm väntar på dig');
    expect(told.some((one) => words(one).includes(digest.repeat))).to.equal(true);
    expect(numbersIn('Tove').size).to.equal(20);
  });
  it('one whose case cannot be read keeps none of the others waiting, and comes when it can', async () => {
    await reports(20);
    const { cases } = world.storage;
    const { load } = cases;
    const waiting = (await cases.due('2099-01-01T00:00:00.000Z' as ReturnType<World['now']>)).findLast(
      ({ effect }) => effect.do === 'post' && effect.notice === 'alarm',
    );
    if (!waiting) throw new Error('no alarm waits');
    cases.load = (id) => (id === waiting.id ? Promise.reject(new StorageRefused('odd')) : load(id));
    await seconds(12);
    expect([numbersIn('Tove').size, numbersIn('Tove').has(waiting.id)]).to.deep.equal([19, false]);
    cases.load = load;
    await seconds(40);
    expect(numbersIn('Tove').has(waiting.id)).to.equal(true);
  });
  it('someone whom no digest reaches is passed by in every case', async () => {
    world.failing.set('a:Tove', 'gone');
    await reports(20);
    await seconds(12);
    expect(numbersIn('Samir').size).to.equal(20);
  });
});
