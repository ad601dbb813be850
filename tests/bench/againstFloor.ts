/** Our bot against the bare one, with few cases stored and with many. */
import { setTimeout as wait } from 'node:timers/promises';
import { openCounter } from './counter.ts';
import { evenness } from './evenness.ts';
import { fill, type Pattern, patternOf } from './fill.ts';
import { type Cost, costs, median } from './operations.ts';
import { type Bot, type Storage, startFloor, startOurs, type Teams } from './parts.ts';
import { formOf, newLines, now, presses, send } from './people.ts';
import {
  alarmsOf,
  attached,
  kept,
  ms,
  newPlace,
  type Place,
  percentile,
  pressedAgain,
  report,
  roomAgain,
  row,
  say,
  size,
} from './reports.ts';

const cases = size('BENCH_CASES', 100_000);
const rounds = size('BENCH_ROUNDS', 3);
const perRound = size('BENCH_REPORTS', 100);
const atOnce = size('BENCH_AT_ONCE', 240);
const few = 100;
/** Each lasts a second or two: of three the median is chance. */
const loadsARound = 4;
/** Of single reports so many are measured of one bot before it is another's turn: what the machine does meets all. */
const inATurn = 20;
/** A bot has stood still before its turn and its storage has cleared away: what finds both cold is not measured. */
const untilWarm = 5;
/** Then nearly all has been told that follows from what was reported. */
const told = 5_000;
/** Then no step of an acute case comes due that nobody has to do any more: the ladder asks on after 5 minutes. */
const laddersPast = 5.5 * 60_000;
/** Enough to keep the bot and the storage busy. */
const clients = 8;
/** So often what was measured is drawn anew from itself, to tell how much of a ratio is chance. */
const draws = 1_000;
const times = (value: number) => value.toFixed(2);

/** In ms, of each report of a turn. */
interface Times {
  receipts: number[];
  alarms: number[];
}
interface Load {
  perSecond: number;
  /** Processor time of a report in ms, its deliveries included. */
  worked: number;
}
/** All that was measured of a bot, turn by turn: those of one number were measured of all bots in the same minutes. */
interface Measured {
  times: Times[];
  loads: Load[];
}

/** One report after another, no faster than the bot sends notices into one conversation (40 in 32 s). */
async function oneByOne(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<Times> {
  const receipts: number[] = [];
  for (let n = 0; n < untilWarm + inATurn; n++) {
    const next = wait(850);
    receipts.push(await report(bot, teams, sent));
    await next;
  }
  const measured = new Map([...sent].slice(untilWarm));
  return { receipts: receipts.slice(untilWarm), alarms: await alarmsOf(teams, measured) };
}

/** As many as it takes, while it delivers them as fast as Teams lets it. */
async function allAtOnce(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<Load> {
  const sendAll = async (left: number) => {
    const client = async () => {
      while (left-- > 0) await report(bot, teams, sent);
    };
    await Promise.all(Array.from({ length: clients }, client));
  };
  const before = await bot.worked();
  await sendAll(clients * untilWarm);
  const began = now();
  await sendAll(atOnce);
  const perSecond = (atOnce * 1_000) / (now() - began);
  await alarmsOf(teams, sent, 180_000);
  return { perSecond, worked: ((await bot.worked()) - before) / sent.size };
}

/** Somebody takes a case, reaches the person and closes it. */
async function closed(bot: Bot, teams: Teams, incident: string): Promise<void> {
  const steps = [
    ['Tove', 'acknowledge', 'alarm'],
    ['Tove', 'reached', 'alarm'],
    ['Karin', 'close', 'triage'],
  ] as const;
  for (const [who, verb, face] of steps) {
    const data = { incident, face, nonce: verb, reason: 'handled' };
    await send(bot.url, teams.url, presses(who, verb, data, 'form-none'));
  }
}

/** What has been reported is measured alone: cases left open would go on, and be measured with the next. */
async function allClosed(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<void> {
  for (const incident of sent.keys()) await closed(bot, teams, incident);
  await wait(told);
}

type Bots = { floor: Bot; ours: Bot };
/** Both bots on a storage of their own, where so many cases are stored for each. */
interface World extends Place {
  stored: number;
  bots: Bots;
}
/** What was measured of both, with so many cases stored. */
type Compared = { stored: number } & Record<keyof Bots, Measured>;

/**
 * In turn, the others paused and the storages cleared; the first time only warms up. Each time in the other of two orders:
 * who comes after a long turn is slower, by some 8 %.
 */
async function inTurn<T>(
  orders: readonly [there: readonly Bot[], back: readonly Bot[]],
  turns: number,
  cleared: () => Promise<unknown>,
  measure: (bot: Bot) => Promise<T>,
): Promise<Map<Bot, T[]>> {
  const [there, back] = orders;
  const all = new Map<Bot, T[]>(there.map((bot) => [bot, []]));
  for (let n = -1; n < turns; n++) {
    for (const bot of n % 2 === 0 ? there : back) {
      for (const other of there) other.pause();
      await cleared();
      bot.goOn();
      newLines();
      await wait(500);
      const measured = await measure(bot);
      if (n >= 0) all.get(bot)?.push(measured);
    }
  }
  for (const bot of there) bot.goOn();
  return all;
}

/**
 * All of it in the same minutes: what the machine does meanwhile shall not look like what many cases do.
 *
 * @returns also how many ms the machine took, in those minutes, for the same piece of work
 */
async function compare(
  worlds: readonly World[],
  teams: Teams,
): Promise<{ compared: Compared[]; pieces: number[] }> {
  // The bare ones first: ours deliver for a while, and are followed as often by few cases as by many.
  const inOrder = (of: readonly World[]): Bot[] =>
    (['floor', 'ours'] as const).flatMap((one) => of.map((world) => world.bots[one]));
  const orders = [inOrder(worlds), inOrder(worlds.toReversed())] as const;
  const ours = new Set(worlds.map((world) => world.bots.ours));
  const pieces: number[] = [];
  const cleared = async () => {
    await Promise.all(worlds.map(({ storage }) => storage.clear()));
    pieces.push(...(await evenness()));
  };
  const measured = <T>(
    turns: number,
    run: (bot: Bot, teams: Teams, sent: Map<string, number>) => Promise<T>,
  ) =>
    inTurn(orders, turns, cleared, async (bot) => {
      const sent = new Map<string, number>();
      const all = await run(bot, teams, sent);
      if (ours.has(bot)) await allClosed(bot, teams, sent);
      return all;
    });
  // The load first: a bot that has run for a while is quicker, and it shall have run as long with few cases as with many.
  const loads = await measured(rounds * loadsARound, allAtOnce);
  await wait(laddersPast);
  const times = await measured((rounds * perRound) / inATurn, oneByOne);
  const all = (bot: Bot): Measured => ({ times: times.get(bot) ?? [], loads: loads.get(bot) ?? [] });
  const compared = worlds.map(({ stored, bots: { floor, ours } }) => ({
    stored,
    floor: all(floor),
    ours: all(ours),
  }));
  return { compared, pieces };
}

type Statistic = (measured: Measured) => number;
/** Of all turns together: the 99th of a turn alone would be its longest. */
const ofAll =
  (kind: keyof Times, part: number): Statistic =>
  ({ times }) =>
    percentile(
      times.flatMap((turn) => turn[kind]),
      part,
    );
const perSecond: Statistic = ({ loads }) => median(loads.map((load) => load.perSecond));
const ratios: [what: string, of: Statistic, bar: string][] = [
  ['receipt p50', ofAll('receipts', 0.5), '<= 1.3'],
  ['receipt p95', ofAll('receipts', 0.95), '<= 1.3'],
  ['receipt p99', ofAll('receipts', 0.99), '<= 1.3'],
  ['alarm p50, click to Teams', ofAll('alarms', 0.5), '<= 1.5'],
  ['alarm p95, click to Teams', ofAll('alarms', 0.95), '<= 1.5'],
  ['alarm p99, click to Teams', ofAll('alarms', 0.99), '<= 1.5'],
  ['reports a second', perSecond, '>= 0.6'],
  ['processor time of a report', ({ loads }) => median(loads.map(({ worked }) => worked)), ''],
];

const ratioOf = ({ ours, floor }: Compared, of: Statistic): number => of(ours) / of(floor);

/** Which of so many turns, drawn anew from them. */
const someOf = (turns: number): number[] =>
  Array.from({ length: turns }, () => Math.floor(Math.random() * turns));

function drawnAnew(worlds: readonly Compared[]): Compared[] {
  const [first] = worlds;
  const times = someOf(first?.ours.times.length ?? 0);
  const loads = someOf(first?.ours.loads.length ?? 0);
  const pick = <T>(all: readonly T[], which: readonly number[]): T[] =>
    which.flatMap((n) => all.slice(n, n + 1));
  const each = (of: Measured): Measured => ({ times: pick(of.times, times), loads: pick(of.loads, loads) });
  return worlds.map(({ stored, ours, floor }) => ({ stored, ours: each(ours), floor: each(floor) }));
}

/**
 * A number, and in brackets between which two it lies in nine of ten drawings anew from the same run (bootstrap). Whole turns
 * are drawn, for all bots the same: what makes a report slow makes its neighbours slow, so that the p99 of 300, the third
 * longest, hangs on a turn or two. Of what differs from run to run this knows nothing.
 */
function withChance(of: (worlds: readonly Compared[]) => number, worlds: readonly Compared[]): string {
  const drawn = Array.from({ length: draws }, () => of(drawnAnew(worlds)));
  return `${times(of(worlds))} (${times(percentile(drawn, 0.05))}-${times(percentile(drawn, 0.95))})`;
}

function tellRatios(world: Compared): void {
  say(`\nours / floor, ${world.stored} cases stored`);
  for (const [what, of, bar] of ratios) {
    const unit = of === perSecond ? (value: number) => `${value.toFixed(0)}/s` : ms;
    const ratio = withChance(([drawn = world]) => ratioOf(drawn, of), [world]);
    row(`${what} (${unit(of(world.ours))} / ${unit(of(world.floor))})`, ratio, bar);
  }
}

async function counted(storage: Storage, teams: Teams, dataDir: string): Promise<Cost[]> {
  const counter = await openCounter(storage.port);
  const bot = await startOurs(storage.connection(counter.port), dataDir);
  try {
    return await costs(counter, bot.url, teams.url, (nonce) => teams.ask({ forms: [formOf(nonce)] }));
  } finally {
    await bot.stop();
    await counter.close();
  }
}

/** A report that a bot has been sent, when nothing is left to be done about it. */
async function settled(storage: Storage, teams: Teams, bot: Bot, table: Pattern['table']): Promise<Pattern> {
  const sent = new Map<string, number>();
  await report(bot, teams, sent);
  const [id = ''] = sent.keys();
  await alarmsOf(teams, sent);
  if (table === 'incidents') await closed(bot, teams, id);
  await wait(1_000);
  const pattern = await patternOf(storage.connection(), table, id);
  if (pattern.rows.some(({ rowKey }) => rowKey.startsWith('open|')))
    throw new Error('the case is not closed');
  return pattern;
}

async function worldOf(teams: Teams, stored: number): Promise<World> {
  const place = await newPlace();
  const connection = place.storage.connection();
  const floor = kept(await startFloor(connection));
  const ours = kept(await attached(place.storage, teams, place.dataDir));
  const began = now();
  let rows = 0;
  for (const [bot, table] of [[floor, 'floor'] as const, [ours, 'incidents'] as const]) {
    rows += await fill(connection, await settled(place.storage, teams, bot, table), stored);
    bot.pause();
  }
  say(`filled: ${rows} rows in ${((now() - began) / 1_000).toFixed(0)} s`);
  return { ...place, stored, bots: { floor, ours } };
}

/** @returns where many cases are stored */
export async function againstFloor(teams: Teams): Promise<Place> {
  const [fewStored, manyStored] = [await worldOf(teams, few), await worldOf(teams, cases)];
  await wait(roomAgain);
  const { compared, pieces } = await compare([fewStored, manyStored], teams);
  say(`\n${rounds} rounds; ${pressedAgain()} pressed again`);
  const [usual, rare] = [percentile(pieces, 0.5), percentile(pieces, 0.99)];
  row('the machine by itself: p50, p99, p99 / p50', `${ms(usual)}, ${ms(rare)}, ${times(rare / usual)}`, '');
  for (const world of compared) tellRatios(world);
  say(`\nthe ratio at ${cases} cases to the ratio at ${few}`);
  for (const [what, of] of ratios) {
    const grown = (worlds: readonly Compared[]): number => {
      const [before = Number.NaN, after = Number.NaN] = worlds.map((world) => ratioOf(world, of));
      return of === perSecond ? before / after : after / before;
    };
    row(what, withChance(grown, compared), '<= 1.1');
  }
  for (const { bots } of [fewStored, manyStored]) for (const bot of Object.values(bots)) await bot.stop();
  // Where the bot has just been told as much as its chats take, what follows from a report is sent and counted later.
  await wait(roomAgain);
  const countedFew = await counted(fewStored.storage, teams, fewStored.dataDir);
  const countedMany = await counted(manyStored.storage, teams, manyStored.dataDir);
  say(`\nwhat the storage is asked, deliveries included (${few} cases / ${cases} cases)`);
  for (const [n, one] of countedFew.entries()) {
    row(one.operation, `${asked(one)} / ${asked(countedMany[n] ?? one)}`, 'the same');
  }
  await fewStored.storage.stop();
  return manyStored;
}

const asked = ({ gets, writes, lists, rows }: Cost): string => `${gets}g ${writes}w ${lists}l ${rows}r`;
