/** Mending what should not have been broken: the auditor's one way to write. */
import { type IncidentId, type Instant, system } from '../core/ids.ts';
import { nextStepOf } from '../core/nextStep.ts';
import { commit, dueRows, type IncidentPorts, operationHash } from './incident.ts';

/**
 * Puts back the step that must stand in a case's agenda, when it is lost. Within a minute it happens once, however
 * many ask for it; a case that changes meanwhile is left to the next look.
 */
export async function replan(ports: IncidentPorts, id: IncidentId, now: Instant): Promise<void> {
  const loaded = await ports.cases.load(id);
  const step = loaded && nextStepOf(loaded.incident);
  if (!step) return;
  const actor = { person: system, roles: [] };
  const due = dueRows(loaded.incident, [step]);
  const minute = now.slice(0, 'yyyy-mm-ddThh:mm'.length);
  await commit(ports, {
    id,
    expected: loaded.tag,
    incident: loaded.incident,
    entries: [],
    operation: {
      hash: operationHash(ports.hmac, { actor, now }, [id, 'replan', minute]),
      at: now,
      by: system,
    },
    due,
  });
}
