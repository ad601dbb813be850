import type { PersonId } from './ids.ts';

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
}
