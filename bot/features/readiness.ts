/** Tells the coordinators what an alarm would lack, until it is mended or one of them has accepted it. */
import { z } from 'zod';
import { type Instant, instant } from '../core/ids.ts';
import type { Directory } from '../core/people.ts';
import {
  askedAhead,
  type Gap,
  gapsIn,
  instantsAhead,
  keyOf,
  type Reach,
  readinessWord,
  type ToldOf,
} from '../core/readiness.ts';
import { later, minutes } from '../core/time.ts';
import { texts } from '../text/index.ts';
import { readinessAccepted, readiness as readinessCard, readinessMended, words } from '../views/index.ts';
import { deniedHere } from './denied.ts';
import { endOf } from './exercised.ts';
import type { Feature } from './feature.ts';
import { type Contacts, type Hmac, type Pager, type Routines, StorageRefused } from './ports.ts';
import { type RoutinePorts, routineLease, say } from './routine.ts';
import type { TriageChannel } from './triageChannel.ts';

/** Far oftener than hourly, so that a change is soon told of; looking costs a few reads. */
const checkEvery = minutes(5);

/** Looks when it is due, by one of the instances. */
export async function checkReadiness(ports: RoutinePorts & Asked & { hmac: Hmac }): Promise<void> {
  const now = ports.clock();
  const next = later(now, checkEvery);
  // The first look waits until people's chats have had time to tell of themselves.
  const held = await ports.routines.take('readiness', now, routineLease, next);
  if (!held) return;
  const gaps = await gapsNow(ports, now);
  const keys = gaps.map(keyOf);
  const told = toldOf(held.memory);
  const word = readinessWord(told, await acceptedKeys(ports.routines), keys, now);
  const { repeat } = held;
  if (word === 'gaps') {
    const shown = { gaps, of: markOf(ports.hmac, keys), repeat };
    await say(ports, held, (reader) => readinessCard(reader, shown), { at: next, memory: { at: now, keys } });
  } else if (word === 'mended') {
    await say(ports, held, (reader) => readinessMended(reader, { repeat }), { at: next });
  } else {
    await ports.routines.finish(held, { at: next, memory: held.memory });
  }
}

interface Asked {
  directory: Directory;
  contacts: Contacts;
  triageChannel: TriageChannel;
  routines: Routines;
  /** Absent where no phone rings. */
  pager?: Pager | undefined;
}

async function gapsNow(
  { directory, contacts, triageChannel, pager, routines }: Asked,
  now: Instant,
): Promise<Gap[]> {
  const channel = await contacts.get('channel');
  const standing = channel && (await triageChannel.standing(channel.conversation));
  const ahead = instantsAhead(now).map((at) => ({ at, ladder: directory.ladder(at) }));
  const reached = await Promise.all(
    askedAhead(ahead).map(async (id): Promise<[typeof id, Reach]> => {
      const contact = await contacts.get(id);
      return [id, contact ? (contact.blocked ? 'blocked' : 'open') : 'noBot'];
    }),
  );
  const reach = new Map(reached);
  return gapsIn({
    ahead,
    person: directory.person,
    reach: (id) => reach.get(id) ?? 'noBot',
    paging: pager !== undefined,
    oldSince: directory.oldSince(),
    channel: standing === 'outsider' || standing === 'unread' ? standing : undefined,
    exercisedAt: endOf(await routines.recall('exercise')),
  });
}

/** A short mark of what is missing, carried by the button: what is accepted is what was read. */
const markOf = (hmac: Hmac, keys: readonly string[]): string =>
  Buffer.from(hmac(`readiness ${keys.toSorted().join('; ')}`))
    .toString('hex')
    .slice(0, 16);

const input = z.object({ of: z.string().max(100).catch('') }).catch({ of: '' });

/** "Godkänn": a coordinator knows of it; nothing more is said until something changes. */
export const accept: Feature = {
  where: 'anywhere',
  async run(ports, turn, raw) {
    const { actor, now, reader } = turn;
    const { refusals } = texts(reader.locale);
    if (!actor.roles.includes('coordinator')) {
      await deniedHere(ports, turn, 'accept');
      return { card: words(reader, { paragraphs: [refusals.notAllowed] }) };
    }
    const gaps = await gapsNow({ ...ports, directory: reader.directory }, now);
    const keys = gaps.map(keyOf);
    const of = markOf(ports.hmac, keys);
    if (gaps.length === 0) return { card: readinessMended(reader, {}), settle: true };
    if (input.parse(raw).of !== of) return { card: readinessCard(reader, { gaps, of, changed: true }) };
    const held = await ports.routines.take('accepted', now, routineLease, now);
    const memory: Accepted = { keys, by: actor.person, at: now };
    const stored = held && (await ports.routines.finish(held, { at: now, memory }));
    if (!stored) throw new StorageRefused('somebody else is accepting');
    return { card: readinessAccepted(reader, { gaps, by: actor.person, at: now }), settle: true };
  },
};

const when = z.iso.datetime().transform((text) => instant(Date.parse(text)));
const toldSchema = z.object({ at: when, keys: z.array(z.string()) });
const toldOf = (memory: unknown): ToldOf | undefined => toldSchema.safeParse(memory).data;

const acceptedSchema = z.object({ keys: z.array(z.string()), by: z.string(), at: z.string() });
type Accepted = z.infer<typeof acceptedSchema>;

const acceptedKeys = async (routines: Routines): Promise<string[]> =>
  acceptedSchema.safeParse(await routines.recall('accepted')).data?.keys ?? [];
