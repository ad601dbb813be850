/** Files of the phone list as editors write them. What is wrong with one contact leaves the others as they are. */
import { z } from 'zod';
import { roles } from '../core/people.ts';
import { dialledNumber } from '../core/phone.ts';
import { categories } from '../core/phoneList.ts';
import {
  id,
  line,
  openFile,
  orMissing,
  type Problem,
  phrases,
  type Source,
  said,
  source,
  words,
} from './file.ts';

/** More than anyone looks through. */
export const mostContacts = 100;

const number = said(40).refine(
  (text) => text === '{dutyNumber}' || dialledNumber(text) !== undefined,
  'is no number that can be dialled',
);
const day = z.iso.date({ error: orMissing('is no date, as 2027-12-31') });

const contact = z.strictObject({
  id,
  category: z.enum(categories).exclude(['people']),
  name: words(80),
  phrases: z.strictObject({ sv: phrases, en: phrases }).default({ sv: [], en: [] }),
  number,
  spare: z.exactOptional(number),
  email: z.exactOptional(z.email({ error: orMissing('is no address of e-mail') }).max(100)),
  hours: z.exactOptional(words(80)),
  when: words(160),
  deputy: z.exactOptional(words(80)),
  address: z.exactOptional(line(120)),
  arrival: z.exactOptional(words(80)),
  roles: z.array(z.enum(roles)).min(1).default([]),
  emergency: z.boolean().default(false),
  order: z.int().min(1).max(999).default(1),
  owner: words(80),
  verified: z.exactOptional(day),
  verifiedBy: z.exactOptional(words(80)),
  validUntil: day,
  source: z.array(source).min(1),
});

/** A contact that is whole in itself. */
export interface WrittenContact extends z.infer<typeof contact> {
  file: string;
  /** Line of what stands at this path in it: `['phrases', 'sv', 0]`. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Told by what is in it, so that an editor gives both kinds of file to the same commands. */
export const holdsContacts = ({ text }: Pick<Source, 'text'>): boolean => /^contacts:/m.test(text);

/** Reads a file of contacts: those that nothing is wrong with, and everything an editor should mend. */
export function readContacts(from: Source): { contacts: WrittenContact[]; problems: Problem[] } {
  const opened = openFile(from);
  if (!('parse' in opened)) return { contacts: [], ...opened };
  const { json, problems, lineOf, tell, parse } = opened;
  const file = parse(z.strictObject({ contacts: z.array(z.unknown()).max(mostContacts) }), json, []);
  const seen = new Set<string>();
  const contacts = (file?.contacts ?? []).flatMap((entry, n): WrittenContact[] => {
    const outer = z.looseObject({ id: z.string() }).safeParse(entry);
    const read = parse(contact, entry, ['contacts', n], outer.data?.id ?? `contact ${n + 1}`);
    if (!read) return [];
    const own = (path: readonly PropertyKey[]) => lineOf(['contacts', n, ...path]);
    if (seen.has(read.id)) {
      tell(own(['id']), `${read.id} is the id of another contact in the file`);
      return [];
    }
    seen.add(read.id);
    return [{ ...read, file: from.file, lineOf: own }];
  });
  return { contacts, problems };
}
