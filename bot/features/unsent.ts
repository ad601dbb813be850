import type { Log } from '../log.ts';
import { unsent } from '../views/index.ts';
import type { Clock, Contacts, Directory, Drafts, Messenger } from './ports.ts';

interface ReminderPorts {
  drafts: Drafts;
  contacts: Contacts;
  directory: Directory;
  messenger: Messenger;
  clock: Clock;
  nonce: () => string;
  log: Log;
}

/** "Det du skrev är inte skickat": asked of everyone whose text has lain unsent, at most twice a text. */
export async function remindOfUnsent(ports: ReminderPorts): Promise<void> {
  const now = ports.clock();
  for (const draft of await ports.drafts.takeUnsent(now)) {
    const contact = await ports.contacts.get(draft.person);
    if (!contact) continue;
    const reader = { locale: contact.locale, now, directory: ports.directory };
    const view = unsent(reader, { nonce: ports.nonce(), draft: draft.id });
    const { outcome } = await ports.messenger.post(contact.conversation, view);
    ports.log.info('unsent', { outcome });
  }
}
