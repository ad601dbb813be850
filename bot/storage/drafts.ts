import type { Instant, PersonId } from '../core/ids.ts';
import { later, minutes } from '../core/time.ts';
import { type Clock, type Draft, type Drafts, StorageRefused } from '../features/ports.ts';
import type { Keys } from './keys.ts';
import { contentOf, isNewer, key, keyAfter, readableOf, rowOf, sealedColumns, sealedOf } from './rows.ts';
import { draftDue, draft as draftSchema } from './schemas.ts';
import { sealJson, unsealJson } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation, Row } from './transaction.ts';

const partitionKey = 'drafts';
const keptFor = minutes(24 * 60);
const askAgainAfter = minutes(12);
const mostAsked = 2;
/** Of one sweep. */
const mostRows = 100;
const maxTries = 10;

/** A draft without its text, and when its due row stands. */
interface Held extends Omit<Draft, 'text'> {
  askAt: Instant;
}

/**
 * Drafts in table `drafts`. Every draft has one due row, written and moved with it: first to ask, in the end to
 * throw it away.
 */
export function tableDrafts(table: Table, keys: Keys, tenantId: string, clock: Clock): Drafts {
  const placeOf = (id: string) => ({ partitionKey, rowKey: key('draft', id) });
  const duePlace = ({ id, askAt }: Pick<Held, 'id' | 'askAt'>) => ({
    partitionKey,
    rowKey: key('due', askAt, id),
  });
  const sealPlace = ({ id, person }: Pick<Held, 'id' | 'person'>) => `${tenantId}|draft|${person}|${id}`;
  /** A key per person, so that nobody's draft opens with another's. */
  const keyOf = (person: PersonId) => keys.hmac(`drafts of ${person}`);
  const expiry = ({ at }: Pick<Held, 'at'>) => later(at, keptFor);

  return {
    async put(draft, askAt) {
      await table.write(rowsOf(draft, askAt, (row) => ({ do: 'upsert', row })));
    },

    async replace(draft, askAt, expected) {
      const { stored } = await table.write(
        rowsOf(draft, askAt, (row) =>
          expected === undefined ? { do: 'insert', row } : { do: 'merge', row, etag: expected },
        ),
      );
      return stored ? 'written' : 'conflict';
    },

    async read(id, person) {
      const found = await readOwn(id, person);
      return found && { draft: opened(found.held, found.row), tag: found.row.etag };
    },

    async get(id, person) {
      const found = await readOwn(id, person);
      return found && opened(found.held, found.row);
    },

    async remove(id, person) {
      for (let tries = 0; tries < maxTries; tries++) {
        const found = await read(id);
        if (found?.held.person !== person) return;
        const { stored } = await table.write([
          { do: 'delete', row: placeOf(id), etag: found.row.etag },
          { do: 'delete', row: duePlace(found.held), etag: '*' },
        ]);
        if (stored) return;
      }
      throw new StorageRefused('the draft changed under every try');
    },

    async takeUnsent(now) {
      const due = await table.list(partitionKey, key('due'), keyAfter('due', now), mostRows);
      const taken = await Promise.allSettled(due.map((row) => take(row, now)));
      const drafts = taken.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
      const failed = taken.find((one) => one.status === 'rejected');
      // Those taken count as asked: one that cannot be read must not keep them from being handed out.
      if (failed && drafts.length === 0) throw failed.reason;
      return drafts;
    },
  };

  /** What a draft was asked about before still stands; its due row is ended when it comes. */
  function rowsOf({ text, ...rest }: Draft, askAt: Instant, write: (row: Row) => Operation): Operation[] {
    const held: Held = { ...rest, askAt };
    const sealed = sealedColumns(sealJson(keyOf(held.person), text, sealPlace(held)));
    return [
      write(rowOf(placeOf(held.id), held, sealed)),
      { do: 'upsert', row: rowOf(duePlace(held), { id: held.id }) },
    ];
  }

  async function readOwn(id: string, person: PersonId) {
    const found = await read(id);
    return found?.held.person === person && expiry(found.held) > clock() ? found : undefined;
  }

  async function read(id: string): Promise<{ held: Held; row: StoredRow } | undefined> {
    const { rowKey } = placeOf(id);
    const row = await table.get(partitionKey, rowKey);
    return row && { held: contentOf(row, draftSchema), row };
  }

  function opened({ id, person, at, asked, of }: Held, row: StoredRow): Draft {
    try {
      const text = unsealJson(keyOf(person), sealedOf(row) ?? Buffer.alloc(0), sealPlace({ id, person }));
      return { id, person, at, asked, ...(of && { of }), text: String(text) };
    } catch {
      throw new StorageRefused('a draft does not open');
    }
  }

  /** One due row: its draft is asked about, waits for its end, or is thrown away. */
  async function take(due: StoredRow, now: Instant): Promise<Draft | undefined> {
    const id = isNewer(due) ? undefined : readableOf(due, draftDue)?.id;
    if (id === undefined) return undefined;
    const endDue: Operation = { do: 'delete', row: { partitionKey, rowKey: due.rowKey }, etag: due.etag };
    const found = await read(id);
    if (!found || duePlace(found.held).rowKey !== due.rowKey) {
      await table.write([endDue]);
      return undefined;
    }
    const { held, row } = found;
    if (expiry(held) <= now) {
      await table.write([endDue, { do: 'delete', row: placeOf(id), etag: row.etag }]);
      return undefined;
    }
    const asked = held.asked + 1;
    const again = later(now, askAgainAfter);
    const next: Held = {
      ...held,
      asked,
      askAt: asked < mostAsked && again < expiry(held) ? again : expiry(held),
    };
    const { stored } = await table.write([
      { do: 'merge', row: rowOf(placeOf(id), next), etag: row.etag },
      endDue,
      { do: 'upsert', row: rowOf(duePlace(next), { id }) },
    ]);
    return stored ? opened(next, row) : undefined;
  }
}
