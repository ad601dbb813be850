import type { PersonId } from '../core/ids.ts';
import type { Person, Role } from '../core/people.ts';
import type { KnownPeople } from '../features/ports.ts';
import type { Keys } from './keys.ts';
import { contentOf, isNewer, key, keyAfter, readableOf, rowOf, sealedColumns, sealedOf } from './rows.ts';
import { knownPerson, knownSince, knownWords } from './schemas.ts';
import { sealJson, unsealJson } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';

const partitionKey = 'known';
const since = { partitionKey, rowKey: 'since' };
const placeOf = (id: PersonId) => ({ partitionKey, rowKey: key('person', id) });
/** Of one transaction. */
const mostRows = 100;
const mostPeople = 50_000;

/** Known people in table `people`, a row each: roles plain, name and number sealed with a key of the person's own. */
export function tableKnownPeople(table: Table, keys: Keys, tenantId: string): KnownPeople {
  const keyOf = (id: PersonId) => keys.hmac(`known ${id}`);
  /** Whoever can write rows and has no key cannot give anybody a role: the seal names the roles it was made with. */
  const sealPlace = (id: PersonId, held: readonly Role[]) => `${tenantId}|known|${id}|${held.join()}`;

  function rowFor({ id, name, number, roles, locale }: Person) {
    const sealed = sealJson(keyOf(id), { name, number }, sealPlace(id, roles));
    return rowOf(placeOf(id), { id, roles, locale }, sealedColumns(sealed));
  }

  /** `undefined` for a row that this version or this key cannot read: it is written anew when Graph answers. */
  function personIn(row: StoredRow): Person | undefined {
    const held = isNewer(row) ? undefined : readableOf(row, knownPerson);
    if (!held) return undefined;
    const { id, roles, locale } = held;
    try {
      const words = unsealJson(keyOf(id), sealedOf(row) ?? Buffer.alloc(0), sealPlace(id, roles));
      const { name, number } = knownWords.parse(words);
      return { id, name, roles, number, locale };
    } catch {
      return undefined;
    }
  }

  return {
    async read() {
      const [rows, sinceRow] = await Promise.all([
        table.list(partitionKey, key('person'), keyAfter('person'), mostPeople),
        table.get(since.partitionKey, since.rowKey),
      ]);
      const people = rows.flatMap((row) => personIn(row) ?? []);
      const rightAt = sinceRow && contentOf(sinceRow, knownSince).rightAt;
      return { people, ...(rightAt && { rightAt }) };
    },

    async write({ put, remove, rightAt }) {
      for (let from = 0; from < put.length; from += mostRows) {
        const rows = put.slice(from, from + mostRows).map(rowFor);
        await table.write(rows.map((row) => ({ do: 'upsert', row })));
      }
      // One by one: a row that is gone already would undo the removal of the others.
      for (const id of remove) await table.write([{ do: 'delete', row: placeOf(id), etag: '*' }]);
      if (rightAt) await table.write([{ do: 'upsert', row: rowOf(since, { rightAt }) }]);
    },
  };
}
