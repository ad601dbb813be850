/** The phone list: all of it, or whom a name or a function alone asks for. Answers from memory, whatever the storage does. */
import { z } from 'zod';
import { onDuty, rotaChangers, rotaReaders } from '../core/dutyRota.ts';
import { type Instant, instant } from '../core/ids.ts';
import { type Directory, roles as everyRole, type Role } from '../core/people.ts';
import { calledBy, type Listed, type ListedRole, phoneListFor } from '../core/phoneList.ts';
import { later, minutes } from '../core/time.ts';
import { texts } from '../text/index.ts';
import { phoneList as phoneListCard, rowOf, vcard } from '../views/index.ts';
import type { Feature } from './feature.ts';
import type { Clock, Content, Hmac } from './ports.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** What the list is made of. */
export interface PhoneListPorts {
  content: Content;
  directory: Directory;
  dutyRota: Ports['dutyRota'];
  clock: Clock;
  hmac: Hmac;
  /** Where telephones reach the bot, as `https://bot.example`; without it nothing is saved in a telephone. */
  publicAddress?: string | undefined;
}

const holds = (roles: readonly Role[], some: readonly Role[]): boolean =>
  roles.some((role) => some.includes(role));

/** Those who read who has the duty read who holds every other function too; everyone else the function and its number. */
function listFor(
  { content, directory, dutyRota }: PhoneListPorts,
  now: Instant,
  roles: readonly Role[],
  amongOthers = false,
): Listed[] {
  const officer = onDuty(dutyRota.current(), now)?.dutyOfficer;
  return phoneListFor(
    content.phoneContacts(),
    { holding: directory.holding, onDuty: officer && directory.person(officer) },
    { roles, names: holds(roles, rotaReaders), numbers: holds(roles, rotaChangers), amongOthers },
  );
}

/** What a function is called in every language, in small letters. */
const calledIn = (role: ListedRole): string[] =>
  (['sv', 'en'] as const).flatMap((locale) => {
    const { functions, called } = texts(locale).phoneList;
    return [functions[role], ...called[role]];
  });
const functions: Record<ListedRole, string[]> = {
  coordinator: calledIn('coordinator'),
  preparednessManager: calledIn('preparednessManager'),
  groupLeader: calledIn('groupLeader'),
};

const longestAsked = 100;
const input = z.object({
  from: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .optional(),
  asked: z.string().max(longestAsked).optional(),
});

/** 112 stands on the card already, and is a row only for the one who asks for it. */
const isAlarm = (one: Listed): boolean => one.kind === 'contact' && one.contact.number === '112';

function found(ports: PhoneListPorts, turn: Turn, asked: string | undefined, amongOthers = false): Listed[] {
  const all = listFor(ports, turn.now, turn.actor.roles, amongOthers);
  return asked === undefined ? all.filter((one) => !isAlarm(one)) : calledBy(all, asked, functions);
}

const drawn = (ports: PhoneListPorts, turn: Turn, rows: Listed[], asked?: string, from = 0) =>
  phoneListCard(turn.reader, { rows, asked, from, saveLink: saveLink(ports, turn) });

/** `telefonlista`; "Visa mer" turns the page of the same message. */
export const phoneList: Feature = {
  where: 'personal',
  async run(ports, turn, raw) {
    const { from, asked } = input.catch({}).parse(raw);
    const view = drawn(ports, turn, found(ports, turn, asked), asked, from);
    if (turn.clicked === undefined || from !== undefined) return { card: view };
    return { posts: [view], said: texts(turn.reader.locale).menu.openedBelow };
  },
};

/** Whom these words, and nothing but these words, name; looked up before what is written is taken as a report. */
export function asked(ports: Ports, turn: Turn, said: string): Answer | undefined {
  if (said.length > longestAsked) return undefined;
  const rows = found(ports, turn, said);
  return rows.length > 0 ? { posts: [drawn(ports, turn, rows, said)] } : undefined;
}

/** The same where others read: only what everyone may see. */
export function askedAmongOthers(ports: Ports, turn: Turn, said: string): Answer | undefined {
  const whole = phoneListWords.includes(said);
  const rows = found(ports, turn, whole ? undefined : said, true);
  if (!whole && rows.length === 0) return undefined;
  return { card: phoneListCard(turn.reader, { rows, asked: whole ? undefined : said, amongOthers: true }) };
}

export const phoneListWords = ['telefonlista', 'telefonlistan', 'kontakter', 'contacts', 'phone list'];

// --- "Spara i telefonen" -------------------------------------------------------------------------------------

/** A link opens for so long after its card was drawn: time to press it, not to pass it on. */
const linkLives = minutes(15);
/** Letters of base64url: 96 bits to tell contacts apart, 132 to sign. */
const keyLength = 16;
const signatureLength = 22;

/** Names a row in an address without saying who it is. */
const keyOf = (hmac: Hmac, one: Listed): string => {
  const row = one.kind === 'person' ? `${one.person.id}/${one.role}` : one.contact.id;
  return lettersOf(hmac(`phoneListRow/${row}`)).slice(0, keyLength);
};
const signatureOf = (hmac: Hmac, signed: string): string =>
  lettersOf(hmac(`phoneListLink/${signed}`)).slice(0, signatureLength);
const lettersOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What is signed: until when, in which language, whether the person is named, and which row. */
const link = /^([0-9a-z]{1,10})\.(sv|en)\.([01])\.([\w-]{16})\.([\w-]{22})$/;

function saveLink({ hmac, publicAddress }: PhoneListPorts, { reader }: Turn) {
  if (publicAddress === undefined) return undefined;
  const until = Math.floor(Date.parse(later(reader.now, linkLives)) / 1_000).toString(36);
  return (one: Listed): string => {
    const named = one.kind === 'person' && one.named ? '1' : '0';
    const signed = `${until}.${reader.locale}.${named}.${keyOf(hmac, one)}`;
    return `${publicAddress}/contact/${signed}.${signatureOf(hmac, signed)}`;
  };
}

/**
 * The contact that a link leads to, as the card showed it. Without a sign-in, for it is a telephone that asks: who holds a
 * link has read the number on its card.
 *
 * @returns `undefined` when the link is none, its time is out, or who it leads to is not in the list any more
 */
export function contactOf(ports: PhoneListPorts, written: string): string | undefined {
  const [whole, until = '', locale, named, key, signature = ''] = link.exec(written) ?? [];
  if (whole === undefined) return undefined;
  const right = signatureOf(ports.hmac, written.slice(0, -signature.length - 1));
  // Compared as hashes, so that the time it takes tells nothing of how much is right.
  if (lettersOf(ports.hmac(signature)) !== lettersOf(ports.hmac(right))) return undefined;
  const now = ports.clock();
  if (now >= instant(Number.parseInt(until, 36) * 1_000)) return undefined;
  // What the one who was given the link may see is in it; of what this row holds nothing more is told.
  const everything = listFor(ports, now, everyRole).find((one) => keyOf(ports.hmac, one) === key);
  if (!everything) return undefined;
  const one: Listed =
    everything.kind === 'person'
      ? { ...everything, named: named === '1' }
      : { kind: 'contact', contact: everything.contact };
  const reader = { locale: locale === 'en' ? 'en' : 'sv', now, directory: ports.directory } as const;
  return vcard(rowOf(reader, one));
}
