import type { IncidentId } from '../core/ids.ts';
import { type CardRow, type Cases, StorageRefused } from '../features/ports.ts';
import { key, numbered, parseJson, rowVersion, shardOf } from './rows.ts';
import { cardRow } from './schemas.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation, Place } from './transaction.ts';

/**
 * The cards of so many events stand in one row, a property each: they are read without a range query, and written
 * without reading. Few enough for their properties to fit also when each event alarms every coordinator.
 */
const eventsOfRow = 8;

const rowOfEvent = (version: number): number => Math.floor((version - 1) / eventsOfRow);

const placeOf = (id: IncidentId, n: number): Place => ({
  partitionKey: shardOf(id),
  rowKey: key('cards', id, numbered(n)),
});

/** Names of properties take letters, digits and `_`, which is our own. */
const propertyOf = ({ notice, to, version }: CardRow): string =>
  ['card', notice, to, String(version)]
    .map((part) => part.replace(/[^A-Za-z0-9]/g, (unit) => `_${unit.charCodeAt(0).toString(16)}`))
    .join('__');

/** One operation a row, for a transaction takes no row twice. */
export function cardUpserts(cards: readonly CardRow[]): Operation[] {
  const rows = Map.groupBy(cards, ({ id, version }) => JSON.stringify(placeOf(id, rowOfEvent(version))));
  return [...rows.values()].flatMap((ofRow): Operation[] => {
    const [first] = ofRow;
    if (!first) return [];
    const place = placeOf(first.id, rowOfEvent(first.version));
    const properties = Object.fromEntries(ofRow.map((card) => [propertyOf(card), JSON.stringify(card)]));
    return [{ do: 'upsert', row: { ...place, v: rowVersion, ...properties } }];
  });
}

/**
 * The cards that stand in a row.
 *
 * @throws {StorageRefused} when this version cannot read one of them: it would never be drawn anew
 */
export function cardsIn(row: StoredRow): CardRow[] {
  const properties = Object.entries(row).filter(([name]) => name.startsWith('card__'));
  return properties.map(([name, value]) => {
    const card = cardRow.safeParse(parseJson(String(value)));
    if (!card.success) throw new StorageRefused(`${name} of ${row.rowKey} is not what this version can read`);
    return card.data;
  });
}

export function cardsOf(table: Table): Pick<Cases, 'cards'> {
  return {
    async cards({ id, version }) {
      const places = Array.from({ length: rowOfEvent(version) + 1 }, (_, n) => placeOf(id, n));
      const rows = await Promise.all(
        places.map(({ partitionKey, rowKey }) => table.get(partitionKey, rowKey)),
      );
      return rows.flatMap((row) => (row ? cardsIn(row) : [])).filter((card) => card.version <= version);
    },
  };
}
