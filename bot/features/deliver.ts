/**
 * The worker: sends what is due, and keeps every card up to date (DESIGN 5). All its state is in the due rows, so
 * any number of workers may run, and one that dies leaves its rows to the others.
 */
import { type Incident, urgencies } from '../core/incident.ts';
import { faultOf } from '../log.ts';
import { crowdsOf, deliverCrowd } from './digest.ts';
import { createLoop, nextTurn } from './loop.ts';
import type { Claimed, DueRow, Hold } from './ports.ts';
import { createRooms } from './rooms.ts';
import {
  catchUp,
  type DeliveryPorts,
  type Loads,
  lease,
  loadsOf,
  nothingMore,
  orAgain,
  togetherOf,
  type Worked,
  type WorkPorts,
  work,
} from './work.ts';

export interface Delivery {
  /**
   * Asked before rows are written: which of them the worker will send at once. They are written as claimed already, so that
   * no time and no request goes into claiming. `undefined` when it leaves them all to its sweep.
   */
  hold(due: readonly DueRow[]): Hold | undefined;
  /**
   * Sends rows just written.
   *
   * @param written the case as it was written with them, when it holds them
   */
  wake(rows: readonly DueRow[], written?: Incident): void;
  /** One look for what is due and held by nobody. */
  sweep(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/** Rows of a case that are worked on together; the rest follow. */
const mostAtOnce = 30;
const sweepEvery = 1_000;
/** The first page of a case goes with what it follows from, and the others come every minute: seconds do not matter. */
const ringEvery = 3_000;
/** With so much to tell, there may be more than a look takes: the next one follows soon. */
const mostInALook = 500;
const soon = 100;
/** Of what a crash or a fault has left behind, so many cases are worked on at once: the storage must answer people too. */
const sweepers = 8;
/** And so many crowds. */
const tellers = 3;
/**
 * With so many cases under way what is written is left to the sweep: it tells many at once, and leaves the storage time for
 * those who report. Few enough to answer people, and more than hang.
 */
const mostWoken = 24;
/** Then it looks again: what has come since may be worse. */
const sweepWithin = 5_000;
/**
 * So many ms at most do the other messages of a case wait for its alarm, what else is due in it for the messages, and its
 * pages for all of that.
 */
const headStart = 50;
/** Pages of many cases that are taken together; and so many such parts at once wait for the telephone service. */
const mostPages = 12;
const mostParts = 5;
/** What is worked on one at a time: a case, and beside it its pages. */
const strandOf = (row: DueRow): string => (isPage(row) ? `${row.id} page` : row.id);
/** All that a look finds to page, beside the messages: a telephone service that hangs keeps none of those waiting. */
const pages = 'pages';
const isPage = ({ effect }: DueRow): boolean => effect.do === 'page';

export function createDelivery({ first, ...given }: DeliveryPorts): Delivery {
  const rooms = createRooms(() => performance.now());
  const ports: WorkPorts = { ...given, rooms };
  const { cases, clock, giveWay, log } = ports;
  /** Work under way, by strand: each is worked on by one at a time in this process. */
  const busy = new Map<string, Promise<void>>();
  let stopped = false;
  let behind = false;

  const enqueue = (strand: string, run: () => Promise<void>): Promise<void> => {
    const work = (busy.get(strand) ?? Promise.resolve()).then(run).finally(() => {
      if (busy.get(strand) === work) busy.delete(strand);
    });
    busy.set(strand, work);
    return work;
  };
  /** A telephone does not ring before Teams has been told of the case, or has had its head start. */
  const messagesFirst = (rows: DueRow[]): Promise<unknown> =>
    Promise.race([Promise.all(rows.map(({ id }) => busy.get(id))), wait(headStart)]);
  const hasRoom = () => busy.size < mostWoken;
  /** In a crowd only what somebody waits for, and can be told; the sweep tells the others many at once. */
  const goesAtOnce = ({ effect, instead }: DueRow): boolean => {
    if (effect.do === 'post') return !rooms.isFull(instead ?? effect.to);
    return effect.do === 'page' || !rooms.anyFull();
  };
  const failed = (rows: DueRow[]) => (error: unknown) =>
    log.error('delivery failed', { count: rows.length, error: faultOf(error) });
  const attempt = (rows: DueRow[], written?: Incident): Promise<void> =>
    take(ports, rows, written)
      .then((taken) => end(ports, taken))
      .catch(failed(rows));
  /** Nobody stands waiting for what a look has found, but for an alarm: it gives way before each part of it. */
  const quietly = (rows: DueRow[]): Promise<void> =>
    giveWay()
      .then(() => take(ports, rows))
      .then((taken) => giveWay().then(() => end(ports, taken)))
      .catch(failed(rows));

  const within = (milliseconds: number): (() => boolean) => {
    const until = performance.now() + milliseconds;
    return () => !stopped && performance.now() < until;
  };
  const waiting = async (of: 'pages' | 'rest') =>
    (await cases.due(clock(), of)).filter((row) => !busy.has(strandOf(row)));
  const ring = async (): Promise<void> => {
    const rows = (await waiting('pages')).toSorted(inTurn);
    const goesOn = within(sweepWithin);
    const underWay = new Set<Promise<void>>();
    for (let from = 0; from < rows.length && goesOn(); from += mostPages) {
      await giveWay();
      const part = rows.slice(from, from + mostPages);
      const taken = await take(ports, part).catch(failed(part));
      if (!taken) continue;
      const paged = end(ports, taken)
        .catch(failed(part))
        .finally(() => underWay.delete(paged));
      underWay.add(paged);
      if (underWay.size >= mostParts) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  };

  const sweepFailed = (error: unknown) => log.warn('sweep failed', { error: faultOf(error) });
  const ringOnce = (): Promise<void> => busy.get(pages) ?? enqueue(pages, () => ring().catch(sweepFailed));
  const tell = async (): Promise<void> => {
    behind = false;
    const due = (await waiting('rest')).toSorted(worstFirst);
    behind = due.length >= mostInALook;
    const goesOn = within(sweepWithin);
    const { crowds, rest } = crowdsOf(due);
    const queue = [...Map.groupBy(rest, (row) => row.id)];
    const digest = (crowd: DueRow[]): Promise<void> =>
      deliverCrowd(ports, crowd, goesOn).catch((error: unknown) =>
        log.error('digest failed', { count: crowd.length, error: faultOf(error) }),
      );
    const worker = async (): Promise<void> => {
      while (goesOn()) {
        const [id, ofCase] = queue.shift() ?? [];
        if (!id || !ofCase) return;
        const part = ofCase.slice(0, mostAtOnce);
        const run = ofCase.some(isAlarm) ? attempt : quietly;
        await enqueue(id, () => run(part));
      }
    };
    const teller = async (): Promise<void> => {
      for (let crowd = crowds.shift(); crowd && goesOn(); crowd = crowds.shift()) await digest(crowd);
    };
    const all = (many: number, run: () => Promise<void>) => Array.from({ length: many }, run);
    await Promise.all([...all(tellers, teller), ...all(sweepers, worker)]);
  };

  const loops = [
    createLoop(tell, () => (behind ? soon : sweepEvery), sweepFailed),
    createLoop(ringOnce, ringEvery, sweepFailed),
  ];

  return {
    hold(due) {
      const from = clock();
      const rows = hasRoom() && !stopped ? due.filter((row) => row.at <= from && goesAtOnce(row)) : [];
      return rows.length > 0 ? { rows, from, lease } : undefined;
    },
    wake(rows, written) {
      const now = clock();
      const due = rows.filter((row) => row.at <= now);
      for (const [strand, ofStrand] of Map.groupBy(due, strandOf)) {
        // What is held is nobody else's: it is sent also while this instance ends.
        if (!written && (stopped || !hasRoom())) return;
        for (let from = 0; from < ofStrand.length; from += mostAtOnce) {
          // Behind other work on the case, that may have changed it, or wait for it to change.
          const known = busy.has(strand) ? undefined : written;
          const part = ofStrand.slice(from, from + mostAtOnce);
          // Whoever made the change is answered first.
          const sends = () => first(() => nextTurn().then(() => attempt(part, known)));
          void enqueue(strand, part.some(isPage) ? () => messagesFirst(part).then(sends) : sends);
        }
      }
    },
    sweep() {
      void ringOnce();
      return tell();
    },
    start: () => {
      for (const loop of loops) loop.start();
    },
    async stop() {
      stopped = true;
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(busy.values());
    },
  };
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** A case with an alarm to send goes before one that only has cards to draw; then the graver, then the older. */
const worstFirst = (one: DueRow, other: DueRow): number =>
  Number(isAlarm(other)) - Number(isAlarm(one)) ||
  urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) ||
  (one.at < other.at ? -1 : one.at > other.at ? 1 : 0);

/** Of pages that a phone has no room for, those that have waited most often come first the next time. */
const inTurn = (one: DueRow, other: DueRow): number =>
  urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) || other.tries - one.tries;

/** What somebody waits for, before what only keeps cards and lists up to date. */
const isMessage = ({ effect }: DueRow): boolean => effect.do === 'post' || effect.do === 'page';

const isAlarm = ({ effect }: DueRow): boolean => effect.do === 'post' && effect.notice === 'alarm';

/** Rows that are now this worker's, and the cases they are of. */
interface Taken {
  claimed: Claimed[];
  loads: Loads;
}

/**
 * @param rows of any number of cases, of each no more than `mostAtOnce`
 * @param written the only case that they are of, as it was a moment ago
 */
async function take(ports: WorkPorts, rows: DueRow[], written?: Incident): Promise<Taken> {
  const { cases, clock } = ports;
  const loads: Loads = written ? new Map([[written.id, Promise.resolve(written)]]) : loadsOf(ports, rows);
  // At once, for an alarm waits for both: what happens to the case meanwhile could as well happen a moment later.
  const [claimed] = await Promise.all([
    cases.claim(rows, clock(), lease),
    Promise.allSettled(loads.values()),
  ]);
  return { claimed, loads };
}

/** Does what is to be done about each row, and ends it. */
async function end(ports: WorkPorts, { claimed, loads }: Taken): Promise<void> {
  const { cases, log } = ports;
  if (claimed.length === 0) return;
  const each = ({ row }: Claimed): Promise<Worked> =>
    orAgain(ports, row, async () => {
      const incident = await loads.get(row.id);
      if (incident) return work(ports, incident, row);
      log.error('a due row without its case', { incident: row.id });
      return nothingMore;
    });
  const all = (which: (row: DueRow) => boolean) =>
    Promise.all(claimed.filter(({ row }) => which(row)).map(each));
  const alarms = all(isAlarm);
  await Promise.race([alarms, wait(headStart)]);
  const messages = Promise.all([alarms, all((row) => isMessage(row) && !isAlarm(row))]);
  await Promise.race([messages, wait(headStart)]);
  const others = await all((row) => !isMessage(row));
  const { due, cards, redrawn } = togetherOf([...(await messages).flat(), ...others]);
  const kept = await cases.complete(claimed, { due, cards: [...redrawn, ...cards] });
  if (!kept) return log.warn('lease lost', { count: claimed.length });
  const posted = new Set(cards.map(({ id }) => id));
  for (const id of posted) {
    const drawn = await loads.get(id);
    if (drawn) await catchUp(ports, drawn);
  }
}
