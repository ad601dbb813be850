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
 * reached at once. Where the storage does not say, the last known is told: an alarm is better sent there than not at all.
 *
 * @param monotonic milliseconds that never go back
 */
export function tableContacts(table: Table, monotonic: () => number): Contacts {
  const known = new Map<Target, { contact: Contact; until: number }>();
  const remember = (target: Target, contact: Contact) =>
    known.set(target, { contact: structuredClone(contact), until: monotonic() + keptFor });

  async function readOf(target: Target): Promise<Contact | undefined> {
    const { partitionKey, rowKey } = placeOf(target);
    const row = await table.get(partitionKey, rowKey);
    return row && contentOf(row, contactSchema);
  }

  return {
    async get(target) {
      const last = known.get(target);
      if (last && last.until > monotonic()) return structuredClone(last.contact);
      const read = await readOf(target).catch((error: unknown) => {
        if (last) return last.contact;
        throw error;
      });
      // What was put while this was read is newer.
      if (known.get(target) !== last || read === last?.contact) return structuredClone(read);
      if (read) remember(target, read);
      else known.delete(target);
      return read;
    },

    async put(target, contact) {
      const last = known.get(target);
      const same = last && last.until > monotonic() && isDeepStrictEqual(last.contact, contact);
      // Told with everything that someone does, and nearly always what was told before.
      if (same) return;
      if (last) known.set(target, { ...last, until: monotonic() });
      await table.write([{ do: 'upsert', row: rowOf(placeOf(target), contact) }]);
      remember(target, contact);
    },
  };
}
