/** What clients say to real bots, what goes wrong in Teams, and what is read from Teams and storage when all is over. */
import { setTimeout as wait } from 'node:timers/promises';
import { odata, TableClient } from '@azure/data-tables';
import { cardsIn } from '../../bot/storage/cards.ts';
import { dueRowsOf } from '../../bot/storage/due.ts';
import type { StoredRow } from '../../bot/storage/tables.ts';
import { texts } from '../../bot/text/index.ts';
import { people, personOf, wordsIn } from '../world/bot.ts';
import type { Call, FakeConnector, Fault } from '../world/connector.ts';
import type { Happening } from './checker.ts';
import type { Random } from './random.ts';

const numberPattern = /H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/;

type Place = 'personal' | 'channel';
const envelope = (who: string, place: Place) => ({
  channelId: 'msteams',
  from: { id: personOf(who).id, aadObjectId: personOf(who).oid },
  recipient: people.bot,
  conversation: { id: place === 'channel' ? people.triageChannel : `a:${who}`, conversationType: place },
  channelData: place === 'channel' ? { team: { id: people.team.id } } : {},
});
const installed = (who: string, place: Place) => ({ ...envelope(who, place), type: 'conversationUpdate' });
const pressed = (who: string, verb: string, data: object) => ({
  ...envelope(who, 'personal'),
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { verb, data } },
});
/** Two, for nobody's chat takes more than 40 messages in half a minute. */
export const reporters = ['Alva', 'Greta'] as const;
export const reports = (nonce: string, who: (typeof reporters)[number] = 'Alva') =>
  pressed(who, 'report', { nonce, dangerNow: 'yes', channel: 'phone', where: 'x', text: nonce });
export const takes = (incident: string) =>
  pressed('Tove', 'acknowledge', { incident, face: 'alarm', nonce: 'storm' });
export const reaches = (incident: string) =>
  pressed('Tove', 'reached', { incident, face: 'alarm', nonce: 'storm' });

/** Which cards a report must come to stand as, and in whose chat. @param stored the case as JSON */
const toBeTold = (stored: string) =>
  [
    ['alarm', 'Tove'],
    ['triage', 'channel'],
    ['receipt', reporters.find((who) => stored.includes(`"reporter":"${personOf(who).oid}"`)) ?? 'nobody'],
  ] as const;

/** Everyone that a report is told to has the bot. */
export async function everyoneInstalls(url: string, serviceUrl: string): Promise<void> {
  for (const who of [...reporters, 'Tove']) await say(url, serviceUrl, installed(who, 'personal'));
  await say(url, serviceUrl, installed('Karin', 'channel'));
  await wait(300);
}

/**
 * @param within milliseconds
 * @returns the case number of a confirmation; `undefined` for any other answer
 */
async function say(
  url: string,
  serviceUrl: string,
  activity: object,
  within = 10_000,
): Promise<string | undefined> {
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...activity, serviceUrl }),
    signal: AbortSignal.timeout(within),
  });
  return numberPattern.exec(await response.text())?.[0];
}

/** Pressed again, as a person would, until the answer is a card of the case. */
export async function untilAnswered(
  random: Random,
  urlOf: () => string,
  serviceUrl: string,
  activity: object,
  within?: number,
): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const number = await say(urlOf(), serviceUrl, activity, within).catch(() => undefined);
    if (number) return number;
    await wait(random.between(100, 400));
  }
  throw new Error('a click was never answered');
}

/** Faults that leave the target reachable; those that end a target for good belong to the ladder's tests. */
export function faultOf(random: Random): Fault {
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

/** What somebody is to be told or shown now, and not by a deadline ahead. */
const toTellNow = /\.post\.(alarm|triage|receipt|taken)\.|\.freshen$/;

/**
 * Until nobody is to be told anything more: what was left behind is found by the sweep, and what failed is tried again.
 *
 * @param most milliseconds
 * @returns how many milliseconds it took
 */
export async function drained(connection: string, most = 300_000): Promise<number> {
  const start = performance.now();
  for (;;) {
    const rows = await rowsOf(connection, 'due');
    const due = rows.flatMap(dueIn).filter(({ what }) => toTellNow.test(what));
    if (due.length === 0) return performance.now() - start;
    if (performance.now() - start > most) {
      const kinds = Map.groupBy(due, ({ what }) => what.replace(/^\d+\./, ''));
      const counts = [...kinds].map(([kind, rows]) => `${rows.length} ${kind}`);
      throw new Error(`${most / 60_000} minutes afterwards still due: ${counts.join(', ')}`);
    }
    await wait(2_000);
  }
}

/** The whole history: what clients have lived, with what stands in storage and in Teams at the end. */
export async function withWhatStands(
  lived: readonly Happening[],
  connection: string,
  { calls, standing }: FakeConnector,
): Promise<Happening[]> {
  const history: Happening[] = [...lived];
  const rows = await rowsOf(connection);
  const statuses = new Map<string, string>();
  const promised: Happening[] = [];
  for (const row of rows) {
    const [kind = '', number = ''] = row.rowKey.split('|');
    if (kind !== 'state') continue;
    const json = String(row.json);
    statuses.set(number, /"status":"(\w+)"/.exec(json)?.[1] ?? kind);
    for (const [notice, to] of toBeTold(json))
      promised.push({ what: 'promised', number, notice, to, must: true });
  }
  for (const [number, status] of statuses) {
    history.push({ what: 'stored', number, taken: status !== 'new' });
  }
  for (const { id: number, notice, activityId } of rows.flatMap(cardsIn)) {
    const words = wordsIn(standing.get(activityId)?.body).join('\n');
    const current = pictures[statuses.get(number) ?? '']?.[notice]?.test(words) ?? false;
    history.push({ what: 'standing', number, card: notice, current });
  }
  return [...promised, ...history, ...calls.flatMap(postOf)];
}

/** What each card of a case says, by where the case stands. */
const pictures: Record<string, Record<string, RegExp>> = {
  acknowledged: { alarm: / tog det /, triage: /^Taget$/m, receipt: /^Rapporten är tagen/m },
  reached: {
    alarm: /fick tag på personen/,
    triage: /^Har fått tag på personen$/m,
    receipt: /^Vi har fått tag på dig/m,
  },
};

const { alarm, triage, receipt, digest, labels } = texts('sv');
const notices = ['alarm', 'triage', 'receipt'] as const;
const cardSummary = { alarm: alarm.summary, triage: triage.summary, receipt: receipt.summary };

/** A message that came to stand: which, about which cases, for whom, and whether it says that it may be a repeat. */
function postOf({ method, path, body }: Call): Happening[] {
  if (method !== 'POST') return [];
  const { summary = '', attachments = [] } = body.activity ?? body;
  const to = /a:(\w+)/.exec(path)?.[1] ?? 'channel';
  const said = wordsIn(attachments);
  const repeat = said.includes(labels.repeat);
  const [number = ''] = numberPattern.exec(summary) ?? [];
  const card = notices.find((notice) => summary === cardSummary[notice](number));
  if (card) return [{ what: 'posted', number, notice: card, as: 'card', to, repeat }];
  const many = notices.find((notice) => said.some((words) => isTitle(notice, words)));
  if (!many) return [];
  return said.flatMap((words): Happening[] => {
    const [line] = numberPattern.exec(words) ?? [];
    const again = words.includes(digest.repeat);
    return line ? [{ what: 'posted', number: line, notice: many, as: 'digest', to, repeat: again }] : [];
  });
}

const isTitle = (notice: (typeof notices)[number], words: string): boolean =>
  digest.title[notice](Number.parseInt(words, 10)) === words;

/** Rows of table `incidents`; of one kind when it is named. */
async function rowsOf(connection: string, named = ''): Promise<StoredRow[]> {
  const table = TableClient.fromConnectionString(connection, 'incidents', { allowInsecureConnection: true });
  const rows: StoredRow[] = [];
  const [from, to] = named ? [`${named}|`, `${named}}`] : ['', '~'];
  const queryOptions = { filter: odata`RowKey ge ${from} and RowKey lt ${to}` };
  for await (const row of table.listEntities({ queryOptions })) {
    const { partitionKey = '', rowKey = '', etag } = row;
    rows.push({ ...row, partitionKey, rowKey, etag });
  }
  return rows;
}

function dueIn(row: StoredRow) {
  const due = dueRowsOf(row);
  if (!due) throw new Error(`${row.rowKey} cannot be read`);
  return due;
}
