import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { texts } from '../../bot/text/index.ts';
import type { World } from '../world/world.ts';
import { type ReportedCase, reportedCase, words } from './reportedCase.ts';

const { error, refusals } = texts('sv');

describe('everyone else', () => {
  let reported: ReportedCase;
  let world: World;
  let id: IncidentId;
  beforeEach(async () => {
    reported = await reportedCase();
    ({ world, id } = reported);
  });

  it('a case that is not theirs and one that is not there get the same words', async () => {
    const mine = await world.presses('Alva', 'details');
    const theirs = await world.pressesOld('Greta', { ...mine, place: 'Greta' });
    const nowhere = await world.pressesOld('Greta', { ...mine, place: 'Greta' }, { incident: 'H26-000-000' });
    expect(theirs.reply.card?.fallback).to.include(error.noSuchIncident);
    expect(nowhere.reply.card).to.deep.equal(theirs.reply.card);
  });
  it('and so for whatever they press; what is theirs but not allowed is refused in words', async () => {
    const mine = await world.presses('Alva', 'details');
    for (const verb of ['acknowledge', 'close', 'withdraw', 'assess', 'hide', 'readings']) {
      const { reply } = await world.pressesOld('Greta', { ...mine, verb, place: 'Greta' });
      expect(reply.card?.fallback, verb).to.include(error.noSuchIncident);
    }
    for (const verb of ['assess', 'note', 'close', 'link', 'reached']) {
      const { reply } = await world.pressesOld('Alva', { ...mine, verb });
      expect(reply.card?.fallback, verb).to.include(refusals.notAllowed);
    }
  });
  it('an unknown verb, a broken button, a prototype: one clear sentence', async () => {
    const mine = await world.presses('Alva', 'details');
    for (const verb of ['explode', '__proto__', 'constructor', '']) {
      const { reply } = await world.pressesOld('Alva', { ...mine, verb });
      expect(reply.card?.fallback, verb).to.include(error.oldCard);
    }
    for (const data of [
      {},
      { incident: ['x'], face: 'alarm', nonce: 'n' },
      { incident: id, face: {}, nonce: 'n' },
    ]) {
      const { reply } = await world.pressesOld('Alva', { ...mine, data });
      expect(reply.card?.fallback).to.include(error.unreadable);
    }
  });
  it('a person without any role: 112, 114 14 and the duty number, kindly', async () => {
    const [card] = await world.writes('Nora', 'hej');
    for (const said of [error.notKnown, '112', '114 14', '08-465 004 00'])
      expect(words(card)).to.include(said);
  });
  it('in a channel the bot opens no form and echoes nothing', async () => {
    const { reply } = await world.pressesOld('Alva', {
      verb: 'report',
      data: {},
      clicked: 'm1',
      place: 'channel',
    });
    expect(reply.card?.fallback).to.include(error.privately);
  });
});
