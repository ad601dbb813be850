import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { announced, last, type ReportedCase, reportedCase, words } from './reportedCase.ts';

const { notices } = texts('sv');

describe('the reporter', () => {
  let reported: ReportedCase;
  let world: World;
  let id: IncidentId;
  const incident = () => reported.incident();
  const triage = () => reported.triage();
  beforeEach(async () => {
    reported = await reportedCase();
    ({ world, id } = reported);
  });

  it('hears after three minutes that nobody has answered, and not when someone has', async () => {
    await world.pass(minutes(2.9));
    expect(announced(world.sees('Alva'), notices.nobodyYet.summary)).to.have.length(0);
    await world.pass(minutes(0.2));
    const [told] = announced(world.sees('Alva'), notices.nobodyYet.summary);
    expect(words(told)).to.include('112').and.to.include('08-465 004 00');

    const other = createWorld();
    for (const name of ['Alva', 'Tove']) await other.writes(name, 'meny');
    await other.joins();
    await other.writes('Alva', 'akut');
    await other.presses('Alva', 'report');
    await other.presses('Tove', 'acknowledge');
    await other.pass(minutes(10));
    expect(announced(other.sees('Alva'), notices.nobodyYet.summary)).to.have.length(0);
  });
  it('alone tonight: whoever has the case is told', async () => {
    await world.presses('Tove', 'acknowledge');
    await world.presses('Alva', 'company', { company: 'no' });
    expect(words(last(world.sees('Tove')))).to.include(notices.alone.title(id));
  });
  it('sees who can read and who has read, but not that they have read it themselves', async () => {
    await world.presses('Tove', 'acknowledge');
    const own = await world.presses('Alva', 'details');
    await world.pressesOld('Alva', { ...own, verb: 'hide' });
    const can = await world.presses('Alva', 'readers');
    expect(can.reply.card?.fallback).to.include('Karin Sand');
    const have = await world.presses('Alva', 'readings');
    expect(have.reply.card?.fallback).to.include('Tove Lind').and.not.to.include('Alva Ek');
  });
  it('takes it back: it stays, marked, and the case is told', async () => {
    await world.presses('Alva', 'withdraw');
    expect(words(triage())).to.include(texts('sv').triage.withdrawn);
    expect((await incident()).stage.status).to.equal('new');
  });
  it('finds it again: mina rapporter, komplettera, återkalla', async () => {
    const [list] = await world.writes('Alva', 'mina rapporter');
    expect(list && buttonsOf(list.view).map(({ data }) => data.incident)).to.deep.equal([id]);
    const [form] = await world.writes('Alva', `komplettera ${id.toLowerCase()}`);
    expect(form && buttonsOf(form.view)[0]?.verb).to.equal('supplement');
    const [card] = await world.writes('Alva', 'återkalla');
    expect(card && buttonsOf(card.view).some(({ verb }) => verb === 'withdraw')).to.equal(true);
  });
  it('never sees an internal note, and sees one meant for them', async () => {
    await world.presses('Karin', 'note', { text: 'internt-77', visibleTo: 'staff' }, 'channel');
    await world.presses('Karin', 'note', { text: 'till dig-78', visibleTo: 'reporter' }, 'channel');
    const { reply } = await world.presses('Alva', 'details');
    expect(JSON.stringify(reply.card)).to.include('till dig-78').and.not.to.include('internt-77');
  });
});
