import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export const twoMegabytes = 2 * 1024 * 1024;

/**
 * What is answered to someone who has sent so much of a JSON body and not yet its end. A body that is sent on while the
 * bot refuses it and closes the line would now and then end in a write error instead of the answer.
 *
 * @param headers without `content-length` the body goes in chunks
 */
export async function begun(url: string, part: string, headers: OutgoingHttpHeaders) {
  const asked = request(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  asked.write(part);
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (!response) throw new Error('no answer');
  const answer = { status: response.statusCode, text: await text(response), headers: response.headers };
  asked.destroy();
  return answer;
}
