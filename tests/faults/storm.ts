/**
 * A storm: many people report while the bot is killed again and again, Teams fails, and the storage's wire is cut.
 * Everything that happens is written down for the checker.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../bot/local/ports.ts';
import { openWire, type Wire } from '../storage/wire.ts';
import { startConnector } from '../world/connector.ts';
import type { Happening } from './checker.ts';
import { type Random, seeded } from './random.ts';
import { startVictim } from './victim.ts';
import {
  drained,
  everyoneInstalls,
  faultOf,
  reporters,
  reports,
  takes,
  untilAnswered,
  withWhatStands,
} from './wire.ts';

export interface Weather {
  seed: number;
  reports: number;
  kills: number;
  /** How often a call to Teams fails, 0 to 1. */
  faults: number;
  /** A storage that is never killed itself: Azurite forgets what it was just told when it is. */
  storage: { port: number; connection: (port?: number) => string };
}

export interface Storm {
  history: Happening[];
  kills: number;
  /** Calls to Teams, and how many of them failed. */
  calls: number;
  faults: number;
  cuts: number;
  /** Milliseconds from a start of the bot until it served. */
  starts: number[];
  /** Seconds from the end of the storm until everybody had been told everything. */
  drained: number;
}

const clients = 20;

export async function storm(weather: Weather): Promise<Storm> {
  const random = seeded(weather.seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'storm-'));
  const wire = await openWire(weather.storage.port);
  let raging = false;
  let calls = 0;
  let faults = 0;
  const connector = await startConnector(() => {
    calls += 1;
    if (!raging || !random.chance(weather.faults)) return undefined;
    faults += 1;
    return faultOf(random);
  });
  const victim = await startVictim({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    STORAGE_CONNECTION: weather.storage.connection(wire.port),
  });
  const history: Happening[] = [];
  await everyoneInstalls(victim.url, connector.url);

  raging = true;
  let kills = 0;
  let next = 0;
  const press = (activity: object) => untilAnswered(random, () => victim.url, connector.url, activity);
  // Reports and kills keep step: each part of the storm waits for the other's.
  const client = async (): Promise<void> => {
    for (let report = next++; report < weather.reports; report = next++) {
      while (kills < Math.floor((report / weather.reports) * weather.kills)) await wait(10);
      const nonce = `2026-${weather.seed}-${report}`;
      history.push({ what: 'submitted', nonce });
      const number = await press(reports(nonce, random.pick(reporters)));
      history.push({ what: 'confirmed', nonce, number });
      await press(takes(number));
      history.push({ what: 'acknowledged', number, by: 'Tove', mayAnswer: true });
    }
  };
  const killer = async (): Promise<void> => {
    for (; kills < weather.kills; kills++) {
      while (next < Math.floor((kills / weather.kills) * weather.reports)) await wait(10);
      await wait(random.between(20, 400));
      await victim.kill();
    }
  };
  const { cuts, end } = cutter(wire, random);
  try {
    await Promise.all([killer(), ...Array.from({ length: clients }, client)]);
    raging = false;
    end();
    const storage = weather.storage.connection();
    const seconds = Math.round((await drained(storage, quiet(weather.reports))) / 1_000);
    await victim.stop();
    const whole = await withWhatStands(history, storage, connector);
    return { history: whole, kills, calls, faults, cuts: cuts(), starts: victim.starts, drained: seconds };
  } finally {
    end();
    await victim.stop();
    await connector.stop();
    await wire.close();
    await rm(dataDir, { recursive: true });
  }
}

/** How long may pass before everybody has been told, in ms: the storage slows down with what it holds. */
const quiet = (reports: number): number => 120_000 + reports * 120;

/** Now and then the storage's wire is cut, before or after the storage has heard, or hangs. */
function cutter(wire: Wire, random: Random) {
  let ended = false;
  let cuts = 0;
  const cut = async (): Promise<void> => {
    while (!ended) {
      await wait(random.between(400, 1_500));
      if (ended) break;
      const fault = random.pick(['cutBefore', 'cutAfter', 'cutAfter', 'hang'] as const);
      wire.writes = fault;
      if (random.chance(0.3)) wire.reads = fault;
      cuts += 1;
      await wait(random.between(20, 200));
      wire.writes = 'none';
      wire.reads = 'none';
    }
  };
  void cut();
  return {
    cuts: () => cuts,
    end: () => {
      ended = true;
      wire.writes = 'none';
      wire.reads = 'none';
    },
  };
}
