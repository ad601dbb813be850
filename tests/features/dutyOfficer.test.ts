import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { createWorld, type World } from '../world/world.ts';
import { announced, last, type ReportedCase, reportedCase, secret, words } from './reportedCase.ts';

const { notices } = texts('sv');

describe('the duty officer', () => {
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
  it('when the coordinators are asked they are mentioned in their channel, and only then', async () => {
    const mentions = () =>
      world
        .sees('channel')
        .flatMap(({ view }) => (Array.isArray(view.data.mentions) ? view.data.mentions : []));
    await world.pass(minutes(5));
    expect(alarms('Samir')).to.have.length(1);
    expect(mentions()).to.deep.equal([]);
    await world.pass(minutes(5));
    const mentioned = world.directory.holding('coordinator').map(({ name }) => `<at>${name}</at>`);
    expect(mentions().map(({ mention }) => mention)).to.have.members(mentioned);
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
