import { hasExpired } from '../core/checklist.ts';
import { dutyContact, isStale, type Listed, type PhoneContact } from '../core/phoneList.ts';
import { texts } from '../text/index.ts';
import { button } from './button.ts';
import { nameOf } from './names.ts';
import { callLink, card, type Line, line, plain, shown } from './parts.ts';
import type { Data, Reader, View } from './view.ts';

/** One row in words: everything of it that the card shows, and that a telephone may save. */
export interface Row {
  /** What stands first: the function, or the person for those who read names. */
  name: string;
  /** The function of a person who is named. */
  title?: string | undefined;
  number?: string | undefined;
  spare?: string | undefined;
  email?: string | undefined;
  address?: string | undefined;
  /** When to call. */
  when: string;
  hours?: string | undefined;
  /** Who has it now, how long it takes, who else: sentences. */
  more: string[];
}

/** A row as this reader reads it. */
export function rowOf(reader: Reader, one: Listed): Row {
  const { locale } = reader;
  const { phoneList: t, dutyRota } = texts(locale);
  if (one.kind === 'person') {
    const { person, role, named } = one;
    const title = t.functions[role];
    return {
      name: shown(named ? nameOf(reader, person.id) : title),
      title: named ? title : undefined,
      number: person.number && shown(person.number),
      when: t.when[role],
      more: [],
    };
  }
  const { contact, onDuty } = one;
  const { number: own = dutyRota.numberMissing } = onDuty?.person ?? {};
  const officer = onDuty && (onDuty.withNumber ? `${onDuty.person.name}, ${own}` : onDuty.person.name);
  return {
    name: shown(contact.name[locale]),
    number: shown(contact.number),
    spare: contact.spare && shown(contact.spare),
    email: contact.email,
    address: contact.address && shown(contact.address),
    when: contact.when[locale],
    hours: contact.hours?.[locale],
    more: [
      ...(officer ? [dutyRota.now(shown(officer))] : []),
      ...(contact.arrival ? [t.arrival(contact.arrival[locale])] : []),
      ...(contact.deputy ? [t.deputy(contact.deputy[locale])] : []),
    ],
  };
}

/** How sure the number is. That of the duty function is the one which the whole product gives. */
function standing({ locale, now }: Reader, contact: PhoneContact): Line[] {
  const { phoneList: t } = texts(locale);
  const { id, verified, verifiedBy, validUntil } = contact;
  const expired = hasExpired(contact, now) ? [line(t.expired(validUntil), { strong: true })] : [];
  if (id === dutyContact && verified === undefined) return expired;
  const old = isStale(contact, now);
  const checked =
    verified === undefined
      ? t.neverVerified
      : old
        ? t.stale(verified)
        : verifiedBy
          ? t.verifiedBy(verified, verifiedBy[locale])
          : t.verified(verified);
  return [...expired, line(checked, old ? { strong: true } : { subtle: true })];
}

/** Of the rows' data on one page, so that the whole card stays under 25 KB; and no more rows than one looks through. */
const pageBytes = 7_000;
const mostRows = 8;

export interface PhoneListCard {
  rows: readonly Listed[];
  /** From which row, of the first on this page. */
  from?: number;
  /** What was asked for, when it is not the whole list. */
  asked?: string | undefined;
  /** Where others read too: nothing to press. */
  amongOthers?: boolean;
  /** Where a telephone fetches a row, for a short while; absent where the bot has no address of its own. */
  saveLink?: ((one: Listed) => string) | undefined;
}

/**
 * Whom to call: 112 and the duty function first, then everyone whom the reader may see, or those asked for. Numbers are
 * text as well as links, for on a computer such a link may do nothing.
 */
export function phoneList(reader: Reader, list: PhoneListCard): View {
  const { phoneList: t } = texts(reader.locale);
  const { rows, asked, amongOthers = false } = list;
  const from = rows.length > (list.from ?? 0) ? (list.from ?? 0) : 0;
  const page: ReturnType<typeof itemOf>[] = [];
  let used = 0;
  for (const one of rows.slice(from, from + mostRows)) {
    const item = itemOf(reader, one, list);
    used += new TextEncoder().encode(JSON.stringify(item.data)).length;
    if (page.length > 0 && used > pageBytes) break;
    page.push(item);
  }
  const next = from + page.length;
  const left = rows.length - next;
  return card('phoneList', reader, {
    summary: t.summary,
    call: true,
    title: t.title,
    lines: [
      ...(rows.length === 0 ? [line(t.nothing)] : []),
      ...(amongOthers ? [line(t.inPrivate, { subtle: true })] : []),
      ...(amongOthers || asked !== undefined || from > 0 ? [] : [line(t.hint, { subtle: true })]),
    ],
    also: page.map(({ words }) => words),
    buttons: amongOthers
      ? []
      : [
          ...(left > 0
            ? [button(t.more(left), 'phoneList', { from: `${next}`, asked }, { main: true })]
            : []),
          ...(from > 0 ? [button(t.first, 'phoneList', { from: '0', asked })] : []),
          ...(asked === undefined ? [] : [button(t.whole, 'phoneList', { from: '0' })]),
        ],
    extra: { items: page.map(({ data }) => data) },
  });
}

function itemOf(
  reader: Reader,
  one: Listed,
  { amongOthers, saveLink }: PhoneListCard,
): { data: Data; words: string } {
  const t = texts(reader.locale);
  const { name, title, number, spare, when, hours, address, email, more } = rowOf(reader, one);
  const lines = [
    ...(title ? [line(title)] : []),
    line(when),
    ...more.map((said) => line(said)),
    ...(hours ? [line(t.phoneList.hours(hours))] : []),
    ...(address ? [line(t.phoneList.address(address))] : []),
    ...(spare ? [line(t.phoneList.spare(spare))] : []),
    ...(email ? [line(t.phoneList.email(email))] : []),
    ...(one.kind === 'contact' ? standing(reader, one.contact) : []),
  ];
  const calls = [number, spare].flatMap((each) => (each ? callLink(t.call.callNumber(each), each) : []));
  const save =
    saveLink && !amongOthers && calls.length > 0 ? [{ title: t.phoneList.save, url: saveLink(one) }] : [];
  const said = number ?? t.dutyRota.numberMissing;
  return {
    data: { name, number: said, lines, links: [...calls, ...save] },
    words: [`${name}: ${said}`, ...lines.map(plain)].join('\n'),
  };
}
