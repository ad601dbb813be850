/** Teams as a messenger that remembers. The contract suite holds it to what the real clients do. */
import type { PersonId } from '../../bot/core/ids.ts';
import type { Conversation, Messenger, Sent } from '../../bot/features/ports.ts';
import type { View } from '../../bot/views/view.ts';
import { declared } from './instance.ts';

/** A message as it stands in a chat now. */
export interface Shown {
  conversation: string;
  activityId: string;
  view: View;
  /** How many times it has been drawn. */
  draws: number;
}

export interface FakeMessenger extends Messenger {
  /** Every message ever posted, in order, as it looks now. */
  messages: Shown[];
  /** Each as it was when it came, by activity id. */
  posted: Map<string, View>;
  /** What sending to a conversation comes to, instead of standing there; `lost` stands there and nobody is told. */
  failing: Map<string, Exclude<Sent['outcome'], 'sent'> | 'lost'>;
  /** Who is in a conversation, when it is not the coordinators alone; nobody can be asked where it is `undefined`. */
  inside: Map<string, PersonId[] | undefined>;
  /** What happens, once, while a new message to a conversation is on its way. */
  meanwhile: Map<string, () => Promise<void>>;
}

const coordinators = declared.holding('coordinator').map(({ id }) => id);

export function fakeMessenger(): FakeMessenger {
  const messages: Shown[] = [];
  const posted: FakeMessenger['posted'] = new Map();
  const failing: FakeMessenger['failing'] = new Map();
  const meanwhile: FakeMessenger['meanwhile'] = new Map();
  const inside: FakeMessenger['inside'] = new Map();
  let ids = 0;
  const attempt = (conversation: Conversation, run: () => Sent): Promise<Sent> => {
    const fault = failing.get(conversation.id);
    if (!fault) return Promise.resolve(run());
    if (fault === 'lost') run();
    return Promise.resolve({ outcome: fault === 'lost' ? 'unknown' : fault });
  };
  return {
    messages,
    posted,
    failing,
    meanwhile,
    inside,
    prepare: () => undefined,
    async members({ id }) {
      if (failing.get(id) === 'gone') return { outcome: 'gone' };
      const people = inside.has(id) ? inside.get(id) : coordinators;
      return people
        ? { outcome: 'read', members: people.map((person) => ({ person })) }
        : { outcome: 'later' };
    },
    async post(conversation, view, { newThread } = {}) {
      const happens = meanwhile.get(conversation.id);
      meanwhile.delete(conversation.id);
      await happens?.();
      return attempt(conversation, () => {
        const activityId = `m${++ids}`;
        const id = newThread ? `${conversation.id};messageid=${activityId}` : conversation.id;
        messages.push({ conversation: id, activityId, view, draws: 1 });
        posted.set(activityId, view);
        return { outcome: 'sent', conversation: { ...conversation, id }, activityId };
      });
    },
    update: (conversation, activityId, view) =>
      attempt(conversation, () => {
        const message = messages.find((one) => one.activityId === activityId);
        if (!message) return { outcome: 'gone' };
        message.view = view;
        message.draws += 1;
        return { outcome: 'sent', conversation, activityId };
      }),
  };
}
