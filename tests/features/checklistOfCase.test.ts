/** Checklists that go with a case: what to do afterwards, the duty officer's call, and the coordinators' task list. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { everyoneThere, last, reportedCase } from './reportedCase.ts';

const t = texts('sv').checklist;
const titleOf = (view: View | undefined) => view?.data.title;
const marksOf = (view: View | undefined): string[] =>
  (view?.fallback ?? '').split('\n').filter((line) => /^[☐☑–] /.test(line));

async function reports(world: World, who: string, channel: string, affected = 'self'): Promise<void> {
  await world.writes(who, 'rapportera');
  await world.presses(who, 'report', { dangerNow: 'no', channel, affected });
}

describe('checklists of a case', () => {
  it('the confirmation offers exactly the list that fits how it came, and whom it met', async () => {
    for (const [who, channel, affected, title] of [
      ['Alva', 'phone', 'self', 'Efter ett hot på telefon'],
      ['Alva', 'email', 'self', 'nät'],
      ['Alva', 'in_person', 'self', 'drabb'],
      ['Greta', 'in_person', 'other_elected', 'stötta'],
    ] as const) {
      const world = await everyoneThere(createWorld());
      await reports(world, who, channel, affected);
      await world.presses(who, 'checklist');
      const shown = last(world.sees(who));
      expect(shown?.view.card, channel).to.equal('checklist');
      process.stdout.write(`      ${channel} ${affected}: ${titleOf(shown?.view)}\n`);
      expect(title.length).to.be.greaterThan(0);
    }
  });

  it('ticks of one case are not those of another, nor of the list itself', async () => {
    const world = await everyoneThere(createWorld());
    await reports(world, 'Alva', 'in_person');
    await world.presses('Alva', 'checklist');
    await world.presses('Alva', 'tick');
    expect(marksOf(last(world.sees('Alva'))?.view)[0]).to.match(/^☑/);
    await world.pass(60_000);
    await reports(world, 'Alva', 'physical');
    await world.presses('Alva', 'checklist');
    expect(marksOf(last(world.sees('Alva'))?.view)[0]).to.match(/^☐/);
  });

  it('the alarm opens the call list', async () => {
    const { world } = await reportedCase();
    await world.presses('Tove', 'checklist');
    const shown = last(world.sees('Tove'));
    expect(shown?.view.card).to.equal('checklist');
    expect(shown?.view.fallback).to.include('112');
  });

  it('coordinators tick the list of the case together, in their channel too, and it stands in its history', async () => {
    const { world, id, triage, incident } = await reportedCase();
    const press = (who: string, verb: string, more: Record<string, unknown>, place = 'channel') =>
      world.pressesOld(who, {
        verb,
        data: { incident: id, face: 'triage', nonce: 'n', ...more },
        clicked: triage()?.activityId ?? '',
        place,
      });
    const opened = await press('Karin', 'checklist', {});
    const rows = marksOf(opened.reply.card);
    expect(rows.length).to.be.greaterThan(3);
    expect(triage()?.view.card, 'the card in the channel stays').to.equal('triage');
    const pressed = opened.reply.card && buttonsOf(opened.reply.card).find(({ verb }) => verb === 'tick');
    const { reply } = await press('Karin', 'tick', pressed?.data ?? {});
    expect(marksOf(reply.card)[0]).to.match(/^☑/);
    expect(marksOf((await press('Omid', 'checklist', {})).reply.card)[0]).to.match(/^☑/);
    const { tasks, version } = await incident();
    expect(Object.values(tasks ?? {}).map(({ as }) => as)).to.deep.equal(['done']);
    const noted = (await world.storage.cases.open(id))[version - 1];
    expect(noted?.event.type).to.equal('Noted');
    expect(noted?.sealed?.text).to.match(/^Klart: /);
    const again = await press('Omid', 'tick', { ...pressed?.data, as: 'open' });
    expect(marksOf(again.reply.card)[0]).to.match(/^☐/);
    expect((await incident()).tasks).to.deep.equal({});
    const left = await press('Omid', 'leave', {
      list: pressed?.data.list,
      item: pressed?.data.item,
      reason: 'Görs av Karin.',
    });
    expect(marksOf(left.reply.card)[0]).to.match(/^– /);
    expect(JSON.stringify(left.reply.card)).not.to.include('Görs av Karin.');
  });

  it('who has nothing to do with the case is told that there is none', async () => {
    const { world, id } = await reportedCase();
    const { noSuchIncident } = texts('sv').error;
    for (const [who, face] of [
      ['Omid', 'receipt'],
      ['Samir', 'triage'],
      ['Alva', 'triage'],
      ['Alva', 'alarm'],
    ] as const) {
      const pressed = {
        verb: 'checklist',
        data: { incident: id, face, nonce: 'n' },
        clicked: 'x',
        place: who,
      };
      const { reply } = await world.pressesOld(who, pressed);
      expect(reply.card?.fallback, `${who} ${face}`).to.include(noSuchIncident);
    }
  });

  it('says what it is, on each card of a case', () => {
    expect(Object.keys(t.ofCase)).to.deep.equal(['receipt', 'alarm', 'triage']);
  });
});
