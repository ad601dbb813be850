/** The composition root: the only file that knows every concrete thing. */
import { randomUUID } from 'node:crypto';
import { type Config, missingSecrets } from './config.ts';
import { answerPace, noticePace } from './core/pace.ts';
import { anchorLog } from './features/anchors.ts';
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
import type { Pager } from './features/ports.ts';
import { checkReadiness } from './features/readiness.ts';
import { newNonce } from './features/report.ts';
import { createRoutines } from './features/routine.ts';
import { sparing } from './features/sparing.ts';
import { sendHeartbeat } from './http/heartbeat.ts';
import { createServer } from './http/server.ts';
import { keepLastKnown } from './lastKnown.ts';
import { createMovableClock } from './local/clock.ts';
import { createLocalPhone } from './local/phone.ts';
import { readWorld, worldDirectory } from './local/world.ts';
import { faultOf, type Log } from './log.ts';
import { createPager, SecretsMissing } from './paging/index.ts';
import type { PagingSettings } from './paging/settings.ts';
import { openStorage } from './storage/open.ts';
import { createReceive } from './teams/adapter.ts';
import { createConnector } from './teams/connector.ts';
import { happened } from './teams/edge.ts';
import { createRender, loadCards } from './teams/render.ts';

export interface App {
  server: ReturnType<typeof createServer>;
  /** Ends what is under way and sends nothing more. */
  stop(): Promise<void>;
}

/** Often enough that a reminder of an unsent text comes close to its time. */
const remindEvery = 5_000;
/** What another instance has changed in the duty rota is known here after so many milliseconds. */
const rotaEvery = 3_000;

/**
 * Everything put together, with its workers started and its server ready to listen.
 *
 * @throws {WorldError} when the world file is wrong
 * @throws {ConfigError} when the telephone service it names needs secrets that are not there
 * @throws when a card template or the key file is broken; a storage that is down is waited for (`/readyz`)
 */
export async function createApp(config: Config, log: Log): Promise<App> {
  const movable = createMovableClock();
  const clock = movable.now;
  const world = await readWorld(config.worldFile);
  await keepLastKnown(config.dataDir, world).catch((error: unknown) =>
    log.error('last known number not kept', { error: faultOf(error) }),
  );
  const phone = createLocalPhone(world, clock);
  const pager = world.paging && sparing(choosePager(world.paging, config, log, phone), clock);
  const storage = await openStorage({
    connection: config.storageConnection,
    tenantId: world.tenantId,
    dataDir: config.dataDir,
    clock,
    onUnreadable: (target) => log.error('due row cannot be read', { target }),
    onBroken: (target) => log.error('sealed row has been changed', { target }),
  });
  const dutyRota = createDutyRota({
    settings: storage.settings,
    seed: world.rota,
    people: (id) => directory.person(id),
    hmac: storage.hmac,
  });
  const directory = worldDirectory(world, dutyRota.current);
  await storage
    .ping()
    .then(dutyRota.refresh)
    .catch((error: unknown) => log.warn('storage not reached', { error: faultOf(error) }));
  const render = createRender(await loadCards(new URL('../cards/', import.meta.url)), log);
  const nonce = () => newNonce(clock(), randomUUID());
  const connector = createConnector({ render, log, bot: world.bot, tenantId: world.tenantId });
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
  const auditor = createAuditor({
    ...ports,
    broken: storage.broken,
    monotonic: () => performance.now(),
    wall: Date.now,
  });
  const { anchors } = storage;
  if (!anchors) log.warn('log not anchored');
  const { heartbeatUrl } = world;
  const isWell = () => auditor.report().ok;
  const routines = createRoutines(log, {
    board: () => boardInTheMorning(ports),
    readiness: () => checkReadiness(ports),
    ...(anchors && { anchors: () => anchorLog({ ...ports, anchors }) }),
    ...(heartbeatUrl && {
      heartbeat: () => beat({ ...ports, isWell, send: () => sendHeartbeat(heartbeatUrl) }),
    }),
  });
  const triage = { team: world.team.id, channel: world.triageChannel };
  const server = createServer({
    receive: createReceive((what) => happened({ ...ports, triage }, what), render, log),
    ready: storage.ping,
    alarm: auditor.report,
    log,
    clock: movable,
    phone: world.paging?.by === 'localPhone' ? phone : undefined,
  });
  delivery.start();
  reminders.start();
  rotaKeeper.start();
  routines.start();
  auditor.start();
  const working = [delivery, reminders, rotaKeeper, routines, auditor];
  return {
    server,
    async stop() {
      await Promise.all(working.map((each) => each.stop()));
    },
  };
}

/** @throws {ConfigError} that names every secret that is missing */
function choosePager(settings: PagingSettings, { secrets }: Config, log: Log, phone: Pager): Pager {
  try {
    return createPager({ log }, settings, secrets, phone);
  } catch (error) {
    throw error instanceof SecretsMissing ? missingSecrets(error.missing) : error;
  }
}
