/** What is believed of a directory's answer about who holds which role. */
import type { PersonId } from './ids.ts';
import type { Person, Role } from './people.ts';

/** Someone as a directory answers for them. */
export interface Found extends Omit<Person, 'roles'> {
  /** False for an account that is closed, or that of a guest where guests hold no roles. */
  active: boolean;
}

/** Who was found in each role that was asked about; `undefined` where no answer came that can be believed. */
export type Answers = ReadonlyMap<Role, readonly Found[] | undefined>;

/**
 * Roles whose last holders are not taken from them by an answer that names nobody at all: those who answer alarms, and
 * those who report. A mistake there costs a life; in the others it only opens doors, so an empty answer is believed.
 */
const keptWhenEmpty: readonly Role[] = [
  'dutyOfficer',
  'coordinator',
  'preparednessManager',
  'elected',
  'deputy',
  'staff',
];

/**
 * Who holds which role after an answer. What could not be read stays as it was last known; someone who is named as no
 * longer active loses every role, also the last one who holds it.
 *
 * @param before who held which role as last known
 * @returns also the roles that are as they were because the answer was not believed
 */
export function afterAnswers(before: Iterable<Person>, answers: Answers): { people: Person[]; kept: Role[] } {
  const known = new Map([...before].map((person) => [person.id, person]));
  const found = new Map<PersonId, Found>();
  for (const each of answers.values()) for (const one of each ?? []) found.set(one.id, one);
  const holders = new Map<PersonId, Role[]>();
  const holds = (id: PersonId, role: Role) => {
    const roles = holders.get(id);
    if (roles?.includes(role)) return;
    if (roles) roles.push(role);
    else holders.set(id, [role]);
  };
  const kept: Role[] = [];
  for (const [role, named] of answers) {
    const held = [...known.values()].filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
    const believed = named && (named.length > 0 || held.length === 0 || !keptWhenEmpty.includes(role));
    if (!believed) kept.push(role);
    for (const id of believed ? named.map((one) => one.id) : held) holds(id, role);
  }
  const people = [...holders].flatMap(([id, roles]): Person[] => {
    const newest = found.get(id);
    if (!newest) return [known.get(id) ?? []].flat().map((person) => ({ ...person, roles }));
    const { active, ...person } = newest;
    return active ? [{ ...person, roles }] : [];
  });
  return { people, kept };
}
