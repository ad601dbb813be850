/** What a group proposes when it talks about its safety (DOMAIN A3, B17), and what coordinators decide about it. */
import type { Instant, PersonId } from './ids.ts';

/** Longest proposal, in UTF-16 units. A longer one is refused with a sentence, never cut. */
export const longestProposal = 1_000;

/** Stored for ever, so a name here is never changed. */
export const proposalStates = ['new', 'accepted', 'declined', 'done'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** Where a proposal stands, as far as it is found without being opened. */
export interface Proposed {
  /** The same for the same words of the same person, so that what is sent twice is one. */
  id: string;
  /** The list and the question. */
  list: string;
  item: string;
  at: Instant;
}

/** One answer to one question. */
export interface Proposal extends Proposed {
  by: PersonId;
  text: string;
  /** The talk in which it was made: one card, whoever answers on it. */
  discussion: string;
  decision?: Decision | undefined;
}

/** What the coordinators have decided last. What was said of who does it stays when it is done. */
export interface Decision {
  as: Exclude<ProposalState, 'new'>;
  at: Instant;
  by: PersonId;
  /** A function that does it, in free text, and by which day: `2026-12-31`. */
  owner?: string | undefined;
  day?: string | undefined;
  /** Why it was declined. */
  reason?: string | undefined;
}

export const stateOf = ({ decision }: Pick<Proposal, 'decision'>): ProposalState => decision?.as ?? 'new';

/** By list and question, newest first. */
export const byQuestion = (a: Proposed, b: Proposed): number =>
  compare(a.list, b.list) || compare(a.item, b.item) || compare(b.at, a.at) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
