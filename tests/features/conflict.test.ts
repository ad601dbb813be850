/** Conflict of interest: who must not know of a report neither sees it nor learns that it is there. */
import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { announced, casesOf, everyoneThere, last, reportedCase, words } from './reportedCase.ts';

const { board, error, notices, receipt, support, triage: triageWords, watch } = texts('sv');

describe('someone the reporter has excluded', () => {
  let world: World;
  beforeEach(async () => {
    world = await everyoneThere();
  });
  /** Alva reports, and these must not know. */
  const without = async (
    who: string[],
    answers: Record<string, string> = {},
    on = world,
  ): Promise<IncidentId> => {
    await on.writes('Alva', 'rapportera');
    const exclude = who.map((name) => on.person(name)).join(',');
    await on.presses('Alva', 'report', { dangerNow: 'no', channel: 'email', exclude, ...answers });
    const [id] = await casesOf(on, 'Alva');
    if (!id) throw new Error('nothing was reported');
    return id;
  };
  const everythingOf = (who: string) => JSON.stringify(world.sees(who));
  const hasCard = (who: string, id: string) =>
    world.sees(who).some(({ view }) => view.card === 'triage' && view.summary === triageWords.summary(id));

  it('is chosen on the form by name, folded away; nobody is the ordinary answer', async () => {
    const [form] = await world.writes('Alva', 'rapportera');
    const more = JSON.stringify(form?.view.data.more);
    for (const name of ['Karin Sand', 'Tove Lind', 'Greta Rask', 'Britt Dal']) expect(more).to.include(name);
    expect(more).not.to.include('Alva Ek').and.not.to.include('Ivar');
    expect(form?.view.data.moreOpen).to.equal(false);
  });
  it('gets nothing, and the channel neither; who is left of the coordinators has it in 1:1', async () => {
    const before = { karin: everythingOf('Karin'), channel: everythingOf('channel') };
    const id = await without(['Karin']);
    await world.pass(minutes(60 * 30));
    expect(everythingOf('Karin')).to.equal(before.karin);
    expect(everythingOf('channel')).to.equal(before.channel);
    expect(hasCard('Omid', id)).to.equal(true);
    expect(announced(world.sees('Omid'), notices.untaken.summary(id))).to.have.length(1);
  });
  it('sees it in no list and no count, and its number is no case to them', async () => {
    const id = await without(['Karin']);
    const [hers] = await world.writes('Karin', 'läge');
    expect(words(hers)).to.include(board.none).and.not.to.include(id);
    const [inChannel] = await world.mentions('Omid', 'läge');
    expect(words(inChannel)).to.include(board.none).and.not.to.include(id);
    const [his] = await world.writes('Omid', 'läge');
    expect(words(his)).to.include(id);
    for (const said of [`ärende ${id}`, `ärende H26-000-000`]) {
      const [card] = await world.writes('Karin', said);
      expect(words(card)).to.include(error.noSuchIncident);
    }
    const taken = await world.presses('Omid', 'acknowledge');
    for (const verb of ['details', 'hide', 'acknowledge', 'assign', 'override', 'readings', 'restrict']) {
      const { reply } = await world.pressesOld('Karin', { ...taken, verb, place: 'Karin' });
      expect(reply.card?.fallback, verb).to.include(error.noSuchIncident);
    }
  });
  it('is not asked by an alarm: the next on the ladder is, and no phone of theirs rings', async () => {
    const id = await without(['Tove', 'Karin'], { dangerNow: 'yes' });
    const alarms = (who: string) => world.sees(who).filter(({ view }) => view.card === 'alarm');
    expect(alarms('Tove')).to.have.length(0);
    expect(alarms('Samir')).to.have.length(1);
    await world.pass(minutes(5));
    expect(alarms('Karin')).to.have.length(0);
    expect(alarms('Omid')).to.have.length(1);
    await world.pass(minutes(60));
    expect(everythingOf('Karin') + everythingOf('Tove') + everythingOf('channel')).not.to.include(id);
    const rung = world.phones.rung.map(({ number }) => number);
    expect(rung)
      .to.include('+46701740624')
      .and.not.to.include('+46701740621')
      .and.not.to.include('+46701740622');
  });
  it('everyone on a level: the preparedness managers coordinate it', async () => {
    const id = await without(['Karin', 'Omid']);
    expect(hasCard('Britt', id)).to.equal(true);
    const taken = await world.presses('Britt', 'acknowledge');
    expect(JSON.stringify(taken.reply.card?.data)).to.include('070-174 06 20');
  });
  it('everyone there is: the duty function is paged, and the reporter is told plainly whom to call', async () => {
    const all = ['Tove', 'Samir', 'Karin', 'Omid', 'Britt', 'Lo'];
    const id = await without(all);
    expect(words(last(world.sees('Alva')))).to.include(
      receipt.nobodyLeft('Tjänsteperson i beredskap', '08-465 004 00'),
    );
    expect(world.phones.rung.at(-1)?.number).to.equal('+46846500400');
    await world.pass(minutes(30));
    for (const who of [...all, 'channel']) expect(everythingOf(who), who).not.to.include(id);
  });
  it('is named to the reporter and to those who work with it, and stands in no message', async () => {
    await without(['Karin']);
    const shown = await world.presses('Alva', 'readers');
    expect(shown.reply.card?.fallback).to.include('Får inte veta: Karin Sand');
    const taken = await world.presses('Omid', 'acknowledge');
    expect(JSON.stringify(taken.reply.card?.data)).to.include('Karin Sand');
    for (const who of ['Alva', 'Omid', 'Tove', 'Britt', 'channel']) {
      expect(
        JSON.stringify(world.sees(who).filter(({ view }) => view.card !== 'report')),
        who,
      ).not.to.include('Karin Sand');
    }
  });
  it('cannot be given it, linked to it, or shared with; nor is it handed to them with a shift', async () => {
    const id = await without(['Karin', 'Greta']);
    await world.presses('Omid', 'acknowledge');
    const incident = async () => (await world.storage.cases.load(id))?.incident;
    await world.presses('Omid', 'assign', { to: world.person('Karin') });
    await world.presses('Omid', 'link', { person: world.person('Greta') });
    await world.presses('Alva', 'share', { with: world.person('Greta') });
    const now = await incident();
    expect(now?.version).to.equal(2);
    expect(now?.victim ?? now?.shared).to.equal(undefined);
  });
  it('learns nothing from the watch: only those who have the case are told that it is stuck', async () => {
    const id = await without(['Karin'], { dangerNow: 'yes' });
    const auditor = world.auditor();
    world.failing.set('a:Tove', 'later');
    await world.pass(minutes(60));
    for (let looks = 0; looks < 3; looks++) {
      await auditor.look();
      await world.pass(30_000);
    }
    expect(announced(world.sees('Omid'), watch.found.summary).length).to.be.greaterThan(0);
    world.failing.clear();
    await world.presses('Omid', 'close', { reason: 'handled' });
    for (let looks = 0; looks < 6; looks++) {
      await world.pass(30_000);
      await auditor.look();
    }
    expect(everythingOf('channel')).not.to.include(id).and.not.to.include(watch.found.title);
    expect(everythingOf('channel')).not.to.include(watch.mended.title);
  });
  it('those who are left have no bot when the promised day comes: the alarm goes out to who may know', async () => {
    const lonely = createWorld();
    for (const name of ['Alva', 'Tove', 'Karin']) await lonely.writes(name, 'meny');
    await without(['Karin'], {}, lonely);
    await lonely.pass(minutes(60 * 27));
    const alarms = (who: string) => lonely.sees(who).filter(({ view }) => view.card === 'alarm');
    expect(alarms('Tove')).to.have.length(0);
    await lonely.pass(minutes(60 * 2));
    expect(alarms('Tove')).to.have.length(1);
    expect(alarms('Karin')).to.have.length(0);
  });
  it('a coordinator who reports and excludes the other leaves it to the next level, and not to herself', async () => {
    await world.writes('Karin', 'rapportera');
    const exclude = world.person('Omid');
    await world.presses('Karin', 'report', { dangerNow: 'no', channel: 'email', exclude });
    const [id] = await casesOf(world, 'Karin');
    const loaded = id && (await world.storage.cases.load(id));
    expect(loaded?.incident.confined?.to).to.deep.equal([world.person('Britt'), world.person('Lo')]);
  });
  it('Larma nu is two taps all the same', async () => {
    await world.writes('Alva', 'Han står utanför');
    await world.presses('Alva', 'report', { dangerNow: 'yes' });
    expect(world.sees('Tove').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
  });
});

describe('a case that a coordinator restricts', () => {
  const restrict = async (who: string[], on?: World) => {
    const reported = await reportedCase(on);
    const { world } = reported;
    const people = who.map((name) => world.person(name)).join(',');
    await world.presses('Karin', 'restrict', { people, sent: 'yes' }, 'channel');
    return reported;
  };

  it('leaves the channel: its card says only that it has moved, and news goes to those who are named', async () => {
    const { world, id } = await restrict([]);
    const [card] = world.sees('channel');
    expect(words(card)).to.equal(support.moved);
    expect(JSON.stringify(card?.view)).not.to.include(id);
    const stood = world.sees('channel').length;
    await world.pass(minutes(5));
    await world.pass(minutes(5));
    expect(world.sees('channel')).to.have.length(stood);
    expect(announced(world.sees('Karin'), notices.passedOn.summary(id)).length).to.be.greaterThan(0);
    expect(JSON.stringify(world.sees('Omid'))).not.to.include(id);
  });
  it('is there for those who are named, and for no other coordinator', async () => {
    const { world, id } = await restrict(['Omid']);
    await world.pass(0);
    await world.writes('Omid', `ärende ${id}`);
    const open = await world.presses('Omid', 'hide');
    expect(open.reply.card && buttonsOf(open.reply.card).map(({ verb }) => verb)).to.include('details');
    await world.presses('Karin', 'restrict', { sent: 'yes' });
    const [gone] = await world.writes('Omid', `ärende ${id}`);
    expect(words(gone)).to.include(error.noSuchIncident);
    expect(world.sees('Omid').map(words)).to.include(support.moved);
    expect(JSON.stringify(world.sees('Omid'))).not.to.include('· Akut');
  });
  it('is taken from a coordinator who may not know any more', async () => {
    const { world, id } = await reportedCase();
    await world.presses('Omid', 'acknowledge', {}, 'channel');
    await world.presses('Karin', 'restrict', { sent: 'yes' }, 'channel');
    const loaded = await world.storage.cases.load(id);
    expect(loaded?.incident.stage).to.include({ status: 'acknowledged', assignee: world.person('Karin') });
  });
  it('goes on to be asked of everyone else on the ladder', async () => {
    const { world } = await restrict([]);
    await world.pass(minutes(5));
    await world.pass(minutes(5));
    const alarms = (who: string) => world.sees(who).filter(({ view }) => view.card === 'alarm');
    expect(alarms('Karin')).to.have.length(1);
    expect(alarms('Omid')).to.have.length(0);
    await world.pass(minutes(5));
    expect(alarms('Britt')).to.have.length(1);
  });
  it('while the coordinators are asked: who is named is, and the alarm is nobody else’s', async () => {
    const { world, id } = await reportedCase();
    await world.pass(minutes(5));
    await world.pass(minutes(5));
    await world.presses('Karin', 'restrict', { sent: 'yes' }, 'channel');
    const [omid] = world.sees('Omid').filter(({ view }) => view.summary.includes('Larm'));
    expect(omid).to.equal(undefined);
    expect(words(world.sees('Omid').at(-1))).to.equal(support.moved);
    const loaded = await world.storage.cases.load(id);
    expect(loaded?.incident.ladder[2]?.people).to.deep.equal([world.person('Karin')]);
  });
  it('what was planned for the channel is told to those who are named instead', async () => {
    const world = await everyoneThere();
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
    const [id = ''] = await casesOf(world, 'Alva');
    await world.presses('Karin', 'restrict', { sent: 'yes' }, 'channel');
    const stood = world.sees('channel').length;
    await world.pass(minutes(60 * 30));
    expect(world.sees('channel')).to.have.length(stood);
    expect(announced(world.sees('Karin'), notices.untaken.summary(id))).to.have.length(1);
  });
  it('is in the log of the case', async () => {
    const { world, id } = await restrict([]);
    const log = await world.storage.cases.log(id);
    expect(log.map(({ by, what }) => [by, what])).to.deep.equal([[world.person('Karin'), 'restricted']]);
  });
});
