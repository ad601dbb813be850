/** The composition root: the only file that knows every concrete thing. */
import { randomUUID } from 'node:crypto';
import type { KeptContent } from './content/content.ts';
import { type DutyRules, directoryOf } from './core/directory.ts';
import type { Rota } from './core/dutyRota.ts';
import { answerPace, noticePace } from './core/pace.ts';
import type { Directory, Role } from './core/people.ts';
import { tellOfProposals } from './features/actions.ts';
import { anchorLog } from './features/anchors.ts';
import { createAuditor } from './features/auditor.ts';
import { boardInTheMorning } from './features/board.ts';
import { watchChannel } from './features/channelWatch.ts';
import { createDelivery } from './features/deliver.ts';
import { remindOfUnsent } from './features/drafts.ts';
import { createDraw, createDrawDigest } from './features/draw.ts';
import { createDutyRota } from './features/dutyRotaInForce.ts';
import { keepDutyRota } from './features/dutyRotaNews.ts';
import { createGarbage } from './features/garbage.ts';
import { beat } from './features/heartbeat.ts';
import { createLoop, type Loop } from './features/loop.ts';
import { paced } from './features/paced.ts';
import { contactOf } from './features/phoneList.ts';
import type { Clock, Content, Messenger, Pager, PeopleSource } from './features/ports.ts';
import { checkReadiness } from './features/readiness.ts';
import { newNonce } from './features/report.ts';
import { watchRoles } from './features/roleWatch.ts';
import { createRoutines } from './features/routine.ts';
import { sparing } from './features/sparing.ts';
import { createTriageChannel } from './features/triageChannel.ts';
import { createWay } from './features/way.ts';
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
import { texts } from './text/index.ts';

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
  /** Who may be in that channel. */
  triageRoles: readonly Role[];
  dutyRules: DutyRules;
  /** The duty rota until it is changed for the first time. */
  rota: Rota;
  /** Who is who; its loading is not waited for where that takes long. */
  people(ports: { storage: Storage; clock: Clock; log: Log }): Promise<PeopleSource>;
  /** Absent where nothing but Teams carries an alarm. */
  pager: Pager | undefined;
  /** Asked every minute while all is well. */
  heartbeatUrl?: string | undefined;
  clock: Clock;
  openStorage(
    options: Pick<StorageOptions, 'clock' | 'giveWay' | 'onUnreadable' | 'onBroken'>,
  ): Promise<Storage>;
  /** Where telephones reach the bot, as `https://bot.example`; without it no contact is saved in one. */
  publicAddress?: string | undefined;
  /** Folder of what must be known when nothing else can be read. */
  dataDir: string;
  /** Of the local world: what stands between the bot and its Teams. */
  between?: (messenger: Messenger) => Messenger;
  /** Of the local world. */
  pages?: Pick<ServerOptions, 'clock' | 'phone'>;
}

/** Often enough that a reminder of an unsent text comes close to its time. */
const remindEvery = 5_000;
/** What another instance has changed in the duty rota is known here after so many milliseconds. */
const rotaEvery = 3_000;
/** A checklist that has been published is in use after so many milliseconds, everywhere. */
const contentEvery = 2 * 60_000;
/** Who opens it has no language that we know. */
const linkIsOld = `${texts('sv').phoneList.linkIsOld}\n\n${texts('en').phoneList.linkIsOld}\n`;
/** An answer waits so many ms for room in its chat: it is on screen within a second also when the storage hangs. */
const laneWithin = 400;
/** Checklists are read when the bot listens already: reports and alarms do not wait for them. */
const contentAfter = 200;
/** Keys of the Bot Framework live for a day. */
const doorEvery = 10 * 60_000;

/**
 * Everything put together, with its workers started and its server ready to listen.
 *
 * @throws when a card template or the key file is broken; a storage that is down is waited for (`/readyz`)
 */
export async function createApp(surroundings: Surroundings, log: Log): Promise<App> {
  const { clock, door, heartbeatUrl } = surroundings;
  await keepLastKnown(surroundings.dataDir, { ...surroundings, ...surroundings.dutyRules }).catch(
    (error: unknown) => log.error('last known number not kept', { error: faultOf(error) }),
  );
  const pager = surroundings.pager && sparing(surroundings.pager, clock);
  const { first, giveWay } = createWay();
  const storage = await surroundings.openStorage({
    clock,
    giveWay,
    onUnreadable: (target) => log.error('due row cannot be read', { target }),
    onBroken: (target) => log.error('sealed row has been changed', { target }),
  });
  const dutyRota = createDutyRota({
    settings: storage.settings,
    seed: surroundings.rota,
    people: (id) => directory.person(id),
    hmac: storage.hmac,
  });
  const people = await surroundings.people({ storage, clock, log });
  const { dutyRules } = surroundings;
  const directory = directoryOf(dutyRules, people.register, dutyRota.current, people.oldSince);
  const { content, readContent, contentIsRead } = createKeptContent(storage, directory, clock, log);
  await storage
    .ping()
    .then(dutyRota.refresh)
    .catch((error: unknown) => log.warn('storage not reached', { error: faultOf(error) }));
  await people.start();
  const render = createRender(await loadCards(new URL('../cards/', import.meta.url)), log);
  const nonce = () => newNonce(clock(), randomUUID());
  const sends = createConnector({ ...surroundings, ...door, render, log });
  const connector = surroundings.between?.(sends) ?? sends;
  const drawing = { contacts: storage.contacts, cases: storage.cases, directory, pager, clock, nonce };

  const triageChannel = createTriageChannel({
    messenger: connector,
    directory,
    roles: surroundings.triageRoles,
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
    first,
    giveWay,
    hold: (due) => delivery.hold(due),
    wake: (rows, written) => delivery.wake(rows, written),
  });
  const messenger = paced(connector, storage.lanes, answerPace, log, laneWithin);
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
    publicAddress: surroundings.publicAddress,
    hold: delivery.hold,
    wake: delivery.wake,
    lookUp: people.lookUp,
  };
  const reminders = createLoop(
    () => giveWay().then(() => remindOfUnsent(ports)),
    remindEvery,
    (error) => log.warn('reminders failed', { error: faultOf(error) }),
  );
  const rotaKeeper = createLoop(
    () => giveWay().then(() => keepDutyRota(ports)),
    rotaEvery,
    (error) => log.warn('rota not read', { error: faultOf(error) }),
  );
  const contentKeeper = createLoop(
    readContent,
    () => (contentIsRead() ? contentEvery : contentAfter),
    (error) => log.warn('checklists not read', { error: faultOf(error) }),
  );
  const doorkeeper = createLoop(door.keep, doorEvery, (error) =>
    log.warn('door not kept', { error: faultOf(error) }),
  );
  const { gc } = globalThis;
  const garbage =
    gc && createGarbage(giveWay, gc, (error) => log.warn('garbage kept', { error: faultOf(error) }));
  const auditor = createAuditor({
    ...ports,
    broken: storage.broken,
    monotonic: () => performance.now(),
    wall: Date.now,
  });
  const { anchors } = storage;
  if (!anchors) log.warn('log not anchored');
  const isWell = () => auditor.report().ok;
  const routines = createRoutines(
    { log, giveWay },
    {
      board: () => boardInTheMorning(ports),
      readiness: () => checkReadiness(ports),
      ...(anchors && { anchors: () => anchorLog({ ...ports, anchors }) }),
      channel: () => watchChannel(ports),
      proposals: () => tellOfProposals(ports),
      roles: () => watchRoles(ports),
      ...(heartbeatUrl && {
        heartbeat: () => beat({ ...ports, isWell, send: () => sendHeartbeat(heartbeatUrl) }),
      }),
    },
  );
  const triage = { team: surroundings.team.id, channel: surroundings.triageChannel };
  const server = createServer({
    receive: createReceive(door, (what) => first(() => happened({ ...ports, triage }, what)), render, log),
    ready: async () => void (await Promise.all([storage.ping(), people.ready()])),
    alarm: auditor.report,
    contact: { of: (link) => contactOf(ports, link), isOld: linkIsOld },
    log,
    ...surroundings.pages,
  });
  const working: Loop[] = [delivery, reminders, rotaKeeper, contentKeeper, doorkeeper, routines, auditor];
  if (garbage) working.push(garbage);
  for (const each of working) each.start();
  return {
    server,
    async stop() {
      people.stop();
      await Promise.all(working.map((each) => each.stop()));
    },
  };
}

/** Checklists and contacts, none until they have been read for the first time: loading what reads them takes its time. */
function createKeptContent(
  { settings }: Pick<Storage, 'settings'>,
  directory: Directory,
  clock: Clock,
  log: Log,
) {
  let kept: KeptContent | undefined;
  const content: Content = {
    checklists: () => kept?.checklists() ?? [],
    phoneContacts: () => kept?.phoneContacts() ?? [],
  };
  return {
    content,
    contentIsRead: () => kept !== undefined,
    async readContent(): Promise<void> {
      const { openContent } = await import('./content/open.ts');
      kept ??= await openContent({ settings, dutyFunction: directory.dutyFunction, clock, log });
      await kept.refresh();
    },
  };
}
