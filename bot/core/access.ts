/** What is kept of who came near what people wrote: of every case, and of the whole. */
import type { Instant, PersonId } from './ids.ts';

/** What someone did. Stored for ever, so a name here is never changed. */
export const accesses = [
  /** Opened what people wrote. */
  'read',
  /** Asked for it without the right to; nothing was shown. */
  'denied',
  /** Opened it in an emergency, with a reason of their own. */
  'override',
  /** Took it out of this product. */
  'exported',
  /** Said who may not know of the case. */
  'restricted',
  /** Deleted what people wrote. */
  'erased',
  /** A role was given or taken away. */
  'roleChanged',
  /** A document of the coordinators was changed. */
  'settingChanged',
] as const;
export type Access = (typeof accesses)[number];

/** One line of the log. */
export interface AuditEntry {
  at: Instant;
  by: PersonId;
  what: Access;
  /** A word of our own: which card, verb, role or document. Never what people wrote, which is sealed elsewhere. */
  why: string;
  /** Whom it was done to, where that is a person: who got a role. */
  whom?: PersonId;
}

/** Somebody has seen what people wrote, by right or in an emergency. */
export const isReading = ({ what }: AuditEntry): boolean =>
  what === 'read' || what === 'override' || what === 'exported';
