/** A card is being sent by one instance while another changes the case: it must come to show the change. */
import { expect } from 'chai';
import { later } from '../../bot/core/time.ts';
import type { Messenger } from '../../bot/features/ports.ts';
import { happened } from '../../bot/teams/edge.ts';
import { fakeMessenger } from '../world/fakeMessenger.ts';
import { fakeStorage } from '../world/fakeStorage.ts';
import { startInstance } from '../world/instance.ts';
import { noon } from '../world/world.ts';
import { turn } from './points.ts';
import { chatOf, personOf, silent } from './simulated.ts';

describe('a card that is being sent while another instance changes the case', () => {
  it('shows the change, also when Teams does not take it at once', async () => {
    let now = noon;
    const clock = () => now;
    const storage = fakeStorage(clock, () => Date.parse(now));
    const teams = fakeMessenger();
    let refused = 0;
    const update: Messenger['update'] = async (...given) =>
      refused++ === 0 ? { outcome: 'later' } : teams.update(...given);
    let ids = 0;
    const inside = { clock, log: silent, nonce: () => `2026-n${++ids}` };
    const one = startInstance(
      { ...storage, messenger: { post: teams.post, update, members: teams.members } },
      inside,
    );
    const other = startInstance({ ...storage, messenger: teams }, inside);
    const settle = async (worker: typeof one) => {
      for (let turns = 0; turns < 20; turns++) await turn();
      await worker.delivery.sweep();
    };
    const presses = (instance: typeof one, who: string, verb: string, input: object) => {
      const conversation = { serviceUrl: 'http://127.0.0.1/', id: chatOf(who) };
      const origin = {
        person: personOf(who),
        conversation,
        place: 'personal',
        team: undefined,
        locale: 'sv',
      } as const;
      const click = { kind: 'click', verb, clicked: undefined, invoke: true } as const;
      return happened(instance.ports, { ...origin, ...click, input });
    };
    const conversation = { serviceUrl: 'http://127.0.0.1/', id: chatOf('Tove') };
    await storage.contacts.put(personOf('Tove'), { conversation, locale: 'sv' });

    teams.meanwhile.set(chatOf('Tove'), async () => {
      const [incident] = await storage.cases.listOpen();
      await presses(other, 'Tove', 'acknowledge', { incident, face: 'alarm', nonce: 'a' });
      await settle(other);
    });
    await presses(one, 'Alva', 'report', { nonce: '2026-x', dangerNow: 'yes', channel: 'phone' });
    for (let seconds = 0; seconds < 5; seconds++) {
      await settle(one);
      now = later(now, 1_000);
    }
    const alarm = teams.messages.find(({ view }) => view.card === 'alarm');
    expect(alarm?.view.fallback).to.include('Tove Lind tog det');
  });
});
