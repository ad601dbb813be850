/** A messenger that holds Teams' limits, so that Teams never has to (PLATFORM 2). */
import type { Pace } from '../core/pace.ts';
import { faultOf, type Log } from '../log.ts';
import { nextTurn } from './loop.ts';
import type { Lanes, Messenger } from './ports.ts';

/**
 * Without room a message is not sent but comes later, exactly as when Teams itself says so. Lanes that cannot be asked
 * stop no message, nor do those that have not said anything in time.
 *
 * @param within ms that a message waits for its lane, where somebody waits for the message
 */
export const paced = (
  messenger: Messenger,
  lanes: Lanes,
  pace: Pace,
  log: Log,
  within?: number,
): Messenger => ({
  ...messenger,
  async post(conversation, view, options) {
    const asked = lanes.take(conversation, pace).catch((error: unknown) => {
      log.warn('lane not asked', { error: faultOf(error) });
      return 0;
    });
    // Drawn while the storage answers, for which the request must have left.
    await nextTurn();
    messenger.prepare(view);
    const after = await (within === undefined ? asked : Promise.race([asked, noAnswer(within)]));
    return after > 0 ? { outcome: 'later', after, full: true } : messenger.post(conversation, view, options);
  },
});

const noAnswer = (milliseconds: number): Promise<number> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, 0).unref());
