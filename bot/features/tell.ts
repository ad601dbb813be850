import type { Target } from '../core/effects.ts';
import type { Directory } from '../core/people.ts';
import { faultOf, type Log } from '../log.ts';
import type { Reader, View } from '../views/view.ts';
import type { Clock, Contacts, Messenger, Sent } from './ports.ts';

export interface TellPorts {
  contacts: Contacts;
  directory: Directory;
  messenger: Messenger;
  clock: Clock;
  log: Log;
}

/**
 * A message that is about no case, to a person or, in a thread of its own, the coordinators' channel: one try, as
 * `Messenger` says.
 */
export async function tellOnce(ports: TellPorts, to: Target, draw: (reader: Reader) => View): Promise<Sent> {
  const { contacts, directory, messenger, clock } = ports;
  const contact = await contacts.get(to);
  if (!contact) return { outcome: 'gone' };
  const locale = (to === 'channel' ? undefined : directory.person(to)?.locale) ?? contact.locale;
  const view = draw({ locale, now: clock(), directory });
  return messenger.post(contact.conversation, view, { newThread: to === 'channel' });
}

/**
 * The same, and never throws.
 *
 * @returns false when it did not come through and should be tried again
 */
export async function tell(ports: TellPorts, to: Target, draw: (reader: Reader) => View): Promise<boolean> {
  try {
    const { outcome } = await tellOnce(ports, to, draw);
    if (outcome !== 'sent') ports.log.warn('not told', { target: to, outcome });
    return outcome !== 'later';
  } catch (error) {
    ports.log.warn('not told', { target: to, error: faultOf(error) });
    return false;
  }
}
