import type { Instant } from '../core/ids.ts';
import type { Person } from '../core/people.ts';
import { type KnownPeople, StorageRefused } from '../features/ports.ts';
import type { Keys } from './keys.ts';
import { contentOf, isNewer, key, keyAfter, numbered, rowOf, sealedColumns, sealedOf } from './rows.ts';
import { knownPeople, knownSince } from './schemas.ts';
import { sealJson, unsealJson } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';

const partitionKey = 'known';
const since = { partitionKey, rowKey: 'since' };
/** So many rows, fixed for ever: 10,000 people are read in a moment, and one who changes rewrites forty. */
const rowCount = 256;
const placeOf = (n: number) => ({ partitionKey, rowKey: key('people', numbered(n)) });
/** Of one transaction. */
const mostRows = 100;
const none = '[]';

/** Known people in table `people`: whole, roles too, under a seal that nobody without the key can make. */
export function tableKnownPeople(table: Table, keys: Keys, tenantId: string): KnownPeople {
  /** Each row as this instance last saw it, so that only what has changed is written. */
  const seen = new Map<number, string>();
  const rowNumberOf = ({ id }: Person): number => keys.hmac(`known ${id}`)[0] ?? 0;
  const keyOf = (n: number) => keys.hmac(`known people ${n}`);
  const sealPlace = (n: number) => `${tenantId}|known|${n}`;

  const rowFor = (n: number, json: string) =>
    rowOf(placeOf(n), {}, sealedColumns(sealJson(keyOf(n), JSON.parse(json), sealPlace(n))));

  /** Nobody, where this version or this key cannot read it: it is written anew when it is next known. */
  function peopleIn(row: StoredRow | undefined, n: number): Person[] {
    const sealed = row && !isNewer(row) ? sealedOf(row) : undefined;
    if (!sealed) return [];
    try {
      return knownPeople.parse(unsealJson(keyOf(n), sealed, sealPlace(n)));
    } catch {
      return [];
    }
  }

  return {
    async read() {
      const [rows, sinceRow] = await Promise.all([
        table.list(partitionKey, key('people'), keyAfter('people'), rowCount),
        table.get(since.partitionKey, since.rowKey),
      ]);
      const byKey = new Map(rows.map((row) => [row.rowKey, row]));
      const people: Person[] = [];
      for (let n = 0; n < rowCount; n++) {
        const found = peopleIn(byKey.get(placeOf(n).rowKey), n);
        people.push(...found);
        seen.set(n, jsonOf(found));
      }
      const rightAt: Instant | undefined = sinceRow && contentOf(sinceRow, knownSince).rightAt;
      return { people, ...(rightAt && { rightAt }) };
    },

    async write({ people, rightAt }) {
      const byRow = Map.groupBy(people, rowNumberOf);
      const now = Array.from({ length: rowCount }, (_, n) => ({ n, json: jsonOf(byRow.get(n) ?? []) }));
      const changed = now.filter(({ n, json }) => seen.get(n) !== json);
      for (let from = 0; from < changed.length; from += mostRows) {
        const part = changed.slice(from, from + mostRows);
        const { stored } = await table.write(
          part.map(({ n, json }) => ({ do: 'upsert', row: rowFor(n, json) })),
        );
        if (!stored) throw new StorageRefused('known people were not taken');
        for (const { n, json } of part) seen.set(n, json);
      }
      if (rightAt) await table.write([{ do: 'upsert', row: rowOf(since, { rightAt }) }]);
    },
  };
}

/** The same for the same people in any order. */
function jsonOf(people: readonly Person[]): string {
  if (people.length === 0) return none;
  const sorted = people.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return JSON.stringify(
    sorted.map(({ id, name, roles, number, locale }) => ({ id, name, roles, number, locale })),
  );
}
