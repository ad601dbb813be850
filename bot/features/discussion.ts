/** Discussion cards for a group or a meeting: one question at a time, and what people propose is kept (DOMAIN A3, B17). */
import { z } from 'zod';
import { type Checklist, listsFor } from '../core/checklist.ts';
import { longestProposal } from '../core/proposal.ts';
import { faultOf } from '../log.ts';
import { texts } from '../text/index.ts';
import { discussion as discussionCard, discussions, words } from '../views/index.ts';
import type { View } from '../views/view.ts';
import type { Feature } from './feature.ts';
import { operationHash } from './incident.ts';
import { StorageRefused, StorageUnknown } from './ports.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** A longer text would not fit in the form that comes back; the form is then left as it is on the screen. */
const longestReturned = 4_000;

const index = z.coerce.number().int().min(0);
const input = z.object({
  list: z.string().min(1).max(200),
  talk: z.string().min(1).max(100),
  /** The question on the card, and the one that is asked for. */
  at: index.catch(0),
  to: index.optional().catch(undefined),
  /** As it came, to stand in the form again. */
  text: z.string().catch(''),
});
type On = Omit<z.infer<typeof input>, 'list'> & { list: Checklist };

/** The command names none. */
const named = z.object({ list: z.string() });
/** Chosen from the list of talks: it has not begun. */
const choice = z.object({ list: z.string().min(1).max(200), talk: z.undefined().optional() });

/** The first question of a list, and a new talk to keep its proposals in. */
export const talk = (ports: Pick<Ports, 'nonce'>, { reader }: Pick<Turn, 'reader'>, list: Checklist): View =>
  discussionCard(reader, { list, at: 0, talk: ports.nonce() });

/**
 * `diskutera`: what there is to talk about; then one question and another. Where others read, whoever goes on sees that
 * alone, so that the field somebody else is writing in is never drawn anew.
 */
export const discuss: Feature = {
  where: 'anywhere',
  async run(ports, turn, raw) {
    const lists = talksFor(ports, turn);
    const wanted = choice.safeParse(raw);
    const chosen = lists.find(({ id }) => id === wanted.data?.list);
    const { menu } = texts(turn.reader.locale);
    if (chosen) return { posts: [talk(ports, turn, chosen)], said: menu.openedBelow };
    if (!named.safeParse(raw).success) return { card: discussions(turn.reader, { lists }) };
    return onTalk(ports, turn, raw, async (on) => {
      const { discussion } = texts(turn.reader.locale);
      // Who goes on without saving has not said that the words may go.
      if (on.text.trim() !== '') return back(turn, on, discussion.saveFirst);
      const { list, talk, at, to = at } = on;
      const saved = await savedIn(ports, on);
      return drawn(turn, { list, talk, at: Math.min(to, list.items.length - 1), saved });
    });
  },
};

/** "Spara förslaget": kept as a row of its own, whoever else answers at the same moment. */
export const propose: Feature = {
  where: 'anywhere',
  run: (ports, turn, raw) =>
    onTalk(ports, turn, raw, async (on) => {
      const { discussion: t } = texts(turn.reader.locale);
      const { actor, now } = turn;
      const text = on.text.trim();
      const { id: item } = on.list.items[on.at] ?? {};
      if (text === '' || item === undefined) return back(turn, on, t.empty);
      if (text.length > longestProposal) return back(turn, on, t.tooLong(longestProposal, text.length));
      const { list, talk, at } = on;
      const id = operationHash(ports.hmac, turn, ['proposal', talk, item, text]);
      const proposal = { id, list: list.id, item, at: now, by: actor.person, text, discussion: talk };
      try {
        await ports.proposals.add(proposal);
      } catch (error) {
        if (!(error instanceof StorageRefused) && !(error instanceof StorageUnknown)) throw error;
        ports.log.warn('proposal not kept', { error: faultOf(error) });
        return back(turn, on, error instanceof StorageRefused ? t.notSaved : t.fateUnknown);
      }
      return drawn(turn, { list, talk, at, saved: await savedIn(ports, on), justSaved: true });
    }),
};

const talksFor = ({ content }: Ports, { actor }: Turn): Checklist[] =>
  listsFor(content.checklists(), actor.roles).filter(({ phase }) => phase === 'discussion');

/** What a card of a talk sends; a list that is not there any more is said so. */
async function onTalk(
  ports: Ports,
  turn: Turn,
  raw: unknown,
  run: (on: On) => Promise<Answer>,
): Promise<Answer> {
  const parsed = input.safeParse(raw);
  const list = talksFor(ports, turn).find(({ id }) => id === parsed.data?.list);
  if (!parsed.success || !list || list.items.length === 0) {
    return {
      card: words(turn.reader, { paragraphs: [texts(turn.reader.locale).error.oldCard], call: true }),
    };
  }
  return run({ ...parsed.data, list, at: Math.min(parsed.data.at, list.items.length - 1) });
}

/** The same question with the words still in its field, seen by their writer alone. */
function back({ reader }: Turn, { list, talk, at, text }: On, error: string): Answer {
  if (text.length > longestReturned) return { said: error };
  return { card: discussionCard(reader, { list, talk, at, text, errors: [error] }) };
}

/** In 1:1 the message itself is drawn anew, so that one can go on later. */
const drawn = ({ reader, personal }: Turn, shown: Parameters<typeof discussionCard>[1]): Answer => ({
  card: discussionCard(reader, shown),
  ...(personal && { settle: true }),
});

/** A talk goes on also when it cannot be counted. */
const savedIn = ({ proposals, log }: Ports, on: On): Promise<number | undefined> =>
  proposals.count(on.talk).catch((error: unknown) => {
    log.warn('proposals not counted', { error: faultOf(error) });
    return undefined;
  });
