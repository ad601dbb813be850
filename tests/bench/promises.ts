/** The promises in seconds, on a bad day and in a burst. */
import { setTimeout as wait } from 'node:timers/promises';
import { patternOf } from './fill.ts';
import { type Bot, type Storage, startOurs, type Teams, until } from './parts.ts';
import { now } from './people.ts';
import {
  alarmsOf,
  attached,
  kept,
  ms,
  percentile,
  pressedAgain,
  report,
  roomAgain,
  row,
  say,
  size,
} from './reports.ts';
import type { Came } from './teams.ts';

const seconds = size('BENCH_SECONDS', 60);

/** At one report a second, as on a bad day; and how soon a killed bot serves again and does what is overdue. */
export async function promises(storage: Storage, teams: Teams, dataDir: string): Promise<void> {
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
export async function burst(storage: Storage, teams: Teams, dataDir: string): Promise<void> {
  const bot = kept(await attached(storage, teams, dataDir));
  const many = size('BENCH_BURST', 1_000);
  await wait(roomAgain);
  const { refused: before } = await teams.tell();
  pressedAgain();
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
  say(`\n${many} reports over 10 s, to a Teams that enforces its limits (${pressedAgain()} pressed again)`);
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
