/**
 * What follows from a change of the duty rota: the open cases go with a shift that is handed over, the coordinators'
 * channel is told, and whoever has or loses a shift by another's hand.
 */

import { withTheShift } from '../core/decide.ts';
import type { RotaNews } from '../core/dutyRota.ts';
import type { Target } from '../core/effects.ts';
import type { PersonId } from '../core/ids.ts';
import { assigneeOf, type Incident } from '../core/incident.ts';
import { later } from '../core/time.ts';
import { faultOf } from '../log.ts';
import { rotaNews } from '../views/index.ts';
import type { DutyRota } from './dutyRotaInForce.ts';
import { happen, type IncidentPorts } from './incident.ts';
import type { Audit, Cases } from './ports.ts';
import { type TellPorts, tell } from './tell.ts';

export interface RotaPorts extends IncidentPorts, TellPorts {
  audit: Audit;
  dutyRota: DutyRota;
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
 * Assigns the open cases of the one who leaves to the one who comes on. Repeating is harmless.
 *
 * @returns how many there were; none for a change that moves no cases
 */
export async function moveCases(ports: RotaPorts, news: RotaNews): Promise<number> {
  if (news.do !== 'handOver' || !news.from) return 0;
  const { from, to, at } = news;
  const context = { actor: { person: news.by, roles: [] }, now: ports.clock() };
  const incidents = await openCasesOf(ports.cases, from);
  for (const { id } of incidents) {
    await happen(ports, id, { what: `shift.${at}.${to}`, ...context }, (incident) =>
      withTheShift(incident, { from, to }, context),
    );
  }
  return incidents.length;
}

/**
 * Tells the channel, then whoever has or loses a shift by another's hand; logs it, and then the change is finished. What
 * the channel could not be told, or the log not be given, is left to `keepDutyRota`.
 */
export async function tellRotaNews(ports: RotaPorts, news: RotaNews): Promise<void> {
  const say = (to: Target) => tell(ports, to, (reader) => rotaNews(reader, { news, to }));
  if (!(await say('channel'))) return;
  const concerned =
    news.do === 'swap'
      ? news.shifts.map(({ dutyOfficer }) => dutyOfficer)
      : [news.to, ...(news.from ? [news.from] : [])];
  const others = [...new Set(concerned)].filter((person) => person !== news.by);
  await Promise.all(others.map(say));
  try {
    await ports.audit.record({
      at: news.at,
      by: news.by,
      what: 'settingChanged',
      why: `dutyRota.${news.do}`,
    });
    await ports.dutyRota.finished(news, ports.clock());
  } catch (error) {
    ports.log.warn('rota news not finished', { error: faultOf(error) });
  }
}

/** Longer than the instance that made a change needs to finish it. */
const leftAfter = 10_000;

/** The rota as the storage has it now; and what a crash or a fault has left of its changes is finished. */
export async function keepDutyRota(ports: RotaPorts): Promise<void> {
  await ports.dutyRota.refresh();
  for (const news of ports.dutyRota.unfinished()) {
    if (later(news.at, leftAfter) > ports.clock()) continue;
    await moveCases(ports, news);
    await tellRotaNews(ports, news);
  }
}
