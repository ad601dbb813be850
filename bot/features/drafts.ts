/** What someone wrote and has not sent: kept sealed for a day, and asked about. Never in the way of an alarm. */

import type { Directory } from '../core/people.ts';
import { later, minutes } from '../core/time.ts';
import { faultOf, type Log } from '../log.ts';
import { unsent, unsentCall } from '../views/index.ts';
import type { Clock, Contacts, Draft, Drafts, Messenger } from './ports.ts';
import type { Ports, Turn } from './turn.ts';

/** Longest text that is taken, in UTF-16 units; what is longer is refused with a sentence, never cut. */
export const longestText = 200_000;
/** Up to here a text is shown in a form's own field (DOMAIN C1); a longer one travels beside it as a draft. */
export const longestField = 2_000;

/** How long a text may lie unsent before the bot asks. */
const askAfter = minutes(3);

/** Keeps a text. `undefined` when it could not be: it then stands in the chat only, and the answer says so. */
export async function keepDraft(ports: Ports, turn: Turn, text: string): Promise<Draft | undefined> {
  if (text.trim() === '' || text.length > longestText) return undefined;
  const draft = { id: ports.nonce(), person: turn.actor.person, text, at: turn.now, asked: 0 };
  try {
    await ports.drafts.put(draft, later(turn.now, askAfter));
    return draft;
  } catch (error) {
    ports.log.warn('draft not kept', { error: faultOf(error) });
    return undefined;
  }
}

/** The person's own draft. `undefined` also when the storage does not answer: an alarm goes without its text. */
export async function readDraft(ports: Ports, turn: Turn, id: string): Promise<Draft | undefined> {
  try {
    const draft = await ports.drafts.get(id, turn.actor.person);
    return draft?.of ? undefined : draft;
  } catch (error) {
    ports.log.warn('draft not read', { error: faultOf(error) });
    return undefined;
  }
}

/** Sent: not asked about again. Left behind by a fault it is gone within a day anyway. */
export function forgetDraft(ports: Ports, draft: Draft): void {
  ports.drafts
    .remove(draft.id, draft.person)
    .catch((error: unknown) => ports.log.warn('draft not removed', { error: faultOf(error) }));
}

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
    const view =
      draft.of === 'call'
        ? unsentCall(reader, { draft: draft.id })
        : unsent(reader, { nonce: ports.nonce(), draft: draft.id });
    const { outcome } = await ports.messenger.post(contact.conversation, view);
    ports.log.info('unsent', { outcome });
  }
}
