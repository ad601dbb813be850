import { dialledNumber, internationalNumber } from '../core/phone.ts';
import type { Row } from './phoneList.ts';

/**
 * A contact as telephones save it (vCard 3.0, RFC 2426: what iOS, Android and Outlook all read). It holds what the card
 * shows of that row and nothing else.
 */
export function vcard({ name, title, number, spare, email, address, when, hours }: Row): string {
  const first = title ? name.split(/\s+/)[0] : undefined;
  const last = first === undefined ? name : name.slice(first.length).trim();
  const numbers = [number, spare].flatMap((each) => {
    const dialled = each && (internationalNumber(each) ?? dialledNumber(each));
    return dialled ? [`TEL;TYPE=WORK,VOICE:${dialled}`] : [];
  });
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escaped(last)};${escaped(first ?? '')};;;`,
    `FN:${escaped(name)}`,
    ...(title ? [`TITLE:${escaped(title)}`] : []),
    ...numbers,
    ...(email ? [`EMAIL;TYPE=INTERNET:${escaped(email)}`] : []),
    ...(address ? [`ADR;TYPE=WORK:;;${escaped(address)};;;;`] : []),
    `NOTE:${escaped([when, ...(hours ? [hours] : [])].join('\n'))}`,
    'END:VCARD',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

/** What has a meaning of its own in a value; no line of a value can begin another. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');

/** Longest line in bytes; what follows goes on after a space (RFC 2425, 5.8.1). */
const longestLine = 75;

function folded(line: string): string[] {
  const parts = [''];
  let used = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (used + size > longestLine) {
      parts.push(' ');
      used = 1;
    }
    parts[parts.length - 1] += character;
    used += size;
  }
  return parts;
}
