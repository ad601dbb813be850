/**
 * What must be true after any storm, checked on what was written down while it raged (the Jepsen method: clients,
 * nemesis, history, an offline checker).
 */

/** One line of the history. */
export type Happening =
  /** A client has begun to send a report; it sends it again until it is confirmed. */
  | { what: 'submitted'; nonce: string }
  /** A client was shown a confirmation. */
  | { what: 'confirmed'; nonce: string; number: string }
  /** The duty officer was told that the case is hers. */
  | { what: 'acknowledged'; number: string }
  /** A message came to stand in Teams, whether its sender was told or not. */
  | {
      what: 'posted';
      number: string;
      notice: 'alarm' | 'triage' | 'receipt';
      /** As a card of its own, or a line of a message about many. */
      as: 'card' | 'digest';
      to: string;
      repeat: boolean;
    }
  /** A case stands in the storage at the end. */
  | { what: 'stored'; number: string; taken: boolean };

export interface Verdict {
  confirmed: number;
  stored: number;
  /** Messages labelled as a possible repeat. */
  repeats: number;
  /** Each a sentence; none when all promises were kept. */
  broken: string[];
}

/** @param history in any order */
export function check(history: readonly Happening[]): Verdict {
  const broken: string[] = [];
  const confirmed = new Map<string, Set<string>>();
  const stored = new Map<string, boolean>();
  const acknowledged = new Set<string>();
  const submitted = new Set<string>();
  const posts = new Map<string, { plain: number; repeats: number }>();
  for (const happening of history) {
    if (happening.what === 'submitted') submitted.add(happening.nonce);
    else if (happening.what === 'confirmed') {
      const numbers = confirmed.get(happening.nonce) ?? new Set();
      confirmed.set(happening.nonce, numbers.add(happening.number));
    } else if (happening.what === 'stored') {
      stored.set(happening.number, happening.taken);
    } else if (happening.what === 'acknowledged') {
      acknowledged.add(happening.number);
    } else {
      const { notice, number, to, as } = happening;
      const key = `${notice} of ${number} to ${to} as a ${as}`;
      const seen = posts.get(key) ?? { plain: 0, repeats: 0 };
      seen[happening.repeat ? 'repeats' : 'plain'] += 1;
      posts.set(key, seen);
    }
  }
  if (stored.size > submitted.size) broken.push(`${submitted.size} reports became ${stored.size} cases`);
  const numbers = new Map<string, string>();
  for (const [nonce, given] of confirmed) {
    if (given.size > 1) broken.push(`one report became ${[...given].join(' and ')}`);
    for (const number of given) {
      if (!stored.has(number)) broken.push(`${number} was confirmed and is lost`);
      const other = numbers.get(number);
      if (other && other !== nonce) broken.push(`${number} was given to two reports`);
      numbers.set(number, nonce);
    }
  }
  for (const number of acknowledged) {
    if (stored.get(number) === false) broken.push(`${number} was acknowledged and stands as untaken`);
  }
  for (const number of stored.keys()) {
    for (const notice of ['alarm', 'triage', 'receipt'] as const) {
      const told = [...posts.keys()].some((key) => key.startsWith(`${notice} of ${number} `));
      if (!told) broken.push(`${number} is stored and its ${notice} was never sent`);
    }
  }
  let repeats = 0;
  for (const [key, seen] of posts) {
    repeats += seen.repeats;
    if (seen.plain > 1) broken.push(`the ${key} stands ${seen.plain} times without a label`);
  }
  return { confirmed: confirmed.size, stored: stored.size, repeats, broken };
}
