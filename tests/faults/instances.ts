/** Several instances on one storage and one Teams, while one after the other is stopped under load and goes on later. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../bot/local/ports.ts';
import { startConnector } from '../world/connector.ts';
import type { Happening } from './checker.ts';
import { seeded } from './random.ts';
import { startVictim, type Victim } from './victim.ts';
import {
  drained,
  everyoneInstalls,
  faultOf,
  reaches,
  reports,
  takes,
  untilAnswered,
  withWhatStands,
} from './wire.ts';

export interface Shared {
  seed: number;
  instances: number;
  /** How many times one is stopped, and for how many milliseconds. */
  pauses: number;
  pause: number;
  /** How often a call to Teams fails, 0 to 1. */
  faults: number;
  connection: string;
}

const clients = 2;
/** Each waits up to so many milliseconds between what it does: few enough that every case keeps its own cards. */
const betweenReports = 1_500;

export async function shared(
  given: Shared,
): Promise<{ history: Happening[]; reports: number; faults: number }> {
  const random = seeded(given.seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'shared-'));
  let raging = true;
  let faults = 0;
  const connector = await startConnector(() => {
    if (!raging || !random.chance(given.faults)) return undefined;
    faults += 1;
    return faultOf(random);
  });
  const all: Victim[] = [];
  for (let n = 0; n < given.instances; n++) {
    const port = await freePort();
    all.push(
      await startVictim({ PORT: String(port), DATA_DIR: dataDir, STORAGE_CONNECTION: given.connection }),
    );
  }
  const [first] = all;
  if (!first) throw new Error('no instances');
  await everyoneInstalls(first.url, connector.url);

  const history: Happening[] = [];
  let awake: Victim[] = all;
  let number = 0;
  const anyAwake = () => awake[Math.floor(random.between(0, awake.length))] ?? first;
  const press = (activity: object) =>
    untilAnswered(random, () => anyAwake().url, connector.url, activity, 2_000);
  const client = async (): Promise<void> => {
    while (raging) {
      const nonce = `2026-${given.seed}-${++number}`;
      history.push({ what: 'submitted', nonce });
      const id = await press(reports(nonce));
      history.push({ what: 'confirmed', nonce, number: id });
      await wait(random.between(0, betweenReports));
      await press(takes(id));
      history.push({ what: 'acknowledged', number: id, by: 'Tove', mayAnswer: true });
      await press(reaches(id));
      await wait(random.between(0, betweenReports));
    }
  };
  const nemesis = async (): Promise<void> => {
    for (let n = 0; n < given.pauses; n++) {
      const victim = all[n % all.length] ?? first;
      await wait(random.between(500, 1_500));
      victim.pause();
      awake = all.filter((one) => one !== victim);
      await wait(given.pause);
      victim.resume();
      awake = all;
    }
    await wait(2_000);
    raging = false;
  };
  const stopAll = () => Promise.all(all.map((victim) => victim.stop()));
  try {
    await Promise.all([nemesis(), ...Array.from({ length: clients }, client)]);
    await drained(given.connection);
    await stopAll();
    const whole = await withWhatStands(history, given.connection, connector);
    return { history: whole, reports: number, faults };
  } finally {
    raging = false;
    await stopAll();
    await connector.stop();
    await rm(dataDir, { recursive: true });
  }
}
