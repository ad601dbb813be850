/**
 * Who is in the coordinators' channel (DESIGN 6). For as long as anybody is there who may not read what is posted,
 * nothing of a case is: it goes to each coordinator in 1:1 instead.
 */
import type { PersonId } from '../core/ids.ts';
import type { Directory, Role } from '../core/people.ts';
import { minutes } from '../core/time.ts';
import type { Log } from '../log.ts';
import type { Contact, Contacts, Conversation, DueRow, Member, Messenger } from './ports.ts';

/**
 * Whether something may be posted: `open`; not, for an `outsider` is there, or because who is there cannot be read
 * (`unread`); or that is not known yet (`waiting`), and soon will be.
 */
export type Standing = 'open' | 'outsider' | 'unread' | 'waiting';

export interface TriageChannel {
  /** Answers within a second, from memory where it can. Never throws. */
  standing(channel: Conversation): Promise<Standing>;
  /** Someone has come or gone: what was known of it holds no more. */
  changed(): void;
}

export interface TriageChannelOptions {
  messenger: Pick<Messenger, 'members'>;
  directory: Directory;
  /** Those who may be there. */
  roles: readonly Role[];
  /** Milliseconds that never go back. */
  monotonic: () => number;
  log: Log;
}

/** Teams is asked again after so long: it does not tell of everyone who comes and goes. */
const freshFor = minutes(1);
/** What was last read holds for so long while Teams does not answer. */
const holdsFor = minutes(60);
/** With nothing known, so long is waited for an answer, and so long between two questions. */
const waitsFor = minutes(1);
const askAgainAfter = 5_000;

export function createTriageChannel(options: TriageChannelOptions): TriageChannel {
  const { messenger, directory, roles, monotonic, log } = options;
  let known: { members: readonly Member[]; at: number } | undefined;
  /** Since when Teams has not said who is there, and when it was last asked. */
  let silent: { since: number; asked: number; gone: boolean } | undefined;
  let reading: Promise<void> | undefined;
  let changes = 0;

  async function read(channel: Conversation): Promise<void> {
    const before = changes;
    const answer = await messenger.members(channel);
    // Read while somebody came: it says nothing of them.
    if (before !== changes) return;
    const now = monotonic();
    if (answer.outcome === 'read' && answer.members.length > 0) {
      known = { members: answer.members, at: now };
      silent = undefined;
    } else {
      silent = { since: silent?.since ?? now, asked: now, gone: answer.outcome === 'gone' };
      log.warn('channel members not read', { outcome: answer.outcome });
    }
  }

  const mayBeThere = (id: PersonId | undefined): boolean =>
    id !== undefined && (directory.person(id)?.roles.some((role) => roles.includes(role)) ?? false);

  return {
    async standing({ serviceUrl, id }) {
      const age = known ? monotonic() - known.at : Number.POSITIVE_INFINITY;
      const isDue = !silent || monotonic() - silent.asked >= askAgainAfter;
      if (age >= freshFor && isDue) {
        // A thread is in its channel.
        const [channel = id] = id.split(';');
        reading ??= read({ serviceUrl, id: channel }).finally(() => {
          reading = undefined;
        });
        await reading;
      }
      const held = known && monotonic() - known.at < holdsFor && !silent?.gone ? known.members : undefined;
      if (held) return held.every(({ person }) => mayBeThere(person)) ? 'open' : 'outsider';
      if (!silent) return 'waiting';
      return silent.gone || monotonic() - silent.since >= waitsFor ? 'unread' : 'waiting';
    },
    changed() {
      changes += 1;
      known = undefined;
      silent = undefined;
    },
  };
}

/**
 * Instead of a message to the channel, the same to each coordinator who has a chat with the bot. Empty when none has:
 * then it waits for the channel, for it must not be lost.
 */
export async function toEachCoordinator(
  { contacts, directory }: { contacts: Contacts; directory: Directory },
  row: DueRow,
): Promise<DueRow[]> {
  const coordinators = directory.holding('coordinator').map(({ id }) => id);
  const reached = await Promise.all(
    coordinators.map(async (id) => {
      const contact: Contact | undefined = await contacts.get(id);
      return contact && !contact.blocked ? [id] : [];
    }),
  );
  return reached.flat().map((id) => ({ ...row, what: `${row.what}.${id}`, instead: id, tries: 0 }));
}
