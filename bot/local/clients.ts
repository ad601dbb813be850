import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filler } from './fillers.ts';
import { type Group, inPackage } from './group.ts';
import type { World } from './world.ts';

type Client = World['clients'][number];
type Person = World['people'][number];

/** The Playground wants exactly so many people beside the one who sits at it, and makes them all members of the team. */
const others = 5;

/** Where a client's window is. */
export const addressOf = ({ port }: Client): string => `http://127.0.0.1:${port}`;

const serviceUrlOf = (client: Client): string => `${addressOf(client)}/_connector`;

/**
 * Starts the Playground clients of the world, without their windows.
 *
 * @param folder for their configuration and logs
 */
export async function startClients(
  group: Group,
  world: World,
  folder: string,
  botPort: number,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const client of world.clients) {
    const config = join(folder, `${client.port}.json`);
    const log = join(folder, `${client.port}.log`);
    await writeFile(config, JSON.stringify(playgroundConfig(world, client), null, 2));
    group.start({
      name: `The Playground on port ${client.port} (its log is ${log})`,
      script: inPackage('@microsoft/m365agentsplayground/cli.js'),
      args: [
        ...['start', '--port', String(client.port), '--disable-telemetry'],
        ...['--app-endpoint', `http://127.0.0.1:${botPort}/api/messages`],
        ...['--service-url', serviceUrlOf(client)],
      ],
      env: {
        NO_PROXY: '127.0.0.1',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
        M365_AGENTS_PLAYGROUND_LOGFILE: log,
        SEND_INSTALLATION_ACTIVITY: 'true',
        TEAMSAPPTESTER_BROWSER: 'none',
      },
    });
  }
  await Promise.all(
    world.clients.map((client) =>
      group.answers(`The Playground on port ${client.port}`, `${addressOf(client)}/_debug/ping`),
    ),
  );
}

/**
 * Tells the bot, in each client's name, where its chats are: the bot must know where to send before anyone has
 * opened a window. Not as an installation, which a window announces itself and which the bot answers with a welcome.
 */
export async function tellWhere(world: World): Promise<void> {
  for (const client of world.clients) {
    const sitting = world.people.find(({ oid }) => oid === client.person);
    const known = {
      type: 'conversationUpdate',
      channelId: 'msteams',
      serviceUrl: serviceUrlOf(client),
      from: { id: sitting?.id, aadObjectId: client.person },
      recipient: world.bot,
      membersAdded: [world.bot],
    };
    const tenant = { id: world.tenantId };
    const chat = {
      conversation: { id: personalChat(client), conversationType: 'personal' },
      channelData: { tenant },
    };
    const channel = {
      conversation: { id: world.triageChannel, conversationType: 'channel' },
      channelData: { tenant, team: { id: world.team.id }, channel: { id: world.triageChannel } },
    };
    for (const where of client.team ? [chat, channel] : [chat]) {
      await fetch(`${addressOf(client)}/_internal/v1/customActivities`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...known, ...where }),
      });
    }
  }
}

/** The configuration of one client. An id that it does not expect ends the Playground without a word. */
function playgroundConfig(world: World, client: Client): object {
  const { tenantId, bot, team, triageChannel, triageRoles, people } = world;
  // Everyone named here is in the team: only those who may be.
  const isInTeam = ({ roles }: Person) => roles.some((role) => triageRoles.includes(role));
  const rest = people.filter((person) => person.oid !== client.person && isInTeam(person));
  return {
    version: '0.1.1',
    tenantId,
    bot,
    currentUser: people.filter(({ oid }) => oid === client.person).map(user)[0],
    users: [...rest, ...Array.from({ length: others }, filler)].slice(0, others).map(user),
    personalChat: { id: personalChat(client) },
    groupChat: { id: `19:group-${client.person}@thread.v2`, name: 'Group chat' },
    team: {
      id: team.id,
      name: team.name,
      aadGroupId: '00000000-0000-4000-8000-000000000031',
      // It adds the General channel itself and allows for one more.
      channels: team.channels.filter(({ id }) => id === triageChannel),
    },
  };
}

const personalChat = ({ person }: Client): string => `a:${person}`;

function user({ id, oid, name, email = '' }: Pick<Person, 'id' | 'name'> & { oid: string; email?: string }) {
  const [givenName, ...surname] = name.split(' ');
  const userPrincipleName = email;
  return { id, name, userPrincipleName, aadObjectId: oid, givenName, surname: surname.join(' '), email };
}
