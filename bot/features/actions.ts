/** `åtgärder`: what groups have proposed, to the coordinators, who decide about it (DOMAIN A3: handlingsplan). */
import { z } from 'zod';
import { type Instant, instant } from '../core/ids.ts';
import { type Decision, type ProposalState, proposalStates } from '../core/proposal.ts';
import { later, minutes, nextWorkingMorning } from '../core/time.ts';
import { faultOf } from '../log.ts';
import { texts } from '../text/index.ts';
import { actions as actionsCard, decideForm, proposalNews, proposals, words } from '../views/index.ts';
import { deniedHere } from './denied.ts';
import type { Feature } from './feature.ts';
import { type Proposals, StorageRefused, StorageUnknown } from './ports.ts';
import { type RoutinePorts, routineLease, say } from './routine.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** Each as long as may be, with what was decided: the card stays under 25 KB. */
const onePage = 3;

const place = z.object({
  state: z.enum(proposalStates),
  page: z.coerce.number().int().min(0).max(1_000).catch(0),
});
type Place = z.infer<typeof place>;

/** How many there are; or, as the answer to a click, what they say. */
export const actions: Feature = {
  where: 'personal',
  run: (ports, turn, raw) =>
    asCoordinator(ports, turn, 'actions', async () => {
      const wanted = place.safeParse(raw);
      if (wanted.success) return listed(ports, turn, wanted.data);
      const counted = await Promise.all(
        proposalStates.map(async (state) => [state, (await ports.proposals.list(state)).length] as const),
      );
      const count = (state: ProposalState) => counted.find(([each]) => each === state)?.[1] ?? 0;
      const counts = {
        new: count('new'),
        accepted: count('accepted'),
        declined: count('declined'),
        done: count('done'),
      };
      return { card: actionsCard(turn.reader, { counts }) };
    }),
};

const longestOwner = 100;
const longestReason = 300;

const pressed = place.extend({
  proposal: z.string().min(1).max(200),
  /** Of the proposal as it stood before the coordinator: nothing is decided over somebody else's head. */
  tag: z.string().min(1).max(300),
  as: z.enum(['accepted', 'declined', 'done']),
  sent: z.literal('yes').optional(),
  owner: z.string().trim().catch(''),
  day: z.string().trim().catch(''),
  reason: z.string().trim().catch(''),
});
type Pressed = z.infer<typeof pressed>;

/** "Anta", "Avslå", "Klart": the first two ask something first. */
export const decide: Feature = {
  where: 'personal',
  run: (ports, turn, raw) =>
    asCoordinator(ports, turn, 'decide', async () => {
      const t = texts(turn.reader.locale);
      const parsed = pressed.safeParse(raw);
      const proposal = parsed.success ? await read(ports, turn, [parsed.data.proposal]) : [];
      const [found] = proposal;
      if (!parsed.success || !found) {
        return { card: words(turn.reader, { paragraphs: [t.error.oldCard], call: true }) };
      }
      const { as, tag, sent, state, page } = parsed.data;
      const asked = (errors: readonly string[]): Answer => {
        if (as === 'done') return { said: errors.join(' ') };
        const { owner, day, reason } = parsed.data;
        const values = sent ? cut({ owner, day, reason }) : {};
        const lists = ports.content.checklists();
        return {
          card: decideForm(turn.reader, {
            proposal: found,
            as,
            place: { state, page },
            lists,
            tag,
            values,
            errors,
          }),
        };
      };
      if (as !== 'done' && !sent) return asked([]);
      const errors = missingIn(t.actions, parsed.data);
      if (errors.length > 0) return asked(errors);
      const decision: Decision = {
        as,
        at: turn.now,
        by: turn.actor.person,
        ...answered(parsed.data, found.decision),
      };
      const notes: string[] = [];
      try {
        const outcome = await ports.proposals.decide(found.id, decision, tag);
        if (outcome === 'conflict' && !isSame(decision, found.decision)) notes.push(t.actions.changed);
      } catch (error) {
        if (!(error instanceof StorageRefused) && !(error instanceof StorageUnknown)) throw error;
        ports.log.warn('proposal not decided', { error: faultOf(error) });
        return asked([error instanceof StorageRefused ? t.discussion.notSaved : t.discussion.fateUnknown]);
      }
      return listed(ports, turn, { state, page }, notes);
    }),
};

/** Pressed again after a reply that was lost: it is their own decision that stands there. */
const isSame = (wanted: Decision, stands: Decision | undefined): boolean =>
  stands !== undefined &&
  (['as', 'by', 'owner', 'day', 'reason'] as const).every((name) => wanted[name] === stands[name]);

const cut = (values: { owner: string; day: string; reason: string }) => ({
  owner: values.owner.slice(0, 10 * longestOwner),
  day: values.day.slice(0, longestOwner),
  reason: values.reason.slice(0, 10 * longestReason),
});

function missingIn(
  t: { ownerMissing: string; dayMissing: string; reasonMissing: string },
  { as, owner, day, reason }: Pressed,
): string[] {
  const fits = (text: string, most: number) => text !== '' && text.length <= most;
  if (as === 'declined') return fits(reason, longestReason) ? [] : [t.reasonMissing];
  if (as === 'done') return [];
  return [
    ...(fits(owner, longestOwner) ? [] : [t.ownerMissing]),
    ...(z.iso.date().safeParse(day).success ? [] : [t.dayMissing]),
  ];
}

/** Who did it, and by when, is still there when it is done. */
function answered(
  { as, owner, day, reason }: Pressed,
  before: Decision | undefined,
): Pick<Decision, 'owner' | 'day' | 'reason'> {
  if (as === 'accepted') return { owner, day };
  if (as === 'declined') return { reason };
  return before?.owner && before.day ? { owner: before.owner, day: before.day } : {};
}

/** Coordinators alone, as they are at this moment. */
async function asCoordinator(
  ports: Ports,
  turn: Turn,
  verb: string,
  run: () => Promise<Answer>,
): Promise<Answer> {
  if (turn.actor.roles.includes('coordinator')) return run();
  await deniedHere(ports, turn, verb);
  const { refusals } = texts(turn.reader.locale);
  return { card: words(turn.reader, { paragraphs: [refusals.notAllowed] }) };
}

/** One page of those in a state; the last when it asks for one beyond it. */
async function listed(
  ports: Ports,
  turn: Turn,
  { state, page: wanted }: Place,
  notes: readonly string[] = [],
): Promise<Answer> {
  const all = await ports.proposals.list(state);
  const page = Math.min(wanted, Math.max(0, Math.ceil(all.length / onePage) - 1));
  const ids = all.slice(page * onePage, (page + 1) * onePage).map(({ id }) => id);
  const opened = await read(ports, turn, ids);
  const lists = ports.content.checklists();
  const more = (page + 1) * onePage < all.length;
  return { card: proposals(turn.reader, { opened, lists, state, page, more, notes }) };
}

/** Opens them, after the log has been told: what cannot be logged is not read. */
async function read({ audit, proposals }: Ports, { actor, now }: Turn, ids: readonly string[]) {
  if (ids.length === 0) return [];
  await audit.record({ at: now, by: actor.person, what: 'read', why: 'actions' });
  const opened = await Promise.all(ids.map((id) => proposals.open(id)));
  return opened.flatMap((one) => one ?? []);
}

const told = z.object({ until: z.iso.datetime().transform((text) => instant(Date.parse(text))) });

/** A row is stored within a second of its time; those of the last minute are left to the next morning. */
const margin = minutes(1);

/** On the morning of a working day, if any have come: how many, to the coordinators in their channel. */
export async function tellOfProposals(ports: RoutinePorts & { proposals: Proposals }): Promise<void> {
  const now = ports.clock();
  const next = nextWorkingMorning(now);
  const held = await ports.routines.take('proposals', now, routineLease, next);
  if (!held) return;
  const since: Instant | undefined = told.safeParse(held.memory).data?.until;
  const until = later(now, -margin);
  const all = await ports.proposals.list('new');
  const count = all.filter(({ at }) => at <= until && (since === undefined || at > since)).length;
  const done = { at: next, memory: { until } };
  if (count === 0) {
    await ports.routines.finish(held, done);
    return;
  }
  await say(ports, held, (reader) => proposalNews(reader, { count, repeat: held.repeat }), done);
}
