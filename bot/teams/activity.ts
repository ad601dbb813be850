/** What Teams sends, parsed before anything of ours or of botbuilder's sees it. */
import { z } from 'zod';
import { type PersonId, personId } from '../core/ids.ts';
import type { Locale } from '../core/people.ts';
import type { Conversation } from '../features/ports.ts';

const text = (longest: number) => z.string().max(longest);
/** Ids become parts of addresses, where half a character has no place. */
const id = text(1_000)
  .min(1)
  .refine((said) => said.isWellFormed());

const envelope = z.object({
  type: text(100),
  id: id.optional(),
  name: text(200).optional(),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(500),
  channelId: text(100).min(1),
  locale: text(40).optional().catch(undefined),
  from: z.object({
    id,
    aadObjectId: text(100).optional().catch(undefined),
    tenantId: text(100).optional().catch(undefined),
    userRole: text(100).optional().catch(undefined),
  }),
  recipient: z.object({ id }),
  conversation: z.object({
    id,
    conversationType: z.enum(['personal', 'channel', 'groupChat']).optional().catch(undefined),
    tenantId: text(100).optional().catch(undefined),
  }),
  channelData: z
    .object({
      team: z.object({ id }).optional().catch(undefined),
      tenant: z.object({ id }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  replyToId: id.optional().catch(undefined),
  action: text(100).optional().catch(undefined),
  text: z.unknown().optional(),
  value: z.unknown().optional(),
  attachments: z
    .array(z.object({ contentType: text(200) }))
    .optional()
    .catch(undefined),
});

/** Someone whom no directory has: without an Entra id, or of another tenant. */
export const stranger = personId('stranger');

/** Who did it and where. */
export interface Origin {
  person: PersonId;
  conversation: Conversation;
  place: 'personal' | 'channel' | 'groupChat';
  /** The team a channel belongs to. */
  team: string | undefined;
  locale: Locale;
}

/** One thing that happened in Teams, as far as we care. */
export type Happened = Origin &
  (
    | { kind: 'message'; text: string; attachments: boolean }
    | { kind: 'click'; verb: string; input: unknown; clicked: string | undefined; invoke: boolean }
    /** Added by a person or an administrator; an upgrade of the app is not told of. */
    | { kind: 'installed' }
    /** Known, and nothing to answer; perhaps somebody has come to a conversation, or gone. */
    | { kind: 'other'; invoke: boolean; members: boolean }
  );

const action = z.object({
  action: z.object({ verb: text(100).catch(''), data: z.unknown().optional() }),
});
/** An old client that does not know Action.Execute falls back to Action.Submit: a message with a value. */
const submitted = z.object({ verb: text(100) });

/**
 * @param raw the JSON body of one request
 * @returns `undefined` when it is not an activity of Teams
 */
export function parseActivity(raw: unknown): Happened | undefined {
  const parsed = envelope.safeParse(raw);
  if (!parsed.success) return undefined;
  const activity = parsed.data;
  const { conversation, channelData } = activity;
  const place = conversation.conversationType ?? 'personal';
  const origin: Origin = {
    person: personOf(activity),
    conversation: { serviceUrl: activity.serviceUrl, id: conversation.id },
    place,
    team: channelData?.team?.id,
    locale: activity.locale?.toLowerCase().startsWith('en') ? 'en' : 'sv',
  };

  if (activity.type === 'message') {
    const button = submitted.safeParse(activity.value);
    if (button.success) {
      const { verb } = button.data;
      return {
        ...origin,
        kind: 'click',
        verb,
        input: activity.value,
        clicked: activity.replyToId,
        invoke: false,
      };
    }
    const attachments = (activity.attachments ?? []).some(({ contentType }) => contentType !== 'text/html');
    const text = typeof activity.text === 'string' ? activity.text : '';
    return { ...origin, kind: 'message', text, attachments };
  }
  if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') {
    const button = action.safeParse(activity.value);
    const verb = button.success ? button.data.action.verb : '';
    const input = button.success ? button.data.action.data : undefined;
    return { ...origin, kind: 'click', verb, input, clicked: activity.replyToId, invoke: true };
  }
  if (activity.type === 'installationUpdate' && activity.action === 'add') {
    return { ...origin, kind: 'installed' };
  }
  const members = activity.type === 'conversationUpdate';
  return { ...origin, kind: 'other', invoke: activity.type === 'invoke', members };
}

/** By Entra id and tenant, never by name, address or anything on a card (THREATS S4). */
function personOf({ from, conversation, channelData }: z.infer<typeof envelope>): PersonId {
  const { aadObjectId, tenantId, userRole } = from;
  const here = conversation.tenantId ?? channelData?.tenant?.id;
  const federated = tenantId !== undefined && tenantId.toLowerCase() !== here?.toLowerCase();
  return !aadObjectId || federated || userRole === 'anonymous' ? stranger : personId(aadObjectId);
}
