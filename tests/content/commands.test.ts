/** The commands for editors, as they are given. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { openSettings } from '../../bot/storage/settings.ts';
import { emptyAccount } from '../world/azurite.ts';
import { startBot } from '../world/bot.ts';
import { written } from './given.ts';

const launcher = fileURLToPath(new URL('../../bot/local/run.mjs', import.meta.url));

describe('the commands for editors', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'content-'));
    await writeFile(join(folder, 'good.yaml'), written('good').text);
    await writeFile(join(folder, 'bad.yaml'), written('bad', { 18: '', 5: 'roles: [king]' }).text);
    const items = Array.from(
      { length: 40 },
      (_, n) => `  - { id: long.x${n}, text: { sv: En., en: One. }, source: [F] }`,
    );
    await writeFile(join(folder, 'long.yaml'), written('long', { 14: `items:\n${items.join('\n')}` }).text);
    await writeFile(join(folder, 'old.yaml'), written('old', { 13: 'validUntil: 2026-01-31' }).text);
  });
  after(() => rm(folder, { recursive: true }));

  async function give(args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [launcher, ...args], {
      env: { ...process.env, INIT_CWD: folder, DATA_DIR: join(folder, 'data'), ...env },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text));
    const [code] = await once(child, 'close');
    return { code: code as number | null, said };
  }

  it('content:check tells how heavy each list reads and until when it holds', async () => {
    const { code, said } = await give(['contentCheck']);
    expect(said).to.match(/^under\.tel +during +9 +15 {2}2027-12-31$/m);
    expect(said).not.to.match(/^bot\/content.*:\d+: (?!warning)/m);
    expect(code).to.equal(0);
  });

  it('content:check names file and line of what is wrong, and ends with 1', async () => {
    const { code, said } = await give(['contentCheck', 'good.yaml', 'bad.yaml']);
    expect(said).to.match(/^good +after +2 +\d+ {2}2027-12-31$/m);
    expect(said).to.match(/^bad\.yaml:5: roles\.0 is "king": only elected/m);
    expect(said).to.match(/^bad\.yaml:17: bad\.01: text\.en is missing$/m);
    expect(code).to.equal(1);
  });

  it('content:check warns of a day that has passed, and ends with 0', async () => {
    const { code, said } = await give(['contentCheck', 'old.yaml']);
    expect(said).to.match(/^old\.yaml:13: warning: expired on 2026-01-31$/m);
    expect(code).to.equal(0);
  });

  it('a list that does not fit a card is named, and not published', async () => {
    const said = /long(\.yaml)?:15: long does not fit a card: shorten it, or make two of it$/m;
    const checked = await give(['contentCheck', 'long.yaml']);
    expect(checked.said).to.match(said);
    expect(checked.code).to.equal(1);
    const published = await give(['contentPublish', 'long.yaml']);
    expect(published.said).to.match(said);
    expect(published.code).to.equal(1);
  });

  it('content:check says so when there is no such file', async () => {
    const { code, said } = await give(['contentCheck', 'gone.yaml']);
    expect(said).to.equal('gone.yaml cannot be read (ENOENT).\n');
    expect(code).to.equal(1);
  });

  it('content:publish puts a list in force for a bot that starts, and refuses a wrong one', async () => {
    const { connection } = await emptyAccount();
    const env = { STORAGE_CONNECTION: connection() };
    expect(await give(['contentPublish', 'bad.yaml'], env)).to.deep.include({ code: 1 });
    expect((await give(['contentPublish', 'bad.yaml'], env)).said).to.match(
      /bad\.yaml:17: bad\.01: text\.en is missing\nNothing was published\.\n$/,
    );
    const settings = await openSettings(connection());
    expect(await settings.read('checklists')).to.equal(undefined);

    const published = await give(['contentPublish', 'good.yaml'], env);
    expect(published).to.deep.equal({ code: 0, said: 'Published as version 1; in use within minutes.\n' });
    const chosen = await give(['contentPublish', '--choose', 'letterBag=paper'], env);
    expect(chosen.said).to.equal('Published as version 2; in use within minutes.\n');
    expect((await settings.read('checklists'))?.content).to.deep.equal({
      lists: { good: written('good').text },
      choices: { letterBag: 'paper' },
    });
    const found = await settings.read('checklists');
    const spoilt = { lists: { good: 'id: good' }, choices: {} };
    await settings.write(
      'checklists',
      { content: spoilt, at: found?.at ?? never(), by: found?.by ?? never() },
      found?.tag,
    );
    const bot = await startBot(connection());
    try {
      // They are read when it listens already.
      for (let tries = 0; !bot.output().includes('content to mend') && tries < 100; tries++) await wait(50);
      expect(bot.output()).to.match(/"target":"local good:1","outcome":"wrong".*"content to mend"/);
    } finally {
      await bot.stop();
    }
  });

  it('content:publish keeps in the local world’s own storage, across restarts', async () => {
    expect((await give(['contentPublish', 'good.yaml'])).said).to.equal(
      'Published as version 1; in use within minutes.\n',
    );
    expect((await give(['contentPublish', '--withdraw', 'good'])).said).to.equal(
      'Published as version 2; in use within minutes.\n',
    );
  });

  it('content:publish says in a sentence that the storage does not answer', async () => {
    const nowhere =
      'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a;';
    const { code, said } = await give(['contentPublish', 'good.yaml'], { STORAGE_CONNECTION: nowhere });
    expect(said).to.match(/^Nothing was published: .+\.\n$/);
    expect(code).to.equal(1);
  });

  it('content:publish tells how it is used', async () => {
    for (const args of [
      [],
      ['--choose', 'letterBag'],
      ['--withdraw'],
      ['good.yaml', 'bad.yaml'],
      ['--other'],
    ]) {
      const { code, said } = await give(['contentPublish', ...args]);
      expect(said, args.join(' ')).to.match(/^npm run content:publish -- <file>/);
      expect(code).to.equal(1);
    }
  });
});

function never(): never {
  throw new Error('nothing was published');
}
