import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { evolve } from '../../bot/core/incident.ts';
import type { World } from '../world/world.ts';
import { type ReportedCase, reportedCase, secret, words } from './reportedCase.ts';

const canaries = [...Object.values(secret), 'Alva Ek', '070-174 06 20'];

describe('what is never told', () => {
  let reported: ReportedCase;
  let world: World;
  let id: IncidentId;
  const alarms = (who: string) => reported.alarms(who);
  beforeEach(async () => {
    reported = await reportedCase();
    ({ world, id } = reported);
  });

  it('a card that was on its way while the case changed elsewhere catches up', async () => {
    // Another instance takes the case, and finds no card of Samir's to draw, while the alarm to him is on its way.
    world.meanwhile.set('a:Samir', async () => {
      const loaded = await world.storage.cases.load(id);
      if (!loaded) throw new Error('the case is gone');
      const event = { type: 'Acknowledged', at: world.now(), by: world.person('Karin') } as const;
      await world.storage.cases.commit({
        id,
        expected: loaded.tag,
        incident: evolve(loaded.incident, event),
        entries: [{ event }],
        operation: { hash: 'elsewhere', at: world.now(), by: event.by },
        due: [],
      });
    });
    await world.presses('Tove', 'decline');
    expect(words(alarms('Samir')[0])).to.include('Karin Sand');
  });

  it('name, place, number and words stand in no stored message, summary, log or key', async () => {
    await world.presses('Tove', 'acknowledge');
    await world.presses('Karin', 'details', {}, 'channel');
    await world.presses('Karin', 'note', { text: secret.text, visibleTo: 'reporter' }, 'channel');
    await world.presses('Alva', 'supplement', { where: secret.where });
    await world.presses('Karin', 'link', { person: world.person('Greta') }, 'channel');
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    const messages = JSON.stringify(world.messages);
    for (const words of Object.values(secret)) expect(messages, words).not.to.include(words);
    const stored = JSON.stringify([
      // The reporter's own form shows their own number as the one we would call.
      world.messages.filter(({ view }) => view.card !== 'report'),
      world.messages.map(({ view }) => view.summary),
      world.logged,
    ]);
    for (const canary of canaries) expect(stored, canary).not.to.include(canary);
  });
});
