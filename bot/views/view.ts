import type { Instant } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import type { Actor, Directory, Locale } from '../core/people.ts';

/** What a template is expanded from: strings, truths for `$when`, what a button sends, and lists of the same. Never null, never input objects. */
export type Data = { [name: string]: string | boolean | Data | Data[] };

/** A card ready to be drawn: the name of its template in `cards/`, and everything the template shows. */
export interface View {
  card: string;
  data: Data;
  /** What a lock screen or a notification shows: a fixed sentence, never a name, a place or what someone wrote. */
  summary: string;
  /** The card in plain words with its numbers to call, for a client or a fault that cannot show the card. */
  fallback: string;
}

/** Whose eyes a card is drawn for. */
export interface Reader {
  locale: Locale;
  now: Instant;
  directory: Directory;
  /** What is drawn is of an exercise, and says so first. */
  exercise?: boolean;
}

/** What a card of a case is drawn from, and what must be said about its delivery. */
export interface CaseCard {
  incident: Incident;
  /** Whose relation to the case decides what the card offers. */
  actor: Actor;
  nonce: string;
  /** It may have come before. */
  repeat?: boolean;
  /** It should have come earlier. */
  late?: boolean;
}

/**
 * The card of a case on which a button stands; the answer to a click brings back the same face. `support`: of someone it is
 * shared with; `file`: of those who see no more of it than its number.
 */
export const faces = ['receipt', 'alarm', 'triage', 'support', 'file'] as const;
export type Face = (typeof faces)[number];
