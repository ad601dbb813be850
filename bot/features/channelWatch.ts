/** Says that the coordinators' channel is not used, why, and when it is again. */
import { z } from 'zod';
import { later, minutes } from '../core/time.ts';
import { channelClosed, channelHasOutsider, channelOpen } from '../views/index.ts';
import { type RoutinePorts, routineLease, say } from './routine.ts';

const lookEvery = minutes(1);

const memory = z.object({ told: z.enum(['open', 'outsider', 'unread']) });

/**
 * Looks when it is due, by one of the instances. Those in the channel are told in words that say nothing of any case;
 * each coordinator is told in 1:1 what to do.
 */
export async function watchChannel(ports: RoutinePorts): Promise<void> {
  const { contacts, messenger, triageChannel, directory, routines, clock } = ports;
  const now = clock();
  const held = await routines.take('channel', now, routineLease, now);
  if (!held) return;
  const next = { at: later(now, lookEvery) };
  const contact = await contacts.get('channel');
  const standing = contact ? await triageChannel.standing(contact.conversation) : 'waiting';
  const told = memory.safeParse(held.memory).data?.told ?? 'open';
  if (!contact || standing === 'waiting' || standing === told) {
    await routines.finish(held, { ...next, memory: held.memory });
    return;
  }
  const { repeat } = held;
  const done = { ...next, memory: { told: standing } };
  if (standing === 'open') return say(ports, held, (reader) => channelOpen(reader, { repeat }), done);
  if (standing === 'outsider') {
    const reader = { locale: contact.locale, now, directory };
    await messenger.post(contact.conversation, channelHasOutsider(reader), { newThread: true });
  }
  return say(ports, held, (reader) => channelClosed(reader, { why: standing, repeat }), done);
}
