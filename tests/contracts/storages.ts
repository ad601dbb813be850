/** The storages that must be the same to their users: the fake of the feature tests, and Azure Tables in Azurite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Instant, instant } from '../../bot/core/ids.ts';
import type { StoragePorts } from '../../bot/features/ports.ts';
import { openStorage } from '../../bot/storage/open.ts';
import { emptyAccount } from '../world/azurite.ts';
import { fakeStorage } from '../world/fakeStorage.ts';

export interface World extends StoragePorts {
  /** The same storage as another instance of the bot sees it. */
  other: StoragePorts;
  now: () => Instant;
  /** Moves the clock that decides what is due. */
  pass: (milliseconds: number) => void;
  /** Moves the clock that a holder's lease is measured with. */
  passInside: (milliseconds: number) => void;
}

export const start: Instant = instant(Date.UTC(2026, 10, 23, 9));

function clocks() {
  let now = Date.parse(start);
  let inside = 0;
  return {
    now: () => instant(now),
    monotonic: () => inside,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    passInside: (milliseconds: number) => {
      inside += milliseconds;
    },
  };
}

async function fakeWorld(): Promise<World> {
  const { monotonic, ...clock } = clocks();
  const ports = fakeStorage(clock.now, monotonic);
  return { ...ports, other: ports, ...clock };
}

async function azuriteWorld(): Promise<World> {
  const { monotonic, ...clock } = clocks();
  const { connection } = await emptyAccount();
  const dataDir = await temporaryFolder();
  const open = () =>
    openStorage({
      connection: connection(),
      tenantId: '00000000-0000-4000-8000-00000000000f',
      dataDir,
      clock: clock.now,
      monotonic,
      onUnreadable: (rowKey) => {
        throw new Error(`unreadable: ${rowKey}`);
      },
      onBroken: (rowKey) => {
        throw new Error(`broken: ${rowKey}`);
      },
    });
  const [one, other] = await Promise.all([open(), open()]);
  await one.ping();
  await other.ping();
  return { ...one, other, ...clock };
}

/** Storage by storage, the same expectations. */
export const storages = [
  { name: 'the fake', world: fakeWorld },
  { name: 'Azurite', world: azuriteWorld },
];

const folders: string[] = [];
after('temporary folders are removed', async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

/** A folder that is gone when the tests are. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-test-'));
  folders.push(folder);
  return folder;
}
