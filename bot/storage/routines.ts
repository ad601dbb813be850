import { later } from '../core/time.ts';
import type { Routines } from '../features/ports.ts';
import { contentOf, key, rowOf } from './rows.ts';
import { routine as routineSchema } from './schemas.ts';
import type { Table } from './tables.ts';

const placeOf = (name: string) => ({ partitionKey: 'routine', rowKey: key('routine', name) });

/** Routines in table `settings`: a row each, whose etag decides which instance holds it. */
export function tableRoutines(table: Table): Routines {
  const read = async (name: string) => {
    const { partitionKey, rowKey } = placeOf(name);
    const row = await table.get(partitionKey, rowKey);
    return row && { etag: row.etag, stored: contentOf(row, routineSchema) };
  };

  return {
    async take(name, now, lease, first) {
      const found = await read(name);
      const { at, memory, repeat, heldUntil } = found?.stored ?? { at: first, repeat: false };
      const due = at <= now && !(heldUntil && heldUntil > now);
      if (found && !due) return undefined;
      // What is looked at for the first time is kept though it is not due, so that its time is not moved by the next look.
      const row = rowOf(placeOf(name), { at, memory, repeat, ...(due && { heldUntil: later(now, lease) }) });
      const written = await table.write([
        found ? { do: 'replace', row, etag: found.etag } : { do: 'insert', row },
      ]);
      const tag = due && written.stored ? written.etags[0] : undefined;
      return tag ? { name, at, memory, repeat: repeat || heldUntil !== undefined, tag } : undefined;
    },

    async finish({ name, tag }, { at, memory, repeat = false }) {
      const row = rowOf(placeOf(name), { at, memory, repeat });
      return (await table.write([{ do: 'replace', row, etag: tag }])).stored;
    },

    recall: async (name) => (await read(name))?.stored.memory,
  };
}
