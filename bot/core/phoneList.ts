/** The phone list: whom to call, who may see which of it, and what is asked for by a name alone. */
import type { Words } from './checklist.ts';
import type { Instant } from './ids.ts';
import type { Locale, Person, Role } from './people.ts';
import { days, later, localParts } from './time.ts';

/** In the order in which they are listed; `people` stands where those of the directory do (DOMAIN I). */
export const categories = [
  'emergency',
  'duty',
  'police',
  'people',
  'office',
  'party',
  'guard',
  'support',
  'authority',
] as const;
export type Category = (typeof categories)[number];

/** A function with a number; never a person, who is in the directory. */
export interface PhoneContact {
  /** As `polisen`. */
  id: string;
  category: Exclude<Category, 'people'>;
  name: Words;
  /** What else one writes to find it, in small letters. */
  phrases: Record<Locale, readonly string[]>;
  /** As people read and dial it: "114 14". */
  number: string;
  spare?: string | undefined;
  email?: string | undefined;
  hours?: Words | undefined;
  /** When to call, in one line. */
  when: Words;
  deputy?: Words | undefined;
  address?: string | undefined;
  /** How long it takes for someone to come. */
  arrival?: Words | undefined;
  /** Who may see it; everyone when empty. */
  roles: readonly Role[];
  /** Stands first whatever its category. */
  emergency: boolean;
  order: number;
  owner: Words;
  /** Day on which somebody last called it and it was right: `2026-11-22`. */
  verified?: string | undefined;
  verifiedBy?: Words | undefined;
  /** Last day on which it holds. */
  validUntil: string;
}

/** The contact that is the duty function: its name and number come from configuration, who is on duty from the rota. */
export const dutyContact = 'jour';
/** Whose number everyone should find. */
export const listedRoles = ['coordinator', 'preparednessManager', 'groupLeader'] as const;
export type ListedRole = (typeof listedRoles)[number];

/** One row as one reader may see it. */
export type Listed =
  | {
      kind: 'contact';
      contact: PhoneContact;
      /** Of the duty function: who is on duty now, for those who read names; `withNumber` for those who read numbers too. */
      onDuty?: { person: Person; withNumber: boolean } | undefined;
    }
  /** `named` is false for those who read the function and its number alone. */
  | { kind: 'person'; person: Person; role: ListedRole; named: boolean };

/** What the reader may see. */
export interface Sight {
  roles: readonly Role[];
  /** Whether they read who holds a function, and the number of who is on duty. */
  names: boolean;
  numbers: boolean;
  /** Others read too, nobody knows who: only what everyone may see, and nobody's own number. */
  amongOthers: boolean;
}

/**
 * Everything that this reader may see, in the order in which it is listed.
 *
 * @param who.holding people of a role; someone with two of them is listed once
 * @param who.onDuty who is on duty now
 */
export function phoneListFor(
  contacts: readonly PhoneContact[],
  who: { holding: (role: Role) => readonly Person[]; onDuty: Person | undefined },
  { roles, names, numbers, amongOthers }: Sight,
): Listed[] {
  const maySee = (contact: PhoneContact) =>
    contact.roles.length === 0 || (!amongOthers && contact.roles.some((role) => roles.includes(role)));
  const { onDuty } = who;
  const places = contacts.filter(maySee).map(
    (contact): Listed => ({
      kind: 'contact',
      contact,
      onDuty:
        contact.id === dutyContact && names && !amongOthers && onDuty
          ? { person: onDuty, withNumber: numbers }
          : undefined,
    }),
  );
  const listed = new Set<Person['id']>();
  const people = (amongOthers ? [] : listedRoles).flatMap((role) =>
    who.holding(role).flatMap((person): Listed[] => {
      // Without a name and without a number there is nothing to say of them.
      if (listed.has(person.id) || (!names && !person.number)) return [];
      listed.add(person.id);
      return [{ kind: 'person', person, role, named: names }];
    }),
  );
  return [...places, ...people].toSorted((a, b) => placeOf(a) - placeOf(b));
}

const placeOf = (one: Listed): number => {
  if (one.kind === 'person') return categories.indexOf('people') * 1_000;
  const { emergency, category, order } = one.contact;
  return (emergency ? 0 : categories.indexOf(category)) * 1_000 + order;
};

/**
 * Those that these words name, and nothing but exactly these words: whatever else is written is a report in the
 * writer's own words, and must not be taken for a question.
 *
 * @param said in small letters, without closing marks
 * @param functions what the functions of the directory are called, in small letters
 */
export function calledBy(
  list: readonly Listed[],
  said: string,
  functions: Readonly<Record<ListedRole, readonly string[]>>,
): Listed[] {
  const wanted = folded(said);
  if (wanted === '') return [];
  return list.filter((one) => wordsFor(one, functions).some((word) => folded(word) === wanted));
}

function wordsFor(one: Listed, functions: Readonly<Record<ListedRole, readonly string[]>>): string[] {
  if (one.kind === 'person') {
    return [...functions[one.role], ...(one.named ? partsOfName(one.person.name) : [])];
  }
  const { name, phrases, id } = one.contact;
  // "tib" alone is the rota's word; what is on duty there is this contact all the same.
  const officer = id === dutyContact && one.onDuty ? partsOfName(one.onDuty.person.name) : [];
  return [...Object.values(name), ...Object.values(phrases).flat(), ...officer];
}

/** First, last and full name: "Anna", "Ek", "Lind Ek" and "Anna Lind Ek". */
function partsOfName(name: string): string[] {
  const parts = name.trim().split(/\s+/);
  return [name, parts[0] ?? '', parts.at(-1) ?? '', parts.slice(1).join(' ')];
}

const folded = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('sv').trim().replaceAll(/\s+/g, ' ');

/** A number is called to be checked four times a year; one that has not been for longer is marked. */
const staleAfter = days(90);

/** Whether it is long since somebody checked it, or nobody ever has. */
export const isStale = ({ verified }: Pick<PhoneContact, 'verified'>, now: Instant): boolean =>
  verified === undefined || verified < localParts(later(now, -staleAfter)).date;
