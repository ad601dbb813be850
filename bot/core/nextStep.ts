/** What must stand in the agenda of a case, told from how the case is and not from how it came to be so. */
import type { Effect } from './effects.ts';
import type { Incident } from './incident.ts';
import { later, nextWorkingMorning } from './time.ts';

/**
 * The step without which the case would be forgotten: when it is due, something is done or somebody is told.
 * `undefined` when it rests with a person. What `effectsOf` plans and what this says must be the same; the auditor
 * compares them in what is stored.
 */
export function nextStepOf(incident: Incident): Effect | undefined {
  const { alarmedAt, askedAt, confined, deadlines, handedOver, readBy, route, rung, stage, withdrawnAt } =
    incident;
  if (stage.status === 'acknowledged' && alarmedAt && !handedOver) {
    const { acknowledgedAt: since } = stage;
    return { do: 'giveBack', since, at: later(since, deadlines.reach + deadlines.giveBack) };
  }
  if (stage.status !== 'new') return undefined;
  if (handedOver) return { do: 'remind', at: nextWorkingMorning(handedOver.remindedAt ?? handedOver.at) };
  if (alarmedAt) return { do: 'escalate', rung, at: later(askedAt ?? alarmedAt, deadlines.answer) };
  if (withdrawnAt || !readBy) return undefined;
  return route === 'alarmInTheMorning'
    ? { do: 'raise', at: readBy }
    : { do: 'post', notice: 'untaken', to: confined?.to[0] ?? 'channel', at: readBy };
}
