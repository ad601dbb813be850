/** Safe mode: whatever is broken at start, everyone is told whom to call, nobody that it was stored; and it passes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { freePort } from '../../bot/local/ports.ts';
import { texts } from '../../bot/text/index.ts';
import { temporaryFolder } from '../contracts/storages.ts';
import { emptyAccount } from '../world/azurite.ts';
import { people, personOf, type RunningBot, startBot, wordsIn } from '../world/bot.ts';

const { error: say } = texts('sv');
const root = fileURLToPath(new URL('../../', import.meta.url));
const called = [say.notStored, '112', people.dutyFunction.name, people.dutyFunction.number];
const claims = /H\d\d-\w{3}-\w{3}|mottag|har fått din|är larmad|sparad/i;

describe('safe mode', function () {
  this.timeout(60_000);
  let cwd: string;
  let env: { DATA_DIR: string; LOCAL_WORLD: string };
  let account: Awaited<ReturnType<typeof emptyAccount>>;
  let bot: RunningBot | undefined;

  beforeEach(async () => {
    cwd = await temporaryFolder();
    for (const folder of ['bot', 'cards'])
      await cp(join(root, folder), join(cwd, folder), { recursive: true });
    await cp(join(root, 'package.json'), join(cwd, 'package.json'));
    await symlink(join(root, 'node_modules'), join(cwd, 'node_modules'));
    env = { DATA_DIR: join(cwd, 'data'), LOCAL_WORLD: join(cwd, 'bot/local/world.json') };
    account = await emptyAccount();
  });
  afterEach(async () => {
    await bot?.stop();
    bot = undefined;
  });
  const start = async () => {
    bot = await startBot(account.connection(), undefined, { cwd, env });
    return bot;
  };
  const statuses = ({ url }: RunningBot) =>
    Promise.all(['healthz', 'readyz', 'alarmz'].map(async (path) => (await fetch(`${url}/${path}`)).status));
  /** As a card that was on screen before sends it. */
  const click = ({ connector, send }: RunningBot, verb: string) =>
    send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: crypto.randomUUID(),
      channelId: 'msteams',
      serviceUrl: connector.url,
      locale: 'sv-SE',
      from: { id: personOf('Alva').id, aadObjectId: personOf('Alva').oid },
      recipient: people.bot,
      conversation: { id: 'a:Alva', conversationType: 'personal' },
      value: { action: { type: 'Action.Execute', verb, data: { verb, dangerNow: 'yes', channel: 'phone' } } },
    });

  /** Alive, and says the right thing to a message and to a click. */
  async function answers(running: RunningBot) {
    expect(await statuses(running)).to.deep.equal([200, 503, 503]);
    await running.writes('Alva', 'hjälp mig, de är här');
    const messages = running.connector.calls.map(({ body }) =>
      [...wordsIn(body), body.text ?? ''].join('\n'),
    );
    const clicked = await click(running, 'report');
    expect(clicked.status).to.equal(200);
    const answer = [...wordsIn(clicked.body), JSON.stringify(clicked.body.value)].join('\n');
    expect(messages).to.have.length(1);
    for (const said of [messages[0] ?? '', answer]) {
      for (const words of called) expect(said).to.include(words);
      const [, errorId = 'none'] = /Felnummer (\w+)/.exec(said) ?? [];
      await running.connector.until(() => running.output().includes(errorId), 'the error id is logged');
      expect(said).not.to.match(claims);
    }
    expect(running.output()).not.to.include('de är här');
  }
  async function recovers(running: RunningBot) {
    for (let tries = 0; (await statuses(running)).some((status) => status !== 200); tries++) {
      if (tries > 200) throw new Error(`did not recover: ${running.output()}`);
      await wait(100);
    }
    await running.writes('Alva', 'akut');
    const clicked = await running.presses('Alva', 'report');
    expect(wordsIn(clicked.body).join('\n')).to.match(/H\d\d-\w{3}-\w{3}/);
  }

  it('with a broken card: answers, says why in the log, and is itself again when the card is', async () => {
    const file = join(cwd, 'cards/alarm.json');
    const good = await readFile(file);
    await writeFile(file, '{"type": "AdaptiveCard"');
    const running = await start();
    await answers(running);
    expect(running.output()).to.match(/"level":50.*CardError: cards\/alarm.json/);
    await writeFile(file, good);
    await recovers(running);
  });

  it('with a broken key file: answers, and makes no new keys', async () => {
    await mkdir(env.DATA_DIR);
    await writeFile(join(env.DATA_DIR, 'keys.json'), '{}');
    const running = await start();
    await answers(running);
    expect(running.output()).to.match(/"level":50.*KeyFileError/);
    expect(await readFile(join(env.DATA_DIR, 'keys.json'), 'utf8')).to.equal('{}');
  });

  it('with a broken world file: answers with the number last known', async () => {
    await (await start()).stop();
    const good = await readFile(env.LOCAL_WORLD);
    await writeFile(env.LOCAL_WORLD, '{"people":');
    const running = await start();
    await answers(running);
    await writeFile(env.LOCAL_WORLD, good);
    await recovers(running);
  });

  it('with a broken world file and no number known: says what is wrong and ends', async () => {
    await writeFile(env.LOCAL_WORLD, '{"people":');
    const child = spawn(process.execPath, ['bot/main.ts', '--local'], {
      cwd,
      env: {
        ...process.env,
        ...env,
        PORT: String(await freePort()),
        STORAGE_CONNECTION: account.connection(),
      },
    });
    let complaint = '';
    child.stderr.on('data', (text) => (complaint += String(text)));
    const [code] = await once(child, 'close');
    expect(code).to.equal(1);
    expect(complaint).to.include(env.LOCAL_WORLD);
  });
});
