/** What a person shares, and what opens in an emergency: who reads what, and who is told. */
import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { buttonsOf, createWorld, noon, type World } from '../world/world.ts';
import { everybody } from './more.ts';
import { announced, casesOf, everyoneThere, words } from './reportedCase.ts';

const { details, error, labels, notices, readers, refusals, support } = texts('sv');
const secret = { text: 'ORD-7f3a han sa att', where: 'PLATS-91c2 gatan', number: '070-555 12 34' };
const shownOn = (view: View | undefined): string => JSON.stringify(view?.data ?? {});

/** Alva has met an acute threat; everybody has the bot. */
async function threatened(answers: Record<string, string> = {}) {
  const world = await everyoneThere(createWorld(noon, { people: everybody }));
  for (const name of ['Hanna', 'Dina', 'Adam', 'Ingrid', 'Gunnar']) await world.writes(name, 'meny');
  await world.writes('Alva', 'rapportera');
  await world.presses('Alva', 'report', { dangerNow: 'yes', channel: 'phone', ...secret, ...answers });
  const [id] = await casesOf(world, 'Alva');
  if (!id) throw new Error('nothing was reported');
  return { world, id };
}

describe('sharing with a group leader', () => {
  let world: World;
  let id: IncidentId;
  beforeEach(async () => {
    ({ world, id } = await threatened());
    await world.presses('Alva', 'share', { with: world.person('Greta') });
  });
  const card = () => world.sees('Greta').find(({ view }) => view.summary === support.summary);

  it('tells them that someone needs support: no name on the card; name, number and advice at a press, logged', async () => {
    expect(JSON.stringify(card()?.view)).not.to.match(/Alva|070|ORD|PLATS/);
    const { reply } = await world.presses('Greta', 'details');
    const shown = shownOn(reply.card);
    for (const said of ['Alva Ek', secret.number, ...support.checklist]) expect(shown).to.include(said);
    for (const word of ['ORD-7f3a', 'PLATS-91c2']) expect(shown).not.to.include(word);
    const log = await world.storage.cases.log(id);
    expect(log.map(({ by, what, why }) => [by, what, why])).to.deep.equal([
      [world.person('Greta'), 'read', 'support'],
    ]);
  });
  it('“Jag har pratat med personen” is told to the coordinators, once, and stands on the card', async () => {
    const pressed = await world.presses('Greta', 'talked');
    await world.pressesOld('Greta', pressed);
    expect(announced(world.sees('channel'), notices.talked.summary(id))).to.have.length(1);
    expect(words(card())).to.match(/Greta Rask har pratat med personen/);
    expect(
      card() &&
        buttonsOf(card()?.view ?? { card: '', data: {}, summary: '', fallback: '' }).map(({ verb }) => verb),
    ).to.deep.equal(['details']);
  });
  it('many at once come as a card each: there is no list in which to find them', async () => {
    world.failing.set('a:Greta', 'later');
    for (let n = 0; n < 6; n++) {
      await world.writes('Alva', 'rapportera');
      await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
      await world.presses('Alva', 'share', { with: world.person('Greta') });
    }
    world.failing.clear();
    await world.pass(minutes(2));
    expect(announced(world.sees('Greta'), support.summary)).to.have.length(7);
  });
  it('another group leader gets nothing', async () => {
    expect(announced(world.sees('Gunnar'), support.summary)).to.have.length(0);
    const [said] = await world.writes('Gunnar', `ärende ${id}`);
    expect(words(said)).to.include(error.noSuchIncident);
  });
  it('ends at once: the card becomes a stub, and its old buttons open nothing', async () => {
    const old = await world.presses('Greta', 'details');
    const stood = card();
    await world.presses('Alva', 'unshare');
    expect(words(stood)).to.equal(support.moved);
    const { reply } = await world.pressesOld('Greta', old);
    expect(reply.card?.fallback).to.include(error.noSuchIncident);
    expect(shownOn(reply.card)).not.to.include('Alva');
  });
  it('is the choice of the one it is about, and of nobody else', async () => {
    const press = await world.presses('Alva', 'share', { with: world.person('Gunnar') });
    for (const who of ['Karin', 'Tove', 'Greta']) {
      const { reply } = await world.pressesOld(
        who,
        { ...press, place: who },
        { with: world.person('Greta') },
      );
      expect(reply.card?.fallback, who).to.include(refusals.notAllowed);
    }
    await world.presses('Karin', 'link', { person: world.person('Ivar') }, 'channel');
    const { reply } = await world.pressesOld('Alva', press);
    expect(reply.card?.fallback).to.include(refusals.notAllowed);
    // What Alva shared was hers to share, as long as it was about her.
    expect((await world.storage.cases.load(id))?.incident.shared).to.equal(undefined);
    expect(words(world.sees('Greta').find(({ view }) => view.fallback === support.moved))).to.equal(
      support.moved,
    );
  });
  it('someone outside is named in words, which only those who work with the case read', async () => {
    await world.presses('Alva', 'share', { with: 'relative', contact: 'NÄRA-55aa 070-1' });
    const { reply } = await world.presses('Karin', 'details', {}, 'channel');
    expect(shownOn(reply.card)).to.include('NÄRA-55aa');
    const greta = await world.presses('Greta', 'details');
    expect(shownOn(greta.reply.card)).not.to.include('NÄRA-55aa');
    expect(JSON.stringify(world.messages)).not.to.include('NÄRA-55aa');
  });
});

describe('skyddade uppgifter', () => {
  it('a number and no name, on any card, mention or opened case', async () => {
    const { world } = await threatened();
    await world.presses('Alva', 'share', { with: world.person('Greta') });
    await world.presses(
      'Karin',
      'categorise',
      { category: 'elected_other', protectedIdentity: 'yes' },
      'channel',
    );
    const opened = [
      await world.presses('Tove', 'acknowledge'),
      await world.presses('Karin', 'details', {}, 'channel'),
      await world.presses('Greta', 'details'),
    ];
    for (const { reply } of opened) {
      expect(shownOn(reply.card)).to.include(secret.number).and.include(details.protectedIdentity);
      expect(shownOn(reply.card) + reply.card?.fallback).not.to.include('Alva');
    }
  });
});

describe('an emergency', () => {
  it('opens to a duty officer who has nothing to do with it, with a reason, for an hour; the reporter is told', async () => {
    const { world, id } = await threatened();
    await world.presses('Tove', 'acknowledge');
    const [file] = await world.writes('Ingrid', `ärende ${id}`);
    expect(words(file))
      .to.include(support.emergencyOnly)
      .and.not.to.match(/Akut|Alva|Telefon/);
    const asked = await world.presses('Ingrid', 'override');
    expect(asked.reply.card?.card).to.equal('form');
    const empty = await world.pressesOld('Ingrid', asked, { text: ' ' });
    expect(empty.reply.card?.card).to.equal('form');
    const { reply } = await world.pressesOld('Ingrid', asked, { text: 'SKÄL-31d0 hon ringde mig' });
    for (const said of ['ORD-7f3a', 'PLATS-91c2', secret.number])
      expect(shownOn(reply.card)).to.include(said);
    expect(announced(world.sees('Alva'), notices.overridden.summary)).to.have.length(1);
    expect(JSON.stringify(world.messages)).not.to.include('SKÄL-31d0');
    const log = await world.storage.cases.log(id);
    expect(log.at(-1)).to.include({ by: world.person('Ingrid'), what: 'override' });
    const reasons = [
      await world.presses('Karin', 'readings', {}, 'channel'),
      await world.presses('Alva', 'readings'),
    ];
    for (const read of reasons) {
      expect(read.reply.card?.fallback).to.include('SKÄL-31d0').and.to.include('Ingrid Moe');
    }
    await world.pass(minutes(61));
    const again = await world.pressesOld('Ingrid', { ...asked, verb: 'details' });
    expect(again.reply.card?.fallback).to.include(refusals.notAllowed);
    expect(shownOn(again.reply.card)).not.to.include('ORD-7f3a');
  });
  it('is nobody else’s to declare', async () => {
    const { world, id } = await threatened();
    const [file] = await world.writes('Ingrid', `ärende ${id}`);
    const press = {
      verb: 'override',
      data: buttonsOf(file?.view ?? { card: '', data: {}, summary: '', fallback: '' })[0]?.data ?? {},
      clicked: 'm',
      place: 'x',
    };
    for (const who of ['Ivar', 'Gunnar', 'Adam', 'Hanna', 'Dina', 'Nora']) {
      const { reply } = await world.pressesOld(who, { ...press, place: who }, { text: 'för att' });
      expect(JSON.stringify(reply), who).not.to.match(/ORD-7f3a|PLATS|Alva/);
    }
    expect((await world.storage.cases.load(id))?.incident.overrides).to.equal(undefined);
  });
});

describe('others who read', () => {
  it('the auditor reads the log of a case by its number, and nothing of the case', async () => {
    const { world, id } = await threatened();
    await world.presses('Tove', 'acknowledge');
    const [file] = await world.writes('Dina', `logg ${id}`);
    expect(file && buttonsOf(file.view).map(({ verb }) => verb)).to.deep.equal(['readings']);
    const { reply } = await world.presses('Dina', 'readings');
    expect(reply.card?.fallback).to.include('Tove Lind').and.to.include(labels.access.read);
    for (const card of [file?.view, reply.card]) {
      expect(shownOn(card) + card?.fallback).not.to.match(/Akut|Telefon|Alva|070|ORD|PLATS|fara/);
    }
    const press = await world.presses('Dina', 'readings');
    for (const verb of ['details', 'hide', 'override', 'acknowledge']) {
      const tried = await world.pressesOld('Dina', {
        ...press,
        verb,
        data: { ...press.data, face: 'triage' },
      });
      expect(JSON.stringify(tried.reply), verb).not.to.match(/Akut|Telefon|Alva|070|ORD|PLATS/);
    }
  });
  it('HR reads who and where, of a case about an employee only, and the words when they are shared', async () => {
    const { world, id } = await threatened({ affected: 'self' });
    const [none] = await world.writes('Hanna', `ärende ${id}`);
    expect(words(none)).to.include(error.noSuchIncident);
    await world.presses('Karin', 'categorise', { category: 'employee' }, 'channel');
    await world.writes('Hanna', `ärende ${id}`);
    const before = await world.presses('Hanna', 'details');
    expect(shownOn(before.reply.card)).to.include('Alva Ek').and.not.to.include('ORD-7f3a');
    await world.presses('Alva', 'share', { with: world.person('Hanna') });
    const after = await world.pressesOld('Hanna', before);
    expect(shownOn(after.reply.card)).to.include('ORD-7f3a');
  });
  it('the words for a case are words like any other when no number follows', async () => {
    const { world } = await threatened();
    for (const said of ['ärende', 'log', 'ärende om hot', 'logg H26']) {
      const [card] = await world.writes('Karin', said);
      expect(words(card), said).to.include(texts('sv').freeText.title);
    }
  });
  it('whoever administers the app reads nothing of a case', async () => {
    const { world, id } = await threatened();
    const [said] = await world.writes('Adam', `ärende ${id}`);
    expect(words(said)).to.include(error.noSuchIncident);
  });
  it('who can read is said on every form and confirmation, as the table has it', async () => {
    const { world } = await threatened();
    const line = readers.line('säkerhetssamordnarna, vid larm Tjänsteperson i beredskap');
    const [form] = await world.writes('Ivar', 'report');
    expect(shownOn(form?.view)).to.include(
      'the security coordinators, in an alarm Tjänsteperson i beredskap',
    );
    for (const verb of ['supplement', 'share']) {
      const { reply } = await world.presses('Alva', verb);
      expect(shownOn(reply.card), verb).to.include(line);
    }
    expect(words(world.sees('Alva').find(({ view }) => view.card === 'receipt'))).to.include(line);
  });
});
