import type { Target } from '../core/effects.ts';
import type { Directory } from '../core/people.ts';
import { faultOf, type Log } from '../log.ts';
import type { Reader, View } from '../views/view.ts';
import type { Clock, Contacts, Messenger, Sent } from './ports.ts';
import type { TriageChannel } from './triageChannel.ts';

export interface TellPorts {
  contacts: Contacts;
  directory: Directory;
  messenger: Messenger;
  triageChannel: TriageChannel;
  clock: Clock;
  log: Log;
}

/**
 * A message that is about no case, to a person or, in a thread of its own, the coordinators' channel: one try, as
 * `Messenger` says. What the channel must not have now goes to each coordinator.
 */
export async function tellOnce(ports: TellPorts, to: Target, draw: (reader: Reader) => View): Promise<Sent> {
  const { contacts, directory, messenger, triageChannel, clock } = ports;
  const contact = await contacts.get(to);
  if (!contact) return { outcome: 'gone' };
  if (to === 'channel') {
    const standing = await triageChannel.standing(contact.conversation);
    if (standing === 'waiting') return { outcome: 'later' };
    if (standing !== 'open') return tellCoordinators(ports, draw);
  }
  const locale = (to === 'channel' ? undefined : directory.person(to)?.locale) ?? contact.locale;
  const view = draw({ locale, now: clock(), directory });
  return messenger.post(contact.conversation, view, { newThread: to === 'channel' });
}

/** Told is what one of them has been told. */
async function tellCoordinators(ports: TellPorts, draw: (reader: Reader) => View): Promise<Sent> {
  const all = ports.directory.holding('coordinator').map(({ id }) => tellOnce(ports, id, draw));
  const sent = await Promise.all(all);
  const outcomes = ['sent', 'unknown', 'later'] as const;
  const best = outcomes.flatMap((outcome) => sent.find((one) => one.outcome === outcome) ?? []);
  return best[0] ?? { outcome: 'gone' };
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
