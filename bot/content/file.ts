/** One checklist as an editor writes it: YAML, read strictly, with every fault named by its line. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { phases, type Words } from '../core/checklist.ts';
import { channels } from '../core/incident.ts';
import { roles } from '../core/people.ts';
import { lix } from './lix.ts';

/** A text and the name it is told by. */
export interface Source {
  /** Name of the file, or of the local version. */
  file: string;
  text: string;
}

/** Something an editor should mend, in a sentence. */
export interface Problem {
  file: string;
  line: number;
  sentence: string;
  /** What is wrong is left out, or shown as text; a warning changes nothing of what people see. */
  weight: 'wrong' | 'warning';
}

/** Filled in from configuration where a text says `{dutyNumber}`. */
export const placeholders = ['dutyNumber', 'dutyFunction'] as const;
export type Filled = Record<(typeof placeholders)[number], string>;
/** As editors write them. */
export const unfilled: Filled = { dutyNumber: '{dutyNumber}', dutyFunction: '{dutyFunction}' };

/** More than anyone reads, and than a card holds. */
export const mostItems = 100;
const largestFile = 128 * 1024;
/** A during-list is read in fear; the rest should still be easy. */
const heaviest = { during: 30, rest: 40 };

/** Control characters and those that turn the direction of writing or cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/u;
const placeholder = /\{([^{}]*)\}/g;

/** Said of what is there; of what is not, the same is said everywhere. */
export const orMissing = (sentence: string) => (issue: z.core.$ZodRawIssue) =>
  issue.input === undefined ? undefined : sentence;

export const line = (most: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(most)
    .refine((text) => !unseen.test(text), 'has a control character, or one that cannot be seen');
export const said = (most: number) =>
  line(most).superRefine((text, context) => {
    for (const [whole, name] of text.matchAll(placeholder)) {
      if (placeholders.some((known) => known === name)) continue;
      context.addIssue(
        `has ${whole}: only ${placeholders.map((one) => `{${one}}`).join(', ')} can be filled in`,
      );
    }
  });
export const words = (most: number) => z.strictObject({ sv: said(most), en: said(most) });
const phrase = line(60).refine((text) => text === text.toLocaleLowerCase('sv'), 'is not in small letters');
export const phrases = z.array(phrase).min(1).max(50);

export const id = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9]*(\.[a-z0-9]+)*$/, 'is no id: small letters, digits and dots, as under.tel.01');
export const source = z
  .string()
  .regex(/^(S[0-4]:\d+(-\d+)?|P[\p{L}\d-]+|F|K)$/u, 'is no source: as S2:94, S2:87-88, P22, F or K');

const item = z
  .strictObject({
    id,
    text: words(400),
    /** Where sources disagree `text` says both sides, and configuration may choose one of these by its name. */
    choice: z.exactOptional(line(40)),
    variants: z.exactOptional(z.record(z.string().regex(/^\w+$/, 'is no name'), words(400))),
    roles: z.exactOptional(z.array(z.enum(roles)).min(1)),
    source: z.array(source).min(1),
    link: z.exactOptional(
      z.strictObject({
        title: words(100),
        url: z.url({ protocol: /^https$/, error: orMissing('is no https address') }),
      }),
    ),
  })
  .refine(({ choice, variants }) => (choice === undefined) === (variants === undefined), {
    path: ['choice'],
    message: 'and variants need each other',
  });
const included = z.strictObject({ include: z.array(id).min(1).max(10) });

const list = z.strictObject({
  id,
  phase: z.enum(phases),
  /** Where it stands among the lists of its phase. */
  order: z.int().min(1),
  title: words(80),
  lead: z.exactOptional(words(200)),
  roles: z.array(z.enum(roles)).default([]),
  phrases: z.strictObject({ sv: phrases, en: phrases }),
  channels: z.array(z.enum(channels)).default([]),
  owner: words(80),
  validUntil: z.iso.date({ error: orMissing('is no date, as 2027-12-31') }),
  items: z.array(z.unknown()).min(1).max(mostItems),
});

export type WrittenItem = z.infer<typeof item>;
export type Entry = WrittenItem | z.infer<typeof included>;

/** A file that is whole in itself; what it has to do with other files is not looked at yet. */
export interface WrittenList extends Omit<z.infer<typeof list>, 'items'> {
  file: string;
  entries: Entry[];
  /** Line of what stands at this path: `['items', 3, 'id']`. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** A file that is YAML, with ways to read what is in it and to tell what is wrong. */
export interface OpenedFile {
  json: unknown;
  /** Told so far. */
  problems: Problem[];
  /** Line of what stands at this path. */
  lineOf(path: readonly PropertyKey[]): number;
  tell(line: number, sentence: string, weight?: Problem['weight']): void;
  /** Reads what stands at a path, and tells of every fault in it by its name. */
  parse<T>(schema: z.ZodType<T>, value: unknown, at: PropertyKey[], name?: string): T | undefined;
}

/** @returns the file, or what is so wrong with it that nothing in it can be read */
export function openFile({ file, text }: Source): OpenedFile | { problems: Problem[] } {
  const problems: Problem[] = [];
  const tell: OpenedFile['tell'] = (at, sentence, weight = 'wrong') =>
    void problems.push({ file, line: at, sentence, weight });
  if (Buffer.byteLength(text) > largestFile) {
    tell(1, `the file is larger than ${largestFile / 1024} KiB`);
    return { problems };
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  for (const fault of [...document.errors, ...document.warnings]) {
    tell(counter.linePos(fault.pos[0]).line, `the file is not YAML: ${fault.message}`);
  }
  if (problems.length > 0) return { problems };

  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  const json = jsonOf(document);
  if (json === undefined) {
    tell(1, 'the file repeats itself by aliases (& and *): write it out');
    return { problems };
  }
  const parse: OpenedFile['parse'] = (schema, value, at, name = '') => {
    const parsed = schema.safeParse(value, { error: inWords });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const path = [...at, ...issue.path];
      const key = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const what = [name, issue.path.join('.')].filter(Boolean).join(': ') || 'the file';
      tell(lineOf([...path, ...key]), `${what} ${issue.message}`);
    }
    return undefined;
  };
  return { json, problems, lineOf, tell, parse };
}

/**
 * Reads one checklist.
 *
 * @returns the list when nothing in it is wrong, and everything an editor should mend
 */
export function readFile(from: Source): { list?: WrittenList; problems: Problem[] } {
  const opened = openFile(from);
  if (!('parse' in opened)) return opened;
  const { json, problems, lineOf, tell, parse } = opened;
  const head = parse(list, json, []);
  // Also when the head is wrong: an editor mends everything at once.
  const written = z.looseObject({ items: z.array(z.unknown()) }).safeParse(json).data?.items ?? [];
  const entries = written.slice(0, mostItems).flatMap((entry, n): Entry[] => {
    const outer = z.looseObject({ id: z.string().optional().catch(undefined) }).safeParse(entry);
    const name = outer.data?.id ?? `item ${n + 1}`;
    const isInclude = outer.success && 'include' in outer.data;
    const read = parse<Entry>(isInclude ? included : item, entry, ['items', n], name);
    return read ? [read] : [];
  });
  if (!head || problems.length > 0) return { problems };

  const { items: _items, ...rest } = head;
  const whole: WrittenList = { ...rest, file: from.file, entries, lineOf };
  const first = entries[0];
  if (head.phase === 'during' && !(first && 'text' in first && saysAlarm(first.text))) {
    tell(lineOf(['items', 0]), 'the first item of what one reads in danger must be 112');
  }
  const heavy = Math.round(lixOf(whole));
  const limit = head.phase === 'during' ? heaviest.during : heaviest.rest;
  if (heavy > limit) tell(lineOf(['items']), `reads heavily: LIX ${heavy}, at most ${limit}`, 'warning');
  return problems.some(({ weight }) => weight === 'wrong') ? { problems } : { list: whole, problems };
}

/** How heavy its Swedish reads: the lead and every item of its own, as sentences. */
export function lixOf({ lead, entries }: Pick<WrittenList, 'lead' | 'entries'>): number {
  const own = entries.flatMap((entry) => ('text' in entry ? [entry.text.sv] : []));
  return lix([...(lead ? [lead.sv] : []), ...own].join('\n'));
}

const saysAlarm = ({ sv, en }: Words): boolean => [sv, en].every((text) => /\b112\b/.test(text));

function jsonOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch {
    return undefined;
  }
}

/** What is wrong, as the end of a sentence that begins with the name of the field; `undefined` has a message already. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && issue.code !== 'custom') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `is no ${issue.expected}`;
    case 'invalid_value':
      return `is ${JSON.stringify(issue.input)}: only ${issue.values.join(', ')} are known`;
    case 'unrecognized_keys':
      return `has something that nobody reads: ${issue.keys.join(', ')}`;
    case 'too_small':
      return 'is empty';
    case 'too_big':
      return Array.isArray(issue.input)
        ? `has ${issue.input.length}: at most ${issue.maximum}`
        : `is longer than ${issue.maximum} characters`;
    default:
      return undefined;
  }
}
