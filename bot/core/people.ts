import type { Instant, PersonId } from './ids.ts';

/** Roles of DESIGN 3. A person may hold several. */
export const roles = [
  'elected',
  'deputy',
  'staff',
  'groupLeader',
  'dutyOfficer',
  'coordinator',
  'preparednessManager',
  'auditor',
  'hr',
  'admin',
] as const;
export type Role = (typeof roles)[number];

/** Who does something, with the roles as they are at this moment (never as a card says they were). */
export interface Actor {
  person: PersonId;
  roles: readonly Role[];
}

/** One step of the ladder: these people are asked at the same time. */
export interface Rung {
  role: 'dutyOfficer' | 'backup' | 'coordinator' | 'preparednessManager';
  people: PersonId[];
  /** The duty function is asked at its own number (SOS Alarm, a switchboard): nobody in Teams holds the duty. */
  dutyFunction?: boolean;
}

/** How long is waited for an answer to an alarm, in ms. Configuration; copied into a case with its ladder. */
export interface Deadlines {
  /** Nobody has taken it: the next rung is asked. */
  answer: number;
  /** Taken, and the person not reached: the one who took it is asked. */
  reach: number;
  /** Asked, and still not reached: the alarm goes on. */
  giveBack: number;
}

/** The languages of the product; Swedish where nothing else is known. */
export type Locale = 'sv' | 'en';

/** Someone in the directory. */
export interface Person {
  id: PersonId;
  name: string;
  roles: Role[];
  /** As people read and dial it. */
  number?: string | undefined;
  /** The language they have chosen, where the directory knows it; it wins over what a client says. */
  locale?: Locale | undefined;
}

/** The duty function as people call it and dial it: "Tjänsteperson i beredskap, 010-...". */
export interface DutyFunction {
  name: string;
  number: string;
}

/** Who is who. Answers from memory: a report must not wait for it. */
export interface Directory {
  person(id: PersonId): Person | undefined;
  holding(role: Role): Person[];
  /** People with one of these roles whose name contains the text, whatever its case; at most `limit`. */
  search(text: string, among: readonly Role[], limit: number): Person[];
  dutyFunction(): DutyFunction;
  /** Whether an alarm at this instant goes to phones too, outside Teams, at an hour when somebody answers them. */
  alsoByPhone(now: Instant): boolean;
  /** Who is asked, in order, for an alarm at this instant. Empty rungs are left out. */
  ladder(now: Instant): Rung[];
  deadlines(): Deadlines;
  /** When what it knows of people was last right, if that is too long ago. */
  oldSince(): Instant | undefined;
}
