import { z } from 'zod';
import type { Progress, Tick } from '../core/checklist.ts';
import type { PersonId } from '../core/ids.ts';
import { type ProgressOf, type ProgressPort, StorageRefused } from '../features/ports.ts';
import type { Keys } from './keys.ts';
import { key, keyAfter, rowVersion } from './rows.ts';
import { tick as tickSchema } from './schemas.ts';
import { sealJson, unsealJson } from './seal.ts';
import type { StoredRow, Table } from './tables.ts';

const propertyStart = 'tick__';
const list = z.object({ list: z.string(), version: z.string().optional() });

/** More lists than anyone has begun. */
const mostLists = 200;

/**
 * What people have ticked, in table `progress`: a row a person and list, a property an item, so that ticks from several
 * devices at once are all kept. A person is found by a keyed hash, and what they wrote is sealed with a key of their own.
 */
export function tableProgress(table: Table, keys: Keys, tenantId: string): ProgressPort {
  const partitionOf = (person: PersonId) => Buffer.from(keys.hmac(`checklists of ${person}`)).toString('hex');
  const keyOf = (person: PersonId) => keys.hmac(`checklist notes of ${person}`);
  const placeOf = ({ person, list, incident }: ProgressOf) => ({
    partitionKey: partitionOf(person),
    rowKey: key('list', list, incident ?? ''),
  });
  const sealPlace = ({ person, list, incident }: ProgressOf, item: string) =>
    [tenantId, 'tick', person, list, incident ?? '', item].join('|');

  return {
    async read(of) {
      const { partitionKey, rowKey } = placeOf(of);
      const row = await table.get(partitionKey, rowKey);
      return row ? progressIn(row, of) : { ticks: {} };
    },

    async tick(of, item, tick, version) {
      const sealed = sealJson(keyOf(of.person), tick ?? null, sealPlace(of, item)).toString('base64');
      const row = { ...placeOf(of), v: rowVersion, list: of.list, version, [propertyOf(item)]: sealed };
      await table.write([{ do: 'upsert', row }]);
    },

    async begun(person) {
      const rows = await table.list(partitionOf(person), key('list'), keyAfter('list'), mostLists);
      return rows.flatMap((row) => {
        const parsed = list.safeParse(row);
        return parsed.success && row.rowKey.endsWith('|') ? [parsed.data.list] : [];
      });
    },
  };

  function progressIn(row: StoredRow, of: ProgressOf): Progress {
    const version = list.safeParse(row).data?.version;
    const ticks: Record<string, Tick> = {};
    for (const [name, value] of Object.entries(row)) {
      if (!name.startsWith(propertyStart) || typeof value !== 'string') continue;
      const item = itemOf(name);
      const tick = tickSchema.nullable().safeParse(opened(value, of, item));
      if (!tick.success)
        throw new StorageRefused(`a tick in ${row.rowKey} is not what this version can read`);
      if (tick.data) ticks[item] = tick.data;
    }
    return { ...(version && { version }), ticks };
  }

  function opened(value: string, of: ProgressOf, item: string): unknown {
    try {
      return unsealJson(keyOf(of.person), Buffer.from(value, 'base64'), sealPlace(of, item));
    } catch {
      throw new StorageRefused('a tick does not open');
    }
  }
}

/** Names of properties take letters and digits only. */
const propertyOf = (item: string): string => propertyStart + Buffer.from(item).toString('hex');
const itemOf = (property: string): string =>
  Buffer.from(property.slice(propertyStart.length), 'hex').toString();
