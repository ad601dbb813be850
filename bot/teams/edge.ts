/** One thing that happened in Teams, from parsed activity to answer. Whatever goes wrong, the user is told in words. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { PersonId } from '../core/ids.ts';
import { features, written, writtenAmongOthers, writtenInChannel } from '../features/index.ts';
import { nextTurn } from '../features/loop.ts';
import { type Sent, StorageRefused, StorageUnknown } from '../features/ports.ts';
import type { Answer, Ports, Turn } from '../features/turn.ts';
import { faultOf, type Log } from '../log.ts';
import { texts } from '../text/index.ts';
import { menu, words } from '../views/index.ts';
import type { View } from '../views/view.ts';
import type { Happened } from './activity.ts';

export interface EdgePorts extends Ports {
  /** The coordinators' channel, and the team it belongs to. */
  triage: { team: string; channel: string };
  /** Asks about someone who is not known, unless that was done just now. Never throws. */
  lookUp: (id: PersonId) => Promise<void>;
}

/** What a click gets back: a card in its place, a sentence under it, or nothing. */
export interface Reply {
  card?: View;
  said?: string;
}

/** Everything is answered within this time: a user in distress must not wait for a storage that hangs (promise 2). */
const answerWithin = 3_500;

/** Someone who is not known may have been given a role a moment ago; so long they wait for an answer to that. */
const askedWithin = 1_000;

/** A message is taken as answered by then; what Teams has not accepted is still tried. */
const sendWithin = 3_000;

/**
 * Does what the person asked for, sends what must be said as new messages, and gives back what takes the clicked
 * card's place.
 */
export async function happened(ports: EdgePorts, what: Happened): Promise<Reply> {
  const started = performance.now();
  await introduced(ports, what);
  const turn = turnOf(ports, what);
  const reports = what.kind !== 'click' || what.verb === 'report' || what.verb === 'callCard';
  if (what.kind === 'other' && what.members) ports.triageChannel.changed();
  const answer = await withinLimit(ports, turn, { reports, started }, async () =>
    fitFor(ports, turn, what, await answerTo(ports, turn, what)),
  );
  remember(ports, turn, what);
  // Teams gives up on a click after 5 s, so nothing is waited for; and it sends a message again after 15 s.
  const sending = send(ports, turn, answer, what.kind === 'click');
  if (what.kind !== 'click') await Promise.race([sending, wait(sendWithin, undefined, { ref: false })]);
  const verb = what.kind === 'click' && Object.hasOwn(features, what.verb) ? what.verb : what.kind;
  const ms = Math.round(performance.now() - started);
  // Written when the answer has left.
  void nextTurn().then(() => ports.log.info('turn', { verb, ms }));
  return { ...(answer.card && { card: answer.card }), ...(answer.said && { said: answer.said }) };
}

/** Whom the directory knows waits for nothing. */
async function introduced({ directory, lookUp }: EdgePorts, { kind, person }: Happened): Promise<void> {
  if (kind === 'other' || directory.person(person)) return;
  await Promise.race([lookUp(person), wait(askedWithin, undefined, { ref: false })]);
}

function turnOf({ directory, clock }: EdgePorts, what: Happened): Turn {
  const now = clock();
  const person = directory.person(what.person);
  return {
    actor: { person: what.person, roles: person?.roles ?? [] },
    person,
    now,
    reader: { locale: person?.locale ?? what.locale, now, directory },
    conversation: what.conversation,
    personal: what.place === 'personal',
    clicked: what.kind === 'click' ? what.clicked : undefined,
  };
}

async function answerTo(ports: EdgePorts, turn: Turn, what: Happened): Promise<Answer> {
  if (what.kind === 'other') return {};
  const { reader } = turn;
  const { error, freeText } = texts(reader.locale);
  if (what.kind === 'installed' && !turn.personal) return {};
  if (turn.actor.roles.length === 0) return { card: outsider(turn) };
  if (what.kind === 'installed') return { posts: [menu(reader, turn.actor)] };
  if (what.kind === 'message') {
    if (!turn.personal) {
      const answer = isInTriage(ports, what)
        ? await writtenInChannel(ports, turn, what.text)
        : await writtenAmongOthers(ports, turn, what.text);
      return answer ?? { card: words(reader, { paragraphs: [error.privately], call: true }) };
    }
    if (!what.attachments) return written(ports, turn, what.text);
    const noFiles = words(reader, {
      paragraphs: [error.noFilesYet, error.fileStays, freeText.teamsRemove],
      call: true,
    });
    if (what.text.trim() === '') return { card: noFiles };
    const answer = await written(ports, turn, what.text);
    return { ...answer, posts: [...(answer.posts ?? []), noFiles] };
  }
  const known = Object.hasOwn(features, what.verb) ? features[what.verb as keyof typeof features] : undefined;
  if (!known) return { card: words(reader, { paragraphs: [error.oldCard], call: true }) };
  if (known.where === 'personal' && !turn.personal) {
    return { card: words(reader, { paragraphs: [error.privately], call: true }) };
  }
  return known.run(ports, turn, what.input);
}

const isInTriage = ({ triage }: EdgePorts, { conversation, team }: Happened): boolean =>
  team === triage.team && conversation.id.split(';')[0] === triage.channel;

/** What stands in the channel is read by all who are there; what a click is answered with, by the one who clicked. */
async function fitFor(ports: EdgePorts, turn: Turn, what: Happened, answer: Answer): Promise<Answer> {
  const { card, said, posts, settle } = answer;
  const isPosted = what.kind !== 'click' ? card || posts?.length : settle || posts?.length;
  if (!isPosted || !isInTriage(ports, what)) return answer;
  if ((await ports.triageChannel.standing(turn.conversation)) === 'open') return answer;
  if (what.kind === 'click') return { ...(card && { card }), ...(said && { said }) };
  const { error } = texts(turn.reader.locale);
  return { card: words(turn.reader, { paragraphs: [error.privately], call: true }) };
}

/** Someone without a role here: whom to call, kindly, and nothing else. */
function outsider({ reader }: Turn): View {
  const { error, call } = texts(reader.locale);
  return words(reader, { paragraphs: [error.notKnown, call.police], call: true });
}

const kindOf = (error: unknown) =>
  error instanceof StorageRefused ? 'refused' : error instanceof StorageUnknown ? 'unknown' : 'internal';

/**
 * The answer, or in time the words that need no storage: not stored, or nobody knows.
 *
 * @param asked.reports whether someone was reporting or writing, and not just pressing a button of a case
 * @param asked.started when they did it, by `performance.now()`
 */
async function withinLimit(
  ports: EdgePorts,
  turn: Turn,
  { reports, started }: { reports: boolean; started: number },
  run: () => Promise<Answer>,
): Promise<Answer> {
  const { reader } = turn;
  const { error: say } = texts(reader.locale);
  const late = Promise.withResolvers<Answer>();
  const left = answerWithin - (performance.now() - started);
  const timer = setTimeout(() => late.reject(new StorageUnknown('no answer in time')), left);
  try {
    return await Promise.race([run(), late.promise]);
  } catch (error) {
    const errorId = randomUUID().slice(0, 8);
    ports.log.error('turn failed', { errorId, error: faultOf(error) });
    const duty = reader.directory.dutyFunction();
    const callDuty = say.callDuty(duty.name, duty.number);
    const number = say.errorNumber(errorId);
    const paragraphs = {
      refused: [say.notStored, callDuty, say.danger, reports ? say.staysInChat : say.tryAgain, number],
      unknown: reports
        ? [say.fateUnknown, callDuty, say.sendAgain, number]
        : [say.clickUnknown, say.pressAgain, number],
      internal: [say.internal(errorId), callDuty, say.tryAgain],
    }[kindOf(error)];
    return { card: words(reader, { paragraphs, call: true }) };
  } finally {
    clearTimeout(timer);
  }
}

/** New messages, in order; and the clicked message itself, where the answer is to stay. */
async function send(ports: EdgePorts, turn: Turn, answer: Answer, click: boolean): Promise<void> {
  const { messenger } = ports;
  const posts = [...(!click && answer.card ? [answer.card] : []), ...(answer.posts ?? [])];
  for (const view of posts) await surely(ports, () => messenger.post(turn.conversation, view));
  const { card, settle } = answer;
  const { clicked } = turn;
  if (settle && card && clicked) {
    await surely(ports, () => messenger.update(turn.conversation, clicked, card));
  }
}

const mostTries = 4;

/** An answer is worth a few tries: someone waits for it, and a form or a menu that stands twice harms nobody. */
export async function surely({ log }: { log: Log }, attempt: () => Promise<Sent>): Promise<void> {
  for (let tries = 1; ; tries++) {
    const sent = await attempt();
    if (sent.outcome === 'sent' || sent.outcome === 'gone') return;
    if (tries === mostTries) return log.error('answer not sent', { outcome: sent.outcome, count: tries });
    await wait(sent.outcome === 'later' && sent.after ? sent.after : tries * 300);
  }
}

/** Where people are reached, as Teams last told; kept beside the answer, never in its way. */
function remember(
  { contacts, triage, log }: EdgePorts,
  { person, personal, reader }: Turn,
  what: Happened,
): void {
  const { conversation } = what;
  const failed = (error: unknown) => log.warn('contact not kept', { error: faultOf(error) });
  if (personal && person) {
    contacts.put(person.id, { conversation, locale: reader.locale }).catch(failed);
  }
  if (what.team === triage.team) {
    const channel = { serviceUrl: conversation.serviceUrl, id: triage.channel };
    contacts.put('channel', { conversation: channel, locale: 'sv' }).catch(failed);
  }
}
