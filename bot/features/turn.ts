import type { Context } from '../core/decide.ts';
import type { Actor, Directory, Person } from '../core/people.ts';
import type { Log } from '../log.ts';
import type { Reader, View } from '../views/view.ts';
import type { DutyRota } from './dutyRotaInForce.ts';
import type { IncidentPorts } from './incident.ts';
import type {
  Audit,
  Cases,
  Clock,
  Contacts,
  Content,
  Conversation,
  Drafts,
  Index,
  Messenger,
  Pager,
  ProgressPort,
  Proposals,
  Routines,
} from './ports.ts';
import type { TriageChannel } from './triageChannel.ts';

/** Everything a feature may use. A feature's function takes what it needs of it. */
export interface Ports extends IncidentPorts {
  audit: Audit;
  cases: Cases;
  index: Index;
  contacts: Contacts;
  drafts: Drafts;
  progress: ProgressPort;
  proposals: Proposals;
  content: Content;
  dutyRota: DutyRota;
  directory: Directory;
  messenger: Messenger;
  triageChannel: TriageChannel;
  clock: Clock;
  routines: Routines;
  /** Absent where no phone rings. */
  pager?: Pager | undefined;
  log: Log;
  /** Where telephones reach the bot; without it nothing is saved in one. */
  publicAddress?: string | undefined;
  /** A new form nonce; the one source of randomness. */
  nonce: () => string;
}

/** One thing a person did in Teams: parsed, and with the roles they hold right now. */
export interface Turn extends Context {
  actor: Actor;
  /** `undefined` when the directory does not know them. */
  person: Person | undefined;
  reader: Reader;
  conversation: Conversation;
  /** What is personal is only done in 1:1 (DESIGN 6). */
  personal: boolean;
  /** The message whose button was pressed. */
  clicked?: string | undefined;
}

/** What the person gets back. */
export interface Answer {
  /** Takes the place of the clicked card, for the one who clicked; said as a new message where nothing was clicked. */
  card?: View;
  /** A click that opens something below: one short sentence instead of a card. */
  said?: string;
  /** The clicked message itself is redrawn as `card`, for good. */
  settle?: boolean;
  /** New messages, in order. */
  posts?: View[];
}
