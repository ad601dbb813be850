/** What people send, as Teams sends it. */
import { Agent, request } from 'node:http';
import { people, personOf } from '../world/bot.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** Lines that stood idle while a bot was paused are closed at its end, and found out too late. */
export const newLines = (): void => agent.destroy();

/** Milliseconds since 1970, with fractions; the same in every process of this machine. */
export const now = (): number => performance.timeOrigin + performance.now();

const envelope = (who: string, place: 'personal' | 'channel') => ({
  channelId: 'msteams',
  from: { id: personOf(who).id, aadObjectId: personOf(who).oid },
  recipient: people.bot,
  conversation: { id: place === 'channel' ? people.triageChannel : `a:${who}`, conversationType: place },
  channelData: place === 'channel' ? { team: { id: people.team.id } } : {},
});

export const isThere = (who: string, place: 'personal' | 'channel' = 'personal'): object => ({
  ...envelope(who, place),
  type: 'conversationUpdate',
});

/** @param clicked message whose button is pressed */
export const presses = (who: string, verb: string, data: object, clicked: string): object => ({
  ...envelope(who, 'personal'),
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: clicked,
  value: { action: { verb, data } },
});

/** Someone is in danger; the form that was filled in is the message `form-<nonce>`. */
export const reports = (nonce: string): object =>
  presses(
    'Alva',
    'report',
    { nonce, dangerNow: 'yes', channel: 'phone', where: 'Stora torget', text: 'Han ringde igen.' },
    formOf(nonce),
  );
export const formOf = (nonce: string): string => `form-${nonce}`;

/** @returns the answer's text, and the case number in it */
export function send(
  url: string,
  serviceUrl: string,
  activity: object,
): Promise<{ text: string; number: string }> {
  const body = JSON.stringify({ ...activity, serviceUrl });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ text, number: /H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/.exec(text)?.[0] ?? '' });
      });
    });
    sent.on('error', reject).setTimeout(20_000, () => sent.destroy(new Error('no answer in 20 s')));
    sent.end(body);
  });
}
