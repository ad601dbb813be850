/** What the worker does with one due row, and what is left to do after it. */
import { morning, notReached, stillLeft, unanswered, undeliverable } from '../core/decide.ts';
import { addressed, isCardNotice, isLate, isTooLate, stillDue } from '../core/effects.ts';
import { type IncidentId, type Instant, instant, type PersonId, system } from '../core/ids.ts';
import type { Incident, IncidentEvent } from '../core/incident.ts';
import { faultOf, type Log } from '../log.ts';
import type { View } from '../views/view.ts';
import { keepExercised } from './exercised.ts';
import { dueRows, happen, type IncidentPorts } from './incident.ts';
import { type PagePorts, page } from './page.ts';
import type {
  CardRow,
  Clock,
  Contact,
  Contacts,
  Conversation,
  DueRow,
  Index,
  Messenger,
  Routines,
  Sent,
} from './ports.ts';
import { keepReach } from './reach.ts';
import type { Rooms } from './rooms.ts';
import { type TriageChannel, toEachCoordinator } from './triageChannel.ts';
import type { Way } from './way.ts';

export interface WorkPorts extends IncidentPorts, PagePorts, Pick<Way, 'giveWay'> {
  index: Index;
  routines: Routines;
  contacts: Contacts;
  triageChannel: TriageChannel;
  messenger: Messenger;
  rooms: Rooms;
  clock: Clock;
  log: Log;
  /** What a due message or a card shows now. */
  draw: (incident: Incident, message: Message) => Promise<View>;
  /** One message about many cases, for a reader to whom many are due. */
  drawDigest: (
    cases: readonly { incident: Incident; repeat: boolean }[],
    message: Omit<Message, 'repeat'>,
  ) => Promise<View>;
}

/** What the worker is given. */
export type DeliveryPorts = Omit<WorkPorts, 'rooms'> & Way;

/** A message to be drawn: which, for whom, and what must be said about its delivery. */
export interface Message {
  notice: CardRow['notice'];
  to: CardRow['to'];
  repeat: boolean;
  late: boolean;
}

/**
 * Outlives all that one holder does: reading cases (1 s), asking who is in the channel (1 s), one try to send (3 s), and
 * ending the rows (1 s).
 */
export const lease = 7_000;

/** Cases that are read or being read. */
export type Loads = Map<IncidentId, Promise<Incident | undefined>>;

/** The cases that these rows are of. */
export const loadsOf = ({ cases }: WorkPorts, rows: readonly DueRow[]): Loads =>
  new Map(
    [...new Set(rows.map(({ id }) => id))].map((id) => [id, cases.load(id).then((read) => read?.incident)]),
  );

/** What follows from a row that has been worked on; it is written when the row is ended. */
export interface Worked {
  due: DueRow[];
  /** Posted just now, or kept from now on. */
  cards: CardRow[];
  /** Drawn anew. */
  redrawn: CardRow[];
}
export const nothingMore: Worked = { due: [], cards: [], redrawn: [] };
export const again = (row: DueRow): Worked => ({ ...nothingMore, due: [row] });

export const togetherOf = (worked: readonly Worked[]): Worked => ({
  due: worked.flatMap(({ due }) => due),
  cards: worked.flatMap(({ cards }) => cards),
  redrawn: worked.flatMap(({ redrawn }) => redrawn),
});

/** What goes wrong is told in the log, and the row comes again. */
export const orAgain = (ports: WorkPorts, row: DueRow, run: () => Promise<Worked>): Promise<Worked> =>
  run().catch((error: unknown) => {
    ports.log.warn('try failed', { incident: row.id, verb: row.effect.do, error: faultOf(error) });
    return again(retry(ports, row));
  });

export async function work(ports: WorkPorts, incident: Incident, row: DueRow): Promise<Worked> {
  const { effect } = row;
  const now = ports.clock();
  if (isTooLate(incident, effect, now)) return insteadOf(incident, now);
  // A case that is past its step needs no second look: what brings it back there plans a step of its own.
  const step = async (events: Parameters<typeof byTimer>[2]): Promise<Worked> => {
    if (events(incident).length > 0) await byTimer(ports, row, events);
    return nothingMore;
  };
  switch (effect.do) {
    case 'post':
      return post(ports, incident, row, effect);
    case 'page':
      return { ...nothingMore, due: await page(ports, incident, row, effect) };
    case 'freshen': {
      const listed = effect.lists && keepListed(ports, incident);
      const [worked] = await Promise.all([freshen(ports, incident, row), listed]);
      return worked;
    }
    case 'raise':
      return step((current) => morning(current, now, effect.at));
    case 'escalate':
      return step((current) => unanswered(current, effect.rung, now, effect.at));
    case 'giveBack':
      return step((current) => notReached(current, effect.since, now, effect.at));
    case 'remind':
      return step((current) => stillLeft(current, now));
    default:
      return effect satisfies never;
  }
}

/** The lists in which people find their cases, and when the last exercise ended, as the case is now. */
async function keepListed(ports: WorkPorts, incident: Incident): Promise<void> {
  await ports.index.put(incident);
  await keepExercised(ports, incident);
}

/** Instead of what is too late, however much of the case that is: one word to the coordinators. */
export const insteadOf = (incident: Incident, now: Instant): Worked => ({
  ...nothingMore,
  due: dueRows(incident, addressed(incident, [{ do: 'post', notice: 'overdue', to: 'channel', at: now }])),
});

/** The effect of a row that is a message. */
export type Post = DueRow['effect'] & { do: 'post' };

async function post(
  ports: WorkPorts,
  incident: Incident,
  row: DueRow,
  { notice, to, at }: Post,
): Promise<Worked> {
  const { clock, messenger } = ports;
  if (!stillDue(incident, { notice, to, at }, clock())) return nothingMore;
  const place = row.instead ?? to;
  const contact = await ports.contacts.get(place);
  const kept = contact && (await keptFromChannel(ports, row, contact));
  if (kept) return kept;
  const late = isLate(at, clock());
  const view = await ports.draw(incident, { notice, to, repeat: row.repeat, late });
  const sent: Sent = contact
    ? await messenger.post(await conversationFor(ports, row.id, { notice, to: place }, contact), view, {
        newThread: notice === 'triage' && place === 'channel',
      })
    : { outcome: 'gone' };
  const follow = await afterPost(ports, row, { notice, to, at }, sent);
  if (sent.outcome !== 'sent' || !isCardNotice(notice)) return follow;
  const { conversation, activityId } = sent;
  const { id, version } = row;
  const card = { id, version, notice, to: place, conversation, activityId, shown: incident.version };
  return { ...follow, cards: [card] };
}

/**
 * What follows instead, when a message to the channel must not go there now.
 *
 * @param contact of where it would go
 * @returns `undefined` when it may
 */
export async function keptFromChannel(
  ports: WorkPorts,
  row: DueRow,
  { conversation }: Contact,
): Promise<Worked | undefined> {
  if (row.instead || row.effect.do !== 'post' || row.effect.to !== 'channel') return undefined;
  const standing = await ports.triageChannel.standing(conversation);
  if (standing === 'open') return undefined;
  const rows = standing === 'waiting' ? [] : await toEachCoordinator(ports, row);
  ports.log.info('kept from the channel', { incident: row.id, outcome: standing, count: rows.length });
  return rows.length > 0 ? { ...nothingMore, due: rows } : again(retry(ports, row));
}

/** What follows from one try to send a message, its card apart. */
export async function afterPost(
  ports: WorkPorts,
  row: DueRow,
  { notice, to, at }: Pick<Post, 'notice' | 'to' | 'at'>,
  sent: Sent,
): Promise<Worked> {
  ports.log.info('post', { incident: row.id, notice, outcome: sent.outcome, count: row.tries });
  keepReach(ports, row.instead ?? to, sent.outcome);
  switch (sent.outcome) {
    case 'sent':
      return nothingMore;
    case 'later':
      if (sent.full) ports.rooms.full(row.instead ?? to);
      return again(retry(ports, row, sent.after));
    case 'unknown':
      return again({ ...retry(ports, row), repeat: true });
    case 'gone':
      if (row.instead) return again(retry(ports, withoutInstead(row, row.instead)));
      // Nobody else may be told of it: whoever stands for the channel is tried like the channel.
      if (to === 'channel' || notice === 'triage') return again(retry(ports, row));
      // The promised day has come, and whoever was to read it cannot be reached: somebody must be.
      if (notice === 'untaken') await byTimer(ports, row, (current) => morning(current, ports.clock(), at));
      if (notice === 'alarm')
        await byTimer(ports, row, (current) => undeliverable(current, to, ports.clock(), at));
      return nothingMore;
    default:
      return sent satisfies never;
  }
}

/** Meant for the channel again: of the coordinators one has no chat any more, and the others may have it already. */
function withoutInstead({ instead: _instead, ...row }: DueRow, person: PersonId): DueRow {
  return { ...row, what: row.what.slice(0, -`.${person}`.length), repeat: true };
}

/** What happens to a case without anyone's click, once for each row. */
const byTimer = (ports: WorkPorts, { id, what }: DueRow, events: (incident: Incident) => IncidentEvent[]) =>
  happen(ports, id, { what, actor: { person: system, roles: [] }, now: ports.clock() }, events);

/** The number of the event that makes a case, and its card in the channel. */
const reported = 1;

/** News about a case stands as a reply under its card in the channel. */
async function conversationFor(
  { cases }: WorkPorts,
  id: IncidentId,
  { notice, to }: Pick<CardRow, 'notice' | 'to'>,
  { conversation }: Contact,
): Promise<Conversation> {
  if (to !== 'channel' || notice === 'triage') return conversation;
  const cards = await cases.cards({ id, version: reported });
  const root = cards.find((card) => card.notice === 'triage' && card.to === 'channel');
  return root?.conversation ?? conversation;
}

/**
 * Every card of the case that shows an older version is drawn anew.
 *
 * A state older than what another worker has drawn meanwhile may have been drawn over it. So who draws looks afterwards
 * whether there is a newer state, and draws that; and who takes over from a worker that did not get so far, or whose
 * drawing may still come, trusts no mark of what is shown.
 */
async function freshen(ports: WorkPorts, incident: Incident, row: DueRow): Promise<Worked> {
  const kept = await ports.cases.cards(incident);
  const cards = row.card ? [...kept, row.card] : kept;
  const stale = cards.filter((card) => row.repeat || card.shown < incident.version);
  const drawn = await redraw(
    ports,
    incident,
    row,
    stale.filter(({ activityId }) => activityId !== row.except),
  );
  return row.card ? withCard(drawn, row.card) : drawn;
}

/** A card that is kept from now on is new to whoever has drawn the others meanwhile, as one just posted is. */
function withCard({ due, redrawn }: Worked, card: CardRow): Worked {
  const isIt = ({ activityId }: CardRow) => activityId === card.activityId;
  return {
    due: due.map(({ card: _kept, ...row }) => row),
    cards: [redrawn.find(isIt) ?? card],
    redrawn: redrawn.filter((one) => !isIt(one)),
  };
}

async function redraw(ports: WorkPorts, incident: Incident, row: DueRow, cards: CardRow[]): Promise<Worked> {
  if (cards.length === 0) return nothingMore;
  const tried = await Promise.all(
    cards.map(async (card) => ({ card, outcome: await redrawOne(ports, incident, card) })),
  );
  const standing = tried.filter(({ outcome }) => outcome !== 'gone');
  const now = await ports.cases.load(incident.id);
  if (now && now.incident.version > incident.version) {
    return redraw(
      ports,
      now.incident,
      row,
      standing.map(({ card }) => card),
    );
  }
  const shown = standing.filter(({ outcome }) => outcome === 'sent');
  const redrawn = shown.map(({ card }) => ({ ...card, shown: incident.version }));
  if (shown.length === standing.length) return { ...nothingMore, redrawn };
  const repeat = row.repeat || standing.some(({ outcome }) => outcome === 'unknown');
  return { due: [{ ...retry(ports, row), repeat }], cards: [], redrawn };
}

async function redrawOne(ports: WorkPorts, incident: Incident, card: CardRow): Promise<Sent['outcome']> {
  const { notice, to, conversation, activityId } = card;
  const standing = to === 'channel' ? await ports.triageChannel.standing(conversation) : 'open';
  if (standing === 'waiting') return 'later';
  // What stands there stays as it is, and shows nothing new to whoever must not see it; a case that has moved is hidden.
  if (standing !== 'open' && !incident.confined) return 'gone';
  const view = await ports.draw(incident, { notice, to, repeat: false, late: false });
  return (await ports.messenger.update(conversation, activityId, view)).outcome;
}

/** A card whose picture was drawn before the latest change shows that change too. */
export async function catchUp(ports: WorkPorts, drawn: Incident): Promise<void> {
  const now = await ports.cases.load(drawn.id);
  if (!now || now.incident.version === drawn.version) return;
  const rows = dueRows(now.incident, [{ do: 'freshen', at: ports.clock() }]);
  await ports.cases.plan(rows);
  ports.wake(rows);
}

/** The same row again: after 1 s, 2 s, 4 s ... 30 s, or when Teams says. No cap on tries: an alarm is never given up. */
function retry({ clock }: WorkPorts, row: DueRow, after?: number): DueRow {
  const wait = after ?? Math.min(30_000, 1_000 * 2 ** Math.min(row.tries, 5));
  const tries = after === undefined ? row.tries + 1 : row.tries;
  return { ...row, at: instant(Date.parse(clock()) + wait), tries };
}
