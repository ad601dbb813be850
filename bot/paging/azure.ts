/** Azure Communication Services: SMS and calls by its REST API, each request signed with the resource's key. */
import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Paged, Pager, PhoneMessage } from '../features/ports.ts';
import { type Attempts, ask, isReply, outcomeOf, type Reply } from './attempt.ts';
import { pagerOf, type Way } from './ways.ts';

export interface AzureOptions {
  /** Without a slash at its end. */
  endpoint: string;
  /** As in the connection string, in base 64. */
  key: string;
  sms?: { from: string } | undefined;
  voice?: { from: string; speech: string; callback: string } | undefined;
  pace?: Pace;
}

/** Of a call under way, in ms. */
interface Pace {
  /** How often it is looked at. */
  look: number;
  /** It is followed for so long; the next page comes a minute later. */
  follow: number;
  /** Once it is answered the text is said again and again for so long. */
  speak: number;
}

const smsVersion = '2021-03-07';
const callVersion = '2024-04-15';
const usualPace: Pace = { look: 1_000, follow: 55_000, speak: 20_000 };
const languages = { sv: 'sv-SE', en: 'en-GB' } as const;

const smsReply = z.object({
  value: z.tuple([z.object({ httpStatusCode: z.int(), successful: z.boolean() })]),
});
const callReply = z.object({ callConnectionId: z.string().min(1), callConnectionState: z.string() });

type Send = (method: string, path: string, body?: object) => Promise<Reply | Paged>;

export function createAzure(attempts: Attempts, options: AzureOptions): Pager {
  const { endpoint, key, sms, voice, pace = usualPace } = options;
  const send: Send = (method, path, body) => {
    const url = new URL(`${endpoint}${path}`);
    const text = body === undefined ? '' : JSON.stringify(body);
    return ask(attempts, {
      method,
      url: url.href,
      headers: { 'content-type': 'application/json', ...signature({ method, url, text, key }) },
      ...(body !== undefined && { body: text }),
    });
  };
  const ways: Way[] = [];
  if (sms) ways.push((message) => sendSms(send, sms, message));
  if (voice) ways.push((message) => startCall(send, voice, message, pace));
  return pagerOf(ways);
}

/**
 * The key stays here; what travels is an HMAC over method, path, time, host and a hash of the body
 * (https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial).
 */
function signature({ method, url, text, key }: { method: string; url: URL; text: string; key: string }) {
  // The service compares with its own clock, so this is the machine's and not the one that can be moved.
  const date = new Date().toUTCString();
  const hash = createHash('sha256').update(text).digest('base64');
  const signed = `${method}\n${url.pathname}${url.search}\n${date};${url.host};${hash}`;
  const mac = createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64');
  return {
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${mac}`,
  };
}

/** The answer is 202 for the request, and inside it a status for each number. */
async function sendSms(
  send: Send,
  { from }: { from: string },
  { number, text }: PhoneMessage,
): Promise<Paged> {
  const got = await send('POST', `/sms?api-version=${smsVersion}`, {
    from,
    smsRecipients: [{ to: number }],
    message: text,
    smsSendOptions: { enableDeliveryReport: false },
  });
  if (!isReply(got)) return got;
  const paged = outcomeOf(got);
  if (paged.outcome !== 'sent') return paged;
  const { data } = smsReply.safeParse(got.body);
  if (!data) return { outcome: 'unknown' };
  const [{ httpStatusCode, successful }] = data.value;
  return successful ? paged : refusedOf(httpStatusCode);
}

/** Not taken, whatever else the status may say. */
const refusedOf = (status: number): Paged => {
  const paged = outcomeOf({ status });
  return paged.outcome === 'sent' ? { outcome: 'gone' } : paged;
};

/** Starts the call. What is said in it follows when somebody answers; the page itself is the ringing. */
async function startCall(
  send: Send,
  { from, speech, callback }: { from: string; speech: string; callback: string },
  message: PhoneMessage,
  pace: Pace,
): Promise<Paged> {
  const got = await send('POST', `/calling/callConnections?api-version=${callVersion}`, {
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: message.number } }],
    sourceCallerIdNumber: { value: from },
    callbackUri: callback,
    callIntelligenceOptions: { cognitiveServicesEndpoint: speech },
  });
  if (!isReply(got)) return got;
  const paged = outcomeOf(got);
  if (paged.outcome !== 'sent') return paged;
  const { data } = callReply.safeParse(got.body);
  if (!data) return { outcome: 'unknown' };
  void speak(send, data.callConnectionId, message, pace);
  return paged;
}

/**
 * Says the text once somebody answers, and hangs up. The service tells of the answer to a public address; asking it
 * instead opens no way in. Never throws. A call that outlives this process ends when the one called hangs up.
 */
async function speak(send: Send, id: string, { text, locale }: PhoneMessage, pace: Pace): Promise<void> {
  const call = `/calling/callConnections/${encodeURIComponent(id)}`;
  const version = `?api-version=${callVersion}`;
  const until = performance.now() + pace.follow;
  let state = '';
  while (state !== 'connected') {
    if (performance.now() > until) break;
    await sleep(pace.look, undefined, { ref: false });
    const got = await send('GET', `${call}${version}`);
    // A call that has ended is no longer there.
    if (isReply(got) && got.status === 404) return;
    state = (isReply(got) && callReply.safeParse(got.body).data?.callConnectionState) || state;
    if (state === 'disconnected' || state === 'disconnecting') return;
  }
  if (state === 'connected') {
    await send('POST', `${call}:play${version}`, {
      playSources: [{ kind: 'text', text: { text, sourceLocale: languages[locale], voiceKind: 'female' } }],
      playOptions: { loop: true },
    });
    await sleep(pace.speak, undefined, { ref: false });
  }
  await send('POST', `${call}:terminate${version}`);
}
