import type { IncidentId } from '../core/ids.ts';
import { faultOf } from '../log.ts';
import type { Ports, Turn } from './turn.ts';

/**
 * Logs that someone asked for a case without the right to it. A number that is no case leaves nothing, and a log that
 * cannot be written just now does not change the answer: nothing was shown.
 *
 * @param verb what they wanted to do
 */
export async function denied(
  { cases, log }: Pick<Ports, 'cases' | 'log'>,
  { actor, now }: Pick<Turn, 'actor' | 'now'>,
  id: IncidentId,
  verb: string,
): Promise<void> {
  try {
    if (!(await cases.load(id))) return;
    await cases.record(id, { at: now, by: actor.person, what: 'denied', why: verb });
  } catch (error) {
    log.warn('denied try not logged', { incident: id, error: faultOf(error) });
  }
}

/** The same, of something that is about no case. */
export async function deniedHere(
  { audit, log }: Pick<Ports, 'audit' | 'log'>,
  { actor, now }: Pick<Turn, 'actor' | 'now'>,
  verb: string,
): Promise<void> {
  await audit
    .record({ at: now, by: actor.person, what: 'denied', why: verb })
    .catch((error: unknown) => log.warn('denied try not logged', { verb, error: faultOf(error) }));
}
