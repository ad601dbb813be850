import { isDeepStrictEqual } from 'node:util';
import type { Target } from '../core/effects.ts';
import type { Contact, Contacts } from '../features/ports.ts';
import { contentOf, key, rowOf } from './rows.ts';
import { contact as contactSchema } from './schemas.ts';
import type { Table } from './tables.ts';

/** What another instance has been told is known here after this many milliseconds at the latest. */
const keptFor = 30_000;

const placeOf = (target: Target) => ({ partitionKey: 'contacts', rowKey: key('contact', target) });

/**
 * Contacts in table `people`. What is not there is never remembered: someone who has just installed the bot is
 * reached at once.
 *
 * @param monotonic milliseconds that never go back
 */
export function tableContacts(table: Table, monotonic: () => number): Contacts {
  const known = new Map<Target, { contact: Contact; until: number }>();
  const remember = (target: Target, contact: Contact) =>
    known.set(target, { contact: structuredClone(contact), until: monotonic() + keptFor });

  return {
    async get(target) {
      const fresh = known.get(target);
      if (fresh && fresh.until > monotonic()) return structuredClone(fresh.contact);
      known.delete(target);
      const { partitionKey, rowKey } = placeOf(target);
      const row = await table.get(partitionKey, rowKey);
      if (!row) return undefined;
      const contact = contentOf(row, contactSchema);
      // What was put while this was read is newer.
      if (!known.has(target)) remember(target, contact);
      return contact;
    },

    async put(target, contact) {
      const fresh = known.get(target);
      const same = fresh && fresh.until > monotonic() && isDeepStrictEqual(fresh.contact, contact);
      // Told with everything that someone does, and nearly always what was told before.
      if (same) return;
      known.delete(target);
      await table.write([{ do: 'upsert', row: rowOf(placeOf(target), contact) }]);
      remember(target, contact);
    },
  };
}
