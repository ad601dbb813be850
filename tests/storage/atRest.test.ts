import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
import { StorageRefused } from '../../bot/features/ports.ts';
import { chainHash } from '../../bot/storage/audit.ts';
import { shardOf } from '../../bot/storage/rows.ts';
import type { StoredRow, Table } from '../../bot/storage/tables.ts';
import type { Row } from '../../bot/storage/transaction.ts';
import {
  at,
  card,
  freshening,
  id,
  loaded,
  next,
  officer,
  otherId,
  paging,
  post,
  report,
  reporter,
} from '../contracts/changes.ts';
import { everything, holds } from '../world/dump.ts';
import { ending, type Opened, openedStorage } from './opened.ts';

const shard = shardOf(id);
const lengthOf = ({ sealed0 }: StoredRow) => (sealed0 instanceof Uint8Array ? sealed0.length : 0);

describe('rows at rest', function () {
  this.timeout(20_000);
  let storage: Opened;
  let table: Table;
  beforeEach(async () => {
    storage = await openedStorage();
    table = storage.table('incidents');
  });

  const stored = async (rowKey: string, partitionKey = shard): Promise<StoredRow> => {
    const row = await table.get(partitionKey, rowKey);
    if (!row) throw new Error(`${rowKey} is not there`);
    return row;
  };
  const change = async (rowKey: string, columns: Record<string, string | number | Uint8Array>) => {
    const { etag } = await stored(rowKey);
    const row: Row = { partitionKey: shard, rowKey, ...columns };
    expect(await table.write([{ do: 'merge', row, etag }])).to.have.property('stored', true);
  };

  it('nothing people wrote is in any row or key, in any writing', async () => {
    const words = [
      'kanin-text-7f3a',
      'kanin-plats-å9c1',
      'kanin-namn-b2d4',
      '+46 70 174 06 35',
      'kanin-utkast-e5',
      'kanin-samtal-c6',
    ];
    const [text, where, reporterName, number, draft, callerNumber] = words;
    const sealed = {
      text,
      where,
      reporterName,
      number,
      affectedWho: reporterName,
      call: draft,
      callerNumber,
    };
    await storage.cases.commit(
      report(id, { sealed, due: [post('a'), { ...freshening('b'), card: card(0) }] }),
    );
    await storage.cases.commit(next(await loaded(storage.cases), undefined, { sealed }));
    await storage.cases.record(id, { at: at(), by: officer, what: 'read', why: 'details' });
    await storage.index.put(report().incident);
    await storage.drafts.put(
      { id: 'd1', person: reporter, text: draft ?? '', at: at(), asked: 0 },
      at(minutes(3)),
    );
    const call = {
      id: 'd2',
      person: reporter,
      text: callerNumber ?? '',
      at: at(),
      asked: 0,
      of: 'call',
    } as const;
    expect(await storage.drafts.replace(call, at(minutes(3)), undefined)).to.equal('written');
    await storage.drafts.takeUnsent(at(minutes(3)));

    const dump = await everything(storage.connection());
    expect(dump.rows).to.be.at.least(14);
    expect(dump.text, 'the dump sees what is plain')
      .to.include(`case|${id}|e000001`)
      .and.to.include(reporter);
    for (const word of words) expect(holds(dump, word), word).to.equal(false);
    expect(dump.keys, 'who has reported').not.to.include(reporter).and.not.to.include(hexOf(reporter));
  });

  it('proposals: neither the words, nor who wrote or decided, nor which talk it was, in any writing', async () => {
    const words = ['kanin-förslag-4c', 'kanin-ägare-5d', 'kanin-skäl-6e', 'kanin-samtal-7f'];
    const [text = '', owner, reason, discussion = ''] = words;
    const asked = { id: 'p1', list: 'disk.larm', item: 'disk.larm.01', at: at() };
    await storage.proposals.add({ ...asked, by: reporter, text, discussion });
    const tag = (await storage.proposals.open('p1'))?.tag ?? '';
    await storage.proposals.decide('p1', { as: 'declined', at: at(1), by: officer, owner, reason }, tag);
    const dump = await everything(storage.connection());
    expect(dump.text, 'the dump sees what is plain').to.include('disk.larm.01');
    for (const word of [...words, reporter, officer]) expect(holds(dump, word), word).to.equal(false);
  });

  it('known people: no name, number, id or role in any writing; a row from elsewhere is nobody', async () => {
    const words = ['kanin-namn-b2d4', '+46 70 174 06 35'];
    const [name = '', number] = words;
    const known = { id: officer, name, number, roles: ['preparednessManager' as const] };
    await storage.knownPeople.write({ people: [known], rightAt: at() });
    const dump = await everything(storage.connection());
    for (const word of [...words, officer, 'preparednessManager'])
      expect(holds(dump, word), word).to.equal(false);
    expect(await storage.knownPeople.read()).to.deep.equal({ people: [known], rightAt: at() });

    const people = storage.table('people');
    const rows = await people.list('known', 'people', 'people}');
    const [held] = rows.toSorted((one, other) => lengthOf(other) - lengthOf(one));
    const other = rows.find((row) => row !== held);
    if (!held || !other || !(held.sealed0 instanceof Uint8Array)) throw new Error('no rows');
    const { partitionKey, rowKey, etag } = other;
    const moved = { partitionKey, rowKey, sealed0: held.sealed0 };
    await people.write([{ do: 'merge', row: moved, etag }]);
    await people.write([
      {
        do: 'merge',
        row: { ...moved, rowKey: held.rowKey, sealed0: turned(held.sealed0, 20) },
        etag: held.etag,
      },
    ]);
    expect(await storage.knownPeople.read()).to.deep.equal({ people: [], rightAt: at() });
  });

  it('a sealed part opens in its own place only, and not when a bit is turned', async () => {
    await storage.cases.commit(report(id, { sealed: { text: 'first' } }));
    await storage.cases.commit(next(await loaded(storage.cases), undefined, { sealed: { text: 'other' } }));
    const { sealed0 } = await stored(`case|${id}|e000001`);
    const { sealed0: second } = await stored(`case|${id}|e000002`);
    if (!(sealed0 instanceof Uint8Array) || !(second instanceof Uint8Array))
      throw new Error('nothing sealed');
    for (const wrong of [
      second,
      turned(sealed0, 0),
      turned(sealed0, 20),
      turned(sealed0, sealed0.length - 1),
    ]) {
      await change(`case|${id}|e000001`, { sealed0: wrong });
      expect(await ending(storage.cases.open(id))).to.equal('StorageRefused');
    }
    await change(`case|${id}|e000001`, { sealed0 });
    expect(await storage.cases.open(id)).to.have.length(2);
  });

  it('without its key row a case is unreadable, and with another’s too', async () => {
    await storage.cases.commit(report(id, { sealed: { text: 'x' } }));
    await storage.cases.commit(report(otherId, { sealed: { text: 'y' } }));
    const { wrapped } = await stored(`key|${otherId}`, shardOf(otherId));
    if (!(wrapped instanceof Uint8Array)) throw new Error('no key');
    await change(`key|${id}`, { wrapped });
    const fresh = await storage.again();
    expect(await ending(fresh.cases.open(id))).to.equal('StorageRefused');
    const { etag } = await stored(`key|${id}`);
    await table.write([{ do: 'delete', row: { partitionKey: shard, rowKey: `key|${id}` }, etag }]);
    expect(await ending(fresh.cases.open(id))).to.equal('StorageRefused');
    expect(await ending(fresh.cases.load(id))).to.have.property('incident');
  });

  it('a case is in the list of open ones until it is closed', async () => {
    const isListed = async () => (await table.get(shard, `open|${id}`)) !== undefined;
    await storage.cases.commit(report());
    expect(await isListed()).to.equal(true);
    const by = { at: at(), by: officer };
    for (const [event, open] of [
      [{ type: 'Closed', ...by, reason: 'handled' }, false],
      [{ type: 'Noted', ...by, visibleTo: 'staff' }, false],
      [{ type: 'Reopened', ...by }, true],
      [{ type: 'Noted', ...by, visibleTo: 'staff' }, true],
    ] as const) {
      await storage.cases.commit(next(await loaded(storage.cases), event));
      expect(await isListed(), event.type).to.equal(open);
    }
  });

  it('a case written by a newer version is read, but not written', async () => {
    await storage.cases.commit(report());
    await change(`state|${id}`, { v: 2 });
    const newer = await loaded(storage.cases);
    expect(newer.incident.version).to.equal(1);
    expect(await ending(storage.cases.commit(next(newer)))).to.equal('StorageRefused');
    expect(await storage.cases.open(id)).to.have.length(1);
  });

  it('an event only a newer version knows is left out; one that should be known is refused', async () => {
    await storage.cases.commit(report());
    await storage.cases.commit(next(await loaded(storage.cases)));
    await change(`case|${id}|e000002`, { v: 2, json: '{"type":"Foretold"}' });
    expect(await storage.cases.open(id)).to.have.length(1);
    await change(`case|${id}|e000002`, { v: 1 });
    expect(await ending(storage.cases.open(id))).to.equal('StorageRefused');
  });

  it('columns that a newer version has added survive every rewrite', async () => {
    const claimedNow = async () => storage.cases.claim(await storage.cases.due(at()), at(), 4_000);
    await storage.cases.commit(report(id, { due: [post('a')] }));
    await storage.cases.complete(await claimedNow(), { due: [post('a')], cards: [card(1)] });
    const due = `due|${at()}|${id}|a`;
    for (const rowKey of [`state|${id}`, `cards|${id}|000000`, due]) await change(rowKey, { later: 'kept' });
    await storage.cases.commit(next(await loaded(storage.cases)));
    const claimed = await claimedNow();
    expect(await stored(due)).to.have.property('later', 'kept');
    await storage.cases.complete(claimed, { due: [], cards: [card(2)] });
    for (const rowKey of [`state|${id}`, `cards|${id}|000000`]) {
      expect(await stored(rowKey), rowKey).to.have.property('later', 'kept');
    }
  });

  describe('where what is due stands', () => {
    const now = [post('a'), post('b'), freshening('c'), paging('p')];
    const later = [post('d', at(2)), post('e', at(1))];
    const dueKeys = async () => {
      const { keys } = await everything(storage.connection());
      return keys.split(/\s/).filter((key) => /\/(due|page)\|/.test(key));
    };

    it('what is sent at once and what comes later in one row until it is sent, and each page alone', async () => {
      const hold = { rows: now, from: at(), lease: 4_000 };
      await storage.cases.commit(report(id, { due: [...now, ...later], hold }));
      const page = `${shard}/page|${at()}|${id}|p`;
      expect(await dueKeys()).to.deep.equal([`${shard}/due|${at()}|${id}|a.together`, page]);
      const sent = await storage.cases.claim(now.slice(0, 3), at(), 4_000);
      await storage.cases.complete(sent, { due: [], cards: [] });
      expect(await dueKeys()).to.deep.equal([`${shard}/due|${at(1)}|${id}|e.together`, page]);
    });
    it('in crowds, where nothing is sent at once, what comes later in one row, and the others alone', async () => {
      await storage.cases.commit(report(id, { due: [...now, ...later] }));
      expect(await dueKeys()).to.deep.equal([
        ...['a', 'b', 'c'].map((what) => `${shard}/due|${at()}|${id}|${what}`),
        `${shard}/due|${at(1)}|${id}|e.together`,
        `${shard}/page|${at()}|${id}|p`,
      ]);
    });
    it('apart when there is more than can be ended together', async () => {
      const many = Array.from({ length: 29 }, (_, n) => post(`m${n}`));
      await storage.cases.commit(
        report(id, { due: [...many, ...later], hold: { rows: many, from: at(), lease: 4_000 } }),
      );
      expect(await dueKeys()).to.deep.equal([
        `${shard}/due|${at()}|${id}|m0.together`,
        `${shard}/due|${at(1)}|${id}|e.together`,
      ]);
    });
  });

  it('rows that stand together are found where they stand, whichever of them comes first', async () => {
    await storage.cases.commit(report(id, { due: [post('a', at(2)), post('b', at(1))] }));
    const rowKey = `due|${at(1)}|${id}|b.together`;
    await change(rowKey, { json: String((await stored(rowKey)).json).replaceAll(at(2), at(1)) });
    const claimed = await storage.cases.claim(await storage.cases.due(at(1)), at(1), 4_000);
    expect(claimed.map(({ row }) => row.what)).to.have.members(['a', 'b']);
    expect(await storage.cases.complete(claimed, { due: [], cards: [] })).to.equal(true);
    expect(await storage.cases.due(at(2))).to.deep.equal([]);
  });

  it('a row that moves while the auditor looks, to be tried again later, is seen once', async () => {
    await storage.cases.commit(report(id, { due: [post('a')] }));
    await storage.cases.plan([post('a', at(1_000))]);
    const { agenda } = await storage.cases.watch(at());
    expect(agenda).to.deep.equal([post('a', at(1_000))]);
  });

  it('due rows of a newer version are left to it; one broken row does not stop the others, and is told', async () => {
    const rows = [post('a'), post('b'), post('c')];
    await storage.cases.commit(report(id, { due: rows }));
    await change(`due|${at()}|${id}|a`, { v: 2 });
    await change(`due|${at()}|${id}|b`, { json: '{' });
    expect((await storage.cases.due(at())).map(({ what }) => what)).to.deep.equal(['c']);
    expect(storage.unreadable).to.deep.equal([`due|${at()}|${id}|b`]);
  });

  it('the log is chained: a link follows from the one before', async () => {
    const entries = (['read', 'read', 'exported'] as const).map((what, n) => ({
      at: at(n),
      by: officer,
      what,
      why: 'triage',
    }));
    for (const entry of entries) await storage.cases.record(id, entry);
    const parsed = async (rowKey: string): Promise<unknown> => {
      const { json } = await stored(rowKey);
      return JSON.parse(String(json));
    };
    let hash = '';
    for (const [n, entry] of entries.entries()) {
      hash = chainHash(storage.hmac, hash, n + 1, id, entry);
      expect(await parsed(`audit|${id}|00000${n + 1}`)).to.have.property('hash', hash);
    }
    expect(await parsed(`audit|${id}|head`)).to.deep.equal({ seq: 3, hash });
  });

  it('an error names the row, never what is in it', async () => {
    await storage.cases.commit(report());
    await change(`state|${id}`, { json: '{"secret":"kanin"}' });
    const error = await storage.cases.load(id).catch((reason: unknown) => reason);
    if (!(error instanceof StorageRefused)) throw new Error('not refused');
    expect(error.message).to.include(id).and.not.to.include('kanin');
  });
});

const hexOf = (text: string) => Buffer.from(text).toString('hex');

function turned(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
