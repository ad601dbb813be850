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
 * A message that is about no case, to a person or the coordinators' channel: one try. Never throws.
 *
 * @returns false when it did not come through and should be tried again
 */
export async function tell(ports: TellPorts, to: Target, draw: (reader: Reader) => View): Promise<boolean> {
  const { contacts, directory, messenger, clock, log } = ports;
  try {
    const contact = await contacts.get(to);
    if (!contact) {
      log.warn('not told', { target: to, outcome: 'no contact' });
      return true;
    }
    const locale = (to === 'channel' ? undefined : directory.person(to)?.locale) ?? contact.locale;
    const { outcome } = await messenger.post(contact.conversation, draw({ locale, now: clock(), directory }));
    if (outcome !== 'sent') log.warn('not told', { target: to, outcome });
    return outcome !== 'later';
  } catch (error) {
    log.warn('not told', { target: to, error: faultOf(error) });
    return false;
  }
}
