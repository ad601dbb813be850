/**
 * Many messages for the same reader at once come as one, worst first, so that no number waits for its turn. A case
 * that is told of so has no card of its own in that chat: `läge` lists it, and opens it.
 */
import { isLate, isTooLate, type Notice, stillDue } from '../core/effects.ts';
import type { Incident } from '../core/incident.ts';
import type { Claimed, Contact, DueRow, Sent } from './ports.ts';
import {
  afterPost,
  again,
  insteadOf,
  keptFromChannel,
  type Loads,
  lease,
  loadsOf,
  nothingMore,
  orAgain,
  type Post,
  togetherOf,
  type Worked,
  type WorkPorts,
} from './work.ts';

/** More than so many messages of one kind to one reader are a crowd. */
const mostByThemselves = 5;
/** Lines that fit on a card of 25 KB, and that a person reads. */
const mostLines = 60;
/** Cases that are read at once, for somebody may wait for the storage. */
const mostReads = 12;

/** Whoever it goes to has no list in which to find the case, and may not read how it stands. */
const alwaysAlone: readonly Notice[] = ['support'];

type PostRow = DueRow & { effect: Post };
const isPost = (row: DueRow): row is PostRow => row.effect.do === 'post';

/**
 * Takes apart what is told together, by kind and reader, and what is told case by case.
 *
 * @param due in the order in which it should be told
 */
export function crowdsOf(due: DueRow[]): { crowds: DueRow[][]; rest: DueRow[] } {
  const kinds = Map.groupBy(
    due.filter(isPost).filter(({ effect }) => !alwaysAlone.includes(effect.notice)),
    ({ effect: { notice, to }, instead }) => `${notice} ${instead ?? to}`,
  );
  const crowds = [...kinds.values()].filter((rows) => rows.length > mostByThemselves);
  const crowded = new Set<DueRow>(crowds.flat());
  return { crowds, rest: due.filter((row) => !crowded.has(row)) };
}

/**
 * Tells a crowd, a card full at a time, until the conversation takes no more or does not answer.
 *
 * @param crowd messages of one kind to one reader
 * @param goesOn whether there is time for one more
 */
export async function deliverCrowd(ports: WorkPorts, crowd: DueRow[], goesOn: () => boolean): Promise<void> {
  for (let from = 0; from < crowd.length && goesOn(); from += mostLines) {
    const sent = await deliverDigest(ports, crowd.slice(from, from + mostLines));
    if (sent.outcome === 'later' || sent.outcome === 'unknown') return;
  }
}

async function deliverDigest(ports: WorkPorts, rows: DueRow[]): Promise<Sent> {
  const { cases, contacts, clock, giveWay } = ports;
  // Before they are claimed, for a lease is too short for it; what happens to a case meanwhile could as well happen later.
  const loads = await read(ports, rows);
  await giveWay();
  const claimed = await cases.claim(rows, clock(), lease);
  const { all, unread } = await stillToTell(ports, claimed, loads);
  const tooLate = ({ row, incident }: Told) => isTooLate(incident, row.effect, clock());
  const told = all.filter((one) => !tooLate(one));
  const instead = all.filter(tooLate).map(({ incident }) => insteadOf(incident, clock()));
  const [first] = told;
  const contact = first && (await contacts.get(first.row.instead ?? first.row.effect.to));
  if (contact && (await keptFromChannel(ports, first.row, contact))) {
    const kept = await Promise.all(
      told.map(async ({ row }) => (await keptFromChannel(ports, row, contact)) ?? again(row)),
    );
    await cases.complete(claimed, togetherOf([...kept, ...instead, ...unread]));
    return { outcome: 'later' };
  }
  const sent = await send(ports, told, contact);
  await giveWay();
  const worked = told.map(({ row }) => orAgain(ports, row, () => afterPost(ports, row, row.effect, sent)));
  await cases.complete(claimed, togetherOf([...(await Promise.all(worked)), ...instead, ...unread]));
  return sent;
}

/** A message with the case it is about, as the case is now. */
interface Told {
  row: PostRow;
  incident: Incident;
}

/** The cases of a crowd, as many at once as keep nobody waiting. */
async function read(ports: WorkPorts, rows: readonly DueRow[]): Promise<Loads> {
  const loads: Loads = new Map();
  for (let from = 0; from < rows.length; from += mostReads) {
    await ports.giveWay();
    const part = loadsOf(ports, rows.slice(from, from + mostReads));
    for (const [id, load] of part) loads.set(id, load);
    await Promise.allSettled(part.values());
  }
  return loads;
}

/**
 * What happened since they were planned may have made some needless. One whose case could not be read just now comes
 * again, and keeps none of the others waiting.
 */
async function stillToTell(
  ports: WorkPorts,
  claimed: readonly Claimed[],
  loads: Loads,
): Promise<{ all: Told[]; unread: Worked[] }> {
  const all: Told[] = [];
  const tell = ({ row }: Claimed) =>
    orAgain(ports, row, async () => {
      const incident = await loads.get(row.id);
      if (incident && isPost(row) && stillDue(incident, row.effect, ports.clock()))
        all.push({ row, incident });
      return nothingMore;
    });
  const unread = await Promise.all(claimed.map(tell));
  return { all, unread };
}

async function send(
  { messenger, drawDigest, clock }: WorkPorts,
  told: Told[],
  contact: Contact | undefined,
): Promise<Sent> {
  const [first] = told;
  if (!first || !contact) return { outcome: 'gone' };
  const { notice, to } = first.row.effect;
  const cases = new Map(told.map(({ row, incident }) => [row.id, { incident, repeat: row.repeat }]));
  const late = told.some(({ row }) => isLate(row.effect.at, clock()));
  const view = await drawDigest([...cases.values()], { notice, to, late });
  return messenger.post(contact.conversation, view, { newThread: to === 'channel' && !first.row.instead });
}
