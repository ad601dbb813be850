/**
 * The bot as a process that crashes and is started again, simulated: the product's own parts on a storage that passes
 * the same contract as Azurite, and a clock that only tests move. Everything that happens is written down for the checker.
 */
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { isCardNotice } from '../../bot/core/effects.ts';
import { type IncidentId, type Instant, incidentId, instant, type PersonId } from '../../bot/core/ids.ts';
import { assigneeOf, type Incident, type IncidentEvent } from '../../bot/core/incident.ts';
import { answering } from '../../bot/core/policy.ts';
import { later } from '../../bot/core/time.ts';
import { createAuditor } from '../../bot/features/auditor.ts';
import { remindOfUnsent } from '../../bot/features/drafts.ts';
import { nextTurn } from '../../bot/features/loop.ts';
import type { DueRow, Messenger } from '../../bot/features/ports.ts';
import type { Message } from '../../bot/features/work.ts';
import type { Log } from '../../bot/log.ts';
import { happened } from '../../bot/teams/edge.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { type FakeMessenger, fakeMessenger, type Shown } from '../world/fakeMessenger.ts';
import { type FakePager, fakePager } from '../world/fakePager.ts';
import { fakeStorage } from '../world/fakeStorage.ts';
import { declared, type Inside, type Outside, people, startInstance } from '../world/instance.ts';
import type { Happening } from './checker.ts';
import { type CrashAt, type Points, withPoints } from './points.ts';
import type { Random } from './random.ts';

export interface Simulated {
  history: Happening[];
  messages: Shown[];
  failing: FakeMessenger['failing'];
  inside: FakeMessenger['inside'];
  now(): Instant;
  /** How often each point was passed, by all instances together. */
  passed: Map<string, number>;
  /** After how many crashes each was passed first. */
  firstPassed: Map<string, number>;
  /** The points at which instances ended. */
  crashes: string[];
  /** Someone has the bot from now on. */
  comes(who: string): Promise<void>;
  /** Someone presses a button, and again after a crash, as a person would, until there is an answer. */
  presses(
    who: string,
    verb: string,
    input: object,
    on?: { place?: 'channel'; clicked?: string },
  ): Promise<View | undefined>;
  writes(who: string, text: string): Promise<void>;
  /**
   * Someone presses a button at another instance, which lives, while the next card is being drawn anew.
   *
   * @returns lets it happen now if no card was drawn
   */
  meanwhile(who: string, verb: string, input: object): () => Promise<void>;
  /** Moves the clock, and lets the workers do what has become due. */
  pass(milliseconds: number): Promise<void>;
  /** A message that stands in someone's chat already. */
  stands(who: string): Promise<string>;
  incident(id: IncidentId): Promise<Incident | undefined>;
  /** What has made phones ring. */
  rung: FakePager['rung'];
  /** An auditor looks until it believes what it sees. */
  audits(): Promise<void>;
  /** Writes down how everything stands. */
  end(): Promise<void>;
}

export interface Plan extends Pick<Inside, 'directory' | 'drawing' | 'paced'> {
  /** One for each instance: where it crashes. The instance after the last one lives. */
  crashes?: CrashAt[];
  random?: Random | undefined;
  /** A second worker looks for what is due at the same time. */
  twin?: boolean;
  /** To whom nothing ever comes, whatever is promised. */
  unreachable?: readonly string[];
  /** A bug, put between each instance and what it waits for. */
  bug?: (outside: Outside, now: () => Instant) => Outside;
}

const { labels, digest } = texts('sv');
/** A Wednesday at noon in Stockholm. */
const start = instant(Date.parse('2026-11-25T12:00:00+01:00'));
/** What a message was drawn from. */
interface Picture extends Pick<Message, 'notice' | 'to'> {
  as: 'card' | 'digest';
  incidents: Incident[];
}
/** Longer than any lease: what a crash left behind is free by then. */
const afterCrash = 10_000;
const everyone = ['Alva', 'Tove', 'Samir', 'Karin', 'Omid', 'Britt', 'Lo', 'Ivar', 'Greta', 'Nora'];
export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const chatOf = (who: string) => `a:${who}`;
export const personOf = (who: string): PersonId => {
  const found = people.people.find(({ name }) => name.startsWith(`${who} `));
  if (!found) throw new Error(`nobody is called ${who}`);
  return found.oid;
};

/** More than a worker waits, between two calls, for others to go first. */
const turnsBetween = 10;

let timers: SinonFakeTimers | undefined;

/** Within a suite: what a crashed instance has set a timer for never comes, and keeps nobody waiting. */
export function withoutTimers(): void {
  before(() => {
    timers = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  after(() => {
    timers?.restore();
    timers = undefined;
  });
}

/** @param known who has the bot */
export async function simulate(plan: Plan = {}, known: readonly string[] = everyone): Promise<Simulated> {
  const { unreachable = [] } = plan;
  // Else all that the stories before have left waiting would be kept, thousands of worlds.
  timers?.reset();
  let now = start;
  let ids = 0;
  const clock = () => now;
  const storage = fakeStorage(clock, () => Date.parse(now));
  const teams = fakeMessenger();
  const phones = fakePager();
  const history: Happening[] = [];
  const passed: Simulated['passed'] = new Map();
  const firstPassed: Simulated['firstPassed'] = new Map();
  const crashes: string[] = [];
  /** What each picture was drawn from. */
  const drawn = new WeakMap<View, Picture>();
  const reported = new Set<IncidentId>();
  const serviceUrl = 'http://127.0.0.1/';
  const nonce = () => `2026-n${++ids}`;

  function holding(number: IncidentId, { type, by }: IncidentEvent): void {
    if (type === 'Acknowledged') history.push({ what: 'taken', number, by });
    if (type === 'Declined' || type === 'Returned') history.push({ what: 'free', number });
  }
  function promised({ id, effect }: DueRow): void {
    if (effect.do !== 'post') return;
    const { notice, to } = effect;
    const must = isCardNotice(notice) && !unreachable.some((who) => personOf(who) === to);
    history.push({ what: 'promised', number: id, notice, to, must });
  }
  const post: Messenger['post'] = async (conversation, view, options) => {
    const sent = await teams.post(conversation, view, options);
    const picture = drawn.get(view);
    if (picture && teams.messages.some((one) => one.view === view)) {
      const { as, notice, to } = picture;
      for (const { id } of picture.incidents) {
        const line = view.fallback.split('\n').find((words) => words.includes(id));
        // A digest is sent for those whose number it says.
        if (as === 'digest' && !line) continue;
        const repeat = as === 'card' ? view.fallback.includes(labels.repeat) : line?.includes(digest.repeat);
        history.push({ what: 'posted', number: id, notice, as, to, repeat: repeat ?? false });
      }
    }
    return sent;
  };
  let meanwhile = async (): Promise<void> => undefined;
  const update: Messenger['update'] = async (...given) => {
    await meanwhile();
    return teams.update(...given);
  };
  const outside: Outside = {
    audit: storage.audit,
    cases: {
      ...storage.cases,
      async commit(change) {
        const committed = await storage.cases.commit(change);
        if (committed.outcome === 'committed') {
          reported.add(change.id);
          for (const { event } of change.entries) holding(change.id, event);
          for (const row of change.due) promised(row);
        }
        return committed;
      },
      async complete(claimed, follow) {
        const kept = await storage.cases.complete(claimed, follow);
        // In a coordinator's own chat instead of the channel it is the same promise.
        const promise = ({ id, what, instead }: DueRow) =>
          `${id} ${instead ? what.replace(`.${instead}`, '') : what}`;
        const before = new Set(claimed.map(({ row }) => promise(row)));
        // What is only tried again was promised before.
        const fresh = follow.due.filter((row) => !before.has(promise(row)));
        if (kept) for (const row of fresh) promised(row);
        return kept;
      },
    },
    index: storage.index,
    contacts: storage.contacts,
    knownPeople: storage.knownPeople,
    drafts: storage.drafts,
    lanes: storage.lanes,
    settings: storage.settings,
    routines: storage.routines,
    progress: storage.progress,
    proposals: storage.proposals,
    pager: phones,
    messenger: { ...teams, post, update },
  };

  const { random, bug = (same) => same, drawing = (draw) => draw } = plan;
  const inside: Inside = {
    paced: true,
    ...plan,
    clock,
    log: silent,
    nonce,
    drawing(given) {
      const { draw, drawDigest } = drawing(given);
      const from = (picture: Picture, view: View): View => {
        drawn.set(view, picture);
        return view;
      };
      return {
        async draw(incident, message) {
          const view = await draw(incident, message);
          return from({ ...message, as: 'card', incidents: [incident] }, view);
        },
        async drawDigest(cases, message) {
          const view = await drawDigest(cases, message);
          return from({ ...message, as: 'digest', incidents: cases.map(({ incident }) => incident) }, view);
        },
      };
    },
  };
  const boot = () => {
    const points = withPoints(outside, plan.crashes?.[crashes.length], random);
    const start = () => startInstance(bug(points.outside, clock), inside);
    const { delivery, ports } = start();
    const workers = [delivery, ...(plan.twin ? [start().delivery] : [])];
    const again = (): Promise<void> => (ended ??= reboot(points));
    let ended: Promise<void> | undefined;
    return { points, workers, ports, again };
  };
  let bot = boot();
  /** Those that only were stopped go on when the clock moves next. */
  const asleep: Points[] = [];
  const count = ({ passed: by }: Points) => {
    for (const [point, times] of by) {
      passed.set(point, (passed.get(point) ?? 0) + times);
      if (!firstPassed.has(point)) firstPassed.set(point, crashes.length);
    }
  };

  /** A new instance, after the lease of the one that crashed. */
  async function reboot(points: Points): Promise<void> {
    await see();
    count(points);
    asleep.push(points);
    crashes.push(points.crashedAt() ?? '');
    now = later(now, afterCrash);
    bot = boot();
  }

  /** What comes of it, unless the instance crashes over it. */
  async function survives<T>(work: () => Promise<T>): Promise<T | 'crashed'> {
    const { points, again } = bot;
    const ended = await Promise.race([work(), points.crash.then(() => 'crashed' as const)]);
    if (!points.crashedAt()) return ended;
    await again();
    return 'crashed';
  }

  /** Until nothing is under way and nothing is due. Between two calls a worker may wait for a few turns. */
  async function settle(): Promise<void> {
    for (let rounds = 0, quiet = 0; rounds < 1_000; rounds++) {
      await survives(nextTurn);
      quiet = bot.points.waits() ? 0 : quiet + 1;
      if (quiet < turnsBetween) continue;
      if ((await storage.cases.due(now)).length === 0) return;
      await survives(() => Promise.allSettled(bot.workers.map((worker) => worker.sweep())));
      quiet = 0;
    }
    throw new Error('something is due for ever');
  }

  async function wake(): Promise<void> {
    for (const points of asleep.splice(0)) {
      points.wake();
      for (let quiet = 0; quiet < 5; quiet++) await nextTurn();
    }
  }

  /** Every open case has its next step, also at the moment of a crash. */
  async function see(): Promise<void> {
    const agenda = await storage.cases.due(instant(Date.parse('2099-01-01')));
    for (const id of reported) {
      const { incident } = (await storage.cases.load(id)) ?? {};
      if (!incident) continue;
      const rows = agenda.filter((row) => row.id === id);
      history.push({ what: 'seen', number: id, nextStep: hasNextStep(incident, rows, now) });
    }
  }

  const origin = (who: string, place: 'channel' | 'personal') => ({
    person: personOf(who),
    conversation: { serviceUrl, id: place === 'channel' ? people.triageChannel : chatOf(who) },
    place,
    team: place === 'channel' ? people.team.id : undefined,
    locale: 'sv' as const,
  });
  const until = async (what: Parameters<typeof happened>[1]): Promise<View | undefined> => {
    for (let tries = 0; tries < 20; tries++) {
      const reply = await survives(() => happened(bot.ports, what));
      if (reply === 'crashed') continue;
      await settle();
      return reply.card;
    }
    throw new Error('never answered');
  };

  const comes = (who: string) =>
    storage.contacts.put(personOf(who), {
      conversation: origin(who, 'personal').conversation,
      locale: 'sv',
    });
  for (const who of known) await comes(who);
  await storage.contacts.put('channel', {
    conversation: origin('Karin', 'channel').conversation,
    locale: 'sv',
  });

  // A row that belongs to nothing must never be in the way of the others.
  const nothing = incidentId('H26-000-000');
  const stray = { id: nothing, at: now, what: '000001.freshen', effect: { do: 'freshen', at: now } } as const;
  await storage.cases.plan([{ ...stray, version: 1, urgency: 'medium', tries: 0, repeat: false }]);

  return {
    history,
    messages: teams.messages,
    failing: teams.failing,
    inside: teams.inside,
    now: clock,
    passed,
    firstPassed,
    crashes,
    comes,
    presses: (who, verb, input, { place, clicked } = {}) =>
      until({ ...origin(who, place ?? 'personal'), kind: 'click', verb, input, clicked, invoke: true }),
    meanwhile(who, verb, input) {
      const other = startInstance(outside, inside);
      const click = { kind: 'click', verb, input, clicked: undefined, invoke: true } as const;
      meanwhile = async () => {
        meanwhile = async () => undefined;
        await happened(other.ports, { ...origin(who, 'personal'), ...click });
        for (let turns = 0; turns < 20; turns++) await nextTurn();
      };
      return () => meanwhile();
    },
    async writes(who, text) {
      await until({ ...origin(who, 'personal'), kind: 'message', text, attachments: false });
    },
    async pass(milliseconds) {
      now = later(now, milliseconds);
      await wake();
      await survives(() => remindOfUnsent(bot.ports));
      await settle();
    },
    async stands(who) {
      const view: View = { card: 'words', data: {}, summary: '', fallback: '' };
      const sent = await teams.post(origin(who, 'personal').conversation, view);
      return sent.outcome === 'sent' ? sent.activityId : '';
    },
    rung: phones.rung,
    async audits() {
      const monotonic = () => Date.parse(now);
      const auditor = createAuditor({ ...bot.ports, monotonic, wall: monotonic });
      for (let looks = 0; looks < 2; looks++) await auditor.look();
    },
    async incident(id) {
      return (await storage.cases.load(id))?.incident;
    },
    async end() {
      await see();
      count(bot.points);
      for (const id of reported) {
        const { incident } = (await storage.cases.load(id)) ?? {};
        if (!incident) continue;
        history.push({ what: 'stored', number: id, taken: assigneeOf(incident) !== undefined });
        for (const card of await storage.cases.cards(incident)) {
          const view = teams.messages.find(({ activityId }) => activityId === card.activityId)?.view;
          const shows = view && drawn.get(view)?.incidents.find((one) => one.id === id)?.version;
          history.push({
            what: 'standing',
            number: id,
            card: card.notice,
            current: shows === incident.version,
          });
        }
      }
    },
  };
}

/** What must stand in the agenda of an open case, said once more in other words than the product's. */
function hasNextStep(incident: Incident, rows: DueRow[], now: Instant): boolean {
  const { stage, alarmedAt, readBy, route } = incident;
  const stands = (fits: (effect: DueRow['effect']) => boolean) => rows.some(({ effect }) => fits(effect));
  switch (stage.status) {
    case 'new':
      if (alarmedAt) return stands((effect) => effect.do === 'escalate' && effect.rung === incident.rung);
      if (route === 'alarmInTheMorning') return stands((effect) => effect.do === 'raise');
      return (
        (readBy ?? now) <= now || stands((effect) => effect.do === 'post' && effect.notice === 'untaken')
      );
    case 'acknowledged':
      return (
        !alarmedAt || stands((effect) => effect.do === 'giveBack' && effect.since === stage.acknowledgedAt)
      );
    default:
      return true;
  }
}

export const mayAnswer = (who: string): boolean =>
  declared.person(personOf(who))?.roles.some((role) => answering.includes(role)) ?? false;
