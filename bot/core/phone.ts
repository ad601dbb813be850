/** Sweden, where numbers are written without their country: the people who answer live here. */
const country = '46';

/**
 * A number as telephone services want it (E.164: "+46701740620"), from the way people write it in a list
 * ("070-174 06 20", "08-465 004 00", "0046 70 174 06 20"). `undefined` when it is no number that can be called from
 * abroad: a short number, an extension, or something else.
 */
export function internationalNumber(written: string): string | undefined {
  const digits = written.replaceAll(/\(0\)|[\s().\u2010-\u2013/-]/g, '');
  const international = digits.replace(/^00/, '+').replace(/^0/, `+${country}`);
  return /^\+[1-9]\d{6,14}$/.test(international) ? international : undefined;
}

/** What is dialled within the country: "11414", from "114 14". `undefined` when it is no number: they are typed by people. */
export function dialledNumber(written: string): string | undefined {
  const digits = written.replaceAll(/[\s().\u2010-\u2013-]/g, '');
  return /^\+?\d{3,15}$/.test(digits) ? digits : undefined;
}
