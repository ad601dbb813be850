/** The storages that must be the same to their users: the fake of the feature tests, and Azure Tables in Azurite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Instant, instant } from '../../bot/core/ids.ts';
import type { StoragePorts } from '../../bot/features/ports.ts';
import { openStorage } from '../../bot/storage/open.ts';
import { openWire, type Wire } from '../storage/wire.ts';
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
  /** From now on the storage does not answer, or does again. */
  down: (isDown: boolean) => void;
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
  const down = (isDown: boolean) => {
    ports.fault = isDown ? 'refused' : undefined;
  };
  return { ...ports, other: ports, ...clock, down };
}

async function azuriteWorld(): Promise<World> {
  const { monotonic, ...clock } = clocks();
  const { port, connection } = await emptyAccount();
  const wire = await openWire(port);
  wires.push(wire);
  const dataDir = await temporaryFolder();
  const open = () =>
    openStorage({
      connection: connection(wire.port),
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
  const down = (isDown: boolean) => {
    wire.reads = isDown ? 'cutBefore' : 'none';
    wire.writes = wire.reads;
  };
  return { ...one, other, ...clock, down };
}

/** Storage by storage, the same expectations. */
export const storages = [
  { name: 'the fake', world: fakeWorld },
  { name: 'Azurite', world: azuriteWorld },
];

const wires: Wire[] = [];
const folders: string[] = [];
after('wires are closed, and temporary folders removed', async () => {
  await Promise.all(wires.map((wire) => wire.close()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

/** A folder that is gone when the tests are. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-test-'));
  folders.push(folder);
  return folder;
}
