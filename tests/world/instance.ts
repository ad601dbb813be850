/** One instance of the bot: the product's own parts, put together as `bot/app.ts` does, on any storage and Teams. */
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createContent, filledBy } from '../../bot/content/content.ts';
import { readFiles } from '../../bot/content/files.ts';
import { readContactsSource, readSources } from '../../bot/content/load.ts';
import type { Rota } from '../../bot/core/dutyRota.ts';
import { noticePace } from '../../bot/core/pace.ts';
import type { Directory } from '../../bot/core/people.ts';
import { createDelivery, type Delivery } from '../../bot/features/deliver.ts';
import { createDraw, createDrawDigest } from '../../bot/features/draw.ts';
import { createDutyRota } from '../../bot/features/dutyRotaInForce.ts';
import { paced } from '../../bot/features/paced.ts';
import type { Clock, Content, Messenger, Pager, StoragePorts } from '../../bot/features/ports.ts';
import { sparing } from '../../bot/features/sparing.ts';
import { createTriageChannel } from '../../bot/features/triageChannel.ts';
import type { DeliveryPorts } from '../../bot/features/work.ts';
import { readWorld, type World, worldDirectory } from '../../bot/local/world.ts';
import type { Log } from '../../bot/log.ts';
import type { EdgePorts } from '../../bot/teams/edge.ts';

export const people = await readWorld(fileURLToPath(new URL('../../bot/local/world.json', import.meta.url)));
/** What the product comes with, read once: they are the same for every instance. */
const defaults = readFiles([...(await readSources()), await readContactsSource()]);
export const declared = worldDirectory(people);

/** Everything that an instance waits for. */
export interface Outside extends StoragePorts {
  messenger: Messenger;
  /** Absent where no phone rings. */
  pager?: Pager;
}

/** How messages and digests are drawn. */
export type Draw = Pick<DeliveryPorts, 'draw' | 'drawDigest'>;

export interface Inside {
  clock: Clock;
  log: Log;
  nonce: () => string;
  /** The world file, when it is not the one that everybody gets. */
  world?: World;
  /** Who is who, when it is not as the world file says. */
  directory?: Directory;
  /** The duty rota while none has been changed, when it is not the world file's. */
  rota?: Rota;
  /** The checklists, when they are not the product's own. */
  content?: Content;
  /** The worker holds Teams' limits, by that clock. */
  paced?: boolean;
  /** Puts itself between the product and what it draws. */
  drawing?: (draw: Draw) => Draw;
}

/** Its worker does nothing by itself but what it is woken for: a test sweeps. */
export function startInstance(
  outside: Outside,
  {
    clock,
    log,
    nonce,
    world = people,
    rota = world.rota,
    paced: isPaced = false,
    drawing = (draw) => draw,
    ...given
  }: Inside,
): { delivery: Delivery; ports: EdgePorts } {
  const hmac = (text: string) => createHmac('sha256', 'test').update(text).digest();
  const dutyRota = createDutyRota({
    settings: outside.settings,
    seed: rota,
    people: (id) => directory.person(id),
    hmac,
  });
  const directory = given.directory ?? worldDirectory(world, dutyRota.current);
  const content =
    given.content ??
    createContent({
      settings: outside.settings,
      defaults,
      filled: () => filledBy(directory.dutyFunction()),
      clock,
    });
  const { contacts, lanes, messenger } = outside;
  const pager = outside.pager && world.paging && sparing(outside.pager, clock);
  const at = { contacts, cases: outside.cases, directory, pager, clock, nonce };
  const triageChannel = createTriageChannel({
    messenger,
    directory,
    roles: world.triageRoles,
    monotonic: () => Date.parse(clock()),
    log,
  });
  const delivery = createDelivery({
    ...outside,
    triageChannel,
    ...drawing({ draw: createDraw(at), drawDigest: createDrawDigest(at) }),
    hmac,
    directory,
    pager,
    messenger: isPaced ? paced(messenger, lanes, noticePace, log) : messenger,
    clock,
    log,
    first: (run) => run(),
    giveWay: () => Promise.resolve(),
    hold: (due) => delivery.hold(due),
    wake: (rows, written) => delivery.wake(rows, written),
  });
  const ports: EdgePorts = {
    ...outside,
    pager,
    hmac,
    dutyRota,
    triageChannel,
    directory,
    content,
    clock,
    log,
    nonce,
    publicAddress: 'https://bot.example',
    hold: delivery.hold,
    wake: delivery.wake,
    triage: { team: people.team.id, channel: people.triageChannel },
    lookUp: async () => undefined,
  };
  return { delivery, ports };
}
