/** Who has come near what people wrote: what the log of a case holds, and who reads it. */
import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { createWorld, noon, type World } from '../world/world.ts';
import { everyoneThere, type ReportedCase, reportedCase } from './reportedCase.ts';

const { labels } = texts('sv');

describe('the log of a case', () => {
  let reported: ReportedCase;
  let world: World;
  let id: IncidentId;
  beforeEach(async () => {
    reported = await reportedCase();
    ({ world, id } = reported);
  });
  const logged = async () =>
    (await world.storage.cases.log(id)).map(({ by, what, why }) => [
      world.directory.person(by)?.name,
      what,
      why,
    ]);
  const pressesHere = async (who: string, verb: string) => {
    const { data } = await world.presses('Alva', 'readers');
    return world.pressesOld(who, { verb, data, clicked: 'm1', place: who });
  };

  it('has every view of content, and from which card', async () => {
    await world.presses('Tove', 'acknowledge');
    await world.presses('Karin', 'details', {}, 'channel');
    await world.presses('Alva', 'details');
    expect(await logged()).to.deep.equal([
      ['Tove Lind', 'read', 'alarm'],
      ['Karin Sand', 'read', 'triage'],
      ['Alva Ek', 'read', 'receipt'],
    ]);
  });
  it('has who was denied and what they wanted, once an hour; a number that is no case leaves nothing', async () => {
    for (const verb of ['details', 'close', 'hide', 'details']) await pressesHere('Greta', verb);
    await world.writes('Greta', `komplettera ${id}`);
    expect(await logged()).to.deep.equal([['Greta Rask', 'denied', 'details']]);
    const { data } = await world.presses('Alva', 'readers');
    const nowhere = {
      verb: 'details',
      data: { ...data, incident: 'H26-000-000' },
      clicked: 'm',
      place: 'Greta',
    };
    await world.pressesOld('Greta', nowhere);
    expect(await world.storage.cases.log('H26-000-000' as IncidentId)).to.deep.equal([]);
  });
  it('has that someone who was asked once wants the particulars when another has taken it', async () => {
    await world.presses('Tove', 'decline');
    const alarm = await world.presses('Samir', 'details');
    await world.presses('Karin', 'acknowledge', {}, 'channel');
    await world.pressesOld('Samir', alarm);
    expect(await logged()).to.deep.equal([
      ['Samir Holm', 'read', 'alarm'],
      ['Samir Holm', 'denied', 'details'],
    ]);
  });
  it('is read whole by coordinators; the reporter reads who has read, and not who was denied', async () => {
    await pressesHere('Greta', 'details');
    await world.presses('Tove', 'acknowledge');
    const own = await world.presses('Alva', 'readings');
    expect(own.reply.card?.fallback).to.include('Tove Lind').and.not.to.include('Greta');
    const whole = await world.presses('Karin', 'readings', {}, 'channel');
    expect(whole.reply.card?.fallback)
      .to.match(new RegExp(`Tove Lind, .*: ${labels.access.read}`))
      .and.match(new RegExp(`Greta .*: ${labels.access.denied}`));
  });
  it('is not read by those who only answer the alarm', async () => {
    await world.presses('Tove', 'acknowledge');
    const { reply } = await pressesHere('Tove', 'readings');
    expect(reply.card?.fallback).to.include(texts('sv').refusals.notAllowed);
  });
  it('a log that cannot be written shows nothing of the case', async () => {
    const details = await world.presses('Alva', 'details');
    world.storage.cases.record = () => Promise.reject(new Error('no log'));
    const { reply } = await world.pressesOld('Alva', details);
    expect(JSON.stringify(reply.card ?? {})).not.to.include('ORD-7f3a');
    const theirs = await world.pressesOld('Greta', { ...details, place: 'Greta' });
    expect(theirs.reply.card?.fallback).to.include(texts('sv').error.noSuchIncident);
  });
});

describe('the log of what has no case', () => {
  it('has who changed the duty rota, and who was denied it or a coordinator’s tools', async () => {
    const hours = (n: number) => later(noon, minutes(60 * n));
    const empty = createWorld();
    const shift = { from: hours(-4), to: hours(8), dutyOfficer: empty.person('Tove') };
    const world = await everyoneThere(createWorld(noon, { rota: [shift] }));
    await world.writes('Samir', 'jour');
    const form = await world.presses('Samir', 'takeOver');
    for (const [verb, data] of [
      ['takeOver', form.data],
      ['takeOver', form.data],
      ['accept', {}],
    ] as const) {
      await world.pressesOld('Greta', { verb, data, clicked: 'm1', place: 'Greta' });
    }
    await world.pressesOld('Alva', { verb: 'exercise', data: {}, clicked: 'm1', place: 'Alva' });
    await world.presses('Samir', 'takeOver', { until: hours(8) });
    await world.settle();
    const log = await world.storage.audit.log(noon.slice(0, 10));
    expect(log.map(({ by, what, why }) => [world.directory.person(by)?.name, what, why])).to.deep.equal([
      ['Greta Rask', 'denied', 'dutyRota'],
      ['Alva Ek', 'denied', 'exercise'],
      ['Samir Holm', 'settingChanged', 'dutyRota.takeOver'],
    ]);
  });
});
