/** Roles as they are when a button is pressed, and not as they were when its card was drawn. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Role } from '../../bot/core/people.ts';
import { texts } from '../../bot/text/index.ts';
import { emptyAccount } from '../world/azurite.ts';
import { personOf, type RunningBot, startBot, wordsIn, people as world } from '../world/bot.ts';
import type { FakeGraph } from '../world/graph.ts';
import { groups, startGraphOf } from '../world/graphOf.ts';

const { error } = texts('sv');

interface Roles {
  bot: RunningBot;
  /** Takes a role from someone, or gives it, and waits until that has been read. */
  take(who: string, role: Role): Promise<void>;
  give(who: string, role: Role): Promise<void>;
  stop(): Promise<void>;
}

async function fromTheWorldFile(connection: string): Promise<Roles> {
  const folder = await mkdtemp(join(tmpdir(), 'world-'));
  const path = join(folder, 'world.json');
  const now = structuredClone(world);
  const save = () => writeFile(path, JSON.stringify(now));
  await save();
  const bot = await startBot(connection, undefined, { env: { LOCAL_WORLD: path } });
  const reads = () => bot.output().split('"people read"').length;
  const change = async (who: string, changed: (roles: Role[]) => Role[]) => {
    const before = reads();
    for (const person of now.people)
      if (person.name.startsWith(`${who} `)) person.roles = changed(person.roles);
    await save();
    await bot.connector.until(() => reads() > before, 'the file is read again');
  };
  await bot.connector.until(() => reads() > 1, 'the file is looked at');
  return {
    bot,
    take: (who, role) => change(who, (held) => held.filter((one) => one !== role)),
    give: (who, role) => change(who, (held) => [...held, role]),
    async stop() {
      await bot.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function fromGraph(
  connection: string,
  fault?: FakeGraph['fault'],
): Promise<Roles & { graph: FakeGraph; restart(): Promise<RunningBot> }> {
  const folder = await mkdtemp(join(tmpdir(), 'world-'));
  const path = join(folder, 'world.json');
  const dataDir = join(folder, 'data');
  await writeFile(path, JSON.stringify({ ...world, entra: { groups, refreshMinutes: 0.01 } }));
  const graph = await startGraphOf(world);
  graph.fault = fault;
  const env = { LOCAL_WORLD: path, GRAPH_URL: graph.url, DATA_DIR: dataDir };
  let bot = await startBot(connection, undefined, { env });
  const change = async (who: string, role: Role, how: 'add' | 'delete') => {
    graph.groups.get(groups[role])?.[how](personOf(who).oid);
    const asked = () => graph.asked.filter((one) => one.includes(groups[role])).length;
    const reads = () => bot.output().split('"people read"').length;
    const before = [asked(), reads()] as const;
    await bot.connector.until(
      () => asked() > before[0] + 1 && reads() > before[1] + 1,
      'the groups are read again',
    );
  };
  return {
    get bot() {
      return bot;
    },
    graph,
    take: (who, role) => change(who, role, 'delete'),
    give: (who, role) => change(who, role, 'add'),
    async restart() {
      await bot.stop();
      bot = await startBot(connection, undefined, { env });
      return bot;
    },
    async stop() {
      await bot.stop();
      await graph.stop();
      await rm(folder, { recursive: true });
    },
  };
}

const kinds: [name: string, begin: (connection: string) => Promise<Roles>][] = [
  ['the world file', fromTheWorldFile],
  ['Entra’s groups', fromGraph],
];

for (const [name, begin] of kinds) {
  describe(`a role between the card and the click, from ${name}`, function () {
    this.timeout(60_000);
    let roles: Roles;
    before(async () => {
      const account = await emptyAccount();
      roles = await begin(account.connection());
      for (const who of ['Alva', 'Tove', 'Karin']) await roles.bot.installs(who);
      await roles.bot.installs('Karin', 'channel');
      await roles.bot.writes('Alva', 'akut');
      await roles.bot.presses('Alva', 'report');
    });
    after(() => roles.stop());
    const said = ({ body }: { body: object }) => wordsIn(body).join('\n');

    it('taken from the duty officer: the alarm on the screen takes nothing and shows nothing, kindly', async () => {
      const { bot, take } = roles;
      await bot.connector.until(() => bot.reads('Tove').some((words) => /H\d\d-/.test(words)), 'the alarm');
      await take('Tove', 'dutyOfficer');
      const answer = await bot.presses('Tove', 'acknowledge');
      expect(said(answer)).to.include(error.noSuchIncident);
      expect(answer.text).not.to.include('Alva Ek');
      await take('Tove', 'staff');
      expect(said(await bot.presses('Tove', 'acknowledge')))
        .to.include(error.notKnown)
        .and.to.include('112');
    });
    it('taken from a coordinator: the card in the channel opens nothing', async () => {
      const { bot, take } = roles;
      await take('Karin', 'coordinator');
      const answer = await bot.presses('Karin', 'details', {}, 'channel');
      expect(said(answer)).to.include(error.noSuchIncident);
      expect(answer.text).not.to.include('Alva Ek');
    });
    it('given back: the same buttons work', async () => {
      const { bot, give } = roles;
      await give('Karin', 'coordinator');
      expect((await bot.presses('Karin', 'details', {}, 'channel')).text).to.include('Alva Ek');
      await give('Tove', 'dutyOfficer');
      expect((await bot.presses('Tove', 'acknowledge')).text).to.include('Alva Ek');
    });
  });
}

describe('roles from Entra’s groups, in the bot', function () {
  this.timeout(60_000);
  let roles: Awaited<ReturnType<typeof fromGraph>>;
  before(async () => {
    const account = await emptyAccount();
    roles = await fromGraph(account.connection());
  });
  after(() => roles.stop());

  it('a restart without Graph knows everyone, reports and alarms', async () => {
    await roles.bot.connector.until(
      () => roles.bot.output().includes('"people read"'),
      'the groups are read',
    );
    roles.graph.fault = () => 'hang';
    const bot = await roles.restart();
    expect((await fetch(`${bot.url}/readyz`)).status).to.equal(200);
    for (const who of ['Alva', 'Tove']) await bot.installs(who);
    await bot.writes('Alva', 'akut');
    const { ms, text } = await bot.presses('Alva', 'report');
    expect(ms).to.be.lessThan(1_500);
    const [number = 'no number'] = /H\d\d-\w{3}-\w{3}/.exec(text) ?? [];
    await bot.connector.until(() => bot.reads('Tove').some((words) => words.includes(number)), 'the alarm');
    roles.graph.fault = undefined;
  });
  it('a first start without Graph: everyone is told whom to call, and it does not say that it is ready', async () => {
    const account = await emptyAccount();
    const first = await fromGraph(account.connection(), () => 'hang');
    expect((await fetch(`${first.bot.url}/readyz`)).status).to.equal(503);
    await first.bot.writes('Alva', 'hjälp');
    await first.bot.connector.until(() => first.bot.reads('Alva').length > 0, 'an answer');
    const [answer = ''] = first.bot.reads('Alva');
    for (const one of [error.notKnown, '112', '08-465 004 00']) expect(answer).to.include(one);
    await first.stop();
  });
  it('someone who got their role a moment ago is known when they first write', async () => {
    const { bot, graph } = roles;
    const { oid } = personOf('Nora');
    graph.fault = ({ path }) => (path.includes('transitiveMembers') ? 'hang' : undefined);
    graph.groups.get(groups.elected)?.add(oid);
    await bot.installs('Nora');
    await bot.connector.until(() => bot.reads('Nora').some((words) => words.includes('112')), 'the menu');
    expect(bot.reads('Nora').join()).not.to.include(error.notKnown);
    await bot.writes('Nora', 'akut');
    expect((await bot.presses('Nora', 'report')).text).to.match(/H\d\d-\w{3}-\w{3}/);
    graph.fault = undefined;
  });
  it('a stranger is answered in time, kindly, also while Graph hangs', async () => {
    const { bot, graph } = roles;
    graph.fault = () => 'hang';
    graph.groups.get(groups.staff)?.delete(personOf('Omid').oid);
    const stranger = { ...personOf('Omid'), oid: '00000000-0000-4000-8000-000000000078' };
    const { ms } = await bot.send({
      type: 'message',
      id: 'x',
      channelId: 'msteams',
      serviceUrl: bot.connector.url,
      from: { id: '29:stranger', aadObjectId: stranger.oid },
      recipient: world.bot,
      conversation: { id: 'a:stranger', conversationType: 'personal' },
      text: 'hjälp',
    });
    expect(ms).to.be.lessThan(2_000);
    const words = () =>
      [...bot.connector.standing.values()].filter(({ conversation }) => conversation === 'a:stranger');
    await bot.connector.until(() => words().length === 1, 'an answer');
    const [answer] = words();
    for (const one of [error.notKnown, '112', '114 14', '08-465 004 00'])
      expect(wordsIn(answer).join()).to.include(one);
  });
});
