import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Response,
  type TurnContext,
} from 'botbuilder';
import { faultOf, type Log } from '../log.ts';
import { type Happened, parseActivity } from './activity.ts';
import type { Reply } from './edge.ts';
import type { Render } from './render.ts';

/** Takes one request's parsed body and headers, and answers it. */
export type Receive = (
  request: { body: unknown; headers: Record<string, string | string[] | undefined> },
  response: Response,
) => Promise<void>;

/**
 * The Bot Framework's adapter with our own parsing in front: what is no activity never reaches it (THREATS 5).
 * Without an app id it lets anyone in, which is why this is only for the local world.
 *
 * @param answer does what was asked for, and gives back what takes the clicked card's place
 */
export function createReceive(answer: (what: Happened) => Promise<Reply>, render: Render, log: Log): Receive {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  adapter.onTurnError = (_context, error) => {
    log.error('turn error', { error: faultOf(error) });
    return Promise.resolve();
  };
  return async ({ body, headers }, response) => {
    const what = parseActivity(body);
    if (!what) {
      response.status(400);
      response.send({ error: 'not an activity' });
      response.end();
      return;
    }
    const request = { body: body as Record<string, unknown>, headers, method: 'POST' };
    await adapter.process(request, response, async (context: TurnContext) => {
      const reply = await answer(what);
      if ('invoke' in what && what.invoke) {
        await context.sendActivity({
          type: ActivityTypes.InvokeResponse,
          value: { status: 200, body: invokeBody(reply, render, log) },
        });
      }
    });
  };
}

/** Always 200 with the card or the words inside (PLATFORM 1: Universal Actions). */
function invokeBody({ card, said }: Reply, render: Render, log: Log) {
  if (!card) {
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: said ?? '' };
  }
  const { attachment, text } = render(card);
  if (attachment) return { statusCode: 200, type: attachment.contentType, value: attachment.content };
  log.error('card not built', { verb: card.card });
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}
