/**
 * The worker: sends what is due, and keeps every card up to date (DESIGN 5). All its state is in the due rows, so
 * any number of workers may run, and one that dies leaves its rows to the others.
 */
import { morning, notReached, unanswered, undeliverable } from '../core/decide.ts';
import { isCardNotice, stillDue } from '../core/effects.ts';
import { type IncidentId, instant, system } from '../core/ids.ts';
import type { Incident, IncidentEvent } from '../core/incident.ts';
import { faultOf, type Log } from '../log.ts';
import type { View } from '../views/view.ts';
import { happen, type IncidentPorts } from './incident.ts';
import { createLoop } from './loop.ts';
import type {
  CardRow,
  Clock,
  Contact,
  Contacts,
  Conversation,
  DueRow,
  Index,
  Messenger,
  Sent,
} from './ports.ts';

export interface DeliveryPorts extends IncidentPorts {
  index: Index;
  contacts: Contacts;
  messenger: Messenger;
  clock: Clock;
  log: Log;
  /** What a due message or a card shows now. */
  draw: (incident: Incident, message: Message) => Promise<View>;
}

/** A message to be drawn: which, for whom, and what must be said about its delivery. */
export interface Message {
  notice: CardRow['notice'];
  to: CardRow['to'];
  repeat: boolean;
  late: boolean;
}

export interface Delivery {
  /** Sends rows just written. */
  wake(rows: DueRow[]): void;
  /** One look for what is due and held by nobody. */
  sweep(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/** Outlives all that one holder does: reading the case (1 s), one try to send (3 s), and ending the row (1 s). */
const lease = 6_000;
/** Rows of a case that are worked on together; the rest follow. */
const mostAtOnce = 30;
const sweepEvery = 1_000;
/** Of what a crash or a fault has left behind, so many cases are worked on at once: the storage must answer people too. */
const sweepers = 8;
/** Then it looks again: what has come since may be worse. */
const sweepWithin = 5_000;
const isAlarm = ({ effect }: DueRow): boolean => effect.do === 'post' && effect.notice === 'alarm';
/** Later than this, an alarm says "försenat". */
const lateAfter = 60_000;

export function createDelivery(ports: DeliveryPorts): Delivery {
  const { cases, clock, log } = ports;
  /** Work under way, by case: one case is worked on by one at a time in this process. */
  const busy = new Map<IncidentId, Promise<void>>();
  let stopped = false;

  const enqueue = (id: IncidentId, rows: DueRow[]): Promise<void> => {
    const work = (busy.get(id) ?? Promise.resolve())
      .then(() => (stopped ? undefined : deliver(ports, id, rows)))
      .catch((error: unknown) => log.error('delivery failed', { incident: id, error: faultOf(error) }))
      .finally(() => {
        if (busy.get(id) === work) busy.delete(id);
      });
    busy.set(id, work);
    return work;
  };

  const sweep = async (): Promise<void> => {
    const due = await cases.due(clock());
    const waiting = [...Map.groupBy(due, (row) => row.id)].filter(([id]) => !busy.has(id));
    // A case with an alarm to send goes before one that only has cards to draw.
    const queue = [
      ...waiting.filter(([, rows]) => rows.some(isAlarm)),
      ...waiting.filter(([, rows]) => !rows.some(isAlarm)),
    ];
    const until = performance.now() + sweepWithin;
    const worker = async (): Promise<void> => {
      while (performance.now() < until) {
        const next = queue.shift();
        if (!next) return;
        await enqueue(...next);
      }
    };
    await Promise.all(Array.from({ length: sweepers }, worker));
  };

  const loop = createLoop(sweep, sweepEvery, (error) => log.warn('sweep failed', { error: faultOf(error) }));

  return {
    wake(rows) {
      const now = clock();
      const due = rows.filter((row) => row.at <= now);
      for (const [id, ofCase] of Map.groupBy(due, (row) => row.id)) void enqueue(id, ofCase);
    },
    sweep,
    start: loop.start,
    async stop() {
      stopped = true;
      await loop.stop();
      await Promise.all(busy.values());
    },
  };
}

/** What is left to do when one row has been worked on. */
interface Worked {
  again?: DueRow;
  card?: CardRow;
}

async function deliver(ports: DeliveryPorts, id: IncidentId, rows: DueRow[]): Promise<void> {
  const { cases, clock, log } = ports;
  const claimed = await cases.claim(rows.slice(0, mostAtOnce), clock(), lease);
  if (!claimed) return;
  const loaded = await cases.load(id);
  if (!loaded) {
    log.error('a due row without its case', { incident: id, count: claimed.length });
    await cases.complete(claimed, { due: [], cards: [] });
    return;
  }
  const worked = await Promise.all(claimed.map(({ row }) => work(ports, loaded.incident, row)));
  const kept = await cases.complete(claimed, {
    due: worked.flatMap(({ again }) => again ?? []),
    cards: worked.flatMap(({ card }) => card ?? []),
  });
  if (!kept) log.warn('lease lost', { incident: id });
  else if (worked.some(({ card }) => card)) await catchUp(ports, loaded.incident);
}

/** A card whose picture was drawn before the latest change shows that change too. */
async function catchUp(ports: DeliveryPorts, drawn: Incident): Promise<void> {
  const now = await ports.cases.load(drawn.id);
  if (now && now.incident.version > drawn.version) await freshen(ports, now.incident);
}

async function work(ports: DeliveryPorts, incident: Incident, row: DueRow): Promise<Worked> {
  const { effect } = row;
  const now = ports.clock();
  try {
    switch (effect.do) {
      case 'post':
        return await post(ports, incident, row, effect);
      case 'freshen':
        return (await freshen(ports, incident, row.except)) ? {} : { again: retry(ports, row) };
      case 'raise':
        await byTimer(ports, row, (current) => morning(current, now));
        return {};
      case 'escalate':
        await byTimer(ports, row, (current) => unanswered(current, effect.rung, now));
        return {};
      case 'giveBack':
        await byTimer(ports, row, (current) => notReached(current, effect.since, now));
        return {};
      case 'index':
        await ports.index.put(incident);
        return {};
      default:
        return effect satisfies never;
    }
  } catch (error) {
    ports.log.warn('try failed', { incident: row.id, verb: effect.do, error: faultOf(error) });
    return { again: retry(ports, row) };
  }
}

async function post(
  ports: DeliveryPorts,
  incident: Incident,
  row: DueRow,
  { notice, to, at }: DueRow['effect'] & { do: 'post' },
): Promise<Worked> {
  const { clock, log, messenger } = ports;
  if (!stillDue(incident, notice, to)) return {};
  const late = Date.parse(clock()) - Date.parse(at) > lateAfter;
  const contact = await ports.contacts.get(to);
  const view = await ports.draw(incident, { notice, to, repeat: row.repeat, late });
  const sent: Sent = contact
    ? await messenger.post(await conversationFor(ports, row.id, { notice, to }, contact), view, {
        newThread: notice === 'triage',
      })
    : { outcome: 'gone' };
  log.info('post', { incident: row.id, notice, outcome: sent.outcome, count: row.tries });
  switch (sent.outcome) {
    case 'sent': {
      if (!isCardNotice(notice)) return {};
      const key = `${notice}.${to}.${String(row.version).padStart(6, '0')}`;
      const { conversation, activityId } = sent;
      return { card: { id: row.id, key, notice, to, conversation, activityId, shown: incident.version } };
    }
    case 'later':
      return { again: retry(ports, row, sent.after) };
    case 'unknown':
      return { again: { ...retry(ports, row), repeat: true } };
    case 'gone':
      if (to === 'channel') return { again: retry(ports, row) };
      if (notice === 'alarm') await byTimer(ports, row, (current) => undeliverable(current, to, clock()));
      return {};
    default:
      return sent satisfies never;
  }
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
  const root = (await cases.cards(id)).find((card) => card.notice === 'triage');
  return root?.conversation ?? conversation;
}

/** Every card of the case that shows an older version is drawn anew. True when all of them could be. */
async function freshen(ports: DeliveryPorts, incident: Incident, except?: string): Promise<boolean> {
  const cards = await ports.cases.cards(incident.id);
  const stale = cards.filter((card) => card.shown < incident.version && card.activityId !== except);
  const done = await Promise.all(
    stale.map(async (card) => {
      const view = await ports.draw(incident, {
        notice: card.notice,
        to: card.to,
        repeat: false,
        late: false,
      });
      const { outcome } = await ports.messenger.update(card.conversation, card.activityId, view);
      if (outcome === 'sent') await ports.cases.shown(card, incident.version);
      return outcome === 'sent' || outcome === 'gone';
    }),
  );
  return done.every(Boolean);
}

/** The same row again, later: 1 s, 2 s, 4 s ... 30 s, or when Teams says. No cap on tries: an alarm is never given up. */
function retry({ clock }: DeliveryPorts, row: DueRow, after?: number): DueRow {
  const wait = after ?? Math.min(30_000, 1_000 * 2 ** Math.min(row.tries, 5));
  return { ...row, at: instant(Date.parse(clock()) + wait), tries: row.tries + 1 };
}
