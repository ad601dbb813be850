/**
 * A storm: many people report while the bot is killed again and again, Teams fails, and the storage's wire is cut.
 * Everything that happens is written down for the checker.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { freePort } from '../../bot/local/ports.ts';
import { texts } from '../../bot/text/index.ts';
import { openWire, type Wire } from '../storage/wire.ts';
import { people, personOf, wordsIn } from '../world/bot.ts';
import { type Call, type Fault, startConnector } from '../world/connector.ts';
import type { Happening } from './checker.ts';
import { type Random, seeded } from './random.ts';
import { startVictim } from './victim.ts';

export interface Weather {
  seed: number;
  reports: number;
  kills: number;
  /** How often a call to Teams fails, 0 to 1. */
  faults: number;
  /** A storage that is never killed itself: Azurite forgets what it was just told when it is. */
  storage: { port: number; connection: (port?: number) => string };
}

export interface Storm {
  history: Happening[];
  kills: number;
  faults: number;
  cuts: number;
  /** Milliseconds from a start of the bot until it served. */
  starts: number[];
}

const clients = 12;
const numberPattern = /H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/;

export async function storm(weather: Weather): Promise<Storm> {
  const random = seeded(weather.seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'storm-'));
  const wire = await openWire(weather.storage.port);
  let raging = false;
  let faults = 0;
  const connector = await startConnector(() => {
    if (!raging || !random.chance(weather.faults)) return undefined;
    faults += 1;
    return faultOf(random);
  });
  const victim = await startVictim({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    STORAGE_CONNECTION: weather.storage.connection(wire.port),
  });
  const history: Happening[] = [];
  const post = (activity: object) => say(victim.url, connector.url, activity);
  for (const who of ['Alva', 'Tove']) await post(installed(who, 'personal'));
  await post(installed('Karin', 'channel'));
  await wait(300);

  raging = true;
  let kills = 0;
  let next = 0;
  /** Pressed again, as a person would, until the answer is a card of the case. */
  const untilAnswered = async (activity: object): Promise<string> => {
    for (let tries = 0; tries < 500; tries++) {
      const number = await post(activity).catch(() => undefined);
      if (number) return number;
      await wait(random.between(100, 400));
    }
    throw new Error('a click was never answered');
  };
  const client = async (): Promise<void> => {
    for (let report = next++; report < weather.reports; report = next++) {
      // Spread over the whole storm: the reports of a part wait until its kills have begun.
      while (kills < Math.floor((report / weather.reports) * weather.kills)) await wait(10);
      const nonce = `2026-${weather.seed}-${report}`;
      history.push({ what: 'submitted', nonce });
      const number = await untilAnswered(reports(nonce));
      history.push({ what: 'confirmed', nonce, number });
      await untilAnswered(takes(number));
      history.push({ what: 'acknowledged', number });
    }
  };
  const killer = async (): Promise<void> => {
    for (; kills < weather.kills; kills++) {
      await wait(random.between(20, 400));
      await victim.kill();
    }
  };
  const { cuts, end } = cutter(wire, random);
  await Promise.all([killer(), ...Array.from({ length: clients }, client)]);

  raging = false;
  end();
  await drained(weather.storage.connection());
  await victim.stop();
  for await (const { rowKey = '', json } of tableOf(weather.storage.connection()).listEntities<{
    json: string;
  }>()) {
    if (!rowKey.startsWith('state|')) continue;
    const taken = !json.includes('"status":"new"');
    history.push({ what: 'stored', number: rowKey.split('|')[1] ?? '', taken });
  }
  history.push(...connector.calls.flatMap(postOf));
  await connector.stop();
  await wire.close();
  await rm(dataDir, { recursive: true });
  return { history, kills, faults, cuts: cuts(), starts: victim.starts };
}

/** Faults that leave the target reachable; those that end a target for good belong to the ladder's tests. */
function faultOf(random: Random): Fault {
  const status = (code: number, headers: Record<string, string> = {}): Fault['answer'] => ({
    status: code,
    headers,
  });
  return random.pick<Fault>([
    { stored: false, answer: status(429) },
    { stored: false, answer: status(429, { 'retry-after': '1' }) },
    { stored: false, answer: status(412) },
    { stored: false, answer: status(503) },
    { stored: random.chance(0.5), answer: status(500) },
    { stored: random.chance(0.5), answer: status(502) },
    { stored: random.chance(0.5), answer: status(504) },
    { stored: false, answer: 'cut' },
    { stored: true, answer: 'cut' },
    { stored: random.chance(0.5), answer: 'hang' },
    { stored: true, answer: { status: 200, body: '<html>' } },
  ]);
}

/** Now and then the storage's wire is cut, before or after the storage has heard, or hangs. */
function cutter(wire: Wire, random: Random) {
  let ended = false;
  let cuts = 0;
  const cut = async (): Promise<void> => {
    while (!ended) {
      await wait(random.between(400, 1_500));
      if (ended) break;
      const fault = random.pick(['cutBefore', 'cutAfter', 'cutAfter', 'hang'] as const);
      wire.transactions = fault;
      if (random.chance(0.3)) wire.reads = fault;
      cuts += 1;
      await wait(random.between(20, 200));
      wire.transactions = 'none';
      wire.reads = 'none';
    }
  };
  void cut();
  return {
    cuts: () => cuts,
    end: () => {
      ended = true;
      wire.transactions = 'none';
      wire.reads = 'none';
    },
  };
}

const envelope = (who: string, place: 'personal' | 'channel') => ({
  channelId: 'msteams',
  from: { id: personOf(who).id, aadObjectId: personOf(who).oid },
  recipient: people.bot,
  conversation: { id: place === 'channel' ? people.triageChannel : `a:${who}`, conversationType: place },
  channelData: place === 'channel' ? { team: { id: people.team.id } } : {},
});
const installed = (who: string, place: 'personal' | 'channel') => ({
  ...envelope(who, place),
  type: 'conversationUpdate',
});
const pressed = (who: string, verb: string, data: object) => ({
  ...envelope(who, 'personal'),
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { verb, data } },
});
const reports = (nonce: string) =>
  pressed('Alva', 'report', { nonce, dangerNow: 'yes', channel: 'phone', where: 'x', text: nonce });
const takes = (incident: string) =>
  pressed('Tove', 'acknowledge', { incident, face: 'alarm', nonce: 'storm' });
/** @returns the case number of a confirmation; `undefined` for any other answer */
async function say(url: string, serviceUrl: string, activity: object): Promise<string | undefined> {
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...activity, serviceUrl }),
    signal: AbortSignal.timeout(10_000),
  });
  return numberPattern.exec(await response.text())?.[0];
}

const { alarm, triage, receipt, digest, labels } = texts('sv');
const notices = ['alarm', 'triage', 'receipt'] as const;
const cardSummary = { alarm: alarm.summary, triage: triage.summary, receipt: receipt.summary };

/** A message that came to stand: which, about which cases, for whom, and whether it says that it may be a repeat. */
function postOf({ method, path, body }: Call): Happening[] {
  if (method !== 'POST') return [];
  const { summary = '', attachments = [] } = body.activity ?? body;
  const said = wordsIn(attachments);
  const repeat = said.includes(labels.repeat);
  const [number = ''] = numberPattern.exec(summary) ?? [];
  const card = notices.find((notice) => summary === cardSummary[notice](number));
  if (card) return [{ what: 'posted', number, notice: card, as: 'card', to: path, repeat }];
  const many = notices.find((notice) => said.some((words) => isTitle(notice, words)));
  if (!many) return [];
  return said.flatMap((words): Happening[] => {
    const [line] = numberPattern.exec(words) ?? [];
    const again = words.includes(digest.repeat);
    return line
      ? [{ what: 'posted', number: line, notice: many, as: 'digest', to: path, repeat: again }]
      : [];
  });
}

const isTitle = (notice: (typeof notices)[number], words: string): boolean =>
  digest.title[notice](Number.parseInt(words, 10)) === words;

const tableOf = (connection: string) =>
  TableClient.fromConnectionString(connection, 'incidents', { allowInsecureConnection: true });

async function rowsOf(connection: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { rowKey } of tableOf(connection).listEntities()) {
    if (rowKey?.startsWith(prefix)) keys.push(rowKey);
  }
  return keys;
}

/** Until nothing is due any more: what a kill left behind is found by the sweep, and what failed is tried again. */
async function drained(connection: string): Promise<void> {
  const end = performance.now() + 300_000;
  for (;;) {
    const soon = new Date(Date.now() + 45_000).toISOString();
    const due = (await rowsOf(connection, 'due|')).filter((key) => (key.split('|')[1] ?? '') < soon);
    if (due.length === 0) return;
    if (performance.now() > end) {
      const kinds = Map.groupBy(due, (key) => key.split('|')[3]?.replace(/^\d+\./, ''));
      const counts = [...kinds].map(([kind, keys]) => `${keys.length} ${kind}`);
      throw new Error(`five minutes after the storm still due: ${counts.join(', ')}`);
    }
    await wait(500);
  }
}
