import type { Notice, Target } from '../core/effects.ts';
import { takenIn, triedIn } from '../core/exercise.ts';
import { system } from '../core/ids.ts';
import { assigneeOf, type Incident, isOut } from '../core/incident.ts';
import type { Actor, Directory } from '../core/people.ts';
import {
  alarm,
  digest as digestCard,
  erased,
  exerciseEnded,
  file,
  moved,
  notice as noticeCard,
  type Readership,
  receipt,
  support,
  triage,
} from '../views/index.ts';
import type { CaseCard, Face, Reader, View } from '../views/view.ts';
import type { Cases, Clock, Contacts, Pager } from './ports.ts';
import type { DeliveryPorts, Message } from './work.ts';

interface DrawPorts {
  cases: Pick<Cases, 'events' | 'cards'>;
  /** Absent where no phone rings. */
  pager?: Pager | undefined;
  contacts: Contacts;
  directory: Directory;
  clock: Clock;
  nonce: () => string;
}

/** Draws what a due message or a card shows now, in the language of its reader. */
export const createDraw =
  (ports: DrawPorts): DeliveryPorts['draw'] =>
  async (incident, message) => {
    const reader = await readerOf(ports, message.to);
    const nonce = ports.nonce();
    const actor = actorOf(ports.directory, message.to);
    switch (message.notice) {
      case 'alarm':
      case 'receipt':
      case 'triage':
      case 'support':
        if (isKeptFrom(incident, message)) return moved(reader);
        return face(message.notice, reader, { incident, actor, nonce, ...message });
      case 'exercised':
        return exercised(ports, reader, incident, message);
      default:
        return noticeCard(reader, {
          notice: message.notice,
          incident,
          to: readershipOf(incident, message.to),
          by: lastBy(incident, ports.directory, message.notice),
          repeat: message.repeat,
          late: message.late,
        });
    }
  };

/** A card that stands where its reader may no longer see the case. */
const isKeptFrom = (incident: Incident, { notice, to }: Pick<Message, 'notice' | 'to'>): boolean =>
  to === 'channel' ? incident.confined !== undefined : notice !== 'receipt' && isOut(incident, to);

/** Those who stand for the channel read what it would have read. */
function readershipOf({ confined, reporter, victim }: Incident, to: Target): Readership {
  if (to === 'channel') return 'channel';
  const waits = to === reporter || to === victim;
  return confined?.to.includes(to) && !waits ? 'circle' : 'person';
}

/** How an exercise went, from what is stored of it. */
async function exercised(
  { cases, pager }: DrawPorts,
  reader: Reader,
  incident: Incident,
  { repeat, late }: Pick<Message, 'repeat' | 'late'>,
): Promise<View> {
  const [events, cards] = await Promise.all([cases.events(incident.id), cases.cards(incident)]);
  const alarms = cards.filter(({ notice }) => notice === 'alarm');
  const reached = alarms.flatMap(({ to }) => (to === 'channel' ? [] : [to]));
  const tried = triedIn(incident.id, events, { reached, phones: pager !== undefined });
  return exerciseEnded(reader, { incident, tried, taken: takenIn(events), repeat, late });
}

/** Draws one message about many cases. */
export const createDrawDigest =
  (ports: DrawPorts): DeliveryPorts['drawDigest'] =>
  async (cases, message) => {
    const actor = actorOf(ports.directory, message.to);
    return digestCard(await readerOf(ports, message.to), { cases, actor, ...message });
  };

async function readerOf({ contacts, directory, clock }: DrawPorts, to: Target): Promise<Reader> {
  const contact = await contacts.get(to);
  return { locale: contact?.locale ?? 'sv', now: clock(), directory };
}

/** One of the cards that a case is seen through. */
export function face(which: Face, reader: Reader, drawn: CaseCard): View {
  if (drawn.incident.erasedAt) return erased(reader, { ...drawn, face: which });
  switch (which) {
    case 'alarm':
      return alarm(reader, drawn);
    case 'receipt':
      return receipt(reader, drawn);
    case 'triage':
      return triage(reader, drawn);
    case 'support':
      return support(reader, drawn);
    case 'file':
      return file(reader, drawn);
    default:
      return which satisfies never;
  }
}

const actorOf = (directory: Directory, to: Target): Actor =>
  to === 'channel'
    ? { person: system, roles: ['coordinator'] }
    : { person: to, roles: directory.person(to)?.roles ?? [] };

/** Whose name the message says: the one who has the case, who reached the person, or who left it to the day. */
function lastBy(incident: Incident, directory: Directory, notice: Notice) {
  const { overrides, stage, talked } = incident;
  const id =
    notice === 'talked'
      ? talked?.by
      : notice === 'overridden'
        ? overrides?.at(-1)?.by
        : notice === 'handedOver'
          ? incident.handedOver?.by
          : notice === 'reached' && stage.status === 'reached'
            ? stage.reachedBy
            : assigneeOf(incident);
  return id ? directory.person(id) : undefined;
}
