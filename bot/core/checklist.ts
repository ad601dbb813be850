/** Checklists: what to do before, during and after. Content is data that coordinators own; the rules here only read it. */
import type { Instant } from './ids.ts';
import type { Answers } from './incident.ts';
import type { Locale, Role } from './people.ts';
import { localParts } from './time.ts';

/** `discussion` holds questions for a group, whose answers become proposals; `other` is about how to meet people. */
export const phases = ['before', 'during', 'after', 'discussion', 'other'] as const;
export type Phase = (typeof phases)[number];

/** The same words in every language of the product. */
export type Words = Record<Locale, string>;

export interface ChecklistItem {
  /** Never used again for something else: ticks hang on it. As `fore.allm.01`. */
  id: string;
  text: Words;
  /** Who does it; everyone who has the list when absent. */
  roles?: readonly Role[] | undefined;
  /** Where it comes from: a seed and its lines (`S2:87-88`), a public source (`P22`), `F` our own, `K` to be confirmed. */
  source: readonly string[];
  link?: { title: Words; url: string } | undefined;
}

export interface Checklist {
  id: string;
  phase: Phase;
  title: Words;
  /** One sentence above the items. */
  lead?: Words | undefined;
  /** For whom; everyone when empty. */
  roles: readonly Role[];
  /** What one writes in the chat to open it at once, in small letters: "hot på telefon". */
  phrases: Record<Locale, readonly string[]>;
  /** Ways in which a threat came that this list fits: a report's confirmation offers it. */
  channels: readonly Answers['channel'][];
  /** In the order in which they are done, those of included lists in their place. */
  items: readonly ChecklistItem[];
  /** Who keeps it: a function, never a person's name. */
  owner: Words;
  /** Last day on which it holds: `2027-12-31`. */
  validUntil: string;
  /** Changes with every change of what people read. */
  version: string;
}

/** Whether its last day has passed, in Sweden. It is shown all the same, marked. */
export const hasExpired = ({ validUntil }: Pick<Checklist, 'validUntil'>, now: Instant): boolean =>
  localParts(now).date > validUntil;
