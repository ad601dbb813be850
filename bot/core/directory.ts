/** Who is who, answered from what is known of people at this moment. Where they come from makes no difference here. */
import { onDuty, type Rota } from './dutyRota.ts';
import type { Instant, PersonId } from './ids.ts';
import type { Deadlines, Directory, DutyFunction, Person, Role, Rung } from './people.ts';
import { answering } from './policy.ts';
import { type Hours, isWithin } from './time.ts';

/** Everyone who is known, found by id and by role. Never changed: who is known anew makes a new one. */
export interface Register {
  people: ReadonlyMap<PersonId, Person>;
  holding(role: Role): Person[];
}

export function registerOf(people: Iterable<Person>): Register {
  const byId = new Map<PersonId, Person>();
  const byRole = new Map<Role, Person[]>();
  for (const person of people) byId.set(person.id, person);
  for (const person of byId.values()) {
    for (const role of person.roles) {
      const holders = byRole.get(role);
      if (holders) holders.push(person);
      else byRole.set(role, [person]);
    }
  }
  return { people: byId, holding: (role) => byRole.get(role) ?? [] };
}

/** What an organisation has decided of its duty. */
export interface DutyRules {
  dutyFunction: DutyFunction;
  deadlines: Deadlines;
  /** Absent where no phone rings. `dutyHours`: when somebody answers; around the clock when it is not said. */
  phones?: { dutyHours?: Hours | undefined; dutyFunction?: boolean | undefined } | undefined;
}

/**
 * @param register of the people, as they are known at this moment
 * @param rota the one in force
 * @param oldSince when what is known of people was last right, if that is too long ago
 */
export function directoryOf(
  { dutyFunction, deadlines, phones }: DutyRules,
  register: () => Register,
  rota: () => Rota,
  oldSince: () => Instant | undefined = () => undefined,
): Directory {
  const person = (id: PersonId) => register().people.get(id);
  // Who has left, or answers alarms no longer, is passed over: the next is asked at once and not in five minutes.
  const able = (id: PersonId | undefined): PersonId[] =>
    id && person(id)?.roles.some((role) => answering.includes(role)) ? [id] : [];
  const ids = (role: Role) =>
    register()
      .holding(role)
      .map(({ id }) => id);
  return {
    person,
    holding: (role) => register().holding(role),
    search(text, among, limit) {
      const wanted = text.trim().toLocaleLowerCase('sv');
      const found: Person[] = [];
      for (const one of register().people.values()) {
        if (found.length === limit) break;
        const fits = one.roles.some((role) => among.includes(role));
        if (fits && one.name.toLocaleLowerCase('sv').includes(wanted)) found.push(one);
      }
      return found;
    },
    dutyFunction: () => dutyFunction,
    alsoByPhone: (now) =>
      phones !== undefined && (phones.dutyHours === undefined || isWithin(phones.dutyHours, now)),
    deadlines: () => deadlines,
    ladder(now) {
      const shift = onDuty(rota(), now);
      const officers = able(shift?.dutyOfficer);
      const byNumber = phones?.dutyFunction && officers.length === 0;
      const rungs: Rung[] = [
        { role: 'dutyOfficer', people: officers, ...(byNumber && { dutyFunction: true }) },
        { role: 'backup', people: able(shift?.backup) },
        { role: 'coordinator', people: ids('coordinator') },
        { role: 'preparednessManager', people: ids('preparednessManager') },
      ];
      return rungs.filter((rung) => rung.people.length > 0 || rung.dutyFunction);
    },
    oldSince,
  };
}
