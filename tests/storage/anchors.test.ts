/** The log proven by its anchors: nothing is changed, cut or forked unseen. */
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { AuditEntry } from '../../bot/core/access.ts';
import { type IncidentId, type Instant, incidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { anchorLog } from '../../bot/features/anchors.ts';
import type { Anchored, Anchors } from '../../bot/features/ports.ts';
import { storedAnchors } from '../../bot/storage/anchors.ts';
import { chainHash } from '../../bot/storage/audit.ts';
import { exportLog } from '../../bot/storage/exported.ts';
import { type Break, type ExportedLine, verify } from '../../bot/storage/verify.ts';
import { at, officer, report, reporter } from '../contracts/changes.ts';
import { temporaryFolder } from '../contracts/storages.ts';
import { seeded } from '../faults/random.ts';
import { type Opened, openedStorage } from './opened.ts';

const reading = (n: number): AuditEntry => ({
  at: at(n),
  by: n % 2 ? officer : reporter,
  what: 'read',
  why: 'alarm',
});
const ids = Array.from({ length: 6 }, (_, n) => incidentId(`H26-000-00${n}`));

async function exported(storage: Opened): Promise<ExportedLine[]> {
  const lines: ExportedLine[] = [];
  for await (const line of exportLog(storage.connection())) lines.push(line);
  return lines;
}
const whats = (lines: ExportedLine[], { hmac }: Opened): Break['what'][] =>
  verify(lines, hmac).breaks.map(({ what }) => what);

function anchorsOf({ anchors }: Opened): Anchors {
  if (!anchors) throw new Error('no anchors');
  return anchors;
}

describe('anchors', function () {
  this.timeout(60_000);
  let storage: Opened;
  beforeEach(async () => {
    storage = await openedStorage({ blobs: true });
  });
  const reads = async (id: IncidentId, times: number, from = 0) => {
    for (let n = 0; n < times; n++) await storage.cases.record(id, reading(from + n));
  };
  const anchored = (now: Instant, before?: Anchored) => anchorsOf(storage).anchor(now, before);

  it('hold the chains that have moved, once, each in a blob of its own', async () => {
    for (const id of ids) await reads(id, 2);
    await storage.audit.record(reading(0));
    const first = await anchored(at());
    expect(first).to.include({ count: 7, more: false });
    const none = await anchored(at(1), first);
    expect(none).to.include({ count: 0, mark: first.mark });
    await reads(ids[0] as IncidentId, 1, 2);
    const second = await anchored(at(2), none);
    expect(second.count).to.equal(1);
    const blobs = await storedAnchors(storage.connection());
    expect(blobs).to.have.length(2);
    expect(verify(await exported(storage), storage.hmac)).to.deep.equal({
      rows: 13 + 1 + 7,
      chains: 7,
      anchors: 2,
      breaks: [],
    });
  });

  it('say no case’s number, and nobody’s', async () => {
    await reads(ids[0] as IncidentId, 2);
    await anchored(at());
    const [blob] = await storedAnchors(storage.connection());
    expect(blob?.text).not.to.include(ids[0]).and.not.to.include(officer);
  });

  it('a chain that moves while it is anchored comes in the next one', async () => {
    const [id] = ids;
    if (!id) throw new Error('no case');
    await reads(id, 1);
    const first = anchored(at());
    await reads(id, 3, 1);
    const last = await anchored(at(1), await first);
    const texts = (await storedAnchors(storage.connection())).map(({ text }) => text).join('');
    await anchored(at(2), last);
    expect(texts).to.include('"seq":4');
  });

  it('are made every five minutes by one of two instances, and after an outage at once', async () => {
    let now = at();
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const other = await storage.again();
    const look = () =>
      Promise.all(
        [storage, other].map(({ routines }) =>
          anchorLog({ anchors: anchorsOf(storage), routines, clock: () => now, log }),
        ),
      );
    for (let n = 0; n <= 20; n++) {
      await reads(ids[0] as IncidentId, 1, n);
      now = at(n * minutes(1));
      await look();
    }
    expect(await storedAnchors(storage.connection())).to.have.length(5);
    now = at(minutes(24 * 60 * 3));
    await storage.audit.record({ ...reading(0), at: at(minutes(24 * 60)) });
    await look();
    expect(await storedAnchors(storage.connection())).to.have.length(6);
    expect(whats(await exported(storage), storage)).to.deep.equal([]);
  });

  it('a thousand random changes of the log are found, cuts up to the last anchor', async () => {
    for (const id of ids) {
      await storage.cases.commit(report(id));
      await reads(id, 12);
    }
    for (let n = 0; n < 12; n++) await storage.audit.record(reading(n));
    const first = await anchored(at());
    for (const id of ids) await reads(id, 6, 12);
    await anchored(at(1), first);
    const anchoredAt = 18;
    // After the last anchor: what is cut of these cannot be proven.
    for (const id of ids) await reads(id, 2, 18);
    const whole = await exported(storage);
    expect(whats(whole, storage), 'untouched').to.deep.equal([]);

    const random = seeded(20261126);
    const kinds = Object.keys(mutations);
    const missed: string[] = [];
    const done = new Map<string, number>();
    for (let n = 0; n < 1_000; n++) {
      const kind = kinds[n % kinds.length] ?? '';
      const lines = structuredClone(whole);
      mutations[kind]?.(lines, (below) => Math.floor(random.between(0, below)), anchoredAt);
      if (whats(lines, storage).length === 0) missed.push(`${kind} ${n}`);
      done.set(kind, (done.get(kind) ?? 0) + 1);
    }
    process.stdout.write(`      ${JSON.stringify(Object.fromEntries(done))}\n`);
    expect(missed).to.deep.equal([]);

    const cut = structuredClone(whole);
    cutTo(cut, ids[0] as IncidentId, anchoredAt);
    expect(whats(cut, storage), 'a cut after the last anchor leaves no trace').to.deep.equal([]);
  });

  it('the command proves it from the storage, and from an export; what is broken is named, with code 1', async () => {
    const [id] = ids;
    if (!id) throw new Error('no case');
    await reads(id, 3);
    await anchored(at());
    const file = join(await temporaryFolder(), 'log.jsonl');
    const run = (args: string[], env: Record<string, string>) =>
      new Promise<{ code: unknown; said: string }>((resolve) => {
        execFile(
          process.execPath,
          [fileURLToPath(new URL('../../bot/local/audit.ts', import.meta.url)), ...args],
          { env: { ...process.env, DATA_DIR: storage.dataDir, ...env } },
          (error, stdout, stderr) => resolve({ code: error?.code ?? 0, said: stdout + stderr }),
        );
      });
    const own = { STORAGE_CONNECTION: storage.connection() };
    const live = await run(['--export', file], own);
    expect(live.said).to.match(/^4 rows in 1 chains, 1 anchors, \d+ ms: whole\.\n$/);
    expect(live.code).to.equal(0);
    expect((await run(['--from', file], {})).code).to.equal(0);
    await writeFile(file, (await readFile(file, 'utf8')).replace('alarm', 'other'));
    const broken = await run(['--from', file], {});
    expect(broken.said).to.include(`${id} 1: changed`).and.include('broken in 1 places');
    expect(broken.code).to.equal(1);
    const noKey = await run(['--from', file], { DATA_DIR: await temporaryFolder() });
    expect(noKey).to.deep.include({ code: 1 });
    expect(noKey.said).to.include('no key file');
  });

  it('verifies fifty thousand links a second and more', () => {
    const lines: ExportedLine[] = [];
    const hmac = (text: string) => createHmac('sha256', 'speed').update(text).digest();
    const links = 20_000;
    let hash = '';
    for (let seq = 1; seq <= links; seq++) {
      const entry = reading(seq);
      hash = chainHash(hmac, hash, seq, '2026-11-26', entry);
      lines.push({
        rowKey: `audit|2026-11-26|${String(seq).padStart(6, '0')}`,
        json: JSON.stringify({ ...entry, hash }),
      });
    }
    lines.push({ rowKey: 'audit|2026-11-26|head', json: JSON.stringify({ seq: links, hash }) });
    const began = performance.now();
    expect(verify(lines, hmac).breaks).to.deep.equal([]);
    const perSecond = Math.round((1_000 * links) / (performance.now() - began));
    process.stdout.write(`      ${JSON.stringify({ links, perSecond })}\n`);
  });
});

type Row = Extract<ExportedLine, { rowKey: string }>;
type Below = (below: number) => number;

const isRow = (line: ExportedLine): line is Row => 'rowKey' in line;
const isLink = (line: ExportedLine): line is Row => isRow(line) && !line.rowKey.endsWith('|head');
const isHead = (line: ExportedLine): line is Row => isRow(line) && line.rowKey.endsWith('|head');
const chainOf = ({ rowKey }: Row) => rowKey.split('|')[1] ?? '';
const seqOf = ({ rowKey }: Row) => Number(rowKey.split('|')[2]);
const rowKeyOf = (chain: string, seq: number | 'head') =>
  `audit|${chain}|${seq === 'head' ? seq : String(seq).padStart(6, '0')}`;
const contentOf = ({ json }: Row): Record<string, unknown> => JSON.parse(json);
const rowAt = (lines: ExportedLine[], chain: string, seq: number | 'head'): Row => {
  const found = lines.filter(isRow).find(({ rowKey }) => rowKey === rowKeyOf(chain, seq));
  if (!found) throw new Error(`${chain} has no ${seq}`);
  return found;
};
const oneOf = <T>(all: T[], below: Below): T => {
  const one = all[below(all.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
};
const drop = (lines: ExportedLine[], drops: (line: ExportedLine) => boolean): void => {
  const kept = lines.filter((line) => !drops(line));
  lines.splice(0, lines.length, ...kept);
};

/** As one with the storage and without the key would: the head is copied from the link that is to be the last. */
function cutTo(lines: ExportedLine[], chain: string, length: number): void {
  drop(lines, (line) => isLink(line) && chainOf(line) === chain && seqOf(line) > length);
  const head = rowAt(lines, chain, 'head');
  if (length === 0) drop(lines, (line) => line === head);
  else head.json = rowAt(lines, chain, length).json.replace(/^\{/, `{"seq":${length},`);
}

/** Somebody else's key. */
const forged = (text: string) => createHmac('sha256', 'guessed').update(text).digest();

/** Makes every link from here on follow, with a key that is not ours. */
function rehash(lines: ExportedLine[], chain: string, from: number): void {
  let before = from > 1 ? String(contentOf(rowAt(lines, chain, from - 1)).hash) : '';
  const links = lines.filter(isLink).filter((line) => chainOf(line) === chain);
  for (const link of links.sort((a, b) => seqOf(a) - seqOf(b))) {
    if (seqOf(link) < from) continue;
    const { at, by, what, why } = contentOf(link);
    before = Buffer.from(forged(JSON.stringify([before, seqOf(link), chain, at, by, what, why]))).toString(
      'hex',
    );
    link.json = JSON.stringify({ ...contentOf(link), hash: before });
  }
  const head = rowAt(lines, chain, 'head');
  head.json = JSON.stringify({ ...contentOf(head), hash: before });
}

const mutations: Record<string, (lines: ExportedLine[], below: Below, anchoredAt: number) => void> = {
  edit(lines, below) {
    const row = oneOf(lines.filter(isLink), below);
    const edits = [
      { by: reporter.replace('1', '9') },
      { what: 'exported' },
      { why: 'triage.' },
      { at: at(99) },
    ];
    row.json = JSON.stringify({ ...contentOf(row), ...oneOf(edits, below) });
  },
  'edit a byte'(lines, below) {
    const row = oneOf(lines.filter(isRow), below);
    const place = below(row.json.length);
    const other = String.fromCharCode(row.json.charCodeAt(place) ^ (1 + below(7)));
    row.json = row.json.slice(0, place) + other + row.json.slice(place + 1);
  },
  delete(lines, below, anchoredAt) {
    const gone = oneOf(
      lines.filter(isLink).filter((line) => seqOf(line) < anchoredAt),
      below,
    );
    drop(lines, (line) => line === gone);
  },
  'delete a head'(lines, below) {
    const gone = oneOf(lines.filter(isHead), below);
    drop(lines, (line) => line === gone);
  },
  insert(lines, below) {
    const row = oneOf(lines.filter(isLink), below);
    const chain = chainOf(row);
    const later = lines.filter(isLink).filter((line) => chainOf(line) === chain && seqOf(line) >= seqOf(row));
    for (const line of later) line.rowKey = rowKeyOf(chain, seqOf(line) + 1);
    lines.push({ rowKey: rowKeyOf(chain, seqOf(later[0] ?? row) - 1), json: row.json });
    const head = rowAt(lines, chain, 'head');
    head.json = JSON.stringify({ ...contentOf(head), seq: Number(contentOf(head).seq) + 1 });
  },
  append(lines, below) {
    const head = oneOf(lines.filter(isHead), below);
    const seq = Number(contentOf(head).seq) + 1;
    const hash = Buffer.from(forged(String(seq))).toString('hex');
    lines.push({ rowKey: rowKeyOf(chainOf(head), seq), json: JSON.stringify({ ...reading(seq), hash }) });
    head.json = JSON.stringify({ seq, hash });
  },
  swap(lines, below) {
    const one = oneOf(lines.filter(isLink), below);
    const other = oneOf(
      lines.filter(isLink).filter((line) => line !== one),
      below,
    );
    [one.json, other.json] = [other.json, one.json];
  },
  truncate(lines, below, anchoredAt) {
    cutTo(lines, oneOf(ids, below), below(anchoredAt));
  },
  'truncate a day'(lines, below) {
    cutTo(lines, at().slice(0, 10), below(12));
  },
  'lose a chain'(lines, below) {
    const chain = oneOf(ids, below);
    drop(lines, (line) => isRow(line) && chainOf(line) === chain);
  },
  fork(lines, below, anchoredAt) {
    const chain = oneOf(ids, below);
    const from = 1 + below(anchoredAt);
    for (const row of lines.filter(isLink).filter((line) => chainOf(line) === chain && seqOf(line) >= from)) {
      row.json = JSON.stringify({ ...contentOf(row), by: officer.replace('2', '8') });
    }
    rehash(lines, chain, from);
  },
  'take the place of another chain'(lines, below) {
    const [one, other] = [oneOf(ids.slice(0, 3), below), oneOf(ids.slice(3), below)];
    drop(lines, (line) => isRow(line) && chainOf(line) === other);
    for (const row of lines.filter(isRow).filter((line) => chainOf(line) === one)) {
      lines.push({ rowKey: row.rowKey.replace(one, other), json: row.json });
    }
  },
  rehash(lines, below) {
    const row = oneOf(lines.filter(isLink), below);
    rehash(lines, chainOf(row), seqOf(row));
  },
  'change an anchor'(lines, below) {
    const anchors = lines.filter((line) => 'anchor' in line);
    const one = oneOf(anchors, below);
    one.text = one.text.replace(/"seq":(\d+)/, (_all, seq) => `"seq":${Number(seq) - 1}`);
  },
  'take away the first anchor'(lines) {
    const first = lines.find((line) => 'anchor' in line);
    drop(lines, (line) => line === first);
  },
};
