/** Open cases go with a shift that is handed over: each is assigned to the one who comes on. */
import { withTheShift } from '../core/decide.ts';
import type { PersonId } from '../core/ids.ts';
import { assigneeOf, type Incident } from '../core/incident.ts';
import type { DutyRota } from './dutyRotaInForce.ts';
import { happen, type IncidentPorts } from './incident.ts';
import type { Cases, Clock } from './ports.ts';

interface ShiftPorts extends IncidentPorts {
  dutyRota: DutyRota;
  clock: Clock;
}

/** The open cases that this person has. */
export async function openCasesOf(cases: Cases, person: PersonId): Promise<Incident[]> {
  const ids = await cases.listOpen();
  const loaded = await Promise.all(ids.map((id) => cases.load(id)));
  return loaded.flatMap((found) =>
    found && found.incident.stage.status !== 'closed' && assigneeOf(found.incident) === person
      ? [found.incident]
      : [],
  );
}

/**
 * Moves the cases of every shift that has been handed over. What a crash or a fault has left is moved by the next call,
 * of any instance: that it is to be done was written with the rota.
 *
 * @returns how many cases were moved
 */
export async function moveCases(ports: ShiftPorts): Promise<number> {
  const waiting = ports.dutyRota.casesToMove();
  const now = ports.clock();
  let count = 0;
  for (const { from, to, by, at } of waiting) {
    const actor = { person: by, roles: [] };
    for (const { id } of await openCasesOf(ports.cases, from)) {
      await happen(ports, id, { what: `shift.${at}.${to}`, actor, now }, (incident) =>
        withTheShift(incident, { from, to }, { actor, now }),
      );
      count++;
    }
    await ports.dutyRota.moved([{ from, to, by, at }], by, now);
  }
  return count;
}

/** The rota as the storage has it now, and what was left to be done of it. */
export async function keepDutyRota(ports: ShiftPorts): Promise<void> {
  await ports.dutyRota.refresh();
  await moveCases(ports);
}
