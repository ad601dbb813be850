/** What the worker does with one due row, and what is left to do after it. */
import { morning, notReached, stillLeft, unanswered, undeliverable } from '../core/decide.ts';
import { isCardNotice, isLate, isTooLate, stillDue } from '../core/effects.ts';
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
import { type TriageChannel, toEachCoordinator } from './triageChannel.ts';

export interface DeliveryPorts extends IncidentPorts, PagePorts {
  index: Index;
  routines: Routines;
  contacts: Contacts;
  triageChannel: TriageChannel;
  messenger: Messenger;
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

/** What follows from a row that has been worked on; it is written when the row is ended. */
export interface Worked {
  due: DueRow[];
  cards: CardRow[];
}
const nothingMore: Worked = { due: [], cards: [] };
const again = (row: DueRow): Worked => ({ due: [row], cards: [] });

export const togetherOf = (worked: readonly Worked[]): Worked => ({
  due: worked.flatMap(({ due }) => due),
  cards: worked.flatMap(({ cards }) => cards),
});

/** What goes wrong is told in the log, and the row comes again. */
export const orAgain = (ports: DeliveryPorts, row: DueRow, run: () => Promise<Worked>): Promise<Worked> =>
  run().catch((error: unknown) => {
    ports.log.warn('try failed', { incident: row.id, verb: row.effect.do, error: faultOf(error) });
    return again(retry(ports, row));
  });

export async function work(ports: DeliveryPorts, incident: Incident, row: DueRow): Promise<Worked> {
  const { effect } = row;
  const now = ports.clock();
  if (isTooLate(incident, effect, now)) return insteadOf(incident, now);
  switch (effect.do) {
    case 'post':
      return post(ports, incident, row, effect);
    case 'page':
      return { due: await page(ports, incident, row, effect), cards: [] };
    case 'freshen':
      return (await freshen(ports, incident, row.except)) ? nothingMore : again(retry(ports, row));
    case 'raise':
      await byTimer(ports, row, (current) => morning(current, now, effect.at));
      return nothingMore;
    case 'escalate':
      await byTimer(ports, row, (current) => unanswered(current, effect.rung, now, effect.at));
      return nothingMore;
    case 'giveBack':
      await byTimer(ports, row, (current) => notReached(current, effect.since, now, effect.at));
      return nothingMore;
    case 'remind':
      await byTimer(ports, row, (current) => stillLeft(current, now));
      return nothingMore;
    case 'index':
      await ports.index.put(incident);
      await keepExercised(ports, incident);
      return nothingMore;
    default:
      return effect satisfies never;
  }
}

/** Instead of what is too late, however much of the case that is: one word to the coordinators. */
export const insteadOf = (incident: Incident, now: Instant): Worked => ({
  due: dueRows(incident, [{ do: 'post', notice: 'overdue', to: 'channel', at: now }]),
  cards: [],
});

/** The effect of a row that is a message. */
export type Post = DueRow['effect'] & { do: 'post' };

async function post(
  ports: DeliveryPorts,
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
  const key = `${notice}.${place}.${String(row.version).padStart(6, '0')}`;
  const card = { id: row.id, key, notice, to: place, conversation, activityId, shown: incident.version };
  return { ...follow, cards: [card] };
}

/**
 * What follows instead, when a message to the channel must not go there now.
 *
 * @param contact of where it would go
 * @returns `undefined` when it may
 */
export async function keptFromChannel(
  ports: DeliveryPorts,
  row: DueRow,
  { conversation }: Contact,
): Promise<Worked | undefined> {
  if (row.instead || row.effect.do !== 'post' || row.effect.to !== 'channel') return undefined;
  const standing = await ports.triageChannel.standing(conversation);
  if (standing === 'open') return undefined;
  const rows = standing === 'waiting' ? [] : await toEachCoordinator(ports, row);
  ports.log.info('kept from the channel', { incident: row.id, outcome: standing, count: rows.length });
  return rows.length > 0 ? { due: rows, cards: [] } : again(retry(ports, row));
}

/** What follows from one try to send a message, its card apart. */
export async function afterPost(
  ports: DeliveryPorts,
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
      return again(retry(ports, row, sent.after));
    case 'unknown':
      return again({ ...retry(ports, row), repeat: true });
    case 'gone':
      if (row.instead) return again(retry(ports, withoutInstead(row, row.instead)));
      if (to === 'channel') return again(retry(ports, row));
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
const byTimer = (
  ports: DeliveryPorts,
  { id, what }: DueRow,
  events: (incident: Incident) => IncidentEvent[],
) => happen(ports, id, { what, actor: { person: system, roles: [] }, now: ports.clock() }, events);

/** News about a case stands as a reply under its card in the channel. */
async function conversationFor(
  { cases }: DeliveryPorts,
  id: IncidentId,
  { notice, to }: Pick<CardRow, 'notice' | 'to'>,
  { conversation }: Contact,
): Promise<Conversation> {
  if (to !== 'channel' || notice === 'triage') return conversation;
  const root = (await cases.cards(id)).find((card) => card.notice === 'triage' && card.to === 'channel');
  return root?.conversation ?? conversation;
}

/**
 * Every card of the case that shows an older version is drawn anew.
 *
 * @param except a message whose reader has just opened something in it
 * @returns whether all of them could be
 */
async function freshen(ports: DeliveryPorts, incident: Incident, except?: string): Promise<boolean> {
  const cards = await ports.cases.cards(incident.id);
  const stale = cards.filter((card) => card.shown < incident.version && card.activityId !== except);
  const done = await Promise.all(stale.map((card) => redraw(ports, incident, card)));
  return done.every(Boolean);
}

/** One card. False when it is to be tried again. */
async function redraw(ports: DeliveryPorts, incident: Incident, card: CardRow): Promise<boolean> {
  const { id, notice, to, conversation, activityId } = card;
  if (to === 'channel') {
    const standing = await ports.triageChannel.standing(conversation);
    // What stands there stays as it is, and shows nothing new to whoever must not see it.
    if (standing !== 'open') return standing !== 'waiting';
  }
  const view = await ports.draw(incident, { notice, to, repeat: false, late: false });
  const { outcome } = await ports.messenger.update(conversation, activityId, view);
  if (outcome === 'gone') return true;
  if (outcome === 'later') return false;
  if (outcome === 'sent' && (await ports.cases.shown(card, incident.version))) return true;
  // It may stand over what another worker has drawn of a newer state while this one was held up.
  const now = await ports.cases.load(id);
  if (now && now.incident.version > incident.version) return redraw(ports, now.incident, card);
  return outcome === 'sent';
}

/** A card whose picture was drawn before the latest change shows that change too. */
export async function catchUp(ports: DeliveryPorts, drawn: Incident): Promise<void> {
  const now = await ports.cases.load(drawn.id);
  if (!now || now.incident.version === drawn.version) return;
  const rows = dueRows(now.incident, [{ do: 'freshen', at: ports.clock() }]);
  await ports.cases.plan(rows);
  ports.wake(rows);
}

/** The same row again: after 1 s, 2 s, 4 s ... 30 s, or when Teams says. No cap on tries: an alarm is never given up. */
function retry({ clock }: DeliveryPorts, row: DueRow, after?: number): DueRow {
  const wait = after ?? Math.min(30_000, 1_000 * 2 ** Math.min(row.tries, 5));
  const tries = after === undefined ? row.tries + 1 : row.tries;
  return { ...row, at: instant(Date.parse(clock()) + wait), tries };
}
