/** Answers when nothing but the duty function's number is known: whom to call, and never that anything was stored. */
import { randomUUID } from 'node:crypto';
import { instant } from '../core/ids.ts';
import type { Directory, DutyFunction } from '../core/people.ts';
import { minutes } from '../core/time.ts';
import type { Messenger } from '../features/ports.ts';
import type { Log } from '../log.ts';
import { texts } from '../text/index.ts';
import { words } from '../views/index.ts';
import type { Happened } from './activity.ts';
import { type Reply, surely } from './edge.ts';

/** The same answer to everyone, whatever they did, with an error id that stands in the log too. */
export function createSafeAnswer({
  dutyFunction,
  messenger,
  log,
}: {
  dutyFunction: DutyFunction;
  messenger: Messenger;
  log: Log;
}): (what: Happened) => Promise<Reply> {
  const directory = nobodyBut(dutyFunction);
  return async (what) => {
    if (what.kind === 'other' || (what.kind === 'installed' && what.place !== 'personal')) return {};
    const errorId = randomUUID().slice(0, 8);
    log.error('answered in safe mode', { errorId, verb: what.kind });
    const { error: say } = texts(what.locale);
    const view = words(
      { locale: what.locale, now: instant(Date.now()), directory },
      {
        call: true,
        paragraphs: [
          say.internal(errorId),
          ...(what.kind === 'installed' ? [] : [say.notStored]),
          say.callDuty(dutyFunction.name, dutyFunction.number),
          say.tryAgain,
        ],
      },
    );
    if (what.kind === 'click' && what.invoke) return { card: view };
    await surely({ log }, () => messenger.post(what.conversation, view));
    return {};
  };
}

const nobodyBut = (dutyFunction: DutyFunction): Directory => ({
  person: () => undefined,
  holding: () => [],
  search: () => [],
  dutyFunction: () => dutyFunction,
  alsoByPhone: () => false,
  ladder: () => [],
  deadlines: () => ({ answer: minutes(5), reach: minutes(15), giveBack: minutes(10) }),
  oldSince: () => undefined,
});
