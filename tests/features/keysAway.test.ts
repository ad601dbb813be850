/** Who keeps the keys does not answer: reports are taken and alarms are sent; what is written waits to be read. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { everyoneThere, reportedCase, words } from './reportedCase.ts';

const { details, receipt } = texts('sv');

describe('while the keys are away', () => {
  it('a report is confirmed, its alarm is sent, and whoever takes it gets a number to call', async () => {
    const world = await everyoneThere();
    world.storage.keysAway = true;
    await world.writes('Alva', 'rapportera');
    const sent = await world.presses('Alva', 'report', { dangerNow: 'yes', channel: 'phone' });
    expect(sent.reply.card?.fallback).to.include(receipt.alarmSent);
    expect(world.sees('Tove').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
    const { reply } = await world.presses('Tove', 'acknowledge');
    expect(reply.card?.fallback).to.include(details.waits).and.include('070-174 06 20');
    expect(words(world.sees('Alva').at(-1))).to.include('Tove Lind');
  });
  it('reading waits in words, and opens when they are back', async () => {
    const { world } = await reportedCase();
    world.storage.keysAway = true;
    for (const [who, place] of [
      ['Tove', 'Tove'],
      ['Karin', 'channel'],
      ['Alva', 'Alva'],
    ] as const) {
      const waits = await world.presses(who, 'details', {}, place);
      expect(waits.reply.card?.fallback, who).to.include(details.waits).and.include(details.waitsIsKept);
    }
    const own = await world.presses('Alva', 'details');
    expect(own.reply.card?.fallback).not.to.include('070-174 06 20');
    world.storage.keysAway = false;
    const opened = await world.pressesOld('Alva', own);
    expect(JSON.stringify(opened.reply.card)).to.include('ORD-7f3a');
  });
});
