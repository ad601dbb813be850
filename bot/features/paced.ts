/** A messenger that holds Teams' limits, so that Teams never has to (PLATFORM 2). */
import type { Pace } from '../core/pace.ts';
import { faultOf, type Log } from '../log.ts';
import type { Lanes, Messenger } from './ports.ts';

/**
 * Without room a message is not sent but comes later, exactly as when Teams itself says so. Lanes that cannot be asked
 * stop no message.
 */
export const paced = (messenger: Messenger, lanes: Lanes, pace: Pace, log: Log): Messenger => ({
  ...messenger,
  async post(conversation, view, options) {
    const after = await lanes.take(conversation, pace).catch((error: unknown) => {
      log.warn('lane not asked', { error: faultOf(error) });
      return 0;
    });
    return after > 0 ? { outcome: 'later', after } : messenger.post(conversation, view, options);
  },
});
