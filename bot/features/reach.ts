import type { Target } from '../core/effects.ts';
import { faultOf, type Log } from '../log.ts';
import type { Contacts, Sent } from './ports.ts';

/**
 * Keeps whether a person's chat takes messages, for readiness to tell of: beside the sending, never in its way. The
 * contact was read for the message itself, so this asks the storage for nothing unless something has changed.
 */
export function keepReach(
  { contacts, log }: { contacts: Contacts; log: Log },
  to: Target,
  outcome: Sent['outcome'],
): void {
  if (to === 'channel' || (outcome !== 'sent' && outcome !== 'gone')) return;
  const keep = async (): Promise<void> => {
    const contact = await contacts.get(to);
    if (!contact) return;
    const { blocked = false, ...open } = contact;
    const isGone = outcome === 'gone';
    if (blocked !== isGone) await contacts.put(to, isGone ? { ...open, blocked: true } : open);
  };
  keep().catch((error: unknown) => log.warn('reach not kept', { error: faultOf(error) }));
}
