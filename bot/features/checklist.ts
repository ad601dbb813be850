/** Checklists: opened by a phrase or from the list of them, ticked row by row, continued later. */
import { z } from 'zod';
import { type Checklist, calledBy, listsFor as concerning, type Tick } from '../core/checklist.ts';
import { isIncidentId } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { relationsOf } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import {
  checklist as checklistCard,
  checklists as checklistsCard,
  leaveForm,
  words,
} from '../views/index.ts';
import { talk } from './discussion.ts';
import type { Feature } from './feature.ts';
import { type ProgressOf, StorageRefused } from './ports.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** Begun lists that are shown with how far one has come. */
const mostBegun = 5;
const longestReason = 500;

const name = z.string().min(1).max(200);
const input = z.object({
  list: name,
  incident: z.string().refine(isIncidentId).optional(),
  again: z.string().optional(),
});

/** Those lists that concern this person, each with the rows that do. */
const listsFor = ({ content }: Ports, { actor }: Turn): Checklist[] =>
  concerning(content.checklists(), actor.roles);

/** The list that what somebody wrote in 1:1 opens at once. */
export async function asked(ports: Ports, turn: Turn, said: string): Promise<Answer | undefined> {
  const list = calledBy(listsFor(ports, turn), said);
  return list && { posts: [await drawn(ports, turn, list, undefined)] };
}

/** The same where others read. */
export function askedAmongOthers(ports: Ports, turn: Turn, said: string): Answer | undefined {
  const list = calledBy(listsFor(ports, turn), said);
  if (list?.phase === 'discussion') return { card: talk(ports, turn, list) };
  return list && { card: checklistCard(turn.reader, { list, progress: { ticks: {} }, shared: true }) };
}

/** `checklistor`: all of them, those first that one has begun. */
export const checklists: Feature = {
  where: 'personal',
  async run(ports, turn) {
    const lists = listsFor(ports, turn);
    const { person } = turn.actor;
    const ids = await ports.progress.begun(person).catch(withoutProgress<string[]>(ports, []));
    const begun = await Promise.all(
      lists
        .filter(({ id }) => ids.includes(id))
        .slice(0, mostBegun)
        .map(async (list) => ({ list, progress: await progressOf(ports, { person, list: list.id }) })),
    );
    return {
      posts: [checklistsCard(turn.reader, { lists, begun })],
      said: texts(turn.reader.locale).menu.openedBelow,
    };
  },
};

/** One list, as a message of its own; or back to it from its form. */
export const checklist: Feature = {
  where: 'personal',
  run: (ports, turn, raw) =>
    onList(ports, turn, raw, async ({ list, incident, again }) => {
      const card = await drawn(ports, turn, list, incident);
      return again ? { card } : { posts: [card], said: texts(turn.reader.locale).menu.openedBelow };
    }),
};

const ticking = z.object({ item: name, as: z.enum(['done', 'open']) });

/** A row is done, or is not after all. The list itself is brought up to date for good. */
export const tick: Feature = {
  where: 'personal',
  run: (ports, turn, raw) =>
    onList(ports, turn, raw, async ({ list, incident }) => {
      const parsed = ticking.safeParse(raw);
      if (parsed.success && list.items.some(({ id }) => id === parsed.data.item)) {
        const { item, as } = parsed.data;
        await keep(ports, turn, list, incident, item, as === 'done' ? { as, at: turn.now } : undefined);
      }
      return { card: await drawn(ports, turn, list, incident), settle: true };
    }),
};

/** As it came, to stand in the form again. */
const given = z
  .object({ item: z.string().max(200).catch(''), reason: z.string().catch('') })
  .catch({ item: '', reason: '' });
const leaving = z.object({ item: name, reason: z.string().trim().min(1).max(longestReason) });

/** "Ej aktuellt": which row, and why. */
export const leave: Feature = {
  where: 'personal',
  run: (ports, turn, raw) =>
    onList(ports, turn, raw, async ({ list, incident }) => {
      const values = given.parse(raw);
      const parsed = leaving.safeParse(raw);
      const known = parsed.success && list.items.some(({ id }) => id === parsed.data.item);
      if (known) {
        const { item, reason } = parsed.data;
        await keep(ports, turn, list, incident, item, { as: 'notRelevant', at: turn.now, reason });
        return { card: await drawn(ports, turn, list, incident), settle: true };
      }
      const t = texts(turn.reader.locale).checklist;
      const begun = values.item !== '' || values.reason !== '';
      const errors = begun ? [values.item ? t.whyMissing : t.whichMissing] : [];
      const progress = await progressOf(ports, ofPerson(turn, list, incident));
      return { card: leaveForm(turn.reader, { list, progress, incident, values, errors }) };
    }),
};

interface On {
  list: Checklist;
  incident: Incident | undefined;
  again: boolean;
}

/** What a card of a list sends; a list that is not there any more, or is not for this person, is said so. */
async function onList(
  ports: Ports,
  turn: Turn,
  raw: unknown,
  run: (on: On) => Promise<Answer>,
): Promise<Answer> {
  const { error } = texts(turn.reader.locale);
  const refused = (sentence: string): Answer => ({
    card: words(turn.reader, { paragraphs: [sentence], call: true }),
  });
  const parsed = input.safeParse(raw);
  const list = parsed.success && listsFor(ports, turn).find(({ id }) => id === parsed.data.list);
  if (!parsed.success || !list) return refused(error.oldCard);
  const { incident: id, again } = parsed.data;
  const incident = id ? (await ports.cases.load(id))?.incident : undefined;
  if (id && (!incident || relationsOf(incident, turn.actor).length === 0))
    return refused(error.noSuchIncident);
  return run({ list, incident, again: again !== undefined });
}

const ofPerson = ({ actor }: Turn, { id }: Checklist, incident: Incident | undefined): ProgressOf => ({
  person: actor.person,
  list: id,
  incident: incident?.id,
});

const keep = (
  ports: Ports,
  turn: Turn,
  list: Checklist,
  incident: Incident | undefined,
  item: string,
  tick: Tick | undefined,
): Promise<void> => ports.progress.tick(ofPerson(turn, list, incident), item, tick, list.version);

/** What to do is shown also when how far one has come cannot be read. */
const progressOf = (ports: Ports, of: ProgressOf) =>
  ports.progress.read(of).catch(withoutProgress(ports, { ticks: {} }));

const withoutProgress =
  <T>({ log }: Ports, instead: T) =>
  (error: unknown): T => {
    if (!(error instanceof StorageRefused)) throw error;
    log.warn('progress not read', { outcome: error.name });
    return instead;
  };

async function drawn(ports: Ports, turn: Turn, list: Checklist, incident: Incident | undefined) {
  if (list.phase === 'discussion') return talk(ports, turn, list);
  const of = ofPerson(turn, list, incident);
  // While it happens nobody waits for the storage.
  const progress = list.phase === 'during' ? { ticks: {} } : await progressOf(ports, of);
  return checklistCard(turn.reader, { list, progress, incident });
}
