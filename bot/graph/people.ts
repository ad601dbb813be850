/** The people of Entra's security groups, kept in memory and durably, so that nobody waits for Graph to be known. */
import { registerOf } from '../core/directory.ts';
import type { Instant, PersonId } from '../core/ids.ts';
import { afterAnswers, type Found } from '../core/known.ts';
import { type Role, roles } from '../core/people.ts';
import { minutes } from '../core/time.ts';
import { createLoop } from '../features/loop.ts';
import type { Clock, KnownPeople, PeopleSource } from '../features/ports.ts';
import { faultOf, type Log } from '../log.ts';
import { type Graph, GraphError } from './client.ts';

export interface GraphPeopleOptions {
  graph: Graph;
  /** The security group of each role. */
  groups: Partial<Record<Role, string>>;
  /** How often all groups are read, in ms. */
  every: number;
  /** What was known before, also by another instance. */
  known: KnownPeople;
  clock: Clock;
  log: Log;
  /** From 0 up to 1: instances must not all ask at once. */
  random: () => number;
}

export interface GraphPeople extends PeopleSource {
  /** Reads every group. Never throws. */
  refresh(): Promise<void>;
}

/** After a reading that failed. */
const retryAfter = 30_000;
/** The same stranger is asked about once in this time, and so many strangers in all: writing costs them nothing. */
const lookUpEvery = minutes(1);
const mostLookUps = 30;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createGraphPeople(options: GraphPeopleOptions): GraphPeople {
  const { graph, groups, every, known, clock, log, random } = options;
  const asked = roles.flatMap((role) => {
    const group = groups[role];
    return group ? [{ role, group }] : [];
  });
  const startedAt = clock();
  let register = registerOf([]);
  /** When every group was last read and believed. */
  let rightAt: Instant | undefined;
  let recalled = false;
  /** Graph is not to be asked before. */
  let notBefore = 0;
  let next = every;

  /** What cannot be kept now is after the next reading. */
  async function keep(): Promise<void> {
    try {
      await known.write({ people: [...register.people.values()], ...(rightAt && { rightAt }) });
    } catch (error) {
      log.warn('known people not kept', { error: faultOf(error) });
    }
  }

  /** Until it has been possible once; what Graph has told meanwhile is newer. */
  async function recall(): Promise<void> {
    if (recalled) return;
    try {
      const { people, rightAt: at } = await known.read();
      recalled = true;
      if (register.people.size > 0) return;
      register = registerOf(people);
      rightAt ??= at;
    } catch (error) {
      log.warn('known people not read', { error: faultOf(error) });
    }
  }

  async function readOne({ role, group }: (typeof asked)[number]): Promise<[Role, Found[] | undefined]> {
    try {
      return [role, await graph.members(group)];
    } catch (error) {
      const { status, after = 0 }: { status?: number | undefined; after?: number | undefined } =
        error instanceof GraphError ? error : {};
      notBefore = Math.max(notBefore, Date.parse(clock()) + after);
      log.warn('group not read', { target: role, error: faultOf(error), ...(status && { status }) });
      return [role, undefined];
    }
  }

  async function refresh(): Promise<void> {
    await recall();
    const started = performance.now();
    const answers = await Promise.all(asked.map(readOne));
    const { people, kept } = afterAnswers(register.people.values(), new Map(answers));
    register = registerOf(people);
    if (kept.length === 0) rightAt = clock();
    for (const role of kept)
      log.error('role as last known', { target: role, count: register.holding(role).length });
    const ms = Math.round(performance.now() - started);
    log.info('people read', { count: register.people.size, ms });
    next = kept.length > 0 ? Math.min(retryAfter, every) : every;
    await keep();
  }

  const recent = new Map<PersonId, number>();
  function mayAsk(id: PersonId): boolean {
    const now = Date.parse(clock());
    for (const [other, at] of recent) if (now - at >= lookUpEvery) recent.delete(other);
    if (!guid.test(id) || now < notBefore || recent.has(id) || recent.size >= mostLookUps) return false;
    recent.set(id, now);
    return true;
  }

  async function lookUp(id: PersonId): Promise<void> {
    if (register.people.has(id) || !mayAsk(id)) return;
    try {
      const answer = await graph.person(id, [...new Set(asked.map(({ group }) => group))]);
      const held = asked.filter(({ group }) => answer?.groups.includes(group)).map(({ role }) => role);
      if (!answer?.found.active || held.length === 0) return;
      const { active: _active, ...person } = answer.found;
      register = registerOf([...register.people.values(), { ...person, roles: held }]);
      void keep();
    } catch (error) {
      log.warn('person not looked up', { error: faultOf(error) });
    }
  }

  const wait = () => Math.max(next, notBefore - Date.parse(clock())) * (0.9 + random() * 0.2);
  const loop = createLoop(refresh, wait, (error) => log.error('people not read', { error: faultOf(error) }));
  return {
    register: () => register,
    oldSince() {
      const since = rightAt ?? startedAt;
      return Date.parse(clock()) - Date.parse(since) > 3 * every ? since : undefined;
    },
    async ready() {
      if (register.people.size === 0) throw new Error('nobody is known yet');
    },
    refresh,
    lookUp,
    async start() {
      await recall();
      void refresh()
        .catch((error: unknown) => log.error('people not read', { error: faultOf(error) }))
        .then(loop.start);
    },
    // What Graph has not answered is not waited for: a reading takes minutes when it says so.
    stop: () => void loop.stop(),
  };
}
