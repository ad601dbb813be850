import type { Target } from '../core/effects.ts';
import type { Directory } from '../core/people.ts';
import { faultOf, type Log } from '../log.ts';
import type { Reader, View } from '../views/view.ts';
import type { Clock, Contacts, Messenger } from './ports.ts';

export interface TellPorts {
  contacts: Contacts;
  directory: Directory;
  messenger: Messenger;
  clock: Clock;
  log: Log;
}

/**
 * A message that is about no case, to a person or the coordinators' channel: one try, and the log tells when it did
 * not come through. Never throws.
 */
export async function tell(ports: TellPorts, to: Target, draw: (reader: Reader) => View): Promise<void> {
  const { contacts, directory, messenger, clock, log } = ports;
  try {
    const contact = await contacts.get(to);
    if (!contact) return log.warn('not told', { target: to, outcome: 'no contact' });
    const locale = (to === 'channel' ? undefined : directory.person(to)?.locale) ?? contact.locale;
    const { outcome } = await messenger.post(contact.conversation, draw({ locale, now: clock(), directory }));
    if (outcome !== 'sent') log.warn('not told', { target: to, outcome });
  } catch (error) {
    log.warn('not told', { target: to, error: faultOf(error) });
  }
}
