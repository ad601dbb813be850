import type { Pager } from '../features/ports.ts';
import { type Attempts, ask, isReply, outcomeOf } from './attempt.ts';

/**
 * Any service that takes a POST with JSON: `{"to": "+46701740620", "text": "Larm H26-7KQ-4MP. Öppna Teams.",
 * "language": "sv"}` and `authorization: Bearer <token>`. A 2xx says that it will make the phone ring.
 */
export const createWebhook = (attempts: Attempts, { url, token }: { url: string; token: string }): Pager => ({
  async page({ number, text, locale }) {
    const got = await ask(attempts, {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ to: number, text, language: locale }),
    });
    return isReply(got) ? outcomeOf(got) : got;
  },
});
