import { expect } from 'chai';
import type { Rota, Shift } from '../../bot/core/dutyRota.ts';
import { system } from '../../bot/core/ids.ts';
import { later, minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, createWorld, noon, type Pressed, type World } from '../world/world.ts';
import { announced, everyoneThere, last, reportedCase, words } from './reportedCase.ts';

const t = texts('sv').dutyRota;
const hours = (n: number) => later(noon, minutes(60 * n));

/** Tove until eight in the evening with Samir behind her, then Samir, then Karin. */
function shifts(world: World): Rota {
  const shift = (from: number, to: number, officer: string, backup?: string): Shift => ({
    from: hours(from),
    to: hours(to),
    dutyOfficer: world.person(officer),
    ...(backup && { backup: world.person(backup) }),
  });
  return [shift(-4, 8, 'Tove', 'Samir'), shift(8, 24 * 8, 'Samir'), shift(24 * 8, 24 * 9, 'Karin')];
}
const empty = createWorld();
const withShifts = () => createWorld(noon, { rota: shifts(empty) });

const names = ({ view }: { view: { fallback: string } }) => view.fallback;
const titles = (shown: { view: Parameters<typeof buttonsOf>[0] } | undefined) =>
  shown ? buttonsOf(shown.view).map(({ title }) => title) : [];
/** What people have changed, newest first; the product itself only marks what it has finished. */
const changesIn = async (world: World) =>
  (await world.storage.settings.history('dutyRota')).filter(({ by }) => by !== system);
const said = ({ reply }: Pressed) => reply.card?.fallback ?? '';

describe('jour', () => {
  let world: World;
  beforeEach(async () => {
    world = await everyoneThere(withShifts());
  });
  const asks = async (who: string, word = 'jour') => last(await world.writes(who, word));
  const officerAt = (n: number) => {
    const at = hours(n);
    return world.dutyRota.current().find(({ from, to }) => from <= at && at < to)?.dutyOfficer;
  };

  it('says who is on now and next, with number and until when', async () => {
    const card = words(await asks('Tove'));
    for (const each of ['Tove Lind, 070-174 06 21', 'Samir Holm', 'kl. 20:00', '08-465 004 00'])
      expect(card).to.include(each);
  });
  it('is one command with four words', async () => {
    for (const word of ['jour', 'TiB', 'Beredskap!', 'on duty'])
      expect((await asks('Tove', word))?.view.summary, word).to.equal(t.summary);
  });
  it('offers changes to those who answer, and to nobody else', async () => {
    const changes = [t.takeOver.button, t.handOver.button, t.swap.button];
    for (const who of ['Tove', 'Samir', 'Karin', 'Britt'])
      expect(titles(await asks(who)), who).to.deep.equal(changes);
    for (const who of ['Alva', 'Greta', 'Ivar']) expect(titles(await asks(who)), who).to.deep.equal([]);
  });
  it('tells an elected official the function, its number and that someone has it, no name', async () => {
    const card = words(await asks('Alva'));
    expect(card).to.include(t.someone).and.to.include('08-465 004 00').and.to.include('112');
    expect(card).not.to.match(/Tove|Samir|070-174/);
  });
  it('tells a group leader names, not the people’s own numbers', async () => {
    expect(words(await asks('Greta')))
      .to.include('Tove Lind')
      .and.not.to.include('070-174');
  });
  it('shows the same in the coordinators’ channel, without buttons', async () => {
    const shown = last(await world.mentions('Karin', 'jour'));
    expect(words(shown)).to.include('Tove Lind, 070-174 06 21');
    expect(titles(shown)).to.deep.equal([]);
  });
  it('tells of a gap ahead, and of nobody on duty', async () => {
    await world.pass(minutes(60 * 24 * 3));
    expect(words(await asks('Tove'))).to.include('Lucka i jouren från');
    await world.pass(minutes(60 * 24 * 7));
    expect(words(await asks('Tove'))).to.include(t.nobody);
    expect(words(await asks('Alva'))).to.include(t.nobody);
  });

  describe('“Jag tar över”', () => {
    it('to the end of the shift: alarms from now on go to the new one', async () => {
      await asks('Samir');
      const { reply } = await world.presses('Samir', 'takeOver');
      expect(reply.card?.fallback).to.include(t.takeOver.has('Tove Lind'));
      const done = await world.presses('Samir', 'takeOver', { until: hours(8) });
      expect(said(done)).to.include('Du har jouren nu');
      expect(officerAt(0)).to.equal(world.person('Samir'));
      expect(world.directory.ladder(noon)[0]?.people).to.deep.equal([world.person('Samir')]);
    });
    it('to a chosen time: then the first one is back', async () => {
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(4) });
      expect([3, 5].map(officerAt)).to.deep.equal([world.person('Karin'), world.person('Tove')]);
    });
    it('tells the channel in one sentence, and the one who is relieved', async () => {
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      const [told, ...more] = announced(world.sees('channel'), t.news.summary);
      expect(more).to.deep.equal([]);
      expect(words(told)).to.equal(
        'Karin Sand har tagit över jouren från Tove Lind, till onsdag 25 november kl. 20:00.',
      );
      expect(words(last(world.sees('Tove')))).to.include('Karin Sand har jouren nu i stället för dig.');
      expect(announced(world.sees('Karin'), t.news.summary), 'she knows').to.deep.equal([]);
    });
    it('does not move cases: an open one stays with the one who has it', async () => {
      const reported = await reportedCase(withShifts());
      await reported.world.presses('Tove', 'acknowledge');
      await reported.world.writes('Samir', 'jour');
      await reported.world.presses('Samir', 'takeOver', { until: hours(8) });
      await reported.world.pass(minutes(1));
      expect((await reported.incident()).stage).to.include({ assignee: reported.world.person('Tove') });
      expect(reported.alarms('Samir')).to.have.length(0);
    });
    it('does not move an alarm that is running', async () => {
      const reported = await reportedCase(withShifts());
      await reported.world.writes('Karin', 'jour');
      await reported.world.presses('Karin', 'takeOver', { until: hours(8) });
      await reported.world.pass(minutes(5.1));
      expect(reported.alarms('Samir'), 'the backup of the old shift').to.have.length(1);
      expect(reported.alarms('Karin')).to.have.length(0);
    });
  });

  describe('“Lämna över passet”', () => {
    it('goes to another who answers alarms, and the channel is told', async () => {
      await asks('Tove');
      const form = await world.presses('Tove', 'handOverShift');
      expect(said(form)).to.include(t.handOver.noCases);
      const done = await world.presses('Tove', 'handOverShift', { to: world.person('Britt') });
      expect(said(done)).to.include('Britt Dal har jouren nu').and.to.include(t.done.noCases);
      expect(officerAt(7)).to.equal(world.person('Britt'));
      expect(words(last(world.sees('channel')))).to.equal(
        'Tove Lind har lämnat över jouren till Britt Dal, till onsdag 25 november kl. 20:00.',
      );
      expect(words(last(world.sees('Britt')))).to.include('Du har jouren nu, till onsdag 25 november');
    });
    it('its open cases go with it: assigned, told, and with an alarm card for the new one', async () => {
      const reported = await reportedCase(withShifts());
      const { world: there } = reported;
      await there.presses('Tove', 'acknowledge');
      await there.writes('Tove', 'jour');
      const form = await there.presses('Tove', 'handOverShift');
      expect(said(form)).to.include(t.handOver.oneCase);
      const done = await there.presses('Tove', 'handOverShift', { to: there.person('Karin') });
      expect(said(done)).to.include(t.done.oneCase);
      const entries = await there.storage.cases.open(reported.id);
      expect(entries.at(-1)?.event).to.deep.include({
        type: 'Assigned',
        by: there.person('Tove'),
        to: there.person('Karin'),
      });
      expect(reported.alarms('Karin')).to.have.length(1);
      expect(words(last(there.sees('Alva')))).to.include('Karin Sand');
      expect(there.dutyRota.unfinished()).to.deep.equal([]);
    });
    it('a case of somebody else, and a closed one, stay where they are', async () => {
      const reported = await reportedCase(withShifts());
      const { world: there } = reported;
      await there.presses('Karin', 'acknowledge', {}, 'channel');
      await there.writes('Tove', 'jour');
      await there.presses('Tove', 'handOverShift', { to: there.person('Britt') });
      expect((await reported.incident()).stage).to.include({ assignee: there.person('Karin') });
    });
    it('what a fault has left of the cases is moved later, once', async () => {
      const reported = await reportedCase(withShifts());
      const { world: there } = reported;
      await there.presses('Tove', 'acknowledge');
      await there.writes('Tove', 'jour');
      const { listOpen } = there.storage.cases;
      await there.presses('Tove', 'handOverShift');
      there.storage.cases.listOpen = () => Promise.reject(new Error('away'));
      const done = await there.presses('Tove', 'handOverShift', { to: there.person('Karin') });
      expect(said(done)).to.include(t.done.casesSoon);
      expect((await reported.incident()).stage).to.include({ assignee: there.person('Tove') });
      there.storage.cases.listOpen = listOpen;
      for (let n = 0; n < 4; n++) await there.pass(5_000);
      expect((await reported.incident()).stage).to.include({ assignee: there.person('Karin') });
      expect(reported.alarms('Karin')).to.have.length(1);
    });
    it('by another than the one on duty: both are told by whom', async () => {
      await asks('Karin');
      await world.presses('Karin', 'handOverShift', { to: world.person('Samir') });
      for (const who of ['Tove', 'Samir'])
        expect(words(last(world.sees(who))), who).to.include('Karin Sand har ändrat det.');
    });
    it('never to someone whom no alarm would reach: the bot has no chat with them', async () => {
      const alone = withShifts();
      await alone.writes('Tove', 'jour');
      const form = await alone.presses('Tove', 'handOverShift');
      const done = await alone.pressesOld('Tove', form, { to: alone.person('Britt') });
      expect(said(done)).to.include(t.refused.noChat('Britt Dal')).and.to.include(t.refused.nothing);
      expect(await alone.storage.settings.history('dutyRota')).to.deep.equal([]);
    });
    it('never to someone who does not answer alarms', async () => {
      await asks('Tove');
      const done = await world.presses('Tove', 'handOverShift', { to: world.person('Alva') });
      expect(said(done)).to.include('Alva Ek tar inte emot larm.').and.to.include(t.refused.nothing);
      expect(officerAt(0)).to.equal(world.person('Tove'));
      expect(announced(world.sees('channel'), t.news.summary)).to.deep.equal([]);
    });
  });

  describe('“Byt pass”', () => {
    it('two shifts change hands; both are told, and the channel', async () => {
      await asks('Tove');
      await world.presses('Tove', 'swapShifts');
      await world.presses('Tove', 'swapShifts', { one: hours(-4), other: hours(24 * 8) });
      expect([1, 9, 24 * 8 + 1].map(officerAt)).to.deep.equal(['Karin', 'Samir', 'Tove'].map(world.person));
      expect(words(last(world.sees('channel')))).to.match(/^Tove Lind har bytt pass\. Karin Sand: /);
      expect(words(last(world.sees('Karin')))).to.match(/^Du har passet onsdag 25 november/);
    });
    it('with an answer missing says so, and changes nothing', async () => {
      await asks('Tove');
      const before = world.dutyRota.current();
      const done = await world.presses('Tove', 'swapShifts', { one: hours(-4), other: '' });
      expect(said(done)).to.include(texts('sv').error.missingAnswer);
      expect(world.dutyRota.current()).to.deep.equal(before);
    });
  });

  describe('what is logged', () => {
    it('who changed what, and when, in every version', async () => {
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      await asks('Tove');
      await world.presses('Tove', 'takeOver', { until: hours(8) });
      expect((await changesIn(world)).map(({ by, at }) => [by, at])).to.deep.equal([
        [world.person('Tove'), noon],
        [world.person('Karin'), noon],
      ]);
    });
    it('the channel hears of it late when it could not be told at once, once', async () => {
      await asks('Karin');
      world.failing.set((await world.storage.contacts.get('channel'))?.conversation.id ?? '', 'later');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      for (let n = 0; n < 4; n++) await world.pass(5_000);
      expect(announced(world.sees('channel'), t.news.summary)).to.have.length(0);
      expect(announced(world.sees('Tove'), t.news.summary), 'nobody is flooded').to.have.length(0);
      world.failing.clear();
      for (let n = 0; n < 3; n++) await world.pass(5_000);
      for (const place of ['channel', 'Tove'])
        expect(announced(world.sees(place), t.news.summary), place).to.have.length(1);
    });
    it('no name in any log line', async () => {
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      expect(JSON.stringify(world.logged)).not.to.match(/Karin|Tove|070-/);
    });
  });

  describe('when it goes wrong', () => {
    it('a button of an old card is answered in words, and nothing is done', async () => {
      await asks('Tove');
      const old = await world.presses('Tove', 'handOverShift');
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      for (const inputs of [{}, { to: world.person('Britt') }]) {
        const { reply } = await world.pressesOld('Tove', old, inputs);
        expect(reply.card?.fallback).to.include(t.refused.stale).and.to.include('Karin Sand');
      }
      expect(officerAt(0)).to.equal(world.person('Karin'));
    });
    it('two people at once: one wins, the other is told', async () => {
      await asks('Karin');
      const one = await world.presses('Karin', 'takeOver');
      await asks('Samir');
      const other = await world.presses('Samir', 'takeOver');
      const [karin, samir] = await Promise.all([
        world.pressesOld('Karin', one, { until: hours(8) }),
        world.pressesOld('Samir', other, { until: hours(8) }),
      ]);
      const stale = [karin, samir].filter((pressed) => said(pressed).includes(t.refused.stale));
      expect(stale).to.have.length(1);
      expect(officerAt(0)).to.equal(world.person(stale[0] === karin ? 'Samir' : 'Karin'));
    });
    it('the same click three times changes it once', async () => {
      await asks('Karin');
      const form = await world.presses('Karin', 'takeOver');
      const three = await Promise.all(
        [1, 2, 3].map(() => world.pressesOld('Karin', form, { until: hours(8) })),
      );
      for (const each of three) expect(said(each)).not.to.include(t.refused.stale);
      expect(await changesIn(world)).to.have.length(1);
      expect(announced(world.sees('channel'), t.news.summary)).to.have.length(1);
    });
    it('someone who may not is told so, whatever the button says', async () => {
      await asks('Tove');
      const form = await world.presses('Tove', 'takeOver');
      const { reply } = await world.pressesOld('Alva', { ...form, place: 'Alva' }, { until: hours(8) });
      expect(reply.card?.fallback).to.include(t.refused.notAllowed).and.not.to.include('Tove');
      expect(await world.storage.settings.history('dutyRota')).to.deep.equal([]);
    });
    it('what cannot be read is answered in words', async () => {
      await asks('Tove');
      const form = await world.presses('Tove', 'takeOver');
      for (const data of [{}, { rota: 1 }, { ...form.data, nonce: '' }]) {
        const { reply } = await world.pressesOld('Tove', { ...form, data });
        expect(reply.card?.fallback).to.include(texts('sv').error.unreadable);
      }
      for (const until of ['i morgon', '2026-02-30T08:00:00Z', 7, hours(-1)]) {
        await world.pressesOld('Samir', { ...form, place: 'Samir' }, { until });
      }
      expect(await world.storage.settings.history('dutyRota')).to.deep.equal([]);
    });
    it('storage away: jour answers from memory; a change is said not to be made, and then can be', async () => {
      await asks('Karin');
      const form = await world.presses('Karin', 'takeOver');
      world.storage.fault = 'refused';
      expect(words(await asks('Tove'))).to.include('Tove Lind');
      const refused = await world.pressesOld('Karin', form, { until: hours(8) });
      expect(said(refused)).to.include(texts('sv').error.notStored);
      expect(officerAt(0)).to.equal(world.person('Tove'));
      world.storage.fault = undefined;
      await world.pressesOld('Karin', form, { until: hours(8) });
      expect(officerAt(0)).to.equal(world.person('Karin'));
    });
    it('a reply that is lost: nobody knows, and pressing again does not double it', async () => {
      await asks('Karin');
      const form = await world.presses('Karin', 'takeOver');
      world.storage.fault = 'unknown';
      const lost = await world.pressesOld('Karin', form, { until: hours(8) });
      expect(said(lost)).to.include(texts('sv').error.clickUnknown);
      world.storage.fault = undefined;
      expect(said(await world.pressesOld('Karin', form, { until: hours(8) }))).to.include(t.done.already);
      expect(await changesIn(world)).to.have.length(1);
    });
    it('a change by another instance is known here at the next look', async () => {
      const found = world.dutyRota.current();
      const [first, ...rest] = found;
      const shifts = [{ ...first, dutyOfficer: world.person('Britt') }, ...rest];
      await world.storage.settings.write(
        'dutyRota',
        { content: { shifts, later: 'kept' }, at: noon, by: world.person('Karin') },
        undefined,
      );
      await world.pass(5_000);
      expect(officerAt(0)).to.equal(world.person('Britt'));
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      expect((await world.storage.settings.read('dutyRota'))?.content).to.deep.include({ later: 'kept' });
    });
    it('a reading that a change has overtaken does not bring the old rota back', async () => {
      const { settings } = world.storage;
      const { read } = settings;
      const slow = Promise.withResolvers<void>();
      settings.read = async (name) => {
        const found = await read(name);
        settings.read = read;
        await slow.promise;
        return found;
      };
      const refreshing = world.dutyRota.refresh();
      await asks('Karin');
      await world.presses('Karin', 'takeOver', { until: hours(8) });
      slow.resolve();
      await refreshing;
      expect(officerAt(0)).to.equal(world.person('Karin'));
    });
    it('a document that cannot be read changes nothing: the rota known last stays', async () => {
      for (const content of [{}, { shifts: [{ from: 'i går' }] }]) {
        const tag = (await world.storage.settings.read('dutyRota'))?.tag;
        const by = world.person('Karin');
        await world.storage.settings.write('dutyRota', { content, at: noon, by }, tag);
        expect(await world.dutyRota.refresh().catch(({ name }: Error) => name)).to.equal('StorageRefused');
        expect(officerAt(0)).to.equal(world.person('Tove'));
      }
    });
  });
  it('names nobody to those who read no names, in any answer', async () => {
    expect(names(last(await world.writes('Ivar', 'on duty')) ?? { view: { fallback: '' } })).not.to.match(
      /Tove|Samir|Karin/,
    );
  });
});
