/** 46elks: SMS and calls by its REST API (https://46elks.se/docs/send-sms, /docs/make-call, /docs/voice-play). */
import { z } from 'zod';
import type { Paged, Pager } from '../features/ports.ts';
import { type Attempts, ask, isReply, outcomeOf } from './attempt.ts';
import { pagerOf, type Way } from './ways.ts';

export interface ElksOptions {
  username: string;
  password: string;
  sms?: { from: string } | undefined;
  voice?: { from: string; sound?: string | undefined } | undefined;
  /** Without a slash at its end. */
  base?: string;
}

/** It rings for so many seconds; the next page comes a minute later. */
const ringFor = '50';
const taken = z.object({ id: z.string().min(1) });
/** What has already failed when the answer comes; all else is under way. */
const failed = z.object({ status: z.literal('failed') }).or(z.object({ state: z.literal('failed') }));

export function createElks(
  attempts: Attempts,
  { username, password, sms, voice, base = 'https://api.46elks.com' }: ElksOptions,
): Pager {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const post = async (path: string, form: Record<string, string>): Promise<Paged> => {
    const got = await ask(attempts, {
      method: 'POST',
      url: `${base}${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
      body: new URLSearchParams(form).toString(),
    });
    if (!isReply(got)) return got;
    const paged = outcomeOf(got);
    if (paged.outcome !== 'sent') return paged;
    if (failed.safeParse(got.body).success) return { outcome: 'gone' };
    return taken.safeParse(got.body).success ? paged : { outcome: 'unknown' };
  };

  const ways: Way[] = [];
  if (sms) ways.push(({ number, text }) => post('/a1/sms', { from: sms.from, to: number, message: text }));
  if (voice) {
    ways.push(({ number, text }) =>
      post('/a1/calls', {
        from: voice.from,
        to: number,
        timeout: ringFor,
        voice_start: JSON.stringify(spoken(text, voice.sound)),
      }),
    );
  }
  return pagerOf(ways);
}

/** Said three times, after the recording where there is one. The voice is English whatever the text is: it has no other. */
function spoken(text: string, sound?: string): object {
  const said = { play: `en_US/${text}` };
  const thrice = { ...said, next: { ...said, next: said } };
  return sound ? { play: sound, next: thrice } : thrice;
}
