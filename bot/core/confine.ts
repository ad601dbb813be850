/** Conflict of interest: a report that somebody must not know of, before anybody is told of it. */
import type { PersonId } from './ids.ts';
import type { Confined } from './incident.ts';
import type { Rung } from './people.ts';

/** What is asked and who coordinates, without some. */
export interface Without {
  ladder: Rung[];
  confined: Confined;
}

/**
 * The ladder without those whom the reporter has excluded: where everyone on a rung is, the next is asked. Who is left of
 * the coordinators has the case, else who is left of the next level.
 *
 * @param levels who may coordinate the case: the coordinators, then the preparedness managers
 * @returns `confined.to` empty when nobody is left: then only the alarm's own ladder, or the duty function, is
 */
export function without(
  excluded: readonly PersonId[],
  ladder: readonly Rung[],
  levels: readonly (readonly PersonId[])[],
): Without {
  const left = (people: readonly PersonId[]) => people.filter((person) => !excluded.includes(person));
  const rungs = ladder.map((rung) => ({ ...rung, people: left(rung.people) }));
  return {
    ladder: rungs.filter(({ people, dutyFunction }) => people.length > 0 || dutyFunction),
    confined: { to: levels.map(left).find((people) => people.length > 0) ?? [], out: [...excluded] },
  };
}
