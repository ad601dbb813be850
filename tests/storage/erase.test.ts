/** What is left on disk of a case whose keys are deleted: nothing that all keys and all files together could open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { freePort } from '../../bot/local/ports.ts';
import { localKeys } from '../../bot/storage/keys.ts';
import { openStorage } from '../../bot/storage/open.ts';
import { at, id, loaded, next, officer, otherId, report } from '../contracts/changes.ts';
import { start, temporaryFolder } from '../contracts/storages.ts';
import { ending, tenantId } from './opened.ts';

const azurite = createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js');
/** Microsoft's published key of the storage emulator; it opens nothing else. */
const account =
  'AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

describe('a case that is erased, on disk', function () {
  this.timeout(60_000);

  it('neither its words nor a key that opens them are in any file, not even for who has the key file', async () => {
    const [folder, dataDir, port] = [await temporaryFolder(), await temporaryFolder(), await freePort()];
    const child = spawn(
      process.execPath,
      [
        azurite,
        '--location',
        folder,
        '--tableHost',
        '127.0.0.1',
        '--tablePort',
        String(port),
        '--silent',
      ].concat(['--disableTelemetry', '--skipApiVersionCheck']),
      { stdio: 'ignore' },
    );
    const storage = await openStorage({
      connection: `DefaultEndpointsProtocol=http;${account};TableEndpoint=http://127.0.0.1:${port}/devstoreaccount1;`,
      tenantId,
      dataDir,
      clock: () => start,
      onUnreadable: (rowKey) => expect.fail(rowKey),
      onBroken: (rowKey) => expect.fail(rowKey),
    });
    for (let tries = 0; (await ending(storage.ping())) !== undefined && tries < 200; tries++) await wait(50);
    const by = { at: at(), by: officer };
    for (const each of [id, otherId]) {
      await storage.cases.commit(report(each, { sealed: { text: 'kanin-7f', where: 'kanin-plats' } }));
      await storage.cases.commit(
        next(await loaded(storage.cases, each), undefined, { sealed: { text: 'kanin-8a' } }),
      );
      await storage.cases.commit(
        next(await loaded(storage.cases, each), { type: 'Closed', ...by, reason: 'handled' }),
      );
    }
    await storage.cases.commit(next(await loaded(storage.cases), { type: 'Erased', ...by }));
    expect(await ending(storage.cases.open(id))).to.equal('StorageRefused');
    child.kill('SIGINT');
    await once(child, 'exit');

    const files = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
    );
    const all = files.join('\n');
    expect(all, 'the files are those of this storage').to.include(`state|${id}`);
    expect(all).not.to.include('kanin');
    const keys = await localKeys(dataDir);
    const binaries = new Set([...all.matchAll(/"([A-Za-z0-9+/]{40,}={0,2})"/g)].map(([, text = '']) => text));
    const opening = async (of: string) => {
      const tried = [...binaries].map((text) =>
        keys.unwrap({ bytes: Buffer.from(text, 'base64'), by: '1' }, `${tenantId}|${of}|key`).then(
          () => 1,
          () => 0,
        ),
      );
      return (await Promise.all(tried)).reduce<number>((sum, one) => sum + one, 0);
    };
    expect(await opening(otherId), 'the key of the case that was kept is found so').to.equal(1);
    expect(await opening(id)).to.equal(0);
  });
});
