/** The alarm outside Teams: who is paged, and until when. A page is an SMS or a call, and wakes somebody at 02:40. */
import type { PersonId } from './ids.ts';
import { type Incident, rungNow } from './incident.ts';
import { minutes } from './time.ts';

/** A person's own phone, or the duty function's number where nobody in Teams holds the duty. */
export type PageTarget = PersonId | 'dutyFunction';

/** How long after a page the next one goes, until somebody takes the case or the alarm goes on. */
export const pageEvery = minutes(1);

/** The plain part of a page: whom, and on which rung they were asked. */
export interface Page {
  to: PageTarget;
  rung: number;
}

/**
 * Who is paged right now: everyone who is asked. Someone whom Teams cannot reach is paged like the others, only who
 * has declined is not. With nobody at all on the ladder it is the duty function's number.
 */
export function pagedNow(incident: Incident): PageTarget[] {
  if (!isOut(incident)) return [];
  const rung = rungNow(incident);
  if (!rung) return ['dutyFunction'];
  const { declined, unreachable = [] } = incident;
  const people = rung.people.filter((person) => !declined.includes(person) || unreachable.includes(person));
  return rung.dutyFunction ? ['dutyFunction', ...people] : people;
}

/**
 * Whether a planned page is still worth sending; asked right before each. Never for a case that somebody has. The
 * first page to someone goes however late it is found, and though the alarm has gone on since (Teams may have passed
 * them over within the second), for as long as the alarm has not come round to them again. The next ones go while
 * they are the ones asked.
 *
 * @param paged they may have been paged before on this rung
 */
export function stillPaged(incident: Incident, { to, rung }: Page, paged: boolean): boolean {
  if (!isOut(incident)) return false;
  if (incident.rung === rung) return pagedNow(incident).includes(to);
  return !paged && incident.rung < rung + Math.max(1, incident.ladder.length);
}

/** The alarm has gone out, nobody has the case, and it is not left to the day. */
const isOut = ({ stage, alarmedAt, handedOver }: Incident): boolean =>
  stage.status === 'new' && alarmedAt !== undefined && !handedOver;
