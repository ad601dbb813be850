import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  type TurnContext,
} from 'botbuilder';
import { lastAnswer } from '../core/lastAnswer.ts';
import { nextTurn } from '../features/loop.ts';
import { faultOf, type Log } from '../log.ts';
import { type Happened, parseActivity } from './activity.ts';
import type { Reply } from './edge.ts';
import type { Gate, Refusal, Vouched } from './gate.ts';
import type { Render } from './render.ts';
import type { IsServiceUrl } from './serviceUrl.ts';

/** What came over HTTP: the header as it is, the body not read before it is asked for. */
export interface Received {
  authorization: string | undefined;
  body(): Promise<unknown>;
}

/** What goes back; `refused` says why, for the log alone. */
export interface Answer {
  status: number;
  body?: unknown;
  refused?: Refusal | 'no activity';
}
export type Receive = (request: Received) => Promise<Answer>;

/** How Teams comes in, and where it is answered. */
export interface Entrance {
  /** Absent only in the local world, which listens to this machine alone. */
  gate: Gate | undefined;
  isServiceUrl: IsServiceUrl;
}

type Authentication = ConfigurationBotFrameworkAuthentication;
type Trusted = ReturnType<Authentication['authenticateRequest']>;

/**
 * Who comes so far has passed the gate: what botbuilder makes anew of that for each activity is the same for all. Made
 * for nobody in particular it asks nothing over the network, so there is no failure to be kept.
 */
class Trusting extends ConfigurationBotFrameworkAuthentication {
  #trusted: Trusted | undefined;
  #tokenClient: ReturnType<Authentication['createUserTokenClient']> | undefined;

  override authenticateRequest(...asked: Parameters<Authentication['authenticateRequest']>) {
    this.#trusted ??= super.authenticateRequest(...asked).then(oneClient);
    return this.#trusted;
  }

  override createUserTokenClient(...asked: Parameters<Authentication['createUserTokenClient']>) {
    this.#tokenClient ??= super.createUserTokenClient(...asked);
    return this.#tokenClient;
  }
}

/** Nothing is sent with it: messages go through `messenger.ts`. */
function oneClient({ connectorFactory: factory, ...trusted }: Awaited<Trusted>): Awaited<Trusted> {
  const create = factory && lastAnswer((serviceUrl: string) => factory.create(serviceUrl, trusted.audience));
  return { ...trusted, ...(create && { connectorFactory: { create } }) };
}

/** What stands in for a token where nobody sends one. */
const nobodyVouches: Vouched = { serviceUrl: '' };

/**
 * The Bot Framework's adapter with the gate and our own parsing in front: who is not let in, and what is no activity,
 * never reaches it (THREATS 5). Its own check of tokens is off, for the gate has done more than that.
 *
 * @param answer does what was asked for, and gives back what takes the clicked card's place
 */
export function createReceive(
  { gate, isServiceUrl }: Entrance,
  answer: (what: Happened) => Promise<Reply>,
  render: Render,
  log: Log,
): Receive {
  const adapter = new CloudAdapter(new Trusting({}));
  adapter.onTurnError = (_context, error) => {
    log.error('turn error', { error: faultOf(error) });
    return Promise.resolve();
  };
  return async ({ authorization, body: read }) => {
    const vouched = gate ? await gate.token(authorization) : { ok: true as const, value: nobodyVouches };
    if (!vouched.ok) return { status: vouched.error === 'no keys' ? 503 : 401, refused: vouched.error };
    const body = await read();
    const what = parseActivity(body);
    if (!what) return { status: 400, refused: 'no activity' };
    if (!isServiceUrl(what.conversation.serviceUrl)) return { status: 403, refused: 'service address' };
    const refused = gate?.activity(vouched.value, body);
    if (refused) return { status: 403, refused };
    const invoke = 'invoke' in what && what.invoke;
    // Begun first: what botbuilder does itself, it does while the storage writes, for which the request must have left.
    const replying = answer(what);
    // Told of where it is waited for.
    replying.catch(() => undefined);
    await nextTurn();
    let given: Answer = invoke ? { status: 500 } : { status: 200 };
    await adapter.processActivityDirect('', outline(what, invoke), async (context: TurnContext) => {
      const reply = await replying;
      if (!invoke) return;
      await context.sendActivity({
        type: ActivityTypes.InvokeResponse,
        value: { status: 200, body: invokeBody(reply, render, log) },
      });
      given = context.turnState.get(INVOKE_RESPONSE_KEY).value;
    });
    return given;
  };
}

/** What botbuilder needs of an activity; nothing that somebody wrote. */
const outline = ({ conversation, person }: Happened, invoke: boolean): Activity => ({
  type: invoke ? ActivityTypes.Invoke : ActivityTypes.Message,
  channelId: 'msteams',
  serviceUrl: conversation.serviceUrl,
  conversation: { id: conversation.id, name: '', isGroup: false, conversationType: '' },
  from: { id: person, name: '' },
  recipient: { id: 'bot', name: '' },
  text: '',
  label: '',
  valueType: '',
  localTimezone: '',
  callerId: '',
  listenFor: [],
});

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
