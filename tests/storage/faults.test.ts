import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Storage } from '../../bot/storage/open.ts';
import { openTable } from '../../bot/storage/tables.ts';
import { at, id, loaded, next, post, report } from '../contracts/changes.ts';
import { ending, type Opened, openedStorage } from './opened.ts';
import { openWire, type Wire } from './wire.ts';

const limit = 250;
/** A call is a request or two; the rest is what a busy machine adds. */
const twoRequests = 2 * limit + 250;

const http = (status: string, body = '', headers: string[] = []) =>
  [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    ...headers,
    '',
    body,
  ].join('\r\n');

describe('a writer is told the truth when the wire to the storage fails', function () {
  this.timeout(20_000);
  let direct: Opened;
  let wire: Wire;
  let storage: Storage;
  let began: number;
  beforeEach(async () => {
    direct = await openedStorage();
    wire = await openWire(direct.port);
    storage = await direct.again({ through: wire.port, limit });
    began = performance.now();
  });
  afterEach(async () => {
    const spent = performance.now() - began;
    await wire.close();
    expect(spent, 'every call answers in time').to.be.below(4 * twoRequests);
  });

  const timed = async (promise: Promise<unknown>) => {
    const from = performance.now();
    const end = await ending(promise);
    expect(performance.now() - from).to.be.below(twoRequests);
    return end;
  };
  const events = async () => (await direct.cases.open(id)).length;

  it('nobody listens: refused at once, and nothing is stored', async () => {
    await wire.close();
    expect(await timed(storage.cases.commit(report()))).to.equal('StorageRefused');
    expect(await timed(storage.cases.load(id))).to.equal('StorageRefused');
    expect(await timed(storage.ping())).to.equal('StorageRefused');
    expect(performance.now() - began).to.be.below(limit);
    expect(await events()).to.equal(0);
    wire = await openWire(direct.port);
  });

  it('the reply to a new case is lost: it is committed, and stored once', async () => {
    wire.writes = 'cutAfter';
    const change = report(id, { sealed: { text: 'x' }, due: [post('a')] });
    expect(await timed(storage.cases.commit(change))).to.deep.equal({ outcome: 'committed' });
    expect(wire.sent).to.equal(1);
    expect(await direct.cases.open(id)).to.deep.equal(change.entries);
    wire.writes = 'none';
    expect(await storage.cases.claim(change.due, at(), 4_000)).to.have.length(1);
  });

  it('the reply is lost, and what was written as held is held: its writer sends it, and nobody else', async () => {
    wire.writes = 'cutAfter';
    const due = [post('a')];
    const hold = { rows: due, from: at(), lease: 4_000 };
    expect(await timed(storage.cases.commit(report(id, { due, hold })))).to.deep.equal({
      outcome: 'committed',
    });
    wire.writes = 'none';
    expect(await direct.cases.due(at(3_999))).to.deep.equal([]);
    const claimed = await storage.cases.claim(due, at(), 4_000);
    expect(claimed.map(({ row }) => row)).to.deep.equal(due);
    expect(await storage.cases.complete(claimed, { due: [], cards: [] })).to.equal(true);
    expect(await direct.cases.due(at(4_000))).to.deep.equal([]);
  });

  it('nobody can tell whether it was stored: what was written as held is its writer’s to send, if it was', async () => {
    const due = [post('a')];
    const hold = { rows: due, from: at(), lease: 4_000 };
    for (const fault of ['cutBefore', 'cutAfter'] as const) {
      wire.writes = fault;
      wire.reads = 'cutBefore';
      expect(await timed(storage.cases.commit(report(id, { due, hold })))).to.equal('StorageUnknown');
      wire.writes = 'none';
      wire.reads = 'none';
      const claimed = await storage.cases.claim(due, at(), 4_000);
      expect(claimed.map(({ row }) => row)).to.deep.equal(fault === 'cutAfter' ? due : []);
    }
  });

  it('the reply to a change is lost: it is committed, and stored once', async () => {
    await direct.cases.commit(report());
    const change = next(await loaded(direct.cases));
    wire.writes = 'cutAfter';
    expect(await timed(storage.cases.commit(change))).to.deep.equal({ outcome: 'committed' });
    expect(await events()).to.equal(2);
  });

  it('the reply to a repeated operation is lost: it is a replay, not a success of its own', async () => {
    const change = report();
    await direct.cases.commit(change);
    wire.writes = 'cutAfter';
    expect(await timed(storage.cases.commit(change))).to.deep.equal({ outcome: 'replay', at: at() });
  });

  it('the request never arrives: unknown, and sent again it is stored once', async () => {
    wire.writes = 'cutBefore';
    const change = report();
    expect(await timed(storage.cases.commit(change))).to.equal('StorageUnknown');
    expect(await events()).to.equal(0);
    wire.writes = 'none';
    expect(await storage.cases.commit(change)).to.deep.equal({ outcome: 'committed' });
  });

  it('the reply is lost and nothing can be read back: unknown, and sent again it is a replay', async () => {
    wire.writes = 'cutAfter';
    wire.reads = 'hang';
    const change = report();
    expect(await timed(storage.cases.commit(change))).to.equal('StorageUnknown');
    wire.writes = 'none';
    wire.reads = 'none';
    expect(await storage.cases.commit(change)).to.deep.equal({ outcome: 'replay', at: at() });
    expect(await events()).to.equal(1);
  });

  it('a taken number that cannot be read back is unknown: it may be our own', async () => {
    await direct.cases.commit(report());
    wire.reads = 'cutBefore';
    expect(await timed(storage.cases.commit(report()))).to.equal('StorageUnknown');
  });

  it('the storage hangs: unknown for a write, refused for a read, both in time', async () => {
    wire.writes = 'hang';
    wire.reads = 'hang';
    expect(await timed(storage.cases.commit(report()))).to.equal('StorageUnknown');
    expect(await timed(storage.cases.load(id))).to.equal('StorageRefused');
    expect(await timed(storage.cases.open(id))).to.equal('StorageRefused');
  });

  it('an answer that stops halfway is no answer', async () => {
    const half = gzipSync('{"never":"whole"}').subarray(0, 12).toString('latin1');
    const answer = http('200 OK', '', ['content-encoding: gzip']).replace('length: 0', 'length: 999') + half;
    wire.writes = { answer };
    wire.reads = { answer };
    expect(await timed(storage.cases.load(id))).to.equal('StorageRefused');
    expect(await timed(storage.cases.commit(report()))).to.equal('StorageUnknown');
  });

  it('an answer without a word on each operation is read back, not believed', async () => {
    wire.writes = { answer: http('202 Accepted') };
    expect(await timed(storage.cases.commit(report()))).to.equal('StorageUnknown');
    expect(await events()).to.equal(0);
  });

  for (const [status, end] of [
    ['503 Server Busy', 'StorageRefused'],
    ['403 Forbidden', 'StorageRefused'],
    ['429 Too Many Requests', 'StorageRefused'],
    ['500 Internal Server Error', 'StorageUnknown'],
    ['504 Gateway Timeout', 'StorageUnknown'],
  ] as const) {
    it(`${status} is ${end}, and is sent once`, async () => {
      wire.writes = { answer: http(status, '', ['retry-after: 1']) };
      expect(await timed(storage.cases.commit(report()))).to.equal(end);
      expect(wire.sent).to.equal(1);
    });
  }

  it('a missing table is refused, not taken for an empty one', async () => {
    const missing = openTable(direct.connection(), 'nothere', limit);
    expect(await timed(missing.get('a', 'b'))).to.equal('StorageRefused');
    const insert = { do: 'insert', row: { partitionKey: 'a', rowKey: 'b' } } as const;
    expect(await timed(missing.write([insert]))).to.equal('StorageRefused');
  });

  it('rows ended whose reply is lost are ended; whose request is lost, nobody knows', async () => {
    const change = report(id, { due: [post('a'), post('b', at(1))] });
    await storage.cases.commit(change);
    const claims = await Promise.all(change.due.map((row) => storage.cases.claim([row], at(1), 4_000)));
    const [first = [], second = []] = claims;
    wire.writes = 'cutAfter';
    expect(await timed(storage.cases.complete(first, { due: [], cards: [] }))).to.equal(true);
    wire.writes = 'cutBefore';
    expect(await timed(storage.cases.complete(second, { due: [], cards: [] }))).to.equal('StorageUnknown');
    expect(await direct.cases.due(at(4_001))).to.deep.equal([{ ...post('b', at(1)) }]);
  });
});
