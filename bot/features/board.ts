/** `läge`: what is open, worst first; asked for, and by itself at 08:00 on working days. */
import { z } from 'zod';
import { isLate } from '../core/effects.ts';
import type { Incident } from '../core/incident.ts';
import type { Actor } from '../core/people.ts';
import { answersAlarms, type Relation, relationsOf } from '../core/policy.ts';
import { isBoardDay, nextWorkingMorning } from '../core/time.ts';
import { board as boardCard } from '../views/index.ts';
import type { Feature } from './feature.ts';
import type { Cases } from './ports.ts';
import { type RoutinePorts, routineLease, say } from './routine.ts';
import { reports } from './start.ts';

const input = z.object({ page: z.coerce.number().int().min(0).max(1_000).catch(0) }).catch({ page: 0 });

/**
 * Coordinators see every case that is not kept from them, and in the channel those that are kept from nobody; others who answer alarms those that have come to them; to anyone else it is a word like
 * any other.
 */
export const board: Feature = {
  where: 'anywhere',
  async run(ports, turn, raw) {
    const { actor, reader } = turn;
    if (!answersAlarms(actor)) return reports.run(ports, turn, {});
    const coordinates = actor.roles.includes('coordinator');
    const open = await openCases(ports);
    const fits = (incident: Incident) => (turn.personal ? hasCome(incident, actor) : !incident.confined);
    const incidents = open.filter(fits);
    const face = coordinates ? 'triage' : 'alarm';
    const { page } = input.parse(raw);
    return { card: boardCard(reader, { incidents, nonce: ports.nonce(), face, page }) };
  },
};

const hasCome = (incident: Incident, actor: Actor): boolean =>
  relationsOf(incident, actor).some((relation) => working.includes(relation));
const working: readonly Relation[] = ['asked', 'assignee', 'coordinator'];

/** Posts the board when it is due. After an outage it comes late the same day, once; not the day after. */
export async function boardInTheMorning(
  ports: RoutinePorts & { cases: Cases; nonce: () => string },
): Promise<void> {
  const now = ports.clock();
  const next = nextWorkingMorning(now);
  const held = await ports.routines.take('board', now, routineLease, next);
  if (!held) return;
  if (!isBoardDay(held.at, now)) {
    await ports.routines.finish(held, { at: next });
    return;
  }
  const incidents = (await openCases(ports)).filter(({ confined }) => !confined);
  const late = isLate(held.at, now);
  const shown = { incidents, nonce: ports.nonce(), face: 'triage' as const, repeat: held.repeat, late };
  await say(ports, held, (reader) => boardCard(reader, shown), { at: next });
}

/** The list may be behind the cases. */
async function openCases({ cases }: { cases: Cases }): Promise<Incident[]> {
  const ids = await cases.listOpen();
  const loaded = await Promise.all(ids.map((id) => cases.load(id)));
  const incidents = loaded.flatMap((found) => (found ? [found.incident] : []));
  return incidents.filter(({ stage }) => stage.status !== 'closed');
}
