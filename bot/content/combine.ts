/** Files made into what people read: local versions over defaults, includes and choices resolved. */
import { createHash } from 'node:crypto';
import { type Checklist, type ChecklistItem, hasExpired, phases, type Words } from '../core/checklist.ts';
import type { Instant } from '../core/ids.ts';
import type { Locale } from '../core/people.ts';
import type { PhoneContact } from '../core/phoneList.ts';
import type { WrittenContact } from './contacts.ts';
import { type Filled, mostItems, type Problem, type WrittenItem, type WrittenList } from './file.ts';
import type { ReadFiles } from './files.ts';

/** What an organisation has decided on its own. */
export interface Local {
  /** Each takes the place of the default with its id, or is one more. */
  files: ReadFiles;
  /** The variant it has chosen, by the name of the choice. */
  choices: Readonly<Record<string, string>>;
}

export interface Loaded {
  /** In the order in which they are offered: by phase, then by `order`. */
  checklists: readonly Checklist[];
  /** As they were written; the phone list puts them in order for each reader. */
  contacts: readonly PhoneContact[];
  problems: readonly Problem[];
}

/**
 * Everything that can be read, and everything that is wrong with the rest: a broken file takes nothing else with it.
 * A local version that is wrong leaves the default in force.
 *
 * @param filled what configuration says, for the placeholders
 * @param now says which lists have expired
 */
export function combine(defaults: ReadFiles, local: Local, filled: Filled, now: Instant): Loaded {
  const problems: Problem[] = [...defaults.problems, ...local.files.problems];
  const tell = (
    list: Pick<WrittenList, 'file' | 'lineOf'>,
    path: PropertyKey[],
    sentence: string,
    weight: Problem['weight'] = 'wrong',
  ) => problems.push({ file: list.file, line: list.lineOf(path), sentence, weight });
  const lists = new Map<string, WrittenList>();
  for (const list of defaults.lists) {
    const other = lists.get(list.id);
    if (other) tell(list, ['id'], `${list.id} is the id of the list in ${other.file} too`);
    else if (!clashes(list)) lists.set(list.id, list);
  }
  for (const list of local.files.lists) {
    if (clashes(list)) continue;
    // Last, so that of two that want the same phrase it is the local one that is told.
    lists.delete(list.id);
    lists.set(list.id, list);
  }

  const phrases = new Map<string, WrittenList>();
  const checklists = [...lists.values()].map((list): Checklist => {
    if (hasExpired(list, now)) tell(list, ['validUntil'], `expired on ${list.validUntil}`, 'warning');
    const found = itemsOf(list, [list.id], new Set([list.id]));
    if (found.length > mostItems) {
      tell(
        list,
        ['items'],
        `has ${found.length} items with what it includes: at most ${mostItems} are shown`,
      );
    }
    const title = fill(list.title);
    const lead = list.lead && fill(list.lead);
    const items = found.slice(0, mostItems).map(itemOf);
    return {
      id: list.id,
      phase: list.phase,
      title,
      lead,
      roles: list.roles,
      phrases: phrasesOf(list),
      channels: list.channels,
      items,
      owner: fill(list.owner),
      validUntil: list.validUntil,
      version: versionOf([title, lead, items]),
    };
  });
  const contacts = contactsOf();
  checkChoices();
  return { checklists: checklists.toSorted(inOrder), contacts, problems };

  /** Whether an item of this list has an id that another list uses, or the list itself twice. */
  function clashes(list: WrittenList): boolean {
    const taken = new Map<string, string>();
    for (const other of lists.values()) {
      if (other.id === list.id) continue;
      for (const entry of other.entries) if ('id' in entry) taken.set(entry.id, other.file);
    }
    let found = false;
    for (const [n, entry] of list.entries.entries()) {
      if (!('id' in entry)) continue;
      const where = taken.get(entry.id);
      if (where !== undefined)
        tell(list, ['items', n, 'id'], `${entry.id} is the id of an item in ${where} too`);
      found ||= where !== undefined;
      taken.set(entry.id, list.file);
    }
    return found;
  }

  /** Its phrases that no list before it has. */
  function phrasesOf(list: WrittenList): Checklist['phrases'] {
    const own = (locale: Locale) =>
      list.phrases[locale].filter((phrase, n) => {
        const other = phrases.get(`${locale} ${phrase}`);
        if (other) tell(list, ['phrases', locale, n], `"${phrase}" opens the list in ${other.file} already`);
        else phrases.set(`${locale} ${phrase}`, list);
        return !other;
      });
    return { sv: own('sv'), en: own('en') };
  }

  /**
   * @param above the lists that this one is included by, from the outermost, itself last
   * @param seen every list that is in it already
   */
  function itemsOf(list: WrittenList, above: readonly string[], seen: Set<string>): WrittenItem[] {
    return list.entries.flatMap((entry, n): WrittenItem[] => {
      if (!('include' in entry)) return [entry];
      return entry.include.flatMap((id, m) => {
        const other = lists.get(id);
        const at = ['items', n, 'include', m];
        // Each fault is told once: of the list that says so, and not of all that include it.
        if (!other && above.length === 1) tell(list, at, `includes ${id}: there is no such list`);
        if (above[0] === id) tell(list, at, `includes itself: ${[...above, id].join(' > ')}`);
        if (!other || seen.has(id)) return [];
        seen.add(id);
        return itemsOf(other, [...above, id], seen);
      });
    });
  }

  function itemOf({ id, text, choice, variants, roles, source, link }: WrittenItem): ChecklistItem {
    const chosen = choice === undefined ? undefined : local.choices[choice];
    const words = (chosen !== undefined && variants && own(variants, chosen)) || text;
    return {
      id,
      text: fill(words),
      roles,
      source,
      link: link && { title: fill(link.title), url: link.url },
    };
  }

  /** A local contact takes the place of the default with its id. */
  function contactsOf(): PhoneContact[] {
    const all = new Map<string, WrittenContact>();
    for (const one of [...defaults.contacts, ...local.files.contacts]) all.set(one.id, one);
    return [...all.values()].map((one): PhoneContact => {
      const { file: _file, lineOf: _lineOf, source: _source, ...contact } = one;
      if (hasExpired(one, now)) tell(one, ['validUntil'], `expired on ${one.validUntil}`, 'warning');
      const own = (locale: Locale) =>
        one.phrases[locale].filter((phrase, n) => {
          const list = phrases.get(`${locale} ${phrase}`);
          if (list) tell(one, ['phrases', locale, n], `"${phrase}" opens the list in ${list.file} already`);
          return !list;
        });
      return {
        ...contact,
        name: fill(one.name),
        phrases: { sv: own('sv'), en: own('en') },
        number: filledIn(one.number),
        spare: one.spare && filledIn(one.spare),
        when: fill(one.when),
        hours: one.hours && fill(one.hours),
        deputy: one.deputy && fill(one.deputy),
        arrival: one.arrival && fill(one.arrival),
        owner: fill(one.owner),
      };
    });
  }

  function filledIn(text: string): string {
    return text.replace(/\{(dutyNumber|dutyFunction)\}/g, (_whole, name: keyof Filled) => filled[name]);
  }

  function fill({ sv, en }: Words): Words {
    return { sv: filledIn(sv), en: filledIn(en) };
  }

  /** A choice that no item offers is named: both sides are said until it is mended. */
  function checkChoices(): void {
    const items = [...lists.values()].flatMap(({ entries }) => entries);
    for (const [name, variant] of Object.entries(local.choices)) {
      const offered = items.some(
        (entry) =>
          'choice' in entry && entry.choice === name && entry.variants && own(entry.variants, variant),
      );
      if (offered) continue;
      const sentence = `${name}=${variant}: no item offers this choice`;
      problems.push({ file: 'choices', line: 1, sentence, weight: 'wrong' });
    }
  }

  function inOrder(a: Checklist, b: Checklist): number {
    const place = ({ id, phase }: Checklist) =>
      phases.indexOf(phase) * 1_000_000 + (lists.get(id)?.order ?? 0);
    return place(a) - place(b) || (a.id < b.id ? -1 : 1);
  }
}

/** Lists whose card would be too large: people would get plain words, with nothing to tick. */
export function tooLarge(
  { checklists }: Loaded,
  fits: (list: Checklist) => boolean,
  lists: readonly WrittenList[],
): Problem[] {
  return checklists
    .filter((list) => !fits(list))
    .flatMap(({ id }): Problem[] => {
      const list = lists.findLast((one) => one.id === id);
      const sentence = `${id} does not fit a card: shorten it, or make two of it`;
      return list ? [{ file: list.file, line: list.lineOf(['items']), sentence, weight: 'wrong' }] : [];
    });
}

/** A word of its own, never one that every object has. */
const own = (variants: Record<string, Words>, name: string): Words | undefined =>
  Object.hasOwn(variants, name) ? variants[name] : undefined;

/** Short, and another when anything that people read is another. */
const versionOf = (read: unknown): string =>
  createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 12);
