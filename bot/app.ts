/** The composition root: the only file that knows every concrete thing. */
import { randomUUID } from 'node:crypto';
import { type Config, ConfigError, missingSecrets } from './config.ts';
import { createContent, filledBy } from './content/content.ts';
import { readFiles } from './content/file.ts';
import { readSources } from './content/load.ts';
import { directoryOf } from './core/directory.ts';
import { answerPace, noticePace } from './core/pace.ts';
import { anchorLog } from './features/anchors.ts';
import { createAuditor } from './features/auditor.ts';
import { boardInTheMorning } from './features/board.ts';
import { watchChannel } from './features/channelWatch.ts';
import { createDelivery } from './features/deliver.ts';
import { remindOfUnsent } from './features/drafts.ts';
import { createDraw, createDrawDigest } from './features/draw.ts';
import { createDutyRota } from './features/dutyRotaInForce.ts';
import { keepDutyRota } from './features/dutyRotaNews.ts';
import { beat } from './features/heartbeat.ts';
import { createLoop } from './features/loop.ts';
import { paced } from './features/paced.ts';
import type { Clock, Pager, PeopleSource } from './features/ports.ts';
import { checkReadiness } from './features/readiness.ts';
import { newNonce } from './features/report.ts';
import { createRoutines } from './features/routine.ts';
import { sparing } from './features/sparing.ts';
import { createTriageChannel } from './features/triageChannel.ts';
import { sendHeartbeat } from './http/heartbeat.ts';
import { createServer } from './http/server.ts';
import { keepLastKnown } from './lastKnown.ts';
import { createMovableClock } from './local/clock.ts';
import { withoutFillers } from './local/fillers.ts';
import { worldPeople } from './local/people.ts';
import { createLocalPhone } from './local/phone.ts';
import { readWorld, type World } from './local/world.ts';
import { faultOf, type Log } from './log.ts';
import { dutyRulesOf } from './organisation.ts';
import { createPager, SecretsMissing } from './paging/index.ts';
import type { PagingSettings } from './paging/settings.ts';
import { openStorage, type Storage } from './storage/open.ts';
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
/** A checklist that has been published is in use after so many milliseconds, everywhere. */
const contentEvery = 2 * 60_000;

/**
 * Everything put together, with its workers started and its server ready to listen.
 *
 * @throws {OrganisationError} when the world file is wrong
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
  const people = await choosePeople(config, world, { storage, clock, log });
  const directory = directoryOf(dutyRulesOf(world), people.register, dutyRota.current, people.oldSince);
  // Without its checklists the product still takes reports and alarms.
  const sources = await readSources().catch((error: unknown) => {
    log.error('checklists cannot be read', { error: faultOf(error) });
    return [];
  });
  const content = createContent({
    settings: storage.settings,
    defaults: readFiles(sources),
    filled: () => filledBy(directory.dutyFunction()),
    clock,
    onProblem: ({ file, line, weight }) =>
      log.warn('checklist to mend', { target: `${file}:${line}`, outcome: weight }),
  });
  await storage
    .ping()
    .then(dutyRota.refresh)
    .then(content.refresh)
    .catch((error: unknown) => log.warn('storage not reached', { error: faultOf(error) }));
  await people.start();
  const render = createRender(await loadCards(new URL('../cards/', import.meta.url)), log);
  const nonce = () => newNonce(clock(), randomUUID());
  const connector = withoutFillers(
    createConnector({ render, log, bot: world.bot, tenantId: world.tenantId }),
  );
  const drawing = { contacts: storage.contacts, cases: storage.cases, directory, pager, clock, nonce };

  const triageChannel = createTriageChannel({
    messenger: connector,
    directory,
    roles: world.triageRoles,
    monotonic: () => performance.now(),
    log,
  });
  const delivery = createDelivery({
    ...storage,
    directory,
    triageChannel,
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
  const ports = {
    ...storage,
    content,
    dutyRota,
    directory,
    triageChannel,
    messenger,
    pager,
    clock,
    log,
    nonce,
    wake,
    lookUp: people.lookUp,
  };
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
  const contentKeeper = createLoop(content.refresh, contentEvery, (error) =>
    log.warn('checklists not read', { error: faultOf(error) }),
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
    channel: () => watchChannel(ports),
    ...(heartbeatUrl && {
      heartbeat: () => beat({ ...ports, isWell, send: () => sendHeartbeat(heartbeatUrl) }),
    }),
  });
  const triage = { team: world.team.id, channel: world.triageChannel };
  const server = createServer({
    receive: createReceive((what) => happened({ ...ports, triage }, what), render, log),
    ready: async () => void (await Promise.all([storage.ping(), people.ready()])),
    alarm: auditor.report,
    log,
    clock: movable,
    phone: world.paging?.by === 'localPhone' ? phone : undefined,
  });
  delivery.start();
  reminders.start();
  rotaKeeper.start();
  contentKeeper.start();
  routines.start();
  auditor.start();
  const working = [delivery, reminders, rotaKeeper, contentKeeper, routines, auditor];
  return {
    server,
    async stop() {
      people.stop();
      await Promise.all(working.map((each) => each.stop()));
    },
  };
}

/** Entra's groups where Graph is named, else the world file. The SDK takes its time to load, so only where it is used. */
async function choosePeople(
  { worldFile, graphUrl: url }: Config,
  world: World,
  { storage, clock, log }: { storage: Storage; clock: Clock; log: Log },
): Promise<PeopleSource> {
  const { entra } = world;
  if (!url) return worldPeople(worldFile, world, log);
  if (!entra) throw new ConfigError('GRAPH_URL needs entra in the world file.');
  const { openGraphPeople } = await import('./graph/open.ts');
  return openGraphPeople(entra, { token: async () => 'local', url, known: storage.knownPeople, clock, log });
}

/** @throws {ConfigError} that names every secret that is missing */
function choosePager(settings: PagingSettings, { secrets }: Config, log: Log, phone: Pager): Pager {
  try {
    return createPager({ log }, settings, secrets, phone);
  } catch (error) {
    throw error instanceof SecretsMissing ? missingSecrets(error.missing) : error;
  }
}
