/** Who is in the coordinators' channel: an outsider there reads nothing of any case, and no case is lost for it. */
import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { createWorld, type World } from '../world/world.ts';

const { channel: say, error, readiness } = texts('sv');
const numberPattern = /H\d\d-\w{3}-\w{3}/;
const coordinators = ['Karin', 'Omid'];

describe('an outsider in the coordinators’ channel', () => {
  let world: World;
  beforeEach(async () => {
    world = createWorld();
    await world.joins();
    for (const who of [...coordinators, 'Tove', 'Alva']) await world.writes(who, 'meny');
  });
  const inside = (...who: string[]) =>
    world.inside.set(
      world.channel,
      who.map((one) => world.person(one)),
    );
  const comes = async (...who: string[]) => {
    inside(...coordinators, ...who);
    await world.comesOrGoes();
  };
  const leaves = comes;
  const seen = (place: string) => world.sees(place).map(({ view }) => view);
  const words = (place: string) =>
    seen(place)
      .map(({ fallback }) => fallback)
      .join('\n');
  const reports = async (): Promise<string> => {
    await world.writes('Alva', 'akut');
    const { reply } = await world.presses('Alva', 'report');
    return numberPattern.exec(reply.card?.fallback ?? '')?.[0] ?? 'no number';
  };

  it('without one, cases stand in the channel and nowhere else', async () => {
    const number = await reports();
    expect(words('channel')).to.include(number);
    for (const who of coordinators) expect(words(who)).not.to.include(number);
  });

  for (const [title, who] of [
    ['someone without a role', 'Nora'],
    ['someone with another role', 'Alva'],
  ] as const) {
    it(`${title}: the case goes to each coordinator, in their own chat, and works there`, async () => {
      await comes(who);
      const number = await reports();
      expect(words('channel')).not.to.match(numberPattern);
      for (const one of coordinators) expect(words(one)).to.include(number);
      const taken = await world.presses('Karin', 'acknowledge', {});
      await world.pass(1_000);
      expect(seen('Omid').findLast(({ card }) => card === 'triage')?.fallback).to.include('Karin Sand');
      await world.pressesOld('Karin', { ...taken, verb: 'reached' });
      expect(words('channel')).not.to.match(numberPattern);
    });
  }

  it('someone Teams does not name, or who is not in the directory at all', async () => {
    world.inside.set(world.channel, [world.person('Karin'), '29:stranger' as never]);
    const number = await reports();
    expect(words('channel')).not.to.include(number);
    expect(words('Karin')).to.include(number);
  });

  it('whom the reporter has excluded has nothing in 1:1 either', async () => {
    await comes('Nora');
    await world.writes('Alva', 'rapportera');
    const answers = { dangerNow: 'no', channel: 'email', exclude: world.person('Omid') };
    const { reply } = await world.presses('Alva', 'report', answers);
    const [number = 'no number'] = numberPattern.exec(reply.card?.fallback ?? '') ?? [];
    for (let n = 0; n < 5; n++) await world.pass(30_000);
    expect(words('Karin')).to.include(number);
    expect(words('Omid') + words('channel')).not.to.include(number);
  });

  it('a coordinator who loses the role is an outsider at once', async () => {
    await reports();
    const { person } = world.directory;
    world.directory.person = (id) =>
      id === world.person('Omid') ? { id, name: 'Omid Berg', roles: ['staff'] } : person(id);
    const number = await reports();
    expect(words('channel')).not.to.include(number);
    expect(words('Karin')).to.include(number);
  });

  it('what stands there already shows nothing new, and is brought up to date when they have gone', async () => {
    await reports();
    const card = () => seen('channel').find(({ card: kind }) => kind === 'triage')?.fallback;
    const before = card();
    await comes('Nora');
    const taken = await world.presses('Tove', 'acknowledge');
    expect(card()).to.equal(before);
    await leaves();
    await world.pressesOld('Tove', { ...taken, verb: 'reached' });
    expect(card()).to.include('Tove Lind');
  });

  it('many at once come to each coordinator as one, and none is lost', async () => {
    await comes('Nora');
    const numbers: string[] = [];
    for (const who of coordinators) world.failing.set(`a:${who}`, 'later');
    for (let n = 0; n < 8; n++) {
      await world.writes('Alva', 'rapportera');
      const { reply } = await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
      numbers.push(numberPattern.exec(reply.card?.fallback ?? '')?.[0] ?? 'no number');
    }
    world.failing.clear();
    for (let n = 0; n < 10; n++) await world.pass(30_000);
    for (const who of coordinators) for (const number of numbers) expect(words(who)).to.include(number);
    expect(words('channel')).not.to.match(numberPattern);
  });

  it('many that waited while nobody knew who is there go to each coordinator too', async () => {
    world.inside.set(world.channel, undefined);
    const numbers: string[] = [];
    for (let n = 0; n < 8; n++) {
      await world.writes('Alva', 'rapportera');
      const { reply } = await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
      numbers.push(numberPattern.exec(reply.card?.fallback ?? '')?.[0] ?? 'no number');
    }
    inside(...coordinators, 'Nora');
    for (let n = 0; n < 10; n++) await world.pass(30_000);
    for (const who of coordinators) for (const number of numbers) expect(words(who)).to.include(number);
    expect(words('channel')).not.to.match(numberPattern);
  });

  it('it is said: in the channel nothing but that, to each coordinator what to do, and once; and when it is over', async () => {
    await world.routines.channel();
    await comes('Nora');
    for (let n = 0; n < 3; n++) {
      await world.pass(minutes(1));
      await world.routines.channel();
    }
    const summaries = (place: string) => seen(place).map(({ summary }) => summary);
    expect(summaries('channel')).to.deep.equal([say.outsider.summary]);
    for (const who of coordinators) {
      expect(summaries(who).filter((one) => one === say.closed.summary)).to.have.length(1);
      expect(words(who)).to.include(say.closed.act.outsider);
    }
    await leaves();
    await world.pass(minutes(1));
    await world.routines.channel();
    expect(summaries('channel')).to.deep.equal([say.outsider.summary, say.open.summary]);
    const number = await reports();
    expect(words('channel')).to.include(number);
  });

  it('readiness tells each coordinator in 1:1, for as long as it lasts', async () => {
    await world.routines.readiness();
    await comes('Nora');
    await world.pass(minutes(5));
    await world.routines.readiness();
    for (const who of coordinators) expect(words(who)).to.include(readiness.gaps.channelOutsider);
    expect(words('channel')).to.equal('');
  });

  it('the board and the duty rota are not answered in the channel, but in 1:1', async () => {
    const number = await reports();
    const [board] = await world.mentions('Karin', 'läge');
    expect(board?.view.fallback).to.include(number);
    await comes('Nora');
    for (const command of ['läge', 'jour', 'provlarm']) {
      const [answer] = await world.mentions('Karin', command);
      expect(answer?.view.fallback, command).to.include(error.privately);
    }
    const [own] = await world.writes('Karin', 'läge');
    expect(own?.view.fallback).to.include(number);
  });

  it('who is there cannot be read: what was known holds for an hour, then cases go to each coordinator', async () => {
    await reports();
    world.inside.set(world.channel, undefined);
    await world.pass(minutes(59));
    const known = await reports();
    expect(words('channel')).to.include(known);
    await world.pass(minutes(2));
    const number = await reports();
    expect(words('channel')).not.to.include(number);
    expect(words('Karin')).to.include(number);
    await world.routines.channel();
    expect(words('Karin')).to.include(say.closed.act.unread);
  });

  it('nothing is known yet and Teams does not say: it waits a minute, then goes to each coordinator', async () => {
    world.inside.set(world.channel, undefined);
    const number = await reports();
    expect(words('channel') + words('Karin')).not.to.include(number);
    for (let n = 0; n < 4; n++) await world.pass(30_000);
    expect(words('channel')).not.to.include(number);
    for (const who of coordinators) expect(words(who)).to.include(number);
  });

  it('Teams says that nobody is there, which cannot be: the same', async () => {
    inside();
    await world.comesOrGoes();
    const number = await reports();
    for (let n = 0; n < 4; n++) await world.pass(30_000);
    expect(words('channel')).not.to.include(number);
    expect(words('Omid')).to.include(number);
  });

  it('no coordinator can be reached: it waits for the channel, and is there when that is open again', async () => {
    world = createWorld();
    await world.joins();
    await comes('Nora');
    const number = await reports();
    await world.pass(minutes(3));
    expect(words('channel')).not.to.include(number);
    await leaves();
    await world.pass(minutes(1));
    expect(words('channel')).to.include(number);
  });

  it('a coordinator whose chat is gone does not lose it for the others', async () => {
    await comes('Nora');
    for (const who of coordinators) world.failing.set(`a:${who}`, 'gone');
    const number = await reports();
    await world.pass(minutes(1));
    for (const who of coordinators) expect(words(who)).not.to.include(number);
    world.failing.clear();
    await leaves();
    for (let n = 0; n < 3; n++) await world.pass(minutes(1));
    expect(words('channel')).to.include(number);
  });
});
