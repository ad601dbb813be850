/**
 * The card of a telephone threat: filled in while the call goes on, kept at every press, and sent as a report or into one.
 */
import { z } from 'zod';
import { type CallNotes, callFields, type Filled, noNotes, packed, withPress } from '../core/call.ts';
import { type IncidentId, isIncidentId } from '../core/ids.ts';
import { dangerNow, type Incident, type Sealed } from '../core/incident.ts';
import { exactly, later, minutes, pastTime } from '../core/time.ts';
import { faultOf } from '../log.ts';
import { texts } from '../text/index.ts';
import { callCard as callCardView, receipt, supplementForm, words } from '../views/index.ts';
import { forgetDraft, longestText } from './drafts.ts';
import { type Feature, fieldsOf } from './feature.ts';
import { act } from './incident.ts';
import { type Draft, StorageRefused } from './ports.ts';
import { fileReport } from './report.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** How long a card of a call may lie unsent before the bot asks: longer than most calls. */
const askAfter = minutes(10);
const maxTries = 10;

const flag = z.literal('yes').optional().catch(undefined);
/** What every button of the card carries. */
const envelope = z.object({
  nonce: z.string().min(1).max(100),
  seen: z.coerce.number().int().nonnegative().catch(0),
  does: z.enum(['open', 'start', 'end', 'save', 'send']).catch('save'),
  incident: z.string().refine(isIncidentId).optional().catch(undefined),
  more: flag,
  beside: flag,
});
type Press = z.infer<typeof envelope> & { sent: Filled };

const longestAnswer = 1_000;
/** What is no text, or longer than is taken, is left out and told of. */
const answer = (field: string) => z.string().max(field === 'wording' ? longestText : longestAnswer);

const keptNotes: z.ZodType<CallNotes> = z.looseObject({
  version: z.int().nonnegative(),
  filled: z.partialRecord(z.enum(callFields), z.string()),
});

/** Without a nonce (a command, a button) a card of its own; with one, a press on it. */
export const callCard: Feature = {
  where: 'personal',
  async run(ports, turn, raw) {
    const input = fieldsOf(raw);
    const read = envelope.safeParse(input);
    if (!read.success) return opened(ports, turn, input.incident);
    const sent: Filled = {};
    let unreadable = false;
    for (const field of callFields) {
      if (!(field in input)) continue;
      const value = answer(field).safeParse(input[field]);
      if (value.success) sent[field] = value.data;
      else unreadable = true;
    }
    const press = { ...read.data, sent: withTime(turn, read.data.does, sent) };
    const kept = await keep(ports, turn, press);
    const errors = [
      ...(unreadable ? [texts(turn.reader.locale).error.unreadableField] : []),
      ...(kept.failed ? [texts(turn.reader.locale).callCard.notSaved] : []),
    ];
    return press.does === 'send' && !(unreadable && !isInDanger(kept.notes.filled))
      ? send(ports, turn, press, kept)
      : redrawn(turn, press, kept, errors);
  },
};

/** Nobody's words are on it yet, so it may stand in the chat. */
function opened(ports: Ports, turn: Turn, incident: unknown): Answer {
  const card = callCardView(turn.reader, {
    id: ports.nonce(),
    notes: noNotes,
    incident: typeof incident === 'string' && isIncidentId(incident) ? incident : undefined,
  });
  return { posts: [card], said: texts(turn.reader.locale).menu.openedBelow };
}

/** "Nu": the exact time, by our clock. What somebody has written there is theirs. */
function withTime({ now }: Turn, does: Press['does'], sent: Filled): Filled {
  if (does === 'start') return { ...sent, callStart: sent.callStart || exactly(now) };
  if (does === 'end') return { ...sent, callEnd: exactly(now) };
  return sent;
}

interface Kept {
  notes: CallNotes;
  draft?: Draft;
  /** What was sent just now stands on the card only. */
  failed?: true;
}

/**
 * Keeps what is filled in, with what others have kept meanwhile. A fault never takes away what is on the screen: then the
 * card is drawn with it again.
 */
async function keep(ports: Ports, turn: Turn, press: Press): Promise<Kept> {
  try {
    for (let tries = 0; tries < maxTries; tries++) {
      const found = await ports.drafts.read(press.nonce, turn.actor.person);
      const before = found ? notesOf(found.draft) : noNotes;
      const notes = withPress(before, { ...press, beside: press.beside !== undefined });
      const isEmpty = !Object.values(notes.filled).some((value) => value !== '');
      if (press.does === 'open' || (isEmpty && !found))
        return found ? { notes: before, draft: found.draft } : { notes: before };
      const draft: Draft = {
        id: press.nonce,
        person: turn.actor.person,
        text: JSON.stringify(notes),
        at: found?.draft.at ?? turn.now,
        asked: found?.draft.asked ?? 0,
        of: 'call',
      };
      const outcome = await ports.drafts.replace(draft, later(turn.now, askAfter), found?.tag);
      if (outcome === 'written') return { notes, draft };
    }
    throw new StorageRefused('the card changed under every try');
  } catch (error) {
    ports.log.warn('call card not kept', { error: faultOf(error) });
    return { notes: { version: press.seen, filled: press.sent }, failed: true };
  }
}

function notesOf(draft: Draft): CallNotes {
  const read = draft.of === 'call' ? keptNotes.safeParse(JSON.parse(draft.text)) : undefined;
  if (!read?.success) throw new StorageRefused('what is kept is no card of a call');
  return read.data;
}

const redrawn = (turn: Turn, press: Press, { notes, draft, failed }: Kept, errors: string[]): Answer => ({
  card: callCardView(turn.reader, {
    id: press.nonce,
    notes,
    more: press.more !== undefined,
    incident: press.incident,
    saved: draft && !failed ? turn.now : undefined,
    errors,
  }),
});

const isInDanger = ({ dangerNow: danger }: Filled): boolean => danger === 'yes' || danger === 'unsure';

/** "Skicka": a report of its own, or more of the one it was opened from. */
async function send(ports: Ports, turn: Turn, press: Press, kept: Kept): Promise<Answer> {
  const { callCard: t, error } = texts(turn.reader.locale);
  const { filled } = kept.notes;
  const danger = z.enum(dangerNow).safeParse(filled.dangerNow).data;
  const inDanger = isInDanger(filled);
  const began = filled.callStart ? pastTime(filled.callStart, turn.now) : (kept.draft?.at ?? turn.now);
  const missing = [...(danger ? [] : [t.dangerMissing]), ...(began ? [] : [t.badTime])];
  // Is someone in danger, nothing that is missing or wrong holds the alarm up.
  if (!inDanger && missing.length > 0) return redrawn(turn, press, kept, missing);
  const ended = filled.callEnd ? pastTime(filled.callEnd, turn.now) : undefined;
  const call = {
    callAt: began ?? kept.draft?.at ?? turn.now,
    sealed: {
      text: filled.wording || undefined,
      call: packed(filled, ended),
      callerNumber: filled.callerNumber || undefined,
    },
    operation: ['call', press.nonce, press.sent],
  };
  const added = press.incident && (await add(ports, turn, press.incident, call, press.nonce));
  if (added && (!inDanger || (await raise(ports, turn, added.id, press.nonce)))) {
    if (kept.draft) forgetDraft(ports, kept.draft);
    return {
      card: words(turn.reader, { paragraphs: [t.added(added.id)], call: inDanger }),
      settle: true,
      posts: inDanger ? [asksWhere(ports, turn, added)] : [],
    };
  }
  // What was kept before and does not stand on the card is still there, and asked about.
  const lost = kept.failed && press.seen > 0 ? [error.textLeftBehind] : [];
  const answer = await fileReport(
    ports,
    turn,
    {
      operation: call.operation,
      nonce: press.nonce,
      answers: {
        dangerNow: danger ?? 'unsure',
        channel: 'phone',
        affected: 'self',
        whenRough: 'now',
        callback: 'today',
      },
      sealed: { ...call.sealed, reporterName: turn.person?.name, number: turn.person?.number },
      callAt: call.callAt,
    },
    (incident) => confirmed(ports, turn, incident, { inDanger, lost }),
  );
  if (kept.draft) forgetDraft(ports, kept.draft);
  return answer;
}

/** @returns `undefined` when it cannot be added there any more: then it becomes a report of its own */
async function add(
  ports: Ports,
  turn: Turn,
  id: IncidentId,
  { callAt, sealed, operation }: { callAt: Incident['reportedAt']; sealed: Sealed; operation: unknown },
  nonce: string,
): Promise<Incident | undefined> {
  const outcome = await act(
    ports,
    id,
    turn,
    { verb: 'supplement', gave: ['text'], callAt },
    { sealed, nonce, operation },
  );
  return outcome.outcome === 'done' ? outcome.incident : undefined;
}

/** @returns false when somebody has the case already, or had it: then the danger is a report and an alarm of its own */
async function raise(ports: Ports, turn: Turn, id: IncidentId, nonce: string): Promise<boolean> {
  const outcome = await act(ports, id, turn, { verb: 'alarm' }, { nonce });
  return outcome.outcome === 'done' && outcome.incident.stage.status === 'new';
}

const asksWhere = (ports: Ports, { reader }: Turn, incident: Incident) =>
  supplementForm(reader, { incident, face: 'receipt', nonce: ports.nonce(), what: 'where', own: true });

function confirmed(
  ports: Ports,
  turn: Turn,
  incident: Incident,
  { inDanger, lost }: { inDanger: boolean; lost: string[] },
): Answer {
  const { reader, actor } = turn;
  const firstTime = incident.reportedAt === turn.now;
  const posts = [
    ...(lost.length > 0 ? [words(reader, { paragraphs: lost })] : []),
    ...(inDanger ? [asksWhere(ports, turn, incident)] : []),
  ];
  return {
    card: receipt(reader, { incident, actor, nonce: ports.nonce(), justSent: firstTime }),
    ...(firstTime && { posts }),
  };
}
