/**
 * Proves the log, from an export and the key alone: every link follows from the one before it, every chain ends where
 * its head says, and no chain is shorter than, or other than, its anchors say. Who lacks the key cannot make a link.
 */
import { z } from 'zod';
import type { Hmac } from '../features/ports.ts';
import { type Anchor, anchorMark, anchor as anchorSchema, chainMark } from './anchors.ts';
import { chainHash } from './audit.ts';
import { key, numbered, parseJson } from './rows.ts';
import { chainHead } from './schemas.ts';

/** A line of an export. */
export const exportedLine = z.union([
  /** A row of a chain: a link or its head. */
  z.object({ rowKey: z.string(), json: z.string() }),
  /** A chain that may have been anchored, for its name to be said when nothing else is left of it. */
  z.object({ chain: z.string() }),
  z.object({ anchor: z.string(), text: z.string() }),
]);
export type ExportedLine = z.infer<typeof exportedLine>;

/** What does not hold. */
export interface Break {
  /** A case's number, a day, or the name of an anchor's blob. */
  where: string;
  seq?: number;
  what:
    | 'missing' // a link that others follow
    | 'changed' // does not follow from the link before it
    | 'stray' // a row that no chain has
    | 'unreadable'
    | 'end' // the head is missing, or says another end
    | 'cut' // shorter than an anchor says
    | 'forked' // another link stands where an anchor was made
    | 'anchorChanged'
    | 'anchorMissing'; // one that a later anchor follows
}

export interface Verified {
  rows: number;
  chains: number;
  anchors: number;
  breaks: Break[];
}

interface Link {
  seq: number;
  json: string;
}
interface Chain {
  links: Link[];
  head?: string;
}

/** As it stands, its properties in their order. */
const stored = z.record(z.string(), z.unknown());

/** @param lines in any order */
export function verify(lines: Iterable<ExportedLine>, hmac: Hmac): Verified {
  const breaks: Break[] = [];
  const chains = new Map<string, Chain>();
  const anchors: { name: string; text: string }[] = [];
  const names = new Set<string>();
  let rows = 0;
  for (const line of lines) {
    if ('anchor' in line) anchors.push({ name: line.anchor, text: line.text });
    else if ('chain' in line) names.add(line.chain);
    else {
      rows += 1;
      const stray = put(chains, line);
      if (stray) breaks.push(stray);
    }
  }
  const hashes = new Map<string, Map<number, string>>();
  for (const [name, chain] of chains) hashes.set(name, walked(name, chain, hmac, breaks));
  checkAnchors(anchors, { names: new Set([...names, ...chains.keys()]), hashes, hmac, breaks });
  return { rows, chains: chains.size, anchors: anchors.length, breaks };
}

/** @returns what is wrong with a row whose key is not one that the product makes */
function put(
  chains: Map<string, Chain>,
  { rowKey, json }: { rowKey: string; json: string },
): Break | undefined {
  const [, name = '', last = ''] = rowKey.split('|');
  const chain = chains.get(name) ?? { links: [] };
  if (rowKey === key('audit', name, 'head')) chain.head = json;
  else {
    const seq = Number(last);
    if (!Number.isInteger(seq) || rowKey !== key('audit', name, numbered(seq)))
      return { where: rowKey, what: 'stray' };
    chain.links.push({ seq, json });
  }
  chains.set(name, chain);
  return undefined;
}

/** Walks a chain from its beginning. @returns the hash of each link as it is stored */
function walked(where: string, { links, head }: Chain, hmac: Hmac, breaks: Break[]): Map<number, string> {
  const hashes = new Map<number, string>();
  let before = '';
  let expected = 1;
  for (const { seq, json } of links.sort((a, b) => a.seq - b.seq)) {
    if (seq < expected) breaks.push({ where, seq, what: 'stray' });
    for (; expected < seq; expected++) breaks.push({ where, seq: expected, what: 'missing' });
    expected = seq + 1;
    const read = stored.safeParse(parseJson(json));
    if (!read.success || JSON.stringify(read.data) !== json) {
      breaks.push({ where, seq, what: 'unreadable' });
      before = '';
      continue;
    }
    const { hash, ...entry } = read.data;
    if (hash !== chainHash(hmac, before, seq, where, entry)) breaks.push({ where, seq, what: 'changed' });
    before = String(hash);
    hashes.set(seq, before);
  }
  const end = chainHead.safeParse(parseJson(head ?? ''));
  const ends = end.success && end.data.seq === expected - 1 && end.data.hash === before;
  if (!ends) breaks.push({ where, seq: expected - 1, what: 'end' });
  return hashes;
}

function checkAnchors(
  found: { name: string; text: string }[],
  parts: { names: Set<string>; hashes: Map<string, Map<number, string>>; hmac: Hmac; breaks: Break[] },
): void {
  const { names, hashes, hmac, breaks } = parts;
  const read: { name: string; anchor: Anchor }[] = [];
  for (const { name, text } of found) {
    const parsed = anchorSchema.safeParse(parseJson(text));
    if (parsed.success && parsed.data.mark === anchorMark(hmac, parsed.data)) {
      read.push({ name, anchor: parsed.data });
    } else breaks.push({ where: name, what: 'anchorChanged' });
  }
  const marks = new Set(read.map(({ anchor }) => anchor.mark));
  for (const { name, anchor } of read) {
    if (anchor.before !== '' && !marks.has(anchor.before))
      breaks.push({ where: name, what: 'anchorMissing' });
  }
  const chains = new Map([...names].map((name) => [chainMark(hmac, name), name]));
  for (const { name, anchor } of read) {
    for (const { chain, seq, hash } of anchor.heads) {
      const where = chains.get(chain) ?? `a chain of anchor ${name}`;
      const there = hashes.get(where)?.get(seq);
      if (there === undefined) breaks.push({ where, seq, what: 'cut' });
      else if (there !== hash) breaks.push({ where, seq, what: 'forked' });
    }
  }
}
