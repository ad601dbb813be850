/** `provlarm`: the whole chain of an alarm, tried by a coordinator and told of afterwards. */
import { expect } from 'chai';
import { type Instant, instant } from '../../bot/core/ids.ts';
import type { Incident } from '../../bot/core/incident.ts';
import { internationalNumber } from '../../bot/core/phone.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { endOf, keepExercised } from '../../bot/features/exercised.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { announced, casesOf, everyoneThere, last, words } from './reportedCase.ts';

const { exercise, page, refusals, notices, freeText } = texts('sv');
const { question, ended } = exercise;
const seconds = (count: number) => count * 1_000;

describe('an exercise', () => {
  let world: World;
  beforeEach(async () => {
    world = await everyoneThere();
  });
  /** Karin says yes; the number of the exercise. */
  const start = async () => {
    await world.writes('Karin', 'provlarm');
    await world.presses('Karin', 'exercise');
    const [id] = await casesOf(world, 'Karin');
    if (!id) throw new Error('no exercise was started');
    return id;
  };
  /** Takes the alarm, and after so long has reached the person. */
  const takes = async (who: string, after = 0) => {
    const taken = await world.presses(who, 'acknowledge');
    await world.pass(after);
    const opened = taken.reply.card ? buttonsOf(taken.reply.card) : [];
    const reached = opened.find(({ verb }) => verb === 'reached');
    if (!reached) throw new Error('nothing to press');
    await world.pressesOld(who, { ...taken, ...reached });
  };
  const lastExercise = async () => endOf(await world.storage.routines.recall('exercise'));
  const report = () =>
    world
      .sees('channel')
      .map(({ view }) => view)
      .filter(({ summary }) => /Så gick/.test(summary));
  const lines = () => report()[0]?.fallback.split('\n') ?? [];

  it('is asked about first: who will be asked, and that phones ring', async () => {
    for (const word of ['provlarm', 'Provlarm.', 'DRILL']) {
      const [asked] = await world.writes('Karin', word);
      expect(words(asked)).to.include(question.asked('Tove Lind')).and.to.include(question.phones);
      expect(words(asked)).to.include(question.next('Samir Holm'));
    }
    expect(await casesOf(world, 'Karin')).to.deep.equal([]);
    await world.presses('Karin', 'exercise', { stop: 'yes' });
    expect(words(last(world.sees('Karin')))).to.equal(exercise.stopped);
    expect(await casesOf(world, 'Karin')).to.deep.equal([]);
  });

  it('is a word like any other to everybody else', async () => {
    for (const who of ['Alva', 'Tove', 'Britt']) {
      const [said] = await world.writes(who, 'provlarm');
      expect(said?.view.summary, who).to.equal(freeText.summary);
      expect(said && buttonsOf(said.view).map(({ verb }) => verb), who).not.to.include('exercise');
    }
    expect((await world.mentions('Tove', 'provlarm')).map(words).join()).not.to.include(question.title);
  });

  it('goes the way of every alarm, and says everywhere that it is one', async () => {
    const id = await start();
    const incident = (await world.storage.cases.load(id))?.incident;
    expect(incident).to.include({ exercise: true, route: 'alarm', reporter: world.person('Karin') });
    expect(world.sees('Tove').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
    expect(world.phones.rung.map(({ text }) => text)).to.deep.equal([`ÖVNING. ${page.alarm(id)}`]);
    const told = world.messages.map(({ view }) => view).filter(({ fallback }) => fallback.includes(id));
    expect(told.map(({ card }) => card)).to.have.members(['receipt', 'alarm', 'triage']);
    for (const { summary, fallback } of told)
      expect([summary, fallback].join()).to.match(/^ÖVNING.*,ÖVNING/s);
    await world.pass(minutes(3));
    expect(announced(world.sees('Karin'), `ÖVNING. ${notices.nobodyYet.summary}`)).to.have.length(1);
    expect((await world.writes('Karin', 'läge')).map(words).join()).to.include(`ÖVNING. ${id}`);
    expect((await world.writes('Karin', 'mina rapporter')).map(words).join()).to.include(`ÖVNING. ${id}`);
  });

  it('is one, however often the same yes is pressed', async () => {
    await world.writes('Karin', 'provlarm');
    const pressed = await world.presses('Karin', 'exercise');
    await Promise.all([world.pressesOld('Karin', pressed), world.pressesOld('Karin', pressed)]);
    await world.pass(minutes(20));
    const late = await world.pressesOld('Karin', pressed);
    const ids = await casesOf(world, 'Karin');
    expect(ids).to.have.length(1);
    expect(late.reply.card?.fallback).to.include(ids[0]);
  });

  it('that runs is not said to be stopped by an old "no"', async () => {
    await world.mentions('Karin', 'provlarm');
    const { verb, data, ...rest } = await world.presses('Karin', 'exercise', {}, 'channel');
    const late = await world.pressesOld('Omid', { verb, data: { ...data, stop: 'yes' }, ...rest });
    expect(late.reply.card?.fallback).to.include(exercise.started.by('Karin Sand'));
    expect(world.sees('channel').map(words).join()).not.to.include(exercise.stopped);
  });

  it('is one, whoever says yes to the same question in the channel', async () => {
    await world.mentions('Karin', 'provlarm');
    const pressed = await world.presses('Karin', 'exercise', {}, 'channel');
    const omid = await world.pressesOld('Omid', pressed);
    expect(omid.reply.card?.fallback).to.include(exercise.started.by('Karin Sand'));
    expect(await casesOf(world, 'Omid')).to.deep.equal([]);
    await world.mentions('Karin', 'provlarm');
    await world.presses('Omid', 'exercise', {}, 'channel');
    expect(await casesOf(world, 'Omid')).to.have.length(1);
  });

  it('at night asks once more, by the names of those it would wake', async () => {
    world = await everyoneThere(createWorld(instant(Date.parse('2026-11-25T22:00:00+01:00'))));
    await world.writes('Karin', 'provlarm');
    const first = await world.presses('Karin', 'exercise');
    expect(first.reply.card?.fallback).to.include(exercise.night.title('Tove Lind'));
    expect(await casesOf(world, 'Karin')).to.deep.equal([]);
    const [yes] = first.reply.card ? buttonsOf(first.reply.card) : [];
    await world.pressesOld('Karin', { ...first, data: yes?.data ?? {} });
    expect(await casesOf(world, 'Karin')).to.have.length(1);
    expect(world.phones.rung).to.have.length(1);
  });

  it('is started in the channel too, by coordinators only; the confirmation comes in 1:1', async () => {
    const [asked] = await world.mentions('Karin', 'provlarm');
    expect(words(asked)).to.include(question.title);
    const refused = await world.presses('Tove', 'exercise', {}, 'channel');
    expect(refused.reply.card?.fallback).to.equal(refusals.notAllowed);
    await world.pressesOld('Karin', refused);
    const [id = ''] = await casesOf(world, 'Karin');
    const there = world.sees('channel').filter(({ view }) => view.summary.includes(id));
    expect(there.map(({ view }) => view.card)).to.deep.equal(['words', 'triage']);
    expect(words(there[0])).to.equal(
      `${exercise.mark(exercise.started.title(id))}\n${exercise.started.by('Karin Sand')}`,
    );
    expect(last(world.sees('Karin'))?.view.card).to.equal('receipt');
  });

  it('ends when the person is reached, and tells how it went with each', async () => {
    const id = await start();
    await world.pass(minutes(5));
    await world.pass(seconds(70));
    await takes('Samir', seconds(30));
    expect((await world.storage.cases.load(id))?.incident.stage.status).to.equal('closed');
    expect(lines()).to.deep.equal([
      `ÖVNING. ${ended.title(id)}`,
      ended.taken('Samir Holm', '6 min'),
      ended.lasted('7 min'),
      'Tove Lind: Framme i Teams, telefon larmad, inget svar',
      'Samir Holm: Framme i Teams, telefon larmad, tog det efter 70 s',
    ]);
    await world.pass(minutes(60));
    expect(report()).to.have.length(1);
    expect(await lastExercise()).to.equal(instant(Date.parse('2026-11-25T12:06:40+01:00')));
  });

  it('tells who declined, whom Teams did not reach, and whom no phone did', async () => {
    world.failing.set('a:Tove', 'gone');
    const number = (who: string) =>
      internationalNumber(world.directory.person(world.person(who))?.number ?? '');
    world.phones.fault = (message) =>
      message.number === number('Tove')
        ? { outcome: 'gone' }
        : message.number === number('Samir')
          ? 'lost'
          : undefined;
    const id = await start();
    await world.pass(seconds(10));
    await world.presses('Samir', 'decline');
    await world.pass(seconds(10));
    await world.presses('Omid', 'close', {}, 'channel');
    await world.presses('Omid', 'close', { reason: 'handled' }, 'channel');
    expect(lines().slice(1)).to.deep.equal([
      ended.untaken,
      ended.lasted('20 s'),
      'Tove Lind: Inte framme i Teams, telefon inte larmad, inget svar',
      'Samir Holm: Framme i Teams, oklart om telefon larmats, kunde inte ta det, efter 10 s',
      'Karin Sand: Framme i Teams, telefon larmad, inget svar',
      'Omid Berg: Framme i Teams, telefon larmad, inget svar',
    ]);
    expect(id).to.match(/^H26-/);
  });

  it('called off by the one who started it, it ends at once, and is not remembered as held', async () => {
    const id = await start();
    await world.presses('Karin', 'withdraw');
    const rung = world.phones.rung.length;
    await world.pass(minutes(10));
    expect(world.phones.rung).to.have.length(rung);
    expect((await world.storage.cases.load(id))?.incident.stage.status).to.equal('closed');
    expect(lines()[1]).to.equal(ended.untaken);
    expect(await lastExercise()).to.equal(undefined);
  });

  it('is remembered by the latest end, whichever instance comes first', async () => {
    const id = await start();
    await takes('Tove');
    const incident = (await world.storage.cases.load(id))?.incident;
    if (!incident) throw new Error('the case is gone');
    const first = await lastExercise();
    await world.pass(minutes(60));
    const endedAt = (closedAt: Instant): Incident => ({
      ...incident,
      stage: { status: 'closed', closedAt, reason: 'handled' },
    });
    const ports = { ...world.storage, clock: world.now };
    const at = [world.now(), later(world.now(), -minutes(30))];
    const kept = await Promise.allSettled(at.map((one) => keepExercised(ports, endedAt(one))));
    expect(kept.map(({ status }) => status)).to.include('rejected');
    for (const one of at) await keepExercised(ports, endedAt(one));
    expect(await lastExercise())
      .to.equal(world.now())
      .and.not.to.equal(first);
  });

  it('leaves nothing of a real alarm to be remembered or told', async () => {
    await world.writes('Alva', 'akut');
    await world.presses('Alva', 'report');
    await takes('Tove');
    expect(report()).to.deep.equal([]);
    expect(await lastExercise()).to.equal(undefined);
    const [id] = await casesOf(world, 'Alva');
    const events = id ? await world.storage.cases.events(id) : [];
    expect(events.map(({ type }) => type)).to.deep.equal(['Reported', 'Acknowledged', 'Reached']);
  });
});
