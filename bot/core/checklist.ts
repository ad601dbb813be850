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

/** One item done, or left out because it does not concern this person now. */
export interface Tick {
  as: 'done' | 'notRelevant';
  at: Instant;
  /** Why it does not concern them, in their own words. */
  reason?: string | undefined;
}

/** What somebody has done of a list, by item. */
export interface Progress {
  /** Of the list when they last had it before them. */
  version?: string | undefined;
  ticks: Readonly<Record<string, Tick>>;
}

export interface Standing {
  done: number;
  /** All of them but what is not relevant. */
  of: number;
  /** The list has changed since they began it. */
  changed: boolean;
}

/** How far somebody has come. Ticks of items that a new version has left out count no more, and are never lost. */
export function standingOf({ items, version }: Checklist, { ticks, version: seen }: Progress): Standing {
  const as = (id: string) => ticks[id]?.as;
  const left = items.filter(({ id }) => as(id) !== 'notRelevant');
  return {
    done: left.filter(({ id }) => as(id) === 'done').length,
    of: left.length,
    changed: seen !== undefined && seen !== version && Object.keys(ticks).length > 0,
  };
}

/** What this person may open; a list without roles is everyone's. */
export const isFor = ({ roles }: Checklist, held: readonly Role[]): boolean =>
  roles.length === 0 || roles.some((role) => held.includes(role));

/** Items that concern one who holds these roles. */
export const itemsFor = (list: Checklist, held: readonly Role[]): Checklist => ({
  ...list,
  items: list.items.filter(({ roles }) => !roles || roles.some((role) => held.includes(role))),
});

/** Those lists that concern one who holds these roles, each with the items that do. */
export const listsFor = (lists: readonly Checklist[], held: readonly Role[]): Checklist[] =>
  lists.filter((list) => isFor(list, held)).map((list) => itemsFor(list, held));

/** The list that these words open at once, whatever language they are in. */
export const calledBy = (lists: readonly Checklist[], said: string): Checklist | undefined =>
  lists.find(
    ({ phrases, title }) =>
      Object.values(phrases).some((each) => each.includes(said)) ||
      Object.values(title).some((each) => each.toLowerCase() === said),
  );

/** Whether its last day has passed, in Sweden. It is shown all the same, marked. */
export const hasExpired = ({ validUntil }: Pick<Checklist, 'validUntil'>, now: Instant): boolean =>
  localParts(now).date > validUntil;
