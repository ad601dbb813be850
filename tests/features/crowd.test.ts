/** Many at once: nobody is flooded, no number waits long, and nothing about a case is lost by being told in a crowd. */
import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
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
  it('the list that a digest opens shows them, and what is taken there gets its own card', async () => {
    await reports(20);
    await seconds(12);
    const alarms = standsIn('Tove', 'larm väntar på dig').at(-1);
    expect(alarms && buttonsOf(alarms.view).map(({ title }) => title)).to.deep.equal([digest.board]);
    const inDigest = words(alarms).match(number)?.at(-1) ?? '';
    const { reply } = await world.presses('Tove', 'board');
    const list = reply.card && buttonsOf(reply.card).filter(({ verb }) => verb === 'acknowledge');
    expect(list).to.have.length(12);

    await seconds(60);
    await world.pressesOld('Tove', {
      verb: 'acknowledge',
      data: { ...list?.[0]?.data, incident: inDigest },
      clicked: 'x',
      place: 'Tove',
    });
    await seconds(6);
    const ofCase = (place: Place) =>
      world.sees(place).filter(({ view }) => view.card !== 'words' && view.fallback.includes(inDigest));
    expect(ofCase('Tove'), 'her alarm card').to.have.length(1);
    expect(ofCase('channel'), 'its card in the channel').to.have.length(1);
    expect(words(ofCase('channel')[0])).to.include(labels.status.acknowledged);
    await world.presses('Tove', 'reached', { incident: inDigest });
    await seconds(6);
    expect(words(ofCase('channel')[0])).to.include(labels.status.reached);
    expect(ofCase('channel')).to.have.length(1);
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
  it('someone whom no digest reaches is passed by in every case', async () => {
    world.failing.set('a:Tove', 'gone');
    await reports(20);
    await seconds(12);
    expect(numbersIn('Samir').size).to.equal(20);
  });
});
