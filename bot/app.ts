/** The composition root: the only file that knows every concrete thing. */
import { randomUUID } from 'node:crypto';
import type { Rota } from './core/dutyRota.ts';
import { answerPace, noticePace } from './core/pace.ts';
import type { Directory, DutyFunction } from './core/people.ts';
import { createAuditor } from './features/auditor.ts';
import { boardInTheMorning } from './features/board.ts';
import { createDelivery } from './features/deliver.ts';
import { remindOfUnsent } from './features/drafts.ts';
import { createDraw, createDrawDigest } from './features/draw.ts';
import { createDutyRota } from './features/dutyRotaInForce.ts';
import { keepDutyRota } from './features/dutyRotaNews.ts';
import { beat } from './features/heartbeat.ts';
import { createLoop } from './features/loop.ts';
import { paced } from './features/paced.ts';
import type { Clock, Pager } from './features/ports.ts';
import { checkReadiness } from './features/readiness.ts';
import { newNonce } from './features/report.ts';
import { createRoutines } from './features/routine.ts';
import { sparing } from './features/sparing.ts';
import { sendHeartbeat } from './http/heartbeat.ts';
import { createServer, type ServerOptions } from './http/server.ts';
import { keepLastKnown } from './lastKnown.ts';
import { faultOf, type Log } from './log.ts';
import type { Storage, StorageOptions } from './storage/open.ts';
import { createReceive } from './teams/adapter.ts';
import { createConnector } from './teams/connector.ts';
import type { Door } from './teams/door.ts';
import { happened } from './teams/edge.ts';
import { createRender, loadCards } from './teams/render.ts';

export interface App {
  server: ReturnType<typeof createServer>;
  /** Ends what is under way and sends nothing more. */
  stop(): Promise<void>;
}

/** All that differs between the local world and the bot that Teams speaks to. */
export interface Surroundings {
  door: Door;
  tenantId: string;
  /** The bot as the sender of messages. */
  bot: { id: string; name: string };
  /** The coordinators' team, and the channel of it where cases are triaged. */
  team: { id: string };
  triageChannel: string;
  dutyFunction: DutyFunction;
  /** The duty rota until it is changed for the first time. */
  rota: Rota;
  directory(rota: () => Rota): Directory;
  /** Absent where nothing but Teams carries an alarm. */
  pager: Pager | undefined;
  /** Asked every minute while all is well. */
  heartbeatUrl?: string | undefined;
  clock: Clock;
  openStorage(options: Pick<StorageOptions, 'clock' | 'onUnreadable'>): Promise<Storage>;
  /** Folder of what must be known when nothing else can be read. */
  dataDir: string;
  /** Of the local world. */
  pages?: Pick<ServerOptions, 'clock' | 'phone'>;
}

/** Often enough that a reminder of an unsent text comes close to its time. */
const remindEvery = 5_000;
/** What another instance has changed in the duty rota is known here after so many milliseconds. */
const rotaEvery = 3_000;
/** Keys of the Bot Framework live for a day. */
const doorEvery = 10 * 60_000;

/**
 * Everything put together, with its workers started and its server ready to listen.
 *
 * @throws when a card template or the key file is broken; a storage that is down is waited for (`/readyz`)
 */
export async function createApp(surroundings: Surroundings, log: Log): Promise<App> {
  const { clock, door, heartbeatUrl } = surroundings;
  await keepLastKnown(surroundings.dataDir, surroundings).catch((error: unknown) =>
    log.error('last known number not kept', { error: faultOf(error) }),
  );
  const pager = surroundings.pager && sparing(surroundings.pager, clock);
  const storage = await surroundings.openStorage({
    clock,
    onUnreadable: (target) => log.error('due row cannot be read', { target }),
  });
  const dutyRota = createDutyRota({
    settings: storage.settings,
    seed: surroundings.rota,
    people: (id) => directory.person(id),
    hmac: storage.hmac,
  });
  const directory = surroundings.directory(dutyRota.current);
  await storage
    .ping()
    .then(dutyRota.refresh)
    .catch((error: unknown) => log.warn('storage not reached', { error: faultOf(error) }));
  const render = createRender(await loadCards(new URL('../cards/', import.meta.url)), log);
  const nonce = () => newNonce(clock(), randomUUID());
  const connector = createConnector({ ...surroundings, ...door, render, log });
  const drawing = { contacts: storage.contacts, cases: storage.cases, directory, pager, clock, nonce };

  const delivery = createDelivery({
    ...storage,
    directory,
    messenger: paced(connector, storage.lanes, noticePace, log),
    pager,
    clock,
    log,
    draw: createDraw(drawing),
    drawDigest: createDrawDigest(drawing),
    wake: (rows) => delivery.wake(rows),
  });
  const messenger = paced(connector, storage.lanes, answerPace, log);
  const wake = delivery.wake;
  const ports = { ...storage, dutyRota, directory, messenger, pager, clock, log, nonce, wake };
  const reminders = createLoop(
    () => remindOfUnsent(ports),
    remindEvery,
    (error) => log.warn('reminders failed', { error: faultOf(error) }),
  );
  const rotaKeeper = createLoop(
    () => keepDutyRota(ports),
    rotaEvery,
    (error) => log.warn('rota not read', { error: faultOf(error) }),
  );
  const doorkeeper = createLoop(door.keep, doorEvery, (error) =>
    log.warn('door not kept', { error: faultOf(error) }),
  );
  const auditor = createAuditor({ ...ports, monotonic: () => performance.now(), wall: Date.now });
  const isWell = () => auditor.report().ok;
  const routines = createRoutines(log, {
    board: () => boardInTheMorning(ports),
    readiness: () => checkReadiness(ports),
    ...(heartbeatUrl && {
      heartbeat: () => beat({ ...ports, isWell, send: () => sendHeartbeat(heartbeatUrl) }),
    }),
  });
  const triage = { team: surroundings.team.id, channel: surroundings.triageChannel };
  const server = createServer({
    receive: createReceive(door, (what) => happened({ ...ports, triage }, what), render, log),
    ready: storage.ping,
    alarm: auditor.report,
    log,
    ...surroundings.pages,
  });
  delivery.start();
  reminders.start();
  rotaKeeper.start();
  doorkeeper.start();
  routines.start();
  auditor.start();
  const working = [delivery, reminders, rotaKeeper, doorkeeper, routines, auditor];
  return {
    server,
    async stop() {
      await Promise.all(working.map((each) => each.stop()));
    },
  };
}
