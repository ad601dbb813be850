/** What the one who was called is asked afterwards: is the time right, is the list kept, whose telephone was it. */
import { z } from 'zod';
import { telephones } from '../core/call.ts';
import { instantOf, pastTime } from '../core/time.ts';
import { callTimeForm } from '../views/index.ts';
import { asking } from './caseForms.ts';
import type { Feature } from './feature.ts';

const telling = z.object({
  at: z.string().optional(),
  callTime: z.string().max(100).optional(),
  screenshot: z.enum(['yes', 'no']).optional(),
  telephone: z.enum(telephones).optional(),
});

export const callTold: Feature = asking(
  'callTold',
  ['callTime'],
  (fields, { now }) => {
    const read = telling.safeParse(fields);
    if (!read.success) return undefined;
    const { at, callTime, screenshot, telephone } = read.data;
    const typed = callTime ?? at;
    const callAt =
      callTime === undefined ? (at === undefined ? undefined : instantOf(at)) : pastTime(callTime, now);
    if (typed !== undefined)
      return callAt && callAt <= now ? { command: { verb: 'callTold', told: { callAt } } } : undefined;
    if (screenshot) return { command: { verb: 'callTold', told: { screenshot: screenshot === 'yes' } } };
    return telephone ? { command: { verb: 'callTold', told: { telephone } } } : undefined;
  },
  ({ reader }, form) => callTimeForm(reader, form),
);
