/** What is wrong in the configuration is named, all at once, and no secret with it. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ConfigError, readLocalConfig } from '../bot/config.ts';
import { instant } from '../bot/core/ids.ts';
import { readWorld, type World, worldDirectory } from '../bot/local/world.ts';
import { OrganisationError } from '../bot/organisation.ts';
import { noon } from './world/given.ts';
import { people as everyone } from './world/instance.ts';

const given = { STORAGE_CONNECTION: 'x' };
const reasonOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was wrong');
};

describe('the environment', () => {
  it('is read whole, secrets apart', () => {
    const read = readLocalConfig({
      ...given,
      PAGING_TOKEN: 't',
      ELKS_USERNAME: 'u',
      ELKS_PASSWORD: 'p',
      COMMUNICATION_CONNECTION: 'endpoint=https://larm.communication.azure.com/;accesskey=c2VjcmV0IGtleQ==',
    });
    expect(read.secrets).to.deep.equal({
      webhookToken: 't',
      elksUsername: 'u',
      elksPassword: 'p',
      azure: { endpoint: 'https://larm.communication.azure.com', key: 'c2VjcmV0IGtleQ==' },
    });
    expect(Object.values(readLocalConfig(given).secrets)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('names everything that is wrong at once, and no value', () => {
    const odd = 'endpoint=http://larm.communication.azure.com/;accesskey=SECRET';
    const said = reasonOf(() =>
      readLocalConfig({ PORT: '99999', ELKS_PASSWORD: '', COMMUNICATION_CONNECTION: odd }),
    );
    for (const name of ['PORT', 'STORAGE_CONNECTION', 'ELKS_PASSWORD', 'COMMUNICATION_CONNECTION']) {
      expect(said).to.include(name);
    }
    expect(said).not.to.include('SECRET');
  });
});

describe('paging in the world file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'world-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const written = async (some: object): Promise<string> => {
    const file = join(folder, 'world.json');
    await writeFile(file, JSON.stringify({ ...everyone, ...some }));
    return file;
  };
  const wrong = async (some: object): Promise<string> => {
    const error = await readWorld(await written(some)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof OrganisationError) return error.message;
    throw new Error('nothing was wrong');
  };

  it('each service can be chosen', async () => {
    const voice = { from: '+46846500499' };
    const more = { speech: 'https://speech.example.com', callback: 'https://x.example.com' };
    for (const paging of [
      undefined,
      { by: 'localPhone' },
      { by: 'webhook', url: 'https://larm.example.com/x' },
      { by: 'webhook', url: 'http://127.0.0.1:1234/' },
      { by: '46elks', sms: { from: 'Larm' }, dutyHours: { from: '07:00', to: '24:00', days: 'working' } },
      { by: '46elks', voice },
      { by: 'azure', sms: { from: '+46846500499' }, voice: { ...voice, ...more } },
    ]) {
      await readWorld(await written({ paging }));
    }
  });
  it('what is wrong is named, all of it at once', async () => {
    const said = await wrong({
      paging: {
        by: 'webhook',
        url: 'http://larm.example.com/',
        dutyHours: { from: '22:00', to: '07:00' },
        password: 'x',
      },
      triageChannel: 'no such channel',
    });
    expect(said).to.include('paging.url: must begin with https://').and.to.include('password');
    expect(
      await wrong({ paging: { by: 'localPhone', dutyHours: { from: '22:00', to: '07:00' } } }),
    ).to.include('paging.dutyHours.to: must come after the beginning');
    expect(await wrong({ paging: { by: '46elks' } })).to.include('paging: needs sms, voice or both');
    expect(await wrong({ paging: { by: '46elks', sms: { from: 'Säkerhet' } } })).to.include(
      'paging.sms.from',
    );
    expect(await wrong({ paging: { by: 'azure', voice: { from: '08-465 004 99' } } }))
      .to.include('paging.voice.from')
      .and.to.include('paging.voice.speech')
      .and.to.include('paging.voice.callback');
    expect(await wrong({ paging: { by: 'pigeon' } })).to.include('paging.by');
  });
  it('where nobody in Teams holds the duty, the duty function’s number may be the first to be asked', async () => {
    const paging = { by: 'localPhone', dutyFunction: true };
    const firstOf = async (some: object) =>
      worldDirectory(await readWorld(await written(some))).ladder(noon)[0];
    expect(await firstOf({ rota: [], paging })).to.deep.equal({
      role: 'dutyOfficer',
      people: [],
      dutyFunction: true,
    });
    expect((await firstOf({ paging }))?.people).to.have.length(1);
    expect((await firstOf({ rota: [] }))?.role).to.equal('coordinator');
  });
  it('phones are said to ring in the hours when somebody answers, or always', () => {
    const byPhone = (paging: World['paging'], at: string) =>
      worldDirectory({ ...everyone, paging }).alsoByPhone(instant(Date.parse(at)));
    const dutyHours = { from: '07:00', to: '22:00', days: 'every' } as const;
    const [day, night] = ['2026-11-25T12:00:00+01:00', '2026-11-25T02:40:00+01:00'];
    expect([day, night].map((at) => byPhone({ by: 'localPhone' }, at))).to.deep.equal([true, true]);
    expect([day, night].map((at) => byPhone({ by: 'localPhone', dutyHours }, at))).to.deep.equal([
      true,
      false,
    ]);
    expect([day, night].map((at) => byPhone(undefined, at))).to.deep.equal([false, false]);
  });
  it('a service whose secrets are not there: the bot does not start, and says which', async () => {
    const worldFile = await written({ paging: { by: '46elks', sms: { from: 'Larm' } } });
    const env = { ...process.env, ...given, LOCAL_WORLD: worldFile, DATA_DIR: folder };
    const main = fileURLToPath(new URL('../bot/main.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [main, '--local'], { env, encoding: 'utf8' });
    expect(status).to.equal(1);
    expect(stderr).to.include('ELKS_USERNAME').and.to.include('ELKS_PASSWORD');
  });
});
