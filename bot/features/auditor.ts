/**
 * Watches over the rest, and shares nothing with the worker but the storage: its own loop, its own reading, its own
 * sending. What it finds it says, and what it can it mends.
 */
import { z } from 'zod';
import {
  type Fault,
  faultKinds,
  faultsIn,
  isGrave,
  jumpAfter,
  lookEvery,
  type Told,
  type WatchedCase,
  wordDue,
} from '../core/audit.ts';
import { type IncidentId, type Instant, incidentId, instant, type PersonId } from '../core/ids.ts';
import { faultOf } from '../log.ts';
import { auditorBlind, auditorFound, auditorMended, clockJumped } from '../views/index.ts';
import type { IncidentPorts } from './incident.ts';
import { createLoop } from './loop.ts';
import { pageOfStuck } from './page.ts';
import type { DueRow, Pager } from './ports.ts';
import { replan } from './replan.ts';
import { type RoutinePorts, routineLease, say } from './routine.ts';
import { tellOnce, tell as tellSafely } from './tell.ts';

export interface AuditorPorts extends IncidentPorts, RoutinePorts {
  /** Absent where no phone rings. */
  pager?: Pager | undefined;
  /** Milliseconds that never go back. */
  monotonic: () => number;
  /** How many sealed rows this instance has met that somebody has changed. */
  broken?: () => number;
  /** The machine's clock in ms, never moved by hand as the local world's own is. */
  wall: () => number;
}

/** What `GET /alarmz` tells an outside monitor: counts, and nothing of any case. */
export interface Report extends Record<Fault['kind'], number> {
  ok: boolean;
  /** Sealed rows that do not open: somebody has changed them. */
  broken: number;
  /** When the last look was finished. */
  lookedAt?: Instant;
}

export interface Auditor {
  look(): Promise<void>;
  report(): Report;
  start(): void;
  stop(): Promise<void>;
}

/** Without a finished look for this long, nobody is watching. */
const blindAfter = 60_000;
/** With so many faults the storage is left to those who work them off: the next look comes after so many ms. */
const crowd = 200;
const lookInCrowd = 3 * lookEvery;
/** More than so many late steps go in digests of the worker's own, and must not be sent one by one beside them. */
const mostWoken = 8;
/** So many looks in a row without a fault before all is said to be well. */
const calmLooks = 3;

export function createAuditor(ports: AuditorPorts): Auditor {
  const { cases, clock, log, monotonic } = ports;
  const jumps = createJumps(ports);
  let seen = new Set<string>();
  let faults: Fault[] = [];
  let calm = 0;
  let lookedAt: Instant | undefined;
  let finished = monotonic();
  let saidBlind = false;

  async function look(): Promise<void> {
    await jumps.tell();
    const now = clock();
    // Known for when the storage cannot say where it is.
    await ports.contacts.get('channel');
    const watched = await cases.watch(now);
    const found = faultsIn(watched, now);
    const known = new Set(faults.map(keyOf));
    faults = found.filter((fault) => seen.has(keyOf(fault)));
    seen = new Set(found.map(keyOf));
    calm = found.length === 0 ? calm + 1 : 0;
    for (const fault of faults.filter((one) => !known.has(keyOf(one)))) {
      log.error('auditor found', { incident: fault.id, outcome: fault.kind, notice: fault.step });
    }
    if (!watched.whole) log.warn('auditor saw a part', { count: watched.agenda.length });
    await mend(watched.agenda, now);
    if (faults.length > 0 || calm >= calmLooks) await tell(now, watched.open);
    lookedAt = now;
    finished = monotonic();
    saidBlind = false;
  }

  /** A few late steps are handed to the worker, which has missed them; many are a crowd that it is working on. Lost ones are put back. */
  async function mend(agenda: DueRow[], now: Instant): Promise<void> {
    const late = new Set(
      faults.filter(({ kind }) => kind !== 'missing').map(({ id, step }) => `${id} ${step}`),
    );
    const rows = agenda.filter(({ id, what, at }) => at <= now && late.has(`${id} ${what}`));
    if (rows.length <= mostWoken) ports.wake(rows);
    const lost = new Set(faults.filter(({ kind }) => kind === 'missing').map(({ id }) => id));
    for (const id of lost) await replan(ports, id, now);
  }

  /** One of the instances says it, for all of them. */
  async function tell(now: Instant, open: readonly WatchedCase[]): Promise<void> {
    if (!wordDue(toldOf(await ports.routines.recall('auditor')), faults, now)) return;
    const held = await ports.routines.take('auditor', now, routineLease, now);
    if (!held) return;
    const word = wordDue(toldOf(held.memory), faults, now);
    const { repeat } = held;
    if (word === 'found') {
      const memory: Told = { at: now, cases: [...new Set(faults.map(({ id }) => id))] };
      if (faults.some(isGrave)) await pageOfStuck(ports);
      const { all, some } = await byReaders(ports, faults, open);
      for (const [to, theirs] of some) {
        await tellSafely(ports, to, (reader) => auditorFound(reader, { faults: theirs, repeat }));
      }
      if (all.length === 0)
        await ports.routines.finish(held, { at: now, memory: { ...memory, unsaid: true } });
      else
        await say(ports, held, (reader) => auditorFound(reader, { faults: all, repeat }), {
          at: now,
          memory,
        });
    } else if (word === 'mended' && !toldOf(held.memory)?.unsaid) {
      await say(ports, held, (reader) => auditorMended(reader, { repeat }), { at: now });
    } else {
      const memory = word === 'mended' ? undefined : held.memory;
      await ports.routines.finish(held, { at: now, memory });
    }
  }

  const isBlind = () => monotonic() - finished >= blindAfter;

  /** A look that fails is no look; when none has succeeded for long, that is said, once, without the storage. */
  async function failed(error: unknown): Promise<void> {
    log.error('auditor cannot look', { error: faultOf(error) });
    if (!isBlind() || saidBlind) return;
    const sent = await tellOnce(ports, 'channel', auditorBlind).catch(() => ({ outcome: 'later' }));
    saidBlind = sent.outcome === 'sent';
  }

  const loop = createLoop(
    () => look().catch(failed),
    () => (seen.size >= crowd ? lookInCrowd : lookEvery),
    (error) => log.error('auditor failed', { error: faultOf(error) }),
  );
  return {
    look: () => look().catch(failed),
    report() {
      const counts = Object.fromEntries(
        faultKinds.map((kind) => [kind, faults.filter((fault) => fault.kind === kind).length]),
      ) as Record<Fault['kind'], number>;
      const broken = ports.broken?.() ?? 0;
      const ok = lookedAt !== undefined && !isBlind() && faults.length === 0 && broken === 0;
      return { ok, ...counts, broken, ...(lookedAt && { lookedAt }) };
    },
    start() {
      void look().catch(failed).then(loop.start);
    },
    stop: loop.stop,
  };
}

/** Of a case that is kept from some only those who coordinate it are told: not even how many there are. */
async function byReaders(
  { cases }: Pick<AuditorPorts, 'cases'>,
  faults: readonly Fault[],
  open: readonly WatchedCase[],
) {
  const known = new Map(open.map(({ id, keptTo }) => [id, keptTo]));
  const kept = new Map<IncidentId, readonly PersonId[]>();
  for (const id of new Set(faults.map((fault) => fault.id))) {
    const told = known.get(id);
    const to = told === undefined ? (await cases.load(id))?.incident.confined?.to : told;
    if (to) kept.set(id, to);
  }
  const some = new Map<PersonId, Fault[]>();
  for (const fault of faults) {
    for (const to of kept.get(fault.id) ?? []) some.set(to, [...(some.get(to) ?? []), fault]);
  }
  return { all: faults.filter(({ id }) => !kept.has(id)), some };
}

const keyOf = ({ kind, id, step }: Fault): string => `${kind} ${id} ${step}`;

const toldSchema = z.object({
  at: z.iso.datetime().transform((text) => instant(Date.parse(text))),
  cases: z.array(z.string().transform(incidentId)),
  /** It was not for the channel, so neither is its end. */
  unsaid: z.boolean().default(false),
});
const toldOf = (memory: unknown) => toldSchema.safeParse(memory).data;

/** Tells of a clock that is moved under us: deadlines are promised by it. */
function createJumps({ log, monotonic, wall, ...ports }: AuditorPorts) {
  let last = wall() - monotonic();
  let jump = 0;
  return {
    async tell(): Promise<void> {
      const offset = wall() - monotonic();
      if (Math.abs(offset - last) > jumpAfter) {
        jump = offset - last;
        log.error('clock jumped', { ms: Math.round(jump) });
      }
      last = offset;
      if (jump === 0) return;
      const told = jump;
      const { outcome } = await tellOnce({ ...ports, log }, 'channel', (reader) =>
        clockJumped(reader, { by: told }),
      );
      if (outcome === 'sent') jump = 0;
    },
  };
}
