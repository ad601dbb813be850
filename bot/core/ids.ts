/** Branded ids. The only file of the core that uses `as`. */

/** Case number as people read and say it: `H26-7KQ-4MP`. */
export type IncidentId = string & { readonly brand: 'IncidentId' };
/** Entra object id (a GUID, lower case). */
export type PersonId = string & { readonly brand: 'PersonId' };
/** UTC instant in ISO 8601 with milliseconds and `Z`; sorts as text. */
export type Instant = string & { readonly brand: 'Instant' };

/** Crockford's base 32: no I, L, O or U, so that a number survives being read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pattern = /^H\d\d-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/;

export const isIncidentId = (text: string): text is IncidentId => pattern.test(text);

/** @throws {TypeError} when the text is not a case number; for ids that come from our own storage */
export function incidentId(text: string): IncidentId {
  if (!isIncidentId(text)) throw new TypeError('not a case number');
  return text;
}

export const personId = (text: string): PersonId => text.toLowerCase() as PersonId;

/** The product itself, where an event comes from a timer and not from a person. */
export const system = personId('system');

export const instant = (epochMilliseconds: number): Instant =>
  new Date(epochMilliseconds).toISOString() as Instant;

/**
 * The case numbers one operation may take, in order (DESIGN 3: six characters of an HMAC; taken by another
 * operation: the next six). No counter, so a number says nothing about how many cases there are.
 *
 * @param hmac at least 4 bytes a number; 32 bytes give 8 numbers
 * @param year four digits
 */
export function incidentNumbers(hmac: Uint8Array, year: number): IncidentId[] {
  const numbers: IncidentId[] = [];
  for (let at = 0; at + 4 <= hmac.length; at += 4) {
    let bits = 0;
    for (const byte of hmac.subarray(at, at + 4)) bits = bits * 256 + byte;
    let six = '';
    for (let i = 0; i < 6; i++) {
      six += alphabet.charAt(bits % 32);
      bits = Math.floor(bits / 32);
    }
    const yy = String(year % 100).padStart(2, '0');
    numbers.push(incidentId(`H${yy}-${six.slice(0, 3)}-${six.slice(3)}`));
  }
  return numbers;
}
