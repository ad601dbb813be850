/**
 * The worker: sends what is due, and keeps every card up to date (DESIGN 5). All its state is in the due rows, so
 * any number of workers may run, and one that dies leaves its rows to the others.
 */
import type { IncidentId } from '../core/ids.ts';
import { urgencies } from '../core/incident.ts';
import { faultOf } from '../log.ts';
import { crowdsOf, deliverCrowd } from './digest.ts';
import { createLoop } from './loop.ts';
import type { DueRow } from './ports.ts';
import { catchUp, type DeliveryPorts, lease, orAgain, togetherOf, work } from './work.ts';

export interface Delivery {
  /** Sends rows just written. */
  wake(rows: DueRow[]): void;
  /** One look for what is due and held by nobody. */
  sweep(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/** Rows of a case that are worked on together; the rest follow. */
const mostAtOnce = 30;
const sweepEvery = 1_000;
/** Of what a crash or a fault has left behind, so many cases are worked on at once: the storage must answer people too. */
const sweepers = 8;
/** With so many cases under way, what is written is left to the sweep; few enough to answer people, and more than hang. */
const mostWoken = 24;
/** Then it looks again: what has come since may be worse. */
const sweepWithin = 5_000;
/** Pages that one look starts; the next look, a second later, takes the rest. */
const mostPages = 50;
/**
 * What is worked on one at a time: a case, and beside it its pages, so that a telephone service that hangs keeps no
 * message waiting.
 */
const strandOf = (row: DueRow): string => (isPage(row) ? pagesOf(row.id) : row.id);
const pagesOf = (id: IncidentId): string => `${id} page`;
const isPage = ({ effect }: DueRow): boolean => effect.do === 'page';

export function createDelivery(ports: DeliveryPorts): Delivery {
  const { cases, clock, log } = ports;
  /** Work under way, by strand: each is worked on by one at a time in this process. */
  const busy = new Map<string, Promise<void>>();
  let stopped = false;

  const enqueue = (strand: string, id: IncidentId, rows: DueRow[]): Promise<void> => {
    const work = (busy.get(strand) ?? Promise.resolve())
      .then(() => (stopped ? undefined : deliver(ports, id, rows)))
      .catch((error: unknown) => log.error('delivery failed', { incident: id, error: faultOf(error) }))
      .finally(() => {
        if (busy.get(strand) === work) busy.delete(strand);
      });
    busy.set(strand, work);
    return work;
  };

  const sweep = async (): Promise<void> => {
    const due = (await cases.due(clock())).filter((row) => !busy.has(strandOf(row))).toSorted(worstFirst);
    const pages = Map.groupBy(due.filter(isPage), ({ id }) => id);
    for (const [id, ofCase] of [...pages].slice(0, mostPages)) void enqueue(pagesOf(id), id, ofCase);
    const { crowds, rest } = crowdsOf(due.filter((row) => !isPage(row)));
    const queue = [...Map.groupBy(rest, (row) => row.id)];
    const until = performance.now() + sweepWithin;
    const goesOn = () => !stopped && performance.now() < until;
    const digest = (crowd: DueRow[]): Promise<void> =>
      deliverCrowd(ports, crowd, goesOn).catch((error: unknown) =>
        log.error('digest failed', { count: crowd.length, error: faultOf(error) }),
      );
    const worker = async (): Promise<void> => {
      while (goesOn()) {
        const [id, ofCase] = queue.shift() ?? [];
        if (!id || !ofCase) return;
        await enqueue(id, id, ofCase);
      }
    };
    await Promise.all([...crowds.map(digest), ...Array.from({ length: sweepers }, worker)]);
  };

  const loop = createLoop(sweep, sweepEvery, (error) => log.warn('sweep failed', { error: faultOf(error) }));

  return {
    wake(rows) {
      const now = clock();
      const due = rows.filter((row) => row.at <= now);
      for (const [strand, ofStrand] of Map.groupBy(due, strandOf)) {
        const [first] = ofStrand;
        // In a crowd the sweep takes over: it tells many at once, and leaves the storage time for those who report.
        if (first && busy.size < mostWoken) void enqueue(strand, first.id, ofStrand);
      }
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

/** A case with an alarm to send goes before one that only has cards to draw; then the graver, then the older. */
const worstFirst = (one: DueRow, other: DueRow): number =>
  Number(isAlarm(other)) - Number(isAlarm(one)) ||
  urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) ||
  (one.at < other.at ? -1 : one.at > other.at ? 1 : 0);

const isAlarm = ({ effect }: DueRow): boolean => effect.do === 'post' && effect.notice === 'alarm';

async function deliver(ports: DeliveryPorts, id: IncidentId, rows: DueRow[]): Promise<void> {
  const { cases, clock, log } = ports;
  // At once, for an alarm waits for both: what happens to the case meanwhile could as well happen a moment later.
  const [claimed, loaded] = await Promise.all([
    cases.claim(rows.slice(0, mostAtOnce), clock(), lease),
    cases.load(id),
  ]);
  if (claimed.length === 0) return;
  if (!loaded) {
    log.error('a due row without its case', { incident: id, count: claimed.length });
    await cases.complete(claimed, { due: [], cards: [] });
    return;
  }
  const worked = await Promise.all(
    claimed.map(({ row }) => orAgain(ports, row, () => work(ports, loaded.incident, row))),
  );
  const follow = togetherOf(worked);
  const { due, cards, redrawn } = follow;
  const kept = await cases.complete(claimed, { due, cards: [...redrawn, ...cards] });
  if (!kept) log.warn('lease lost', { incident: id });
  else if (cards.length > 0) await catchUp(ports, loaded.incident);
}
