import { type CardRow, type Cases, StorageRefused } from '../features/ports.ts';
import { contentOf, key, keyAfter, rowOf, rowVersion, shardOf } from './rows.ts';
import { cardRow } from './schemas.ts';
import type { StoredRow, Table } from './tables.ts';
import type { Operation } from './transaction.ts';

/** More workers than this do not draw one card at the same time. */
const maxTries = 10;

const placeOf = ({ id, key: name }: Pick<CardRow, 'id' | 'key'>) => ({
  partitionKey: shardOf(id),
  rowKey: key('card', id, name),
});

export const cardUpsert = (card: CardRow): Operation => ({
  do: 'upsert',
  row: rowOf(placeOf(card), card, { shown: card.shown }),
});

/** `shown` is a column of its own, so that raising it rewrites nothing else. */
const parse = (row: StoredRow): CardRow => {
  const { shown } = row;
  return { ...contentOf(row, cardRow), ...(typeof shown === 'number' && { shown }) };
};

/** Etags of cards just read: saves `shown` from reading them again. Used once, for after that the row has changed. */
const etags = new WeakMap<CardRow, string>();

export function cardsOf(table: Table): Pick<Cases, 'cards' | 'shown'> {
  return {
    async cards(id) {
      const rows = await table.list(shardOf(id), key('card', id), keyAfter('card', id));
      return rows.map((row) => {
        const card = parse(row);
        etags.set(card, row.etag);
        return card;
      });
    },

    async shown(card, version) {
      const place = placeOf(card);
      const raised = { ...place, v: rowVersion, shown: version };
      const etag = etags.get(card);
      etags.delete(card);
      if (etag && card.shown < version) {
        const { stored } = await table.write([{ do: 'merge', row: raised, etag }]);
        if (stored) return true;
      }
      for (let tries = 0; tries < maxTries; tries++) {
        const row = await table.get(place.partitionKey, place.rowKey);
        const now = row && parse(row);
        if (!now || now.activityId !== card.activityId || now.shown > version) return false;
        if (now.shown === version) return true;
        const { stored } = await table.write([{ do: 'merge', row: raised, etag: row.etag }]);
        if (stored) return true;
      }
      throw new StorageRefused(`card ${card.key} of ${card.id} changed under every try`);
    },
  };
}
