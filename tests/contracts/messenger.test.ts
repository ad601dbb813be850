/** What sending into Teams comes to: the same in Microsoft's own client, over our stand-in's wire, and in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Conversation, Messenger } from '../../bot/features/ports.ts';
import { startClients } from '../../bot/local/clients.ts';
import { Group } from '../../bot/local/group.ts';
import { freePort } from '../../bot/local/ports.ts';
import { createConnector } from '../../bot/teams/connector.ts';
import { createRender, loadCards } from '../../bot/teams/render.ts';
import { isLoopback } from '../../bot/teams/serviceUrl.ts';
import { words } from '../../bot/views/index.ts';
import { people } from '../world/bot.ts';
import { startConnector } from '../world/connector.ts';
import { fakeMessenger } from '../world/fakeMessenger.ts';
import { createWorld, noon } from '../world/world.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const render = createRender(await loadCards(new URL('../../cards/', import.meta.url)), log);
const connector = () =>
  createConnector({ render, log, isServiceUrl: isLoopback, bot: people.bot, tenantId: people.tenantId });
const view = words(
  { locale: 'sv', now: noon, directory: createWorld().directory },
  { paragraphs: ['Ett kort'] },
);

interface Teams {
  messenger: Messenger;
  chat: Conversation;
  channel: Conversation;
  stop(): Promise<void>;
}
const places = (serviceUrl: string, chat: string) => ({
  chat: { serviceUrl, id: chat },
  channel: { serviceUrl, id: people.triageChannel },
});

const kinds: [name: string, start: () => Promise<Teams>][] = [
  [
    'in memory',
    async () => ({ messenger: fakeMessenger(), ...places('http://x', 'a:1'), stop: async () => undefined }),
  ],
  [
    'the stand-in over HTTP',
    async () => {
      const { url, stop } = await startConnector();
      return { messenger: connector(), ...places(url, 'a:1'), stop };
    },
  ],
  [
    'the Playground',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'playground-'));
      const group = new Group();
      const [client] = people.clients.slice(-1);
      if (!client) throw new Error('the world has no clients');
      const port = await freePort();
      await startClients(group, { ...people, clients: [{ ...client, port }] }, folder, await freePort());
      return {
        messenger: connector(),
        ...places(`http://127.0.0.1:${port}/_connector`, `a:${client.person}`),
        async stop() {
          await group.stop();
          await rm(folder, { recursive: true });
        },
      };
    },
  ],
];

for (const [name, start] of kinds) {
  describe(`sending: ${name}`, () => {
    let teams: Teams;
    before(async () => {
      teams = await start();
    });
    after(() => teams.stop());

    it('a message is sent, and can be drawn anew as often as one likes', async () => {
      const sent = await teams.messenger.post(teams.chat, view);
      if (sent.outcome !== 'sent') throw new Error(sent.outcome);
      expect(sent.conversation.id).to.equal(teams.chat.id);
      for (let i = 0; i < 2; i++) {
        const drawn = await teams.messenger.update(sent.conversation, sent.activityId, view);
        expect(drawn).to.deep.equal(sent);
      }
    });
    it('two messages are two', async () => {
      const [one, two] = await Promise.all([
        teams.messenger.post(teams.chat, view),
        teams.messenger.post(teams.chat, view),
      ]);
      expect(one).not.to.deep.equal(two);
    });
    it('a new thread has a conversation of its own, in which one can answer and draw', async () => {
      const root = await teams.messenger.post(teams.channel, view, { newThread: true });
      if (root.outcome !== 'sent') throw new Error(root.outcome);
      expect(root.conversation.id).to.equal(`${teams.channel.id};messageid=${root.activityId}`);
      const answer = await teams.messenger.post(root.conversation, view);
      expect(answer.outcome).to.equal('sent');
      expect((await teams.messenger.update(root.conversation, root.activityId, view)).outcome).to.equal(
        'sent',
      );
    });
    it('who is in the channel is told by their Entra ids, the bot itself apart', async () => {
      const read = await teams.messenger.members(teams.channel);
      if (read.outcome !== 'read') throw new Error(read.outcome);
      const ids = read.members.map(({ person }) => person);
      for (const who of ['Karin ', 'Omid ']) {
        expect(ids).to.include(people.people.find(({ name: full }) => full.startsWith(who))?.oid);
      }
      expect(ids).not.to.include(undefined);
      const roles = read.members.map(
        ({ person }) => people.people.find(({ oid }) => oid === person)?.roles ?? [],
      );
      expect(roles.every((held) => held.some((role) => people.triageRoles.includes(role)))).to.equal(true);
    });
    it('a message that is not there cannot be drawn', async () => {
      expect(await teams.messenger.update(teams.chat, 'no-such-message', view)).to.deep.equal({
        outcome: 'gone',
      });
    });
  });
}
