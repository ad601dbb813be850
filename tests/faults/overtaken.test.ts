/** A card is being sent by one instance while another changes the case: it must come to show the change. */
import { expect } from 'chai';
import { later } from '../../bot/core/time.ts';
import { nextTurn } from '../../bot/features/loop.ts';
import type { Messenger } from '../../bot/features/ports.ts';
import { happened } from '../../bot/teams/edge.ts';
import { fakeMessenger } from '../world/fakeMessenger.ts';
import { fakeStorage } from '../world/fakeStorage.ts';
import { startInstance } from '../world/instance.ts';
import { noon } from '../world/world.ts';
import { chatOf, personOf, silent } from './simulated.ts';

const reachedWords = 'fick tag på personen';
const serviceUrl = 'http://127.0.0.1/';

/** Two instances on one storage; the first one draws anew as the test says. */
async function twoInstances(drawing: (update: Messenger['update']) => Messenger['update']) {
  let now = noon;
  const clock = () => now;
  const storage = fakeStorage(clock, () => Date.parse(now));
  const teams = fakeMessenger();
  let ids = 0;
  const inside = { clock, log: silent, nonce: () => `2026-n${++ids}` };
  const messenger = { ...teams, update: drawing(teams.update) };
  const first = startInstance({ ...storage, messenger }, inside);
  const second = startInstance({ ...storage, messenger: teams }, inside);
  const settle = async (worker: typeof first) => {
    for (let turns = 0; turns < 20; turns++) await nextTurn();
    await worker.delivery.sweep();
  };
  const conversation = { serviceUrl, id: chatOf('Tove') };
  await storage.contacts.put(personOf('Tove'), { conversation, locale: 'sv' });
  return {
    storage,
    teams,
    first,
    second,
    settle,
    presses(instance: typeof first, who: string, verb: string, input: object) {
      const origin = {
        person: personOf(who),
        conversation: { serviceUrl, id: chatOf(who) },
        place: 'personal',
        team: undefined,
        locale: 'sv',
      } as const;
      const click = { kind: 'click', verb, clicked: undefined, invoke: true } as const;
      return happened(instance.ports, { ...origin, ...click, input });
    },
    async pass(instance: typeof first, seconds: number) {
      for (let passed = 0; passed < seconds; passed++) {
        await settle(instance);
        now = later(now, 1_000);
      }
    },
    alarm: () => teams.messages.find(({ view }) => view.card === 'alarm')?.view.fallback,
  };
}

describe('a card that is being sent while another instance changes the case', () => {
  it('shows the change, also when Teams does not take it at once', async () => {
    let refused = 0;
    const { storage, teams, first, second, settle, presses, pass, alarm } = await twoInstances(
      (update) =>
        async (...given) =>
          refused++ === 0 ? { outcome: 'later' } : update(...given),
    );
    teams.meanwhile.set(chatOf('Tove'), async () => {
      const [incident] = await storage.cases.listOpen();
      await presses(second, 'Tove', 'acknowledge', { incident, face: 'alarm', nonce: 'a' });
      await settle(second);
    });
    await presses(first, 'Alva', 'report', { nonce: '2026-x', dangerNow: 'yes', channel: 'phone' });
    await pass(first, 5);
    expect(alarm()).to.include('Tove Lind tog det');
  });

  for (const dies of [false, true]) {
    it(`shows the newest, though an older picture lands over it${dies ? ' and its worker dies' : ''}`, async () => {
      let overtake: (() => Promise<void>) | undefined;
      const world = await twoInstances((update) => async (...given) => {
        const held = overtake;
        overtake = undefined;
        await held?.();
        const sent = await update(...given);
        return held && dies ? new Promise(() => undefined) : sent;
      });
      const { storage, first, second, settle, presses, pass, alarm } = world;
      await presses(first, 'Alva', 'report', { nonce: '2026-x', dangerNow: 'yes', channel: 'phone' });
      await settle(first);
      const [incident] = await storage.cases.listOpen();
      overtake = async () => {
        await presses(second, 'Tove', 'reached', { incident, face: 'alarm', nonce: 'r' });
        await settle(second);
        expect(alarm()).to.include(reachedWords);
      };
      await presses(first, 'Tove', 'acknowledge', { incident, face: 'alarm', nonce: 'a' });
      await settle(first);
      await pass(second, 10);
      expect(overtake).to.equal(undefined);
      expect(alarm()).to.include(reachedWords);
    });
  }
});
