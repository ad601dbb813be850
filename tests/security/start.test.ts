/** The bot that Teams speaks to starts with all of its settings or not at all: before anything listens, and at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readProductionConfig } from '../../bot/config.ts';
import { freePort } from '../../bot/local/ports.ts';
import { settings } from '../world/gated.ts';

const main = fileURLToPath(new URL('../../bot/main.ts', import.meta.url));
type Env = Record<string, string | undefined>;

async function start(env: Env, args: string[] = []) {
  const port = await freePort();
  const began = performance.now();
  const { PATH } = process.env;
  const child = spawn(process.execPath, [main, ...args], { env: { PATH, PORT: String(port), ...env } });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  let opened = false;
  const ended = once(child, 'exit');
  while (child.exitCode === null && performance.now() - began < 10_000) {
    const socket = connect(port, '127.0.0.1');
    opened ||= await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    await wait(20);
  }
  child.kill();
  const [code] = await ended;
  return { code, said, opened, ms: performance.now() - began };
}

const required: [name: string, env: Env][] = [
  ...Object.keys(settings).map((name): [string, Env] => [name, settings]),
  [
    'BOT_MANAGED_IDENTITY',
    { ...settings, BOT_CREDENTIAL: 'managedIdentity', BOT_MANAGED_IDENTITY: settings.BOT_ID },
  ],
  ['BOT_CERTIFICATE', { ...settings, BOT_CREDENTIAL: 'certificate', BOT_CERTIFICATE: 'bot.pem' }],
];

describe('a start that lacks something', function () {
  this.timeout(30_000);
  for (const [name, env] of required) {
    for (const [what, value] of [
      ['missing', undefined],
      ['blank', '  '],
    ] as const) {
      it(`${name} ${what}: refused within 2 s, named, and nothing listened`, async () => {
        const { code, said, opened, ms } = await start({ ...env, [name]: value });
        expect(code).to.equal(1);
        expect(said.trim().split('\n')).to.have.length(1);
        expect(said).to.include(`${name}: `);
        for (const other of Object.keys(settings))
          if (other !== name) expect(said).not.to.include(`${other}:`);
        expect(opened).to.equal(false);
        expect(ms).to.be.lessThan(2_000);
      });
    }
  }
  it('everything missing: all of it named in one line, and no value', async () => {
    const { code, said } = await start({ BOT_SECRET: 'canary' });
    expect(code).to.equal(1);
    for (const name of ['BOT_ID', 'TENANT_ID', 'BOT_CREDENTIAL', 'STORAGE_ACCOUNT', 'KEY_VAULT_KEY']) {
      expect(said).to.include(name);
    }
    expect(said).not.to.include('canary');
  });
  for (const HOST of ['0.0.0.0', '::', '10.0.0.4', 'bot.example.org', '127.0.0.1.example.org']) {
    it(`--local on ${HOST}: refused, for nobody shows who they are there`, async () => {
      const { code, said, opened } = await start({ HOST, STORAGE_CONNECTION: 'x' }, ['--local']);
      expect(code).to.equal(1);
      expect(said).to.include('HOST: must be this machine');
      expect(opened).to.equal(false);
    });
  }
});

describe('the settings of production', () => {
  it('are read whole', () => {
    const read = readProductionConfig(settings);
    expect(read).to.deep.include({
      mode: 'production',
      host: '0.0.0.0',
      storageAccount: 'account',
      identity: {
        appId: settings.BOT_ID,
        tenantId: settings.TENANT_ID,
        credential: { kind: 'secret', secret: settings.BOT_SECRET },
      },
    });
  });
  it('name where telephones reach the bot, or do without', () => {
    const PUBLIC_ADDRESS = 'https://bot.example.org';
    expect(readProductionConfig({ ...settings, PUBLIC_ADDRESS }).publicAddress).to.equal(PUBLIC_ADDRESS);
    expect(readProductionConfig(settings).publicAddress).to.equal(undefined);
  });
  const odd: [name: string, value: string][] = [
    ['BOT_ID', 'not-a-guid'],
    ['TENANT_ID', 'example.onmicrosoft.com'],
    ['BOT_CREDENTIAL', 'password'],
    ['STORAGE_ACCOUNT', 'AccountName=a;AccountKey=SECRET'],
    ['STORAGE_ACCOUNT', 'UseDevelopmentStorage=true'],
    ['STORAGE_ACCOUNT', 'https://a.table.core.windows.net/?sig=SECRET'],
    ['PUBLIC_ADDRESS', 'http://bot.example.org'],
    ['PUBLIC_ADDRESS', 'https://bot.example.org/path?SECRET'],
    ['KEY_VAULT_KEY', 'http://vault.vault.azure.net/keys/cases'],
    ['KEY_VAULT_KEY', 'https://vault.example.org/keys/cases'],
    ['KEY_VAULT_KEY', 'https://vault.vault.azure.net.example.org/keys/cases'],
  ];
  for (const [name, value] of odd) {
    it(`${name} cannot be ${value}, which is not repeated`, () => {
      expect(() => readProductionConfig({ ...settings, [name]: value }))
        .to.throw(name)
        .with.property('message')
        .that.does.not.include('SECRET');
    });
  }
});
