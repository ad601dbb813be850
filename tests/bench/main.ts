/**
 * `npm run bench`: what the product takes beyond what no such bot can leave out, and the promises in seconds. It
 * reports, and judges nothing. `npm run bench -- burst` runs a part of it (`floor`, `promises`, `burst`, `gate`).
 * `BENCH_CASES`, `BENCH_ROUNDS`, `BENCH_REPORTS`, `BENCH_AT_ONCE`, `BENCH_SECONDS`, `BENCH_BURST` and `BENCH_TOKENS` set
 * its size.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { measureApart } from './apart.ts';
import { openCounter } from './counter.ts';
import { fill, type Pattern, patternOf } from './fill.ts';
import { gateCosts } from './gate.ts';
import { type Cost, costs, median } from './operations.ts';
import {
  type Bot,
  folder,
  type Part,
  type Storage,
  startFloor,
  startOurs,
  startStorage,
  startTeams,
  type Teams,
  until,
} from './parts.ts';
import { formOf, isThere, newLines, now, presses, reports, send } from './people.ts';
import type { Came } from './teams.ts';

const size = (name: string, usual: number) => Number(process.env[name] ?? usual);
const cases = size('BENCH_CASES', 100_000);
const rounds = size('BENCH_ROUNDS', 3);
const perRound = size('BENCH_REPORTS', 100);
const atOnce = size('BENCH_AT_ONCE', 240);
const seconds = size('BENCH_SECONDS', 60);
const tokens = size('BENCH_TOKENS', 100_000);
const few = 100;
/** Of single reports so many are measured of one bot before it is the other's turn: what the machine does meets both. */
const inATurn = 20;
/** Then Teams takes as much as ever in every conversation. */
const roomAgain = 31_000;
/** Then nearly all has been told that follows from what was reported. */
const told = 5_000;
/** Then no step of an acute case comes due that nobody has to do any more: the ladder asks on after 5 minutes. */
const laddersPast = 5.5 * 60_000;
/** Enough to keep the bot and the storage busy. */
const clients = 8;

const stops: Part[] = [];
const kept = <T extends Part>(part: T): T => {
  stops.unshift(part);
  return part;
};
const say = (line = '') => process.stdout.write(`${line}\n`);
const row = (...cells: [what: string, value: string, bar: string]) =>
  say(`${cells[0].padEnd(58)}${cells[1].padStart(16)}   ${cells[2]}`);
const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN;
const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const times = (value: number) => value.toFixed(2);

/** How often a report was answered with anything but its confirmation. */
let pressedAgain = 0;
let nonces = 0;
const newNonce = () => `2026-bench-${process.pid}-${++nonces}`;

/** One report, timed from the click: to its answer, and (in `sent`) by its number. */
async function report(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<number> {
  const nonce = newNonce();
  teams.ask({ forms: [formOf(nonce)] });
  const began = now();
  for (let tries = 0; tries < 20; tries++) {
    const number = await send(bot.url, teams.url, reports(nonce)).then(
      (answer) => answer.number,
      () => '',
    );
    if (number) {
      sent.set(number, began);
      return now() - began;
    }
    // As a person does who is told that it was not stored, or nothing.
    pressedAgain += 1;
  }
  throw new Error('no confirmation after 20 tries');
}

/** Milliseconds from each click to its alarm in Teams, when all of them have come. */
async function alarmsOf(teams: Teams, sent: Map<string, number>, within = 60_000): Promise<number[]> {
  const first = new Map<string, number>();
  await until(
    async () => {
      const { came } = await teams.tell();
      for (const { kind, numbers, at } of came) {
        for (const number of kind === 'alarm' ? numbers : []) {
          if (sent.has(number) && !first.has(number)) first.set(number, at);
        }
      }
      return first.size >= sent.size;
    },
    'every alarm comes',
    within,
  );
  return [...first].map(([number, at]) => at - (sent.get(number) ?? at));
}

interface Measured {
  receipt50: number;
  receipt99: number;
  alarm50: number;
  alarm99: number;
  perSecond: number;
  /** Processor time of a report when there are many, its deliveries included. */
  worked: number;
}
/** In ms, of each report. */
interface Times {
  receipts: number[];
  alarms: number[];
}
type Load = Pick<Measured, 'perSecond' | 'worked'>;

/** One report after another, no faster than the bot sends notices into one conversation (40 in 32 s). */
async function oneByOne(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<Times> {
  const receipts: number[] = [];
  for (let n = 0; n < inATurn; n++) {
    const next = wait(850);
    receipts.push(await report(bot, teams, sent));
    await next;
  }
  return { receipts, alarms: await alarmsOf(teams, sent) };
}

/** Of all turns together: the 99th of a turn alone would be its longest. */
function percentiles(all: readonly Times[]): Omit<Measured, keyof Load> {
  const receipts = all.flatMap((turn) => turn.receipts);
  const alarms = all.flatMap((turn) => turn.alarms);
  return {
    receipt50: percentile(receipts, 0.5),
    receipt99: percentile(receipts, 0.99),
    alarm50: percentile(alarms, 0.5),
    alarm99: percentile(alarms, 0.99),
  };
}

/** As many as it takes, while it delivers them as fast as Teams lets it. */
async function allAtOnce(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<Load> {
  const before = await bot.worked();
  const began = now();
  let left = atOnce;
  const client = async () => {
    while (left-- > 0) await report(bot, teams, sent);
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = (sent.size * 1_000) / (now() - began);
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
const names = ['floor', 'ours'] as const satisfies (keyof Bots)[];

/** Both bots on a storage of their own, where so many cases are stored for each. */
interface World {
  stored: number;
  storage: Storage;
  dataDir: string;
  bots: Bots;
}

/** In turn, the others paused; which is first changes every time, and the first time only warms up. */
async function inTurn<T>(
  bots: readonly Bot[],
  turns: number,
  measure: (bot: Bot) => Promise<T>,
): Promise<Map<Bot, T[]>> {
  const all = new Map<Bot, T[]>(bots.map((bot) => [bot, []]));
  for (let n = -1; n < turns; n++) {
    for (const bot of n % 2 === 0 ? bots : bots.toReversed()) {
      for (const other of bots) other.pause();
      bot.goOn();
      newLines();
      await wait(500);
      const measured = await measure(bot);
      if (n >= 0) all.get(bot)?.push(measured);
    }
  }
  for (const bot of bots) bot.goOn();
  return all;
}

/** All of it in the same minutes: what the machine does meanwhile shall not look like what many cases do. */
async function compare(worlds: readonly World[], teams: Teams): Promise<Record<keyof Bots, Measured>[]> {
  const bots = worlds.flatMap((world) => names.map((name) => world.bots[name]));
  const ours = new Set(worlds.map((world) => world.bots.ours));
  const measured = <T>(
    turns: number,
    run: (bot: Bot, teams: Teams, sent: Map<string, number>) => Promise<T>,
  ) =>
    inTurn(bots, turns, async (bot) => {
      const sent = new Map<string, number>();
      const all = await run(bot, teams, sent);
      if (ours.has(bot)) await allClosed(bot, teams, sent);
      return all;
    });
  // The load first: a bot that has run for a while is quicker, and it shall have run as long with few cases as with many.
  const loads = await measured(rounds, allAtOnce);
  await wait(laddersPast);
  const times = await measured((rounds * perRound) / inATurn, oneByOne);
  const both = (bot: Bot) => ({ ...percentiles(times.get(bot) ?? []), ...middle(loads.get(bot) ?? []) });
  return worlds.map((world) => ({ floor: both(world.bots.floor), ours: both(world.bots.ours) }));
}

/** Of each number its median. */
function middle<T extends Record<keyof T, number>>(all: readonly T[]): T {
  const [first] = all;
  if (!first) return never();
  const keys = Object.keys(first) as (keyof T)[];
  return Object.fromEntries(keys.map((name) => [name, median(all.map((each) => each[name]))])) as T;
}

const ratios: [what: string, of: keyof Measured, bar: string][] = [
  ['receipt p50', 'receipt50', '<= 1.3'],
  ['receipt p99', 'receipt99', '<= 1.3'],
  ['alarm p50, click to Teams', 'alarm50', '<= 1.5'],
  ['alarm p99, click to Teams', 'alarm99', '<= 1.5'],
  ['reports a second', 'perSecond', '>= 0.6'],
  ['processor time of a report', 'worked', ''],
];

function tellRatios(stored: number, { floor, ours }: Record<keyof Bots, Measured>): void {
  say(`\nours / floor, ${stored} cases stored`);
  for (const [what, of, bar] of ratios) {
    const unit = of === 'perSecond' ? (value: number) => `${value.toFixed(0)}/s` : ms;
    row(`${what} (${unit(ours[of])} / ${unit(floor[of])})`, times(ours[of] / floor[of]), bar);
  }
}

async function attached(storage: Storage, teams: Teams, dataDir: string): Promise<Bot> {
  const bot = await startOurs(storage.connection(), dataDir);
  for (const who of ['Alva', 'Tove']) await send(bot.url, teams.url, isThere(who));
  await send(bot.url, teams.url, isThere('Karin', 'channel'));
  return bot;
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

/** At one report a second, as on a bad day; and how soon a killed bot serves again and does what is overdue. */
async function promises(storage: Storage, teams: Teams, dataDir: string): Promise<void> {
  const bot = kept(await attached(storage, teams, dataDir));
  const sent = new Map<string, number>();
  const receipts: number[] = [];
  for (let n = 0; n < seconds; n++) {
    const next = wait(1_000);
    receipts.push(await report(bot, teams, sent));
    await next;
  }
  const alarms = await alarmsOf(teams, sent);
  say(`\nThe promises in seconds (${seconds} reports at 1/s)`);
  row(
    'confirmation p50, p99',
    `${ms(percentile(receipts, 0.5))}, ${ms(percentile(receipts, 0.99))}`,
    '<= 1 s',
  );
  row('alarm p50, p99', `${ms(percentile(alarms, 0.5))}, ${ms(percentile(alarms, 0.99))}`, '<= 2 s');
  await restart(bot, storage, teams, dataDir);
}

/** The alarm to be sent is cut off by the kill, in the middle of what the bot was doing. */
async function restart(bot: Bot, storage: Storage, teams: Teams, dataDir: string): Promise<void> {
  const sent = new Map<string, number>();
  const overdue = await storeOverdue(storage, teams, bot, sent);
  const began = now();
  const again = kept(await startOurs(storage.connection(), dataDir));
  const first = await firstOf(teams, overdue);
  row('restart after SIGKILL to serving', ms(again.started), '<= 2 s');
  row('an overdue step is done, after the start', ms(first - began), '<= 5 s');
  await again.stop();
}

/** A case is taken and its bot killed; the time of a step is moved to the past, as if it had been gone so long. */
async function storeOverdue(
  storage: Storage,
  teams: Teams,
  bot: Bot,
  sent: Map<string, number>,
): Promise<string> {
  await report(bot, teams, sent);
  await alarmsOf(teams, sent);
  await wait(500);
  const [number = ''] = sent.keys();
  await bot.kill();
  await teams.tell();
  const { TableClient } = await import('@azure/data-tables');
  const table = TableClient.fromConnectionString(storage.connection(), 'incidents', {
    allowInsecureConnection: true,
  });
  const { rows } = await patternOf(storage.connection(), 'incidents', number);
  const steps = rows.find(({ rowKey, json }) => rowKey.startsWith('due|') && `${json}`.includes('escalate'));
  if (!steps) throw new Error('no step waits');
  const past = new Date(Date.now() - 60_000).toISOString();
  const moved = JSON.stringify(steps).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, past);
  await table.createEntity(JSON.parse(moved));
  await table.deleteEntity(steps.partitionKey, steps.rowKey);
  return number;
}

/** When the first message about this case came. */
async function firstOf(teams: Teams, number: string): Promise<number> {
  let found: Came | undefined;
  await until(async () => {
    const { came } = await teams.tell();
    found ??= came.find(({ numbers }) => numbers.includes(number));
    return found !== undefined;
  }, 'the overdue step is done');
  return found?.at ?? Number.NaN;
}

/** A thousand reports over ten seconds, to a Teams that takes no more than it says it does. */
async function burst(storage: Storage, teams: Teams, dataDir: string): Promise<void> {
  const bot = kept(await attached(storage, teams, dataDir));
  const many = size('BENCH_BURST', 1_000);
  await wait(roomAgain);
  const { refused: before } = await teams.tell();
  pressedAgain = 0;
  teams.ask({ limits: true });
  const sent = new Map<string, number>();
  const began = now();
  const receipts = await Promise.all(
    Array.from({ length: many }, async (_, n) => {
      await wait((n * 10_000) / many);
      return report(bot, teams, sent);
    }),
  );
  const standing = { Tove: new Map<string, number>(), channel: new Map<string, number>() };
  const longest = size('BENCH_BURST_SECONDS', 120) * 1_000;
  const isAll = () => standing.Tove.size >= sent.size && standing.channel.size >= sent.size;
  let refused = 0;
  while (!isAll() && now() - began < longest) {
    const told = await teams.tell();
    refused = told.refused - before;
    for (const { conversation, numbers, at } of told.came) {
      const place =
        conversation === 'a:Tove' ? standing.Tove : conversation === 'a:Alva' ? undefined : standing.channel;
      for (const number of numbers) if (sent.has(number) && !place?.has(number)) place?.set(number, at);
    }
    await wait(200);
  }
  teams.ask({ limits: false });
  say(`\n${many} reports over 10 s, to a Teams that enforces its limits (${pressedAgain} pressed again)`);
  row(
    'confirmation p50, p99',
    `${ms(percentile(receipts, 0.5))}, ${ms(percentile(receipts, 0.99))}`,
    '<= 1 s',
  );
  for (const [who, numbers] of Object.entries(standing)) {
    const at = [...numbers.values()].map((each) => each - began);
    row(`${who}: first card`, ms(Math.min(...at)), '<= 2 s');
    const all = numbers.size >= sent.size ? `${(Math.max(...at) / 1_000).toFixed(1)} s` : 'not yet';
    row(`${who}: ${numbers.size} of ${sent.size} numbers stand, the last after`, all, '<= 60 s');
  }
  row('answers 429', String(refused), '0');
  await bot.kill();
}

async function gate(): Promise<void> {
  say(`\n${tokens} forged tokens of each kind, mean time to refuse one`);
  const { costs: refusals, grown } = await gateCosts(tokens);
  for (const { what, each, bar } of refusals) row(what, `${each.toFixed(1)} µs`, bar);
  row('the heap has grown by', `${(grown / 1024 / 1024).toFixed(2)} MB`, 'nothing kept');
}

async function main(): Promise<void> {
  if (wanted('gate')) await gate();
  if (!wanted('floor') && !wanted('promises') && !wanted('burst')) return;
  if (!measureApart())
    say('\nWho measures shares all processors with what is measured: the times are longer for it.');
  const teams = kept(await startTeams());
  if (wanted('floor')) await againstFloor(teams);
  if (!wanted('promises') && !wanted('burst')) return;
  const storage = kept(await startStorage());
  const { path: dataDir } = kept(await folder());
  if (wanted('promises')) await promises(storage, teams, dataDir);
  if (wanted('burst')) await burst(storage, teams, dataDir);
}

/** The parts that are named on the command line, or all. */
const wanted = (part: 'floor' | 'promises' | 'burst' | 'gate'): boolean =>
  process.argv.length === 2 || process.argv.includes(part);

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
  const storage = kept(await startStorage());
  const { path: dataDir } = kept(await folder());
  const bots = {
    floor: kept(await startFloor(storage.connection())),
    ours: kept(await attached(storage, teams, dataDir)),
  };
  const began = now();
  let rows = 0;
  for (const [bot, table] of [[bots.floor, 'floor'] as const, [bots.ours, 'incidents'] as const]) {
    const pattern = await settled(storage, teams, bot, table);
    rows += await fill(storage.connection(), pattern, { from: 0, to: stored });
    bot.pause();
  }
  say(`filled: ${rows} rows in ${((now() - began) / 1_000).toFixed(0)} s`);
  return { stored, storage, dataDir, bots };
}

async function againstFloor(teams: Teams): Promise<void> {
  const worlds = [await worldOf(teams, few), await worldOf(teams, cases)];
  await wait(roomAgain);
  const all = await compare(worlds, teams);
  say(`\n${rounds} rounds; ${pressedAgain} pressed again`);
  for (const [n, { stored }] of worlds.entries()) tellRatios(stored, all[n] ?? never());
  const [before = never(), after = never()] = all;
  say(`\nthe ratio at ${cases} cases to the ratio at ${few}`);
  for (const [what, of] of ratios) {
    const grown = after.ours[of] / after.floor[of] / (before.ours[of] / before.floor[of]);
    row(what, times(of === 'perSecond' ? 1 / grown : grown), '<= 1.1');
  }
  for (const { bots } of worlds) for (const name of names) await bots[name].stop();
  const costsOf: Cost[][] = [];
  for (const { storage, dataDir } of worlds) costsOf.push(await counted(storage, teams, dataDir));
  const [countedFew = never(), countedMany = never()] = costsOf;
  say(`\nwhat the storage is asked, deliveries included (${few} cases / ${cases} cases)`);
  for (const [n, one] of countedFew.entries()) {
    row(one.operation, `${asked(one)} / ${asked(countedMany[n] ?? one)}`, 'the same');
  }
  for (const { storage } of worlds) await storage.stop();
}

const never = (): never => {
  throw new Error('nothing measured');
};

const asked = ({ gets, writes, lists, rows }: Cost): string => `${gets}g ${writes}w ${lists}l ${rows}r`;

try {
  await main();
} finally {
  for (const part of stops) await part.stop();
}
process.exit();
