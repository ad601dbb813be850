/** Which telephone service carries the pages, as it stands in the configuration. Secrets are not here. */
import { z } from 'zod';

/** A password or a key travels in each request, so only encrypted, or not leaving the machine. */
const address = z
  .url()
  .refine(
    (url) => /^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(url),
    'must begin with https://',
  );
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be written like +46701740620');
const sender = z
  .string()
  .regex(
    /^(\+[1-9]\d{6,14}|[A-Za-z][A-Za-z0-9]{0,10})$/,
    'must be written like +46701740620, or 11 letters at most',
  );

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be written like 07:00');
const dutyHours = z
  .strictObject({ from: clock, to: clock, days: z.enum(['every', 'working']).default('every') })
  .refine(({ from, to }) => from < to, { message: 'must come after the beginning', path: ['to'] });

/**
 * Common to all. `dutyHours`: when somebody answers; around the clock when it is not said. `dutyFunction`: where
 * nobody in Teams holds the duty, the duty function is paged at its own number (SOS Alarm, a switchboard).
 */
const common = { dutyHours: dutyHours.optional(), dutyFunction: z.boolean().optional() };
const oneWay = 'needs sms, voice or both';

export const pagingSettings = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('localPhone'), ...common }),
  z.strictObject({ by: z.literal('webhook'), url: address, ...common }),
  z
    .strictObject({
      by: z.literal('46elks'),
      sms: z.strictObject({ from: sender }).optional(),
      /** `sound`: a recording that is played first. It is played in exercises too, so it says who calls and no more. */
      voice: z.strictObject({ from: e164, sound: address.optional() }).optional(),
      ...common,
    })
    .refine(({ sms, voice }) => sms ?? voice, oneWay),
  z
    .strictObject({
      by: z.literal('azure'),
      sms: z.strictObject({ from: sender }).optional(),
      /** `speech`: the AI services resource that says the text. `callback`: where events go; we ask instead. */
      voice: z.strictObject({ from: e164, speech: address, callback: address }).optional(),
      ...common,
    })
    .refine(({ sms, voice }) => sms ?? voice, oneWay),
]);
export type PagingSettings = z.infer<typeof pagingSettings>;
