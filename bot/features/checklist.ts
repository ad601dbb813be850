/** Checklists: opened by a phrase or from the list of them, ticked row by row, continued later. */
import { z } from 'zod';
import {
  type Checklist,
  type ChecklistItem,
  calledBy,
  listsFor as concerning,
  type Progress,
} from '../core/checklist.ts';
import { isIncidentId } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { texts } from '../text/index.ts';
import {
  checklist as checklistCard,
  checklists as checklistsCard,
  leaveForm,
  relationsOn,
  words,
} from '../views/index.ts';
import { type Face, faces, type View } from '../views/view.ts';
import { talk } from './discussion.ts';
import type { Feature } from './feature.ts';
import { act } from './incident.ts';
import { type ProgressOf, StorageRefused } from './ports.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** Begun lists that are shown with how far one has come. */
const mostBegun = 5;
const longestReason = 500;

const name = z.string().min(1).max(200);
const input = z.object({
  list: name.optional(),
  incident: z.string().refine(isIncidentId).optional(),
  face: z.enum(faces).optional(),
  again: z.string().optional(),
});

/** Those lists that concern this person, each with the rows that do. */
const listsFor = ({ content }: Ports, { actor }: Turn): Checklist[] =>
  concerning(content.checklists(), actor.roles);

/** The list that what somebody wrote in 1:1 opens at once. */
export async function asked(ports: Ports, turn: Turn, said: string): Promise<Answer | undefined> {
  const list = calledBy(listsFor(ports, turn), said);
  const alone = { incident: undefined, from: undefined, together: false, again: false };
  return list && { posts: [await drawn(ports, turn, { list, ...alone })] };
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
        .map(async (list) => ({ list, progress: await readProgress(ports, { person, list: list.id }) })),
    );
    return {
      posts: [checklistsCard(turn.reader, { lists, begun })],
      said: texts(turn.reader.locale).menu.openedBelow,
    };
  },
};

/**
 * One list: as a message of its own, or where others read in place of the card it was asked for on; or back to it from its
 * form. Without a list it is the one that goes with a case.
 */
export const checklist: Feature = {
  where: 'anywhere',
  run: (ports, turn, raw) =>
    onList(ports, turn, raw, async (on) => {
      const card = await drawn(ports, turn, on);
      const inPlace = on.again || on.from !== undefined;
      return inPlace ? { card } : { posts: [card], said: texts(turn.reader.locale).menu.openedBelow };
    }),
};

const ticking = z.object({ item: name, as: z.enum(['done', 'open']) });

/** A row is done, or is not after all. The list itself is brought up to date for good. */
export const tick: Feature = {
  where: 'anywhere',
  run: (ports, turn, raw) =>
    onList(ports, turn, raw, async (on) => {
      const parsed = ticking.safeParse(raw);
      const item = parsed.success && on.list.items.find(({ id }) => id === parsed.data.item);
      return parsed.success && item
        ? kept(ports, turn, on, item, { as: parsed.data.as })
        : { card: await drawn(ports, turn, on) };
    }),
};

/** As it came, to stand in the form again. */
const given = z
  .object({ item: z.string().max(200).catch(''), reason: z.string().catch('') })
  .catch({ item: '', reason: '' });
const leaving = z.object({ item: name, reason: z.string().trim().min(1).max(longestReason) });

/** "Ej aktuellt": which row, and why. */
export const leave: Feature = {
  where: 'anywhere',
  run: (ports, turn, raw) =>
    onList(ports, turn, raw, async (on) => {
      const values = given.parse(raw);
      const parsed = leaving.safeParse(raw);
      const item = parsed.success && on.list.items.find(({ id }) => id === parsed.data.item);
      if (parsed.success && item) {
        return kept(ports, turn, on, item, { as: 'notRelevant', reason: parsed.data.reason });
      }
      const t = texts(turn.reader.locale).checklist;
      const begun = values.item !== '' || values.reason !== '';
      const errors = begun ? [values.item ? t.whyMissing : t.whichMissing] : [];
      return {
        card: leaveForm(turn.reader, { ...on, progress: await progressOf(ports, turn, on), values, errors }),
      };
    }),
};

/** The list that was pressed, and for which case. */
interface On {
  list: Checklist;
  incident: Incident | undefined;
  /** The card of the case in whose place it stands, in a chat that others read. */
  from: { face: Face; nonce: string } | undefined;
  /** It is the case's own list, which those who coordinate it tick together. */
  together: boolean;
  /** Asked for from its own form. */
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
  if (!parsed.success) return refused(error.oldCard);
  const { list: wanted, incident: id, face = 'receipt', again } = parsed.data;
  if (!id && !turn.personal) return refused(error.privately);
  const incident = id ? (await ports.cases.load(id))?.incident : undefined;
  if (id && (!incident || relationsOn(face, incident, turn.actor).length === 0))
    return refused(error.noSuchIncident);
  const lists = listsFor(ports, turn);
  const list = wanted
    ? lists.find((each) => each.id === wanted)
    : incident && listOfCase(lists, face, incident);
  if (!list) return refused(error.oldCard);
  return run({
    list,
    incident,
    from: turn.personal ? undefined : { face, nonce: ports.nonce() },
    together: incident !== undefined && list.id === listOfFace.triage,
    again: again !== undefined,
  });
}

/** Of those who answer, and of those who coordinate: the same whatever has happened. */
const listOfFace = { alarm: 'jour.samtal', triage: 'efter.sak' } as const;

/**
 * The list that goes with a card of a case. The confirmation's fits how the threat came, and whether it met the reader or
 * somebody they support.
 *
 * @param lists those that concern the reader
 */
function listOfCase(lists: readonly Checklist[], face: Face, { answers }: Incident): Checklist | undefined {
  if (face === 'alarm' || face === 'triage') return lists.find(({ id }) => id === listOfFace[face]);
  const fitting = lists.filter(
    ({ channels, phase }) => phase === 'after' && channels.includes(answers.channel),
  );
  const forEveryone = fitting.find(({ roles }) => roles.length === 0);
  return answers.affected === 'self'
    ? forEveryone
    : (fitting.find(({ roles }) => roles.length > 0) ?? forEveryone);
}

const ofPerson = ({ actor }: Turn, { list, incident }: On): ProgressOf => ({
  person: actor.person,
  list: list.id,
  incident: incident?.id,
});

/** How an item is to stand from now on. */
type Kept = { as: 'done' | 'open' } | { as: 'notRelevant'; reason: string };

/** Ticks an item. What is ticked together is a note in the history of the case. */
async function kept(ports: Ports, turn: Turn, on: On, item: ChecklistItem, how: Kept): Promise<Answer> {
  const { as } = how;
  const reason = 'reason' in how ? how.reason : undefined;
  if (on.together && on.incident) {
    const t = texts('sv').checklist.task;
    const said = as === 'notRelevant' ? t.notRelevant(item.text.sv, reason ?? '') : t[as](item.text.sv);
    const command = { verb: 'note', visibleTo: 'staff', task: { item: item.id, as } } as const;
    const { id, version } = on.incident;
    const nonce = `${on.list.id} ${version}`;
    const outcome = await act(ports, id, turn, command, { sealed: { text: said }, nonce });
    if (outcome.outcome !== 'done') return notNow(turn);
    return shown(await drawn(ports, turn, { ...on, incident: outcome.incident }), on);
  }
  const tick = as === 'open' ? undefined : { as, at: turn.now, reason };
  await ports.progress.tick(ofPerson(turn, on), item.id, tick, on.list.version);
  return shown(await drawn(ports, turn, on), on);
}

/** A message of its own changes for good; what stands in place of another leaves that as it is. */
const shown = (card: View, { from }: On): Answer => (from ? { card } : { card, settle: true });

const notNow = ({ reader }: Turn): Answer => ({
  card: words(reader, { paragraphs: [texts(reader.locale).refusals.notAllowed] }),
});

/** What to do is shown also when how far one has come cannot be read. */
const progressOf = (ports: Ports, turn: Turn, on: On): Promise<Progress> =>
  on.together
    ? Promise.resolve({ ticks: on.incident?.tasks ?? {} })
    : readProgress(ports, ofPerson(turn, on));

const readProgress = (ports: Ports, of: ProgressOf): Promise<Progress> =>
  ports.progress.read(of).catch(withoutProgress<Progress>(ports, { ticks: {} }));

const withoutProgress =
  <T>({ log }: Ports, instead: T) =>
  (error: unknown): T => {
    if (!(error instanceof StorageRefused)) throw error;
    log.warn('progress not read', { outcome: error.name });
    return instead;
  };

async function drawn(ports: Ports, turn: Turn, on: On): Promise<View> {
  if (on.list.phase === 'discussion') return talk(ports, turn, on.list);
  // While it happens nobody waits for the storage.
  const progress = on.list.phase === 'during' ? { ticks: {} } : await progressOf(ports, turn, on);
  return checklistCard(turn.reader, { ...on, progress });
}
