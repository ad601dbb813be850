/** Many messages for the same reader at once come as one, worst first, so that no number waits for its turn. */
import { stillDue } from '../core/effects.ts';
import type { Incident } from '../core/incident.ts';
import type { Claimed, DueRow, Sent } from './ports.ts';
import {
  afterPost,
  catchUp,
  type DeliveryPorts,
  isLate,
  lease,
  orAgain,
  type Post,
  togetherOf,
} from './work.ts';

/** More than so many messages of one kind to one reader are a crowd. */
const mostByThemselves = 5;
/** Lines that fit on a card of 25 KB, and that a person reads. */
const mostLines = 60;

type PostRow = DueRow & { effect: Post };
const isPost = (row: DueRow): row is PostRow => row.effect.do === 'post';

/**
 * Takes apart what is told together and what is told case by case.
 *
 * @param due in the order in which it should be told; what does not fit in one digest is left for the next look
 */
export function crowdsOf(due: DueRow[]): { crowds: DueRow[][]; rest: DueRow[] } {
  const kinds = Map.groupBy(due.filter(isPost), ({ effect: { notice, to } }) => `${notice} ${to}`);
  const crowds = [...kinds.values()].filter((rows) => rows.length > mostByThemselves);
  const crowded = new Set<DueRow>(crowds.flat());
  return {
    crowds: crowds.map((rows) => rows.slice(0, mostLines)),
    rest: due.filter((row) => !crowded.has(row)),
  };
}

/** @param rows messages of one kind to one reader */
export async function deliverDigest(ports: DeliveryPorts, rows: DueRow[]): Promise<void> {
  const { cases, clock } = ports;
  const claimed = await cases.claim(rows, clock(), lease);
  const told = await stillToTell(ports, claimed);
  const sent = await send(ports, told);
  const worked = told.map(({ row, incident }) =>
    orAgain(ports, row, () => afterPost(ports, incident, row, row.effect, sent, 'digest')),
  );
  await cases.complete(claimed, togetherOf(await Promise.all(worked)));
  await Promise.all(told.map(({ incident }) => catchUp(ports, incident)));
}

/** A message with the case it is about, as the case is now. */
interface Told {
  row: PostRow;
  incident: Incident;
}

/** What happened since they were planned may have made some needless. */
async function stillToTell({ cases }: DeliveryPorts, claimed: readonly Claimed[]): Promise<Told[]> {
  const found = await Promise.all(
    claimed.map(async ({ row }) => {
      const loaded = isPost(row) ? await cases.load(row.id) : undefined;
      return loaded && isPost(row) ? [{ row, incident: loaded.incident }] : [];
    }),
  );
  return found.flat().filter(({ row, incident }) => stillDue(incident, row.effect.notice, row.effect.to));
}

async function send({ contacts, messenger, drawDigest, clock }: DeliveryPorts, told: Told[]): Promise<Sent> {
  const [first] = told;
  if (!first) return { outcome: 'gone' };
  const { notice, to } = first.row.effect;
  const contact = await contacts.get(to);
  if (!contact) return { outcome: 'gone' };
  const incidents = new Map(told.map(({ incident }) => [incident.id, incident]));
  const view = await drawDigest([...incidents.values()], {
    notice,
    to,
    repeat: told.some(({ row }) => row.repeat),
    late: told.some(({ row }) => isLate(row.effect.at, clock())),
  });
  return messenger.post(contact.conversation, view, { newThread: to === 'channel' });
}
