import { expect } from 'chai';
import type { Checklist } from '../../bot/core/checklist.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { contentOf, meeting, ofCoordinators, phone } from '../world/content.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { last } from './reportedCase.ts';

const t = texts('sv').checklist;

/** Rows of a list: their marks and words. */
const rowsOf = (view: View | undefined): string[] =>
  (view?.fallback ?? '').split('\n').filter((line) => /^([☐☑–]|\d+) (?!av )/.test(line));

describe('checklists', () => {
  let world: World;
  let lists: Checklist[];
  beforeEach(() => {
    lists = [meeting, phone, ofCoordinators];
    world = createWorld(undefined, { content: contentOf(lists) });
  });

  it('the words of one open it at once; so do its title and its English words, however they are written', async () => {
    for (const said of ['hot på telefon', 'Telefonhot!', 'THREAT BY PHONE', 'Hot på telefon.']) {
      const [shown] = await world.writes('Alva', said);
      expect(shown?.view.card, said).to.equal('checklist');
      expect(rowsOf(shown?.view)).to.deep.equal([
        '1 Ring 112 om någon är i fara.',
        '2 Skriv upp klockslaget.',
      ]);
    }
  });

  it('while it happens 112 stands first, and there is nothing to tick', async () => {
    const [shown] = await world.writes('Alva', 'telefonhot');
    expect(shown?.view.fallback).to.match(/^Är du i fara\? Ring 112 nu\./);
    expect(shown && buttonsOf(shown.view).map(({ verb }) => verb)).to.deep.equal(['callCard', 'checklists']);
  });

  it('while it happens it opens also when the storage is silent', async () => {
    world.storage.fault = 'silent';
    const [shown] = await world.writes('Alva', 'telefonhot');
    expect(shown?.view.card).to.equal('checklist');
  });

  it('other words that only hold them are free text, and are kept', async () => {
    const [shown] = await world.writes('Alva', 'jag fick hot på telefon igår');
    expect(shown && buttonsOf(shown.view).map(({ verb }) => verb)).to.include('report');
  });

  it('a row that is pressed is ticked for good, and not any more when it is pressed again', async () => {
    await world.writes('Alva', 'inför möte');
    const { reply } = await world.presses('Alva', 'tick', { item: 'fore.mote.01' });
    expect(rowsOf(reply.card)).to.deep.equal(['☑ Vet var utgångarna är.', '☐ Kom två och två.']);
    expect(rowsOf(last(world.sees('Alva'))?.view)).to.deep.equal(rowsOf(reply.card));
    expect(reply.card?.fallback).to.include(t.progress(1, 2));
    const again = await world.presses('Alva', 'tick', { item: 'fore.mote.01' });
    expect(rowsOf(again.reply.card)[0]).to.match(/^☐/);
  });

  it('is continued later: by another card, after a restart, and from the list of lists', async () => {
    await world.writes('Alva', 'inför möte');
    await world.presses('Alva', 'tick', { item: 'fore.mote.02' });
    await world.outage(1_000);
    const [again] = await world.writes('Alva', 'inför möte');
    expect(rowsOf(again?.view)[1]).to.match(/^☑/);
    const [all] = await world.writes('Alva', 'checklistor');
    expect(JSON.stringify(all?.view.data.groups)).to.include(`"notes":[{"text":"${t.progress(1, 2)}"}]`);
    expect(rowsOf((await world.writes('Tove', 'inför möte'))[0]?.view)[1], 'somebody else').to.match(/^☐/);
  });

  it('a row that is not relevant takes a reason, which stands in no message', async () => {
    await world.writes('Alva', 'inför möte');
    const opened = await world.presses('Alva', 'leave');
    expect(opened.reply.card?.card).to.equal('form');
    const send = (inputs: object) =>
      world.pressesOld('Alva', { ...opened, data: { list: meeting.id } }, { ...inputs });
    expect((await send({ item: 'fore.mote.01', reason: ' ' })).reply.card?.fallback).to.include(t.whyMissing);
    expect((await send({ item: '', reason: 'För att' })).reply.card?.fallback).to.include(t.whichMissing);
    const { reply } = await send({ item: 'fore.mote.01', reason: 'Jag går inte på möten.' });
    expect(rowsOf(reply.card)[0]).to.equal('– Vet var utgångarna är.');
    expect(reply.card?.fallback).to.include(t.progress(0, 1));
    expect(JSON.stringify([world.messages, reply])).not.to.include('Jag går inte på möten.');
    const { ticks } = await world.storage.progress.read({ person: world.person('Alva'), list: meeting.id });
    expect(ticks['fore.mote.01']?.reason).to.equal('Jag går inte på möten.');
  });

  it('rows and lists of another role are not shown, and cannot be ticked', async () => {
    const [all] = await world.writes('Alva', 'checklistor');
    expect(all?.view.fallback).not.to.include('Samordnarens lista');
    const pressed = { verb: 'checklist', data: { list: ofCoordinators.id }, clicked: 'x', place: 'Alva' };
    expect((await world.pressesOld('Alva', pressed)).reply.card?.card).to.equal('words');
    await world.pressesOld(
      'Alva',
      { ...pressed, verb: 'tick' },
      { list: meeting.id, item: 'fore.mote.03', as: 'done' },
    );
    expect(
      await world.storage.progress.read({ person: world.person('Alva'), list: meeting.id }),
    ).to.deep.equal({
      ticks: {},
    });
    expect(rowsOf((await world.writes('Karin', 'inför möte'))[0]?.view)).to.have.length(3);
  });

  it('a new version tells those in the middle, and keeps their ticks', async () => {
    await world.writes('Alva', 'inför möte');
    await world.presses('Alva', 'tick', { item: 'fore.mote.01' });
    const [first, second] = meeting.items;
    const added = { id: 'fore.mote.09', text: { sv: 'Ring hem.', en: 'Call home.' }, source: ['F'] };
    lists[0] = {
      ...meeting,
      version: '2',
      items: [added, ...(first ? [first] : []), ...(second ? [second] : [])],
    };
    const [shown] = await world.writes('Alva', 'inför möte');
    expect(shown?.view.fallback).to.include(t.changed);
    expect(rowsOf(shown?.view)).to.deep.equal([
      '☐ Ring hem.',
      '☑ Vet var utgångarna är.',
      '☐ Kom två och två.',
    ]);
    const { reply } = await world.presses('Alva', 'tick', { item: 'fore.mote.09' });
    expect(reply.card?.fallback).not.to.include(t.changed);
  });

  it('in the coordinators’ channel it is shown with nobody’s ticks, and nothing to press', async () => {
    await world.writes('Karin', 'inför möte');
    await world.presses('Karin', 'tick', { item: 'fore.mote.01' });
    const shown = last(await world.mentions('Karin', 'inför möte'));
    expect(rowsOf(shown?.view)[0]).to.match(/^1 /);
    expect(shown && buttonsOf(shown.view)).to.deep.equal([]);
  });

  it('it is shown also when what has been ticked cannot be read', async () => {
    world.storage.fault = 'refused';
    const [shown] = await world.writes('Alva', 'inför möte');
    expect(rowsOf(shown?.view)).to.have.length(2);
  });

  it('a tick that is not stored is not shown as one', async () => {
    await world.writes('Alva', 'inför möte');
    world.storage.fault = 'refused';
    const { reply } = await world.presses('Alva', 'tick', { item: 'fore.mote.01' });
    expect(reply.card?.card).to.equal('words');
    expect(rowsOf(last(world.sees('Alva'))?.view)[0]).to.match(/^☐/);
  });

  it('one whose day has passed says so', async () => {
    lists[0] = { ...meeting, validUntil: '2026-11-24' };
    expect((await world.writes('Alva', 'inför möte'))[0]?.view.fallback).to.include(t.expired('2026-11-24'));
  });
});
