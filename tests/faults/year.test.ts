/**
 * A year of the clock (THREATS G11): the bot is gone three hours a day and a day a month, and every step that waits
 * for its time still comes, once, not a second early, and marked when it is late.
 */
import { expect } from 'chai';
import { notices } from '../../bot/core/effects.ts';
import { type IncidentId, instant } from '../../bot/core/ids.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { begins, day, days, ends, hour, type Outage, outagesOf } from './calendar.ts';
import {
  type Action,
  type Expected,
  expectedOf,
  expectedOfText,
  type Kind,
  type Message,
  message,
} from './expected.ts';
import { type Random, seeded } from './random.ts';

const seed = Number(process.env.YEAR_SEED ?? 1);
type Words = ReturnType<typeof texts>;
const sv = texts('sv');
const languages = [sv, texts('en')];
const reporters = ['Alva', 'Greta', 'Ivar'] as const;
const everyone = [...reporters, 'Tove', 'Samir', 'Karin', 'Omid', 'Britt', 'Lo'];
const number = /H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/;
const numbers = new RegExp(number, 'g');

/** Reports and texts of the whole year, at random, and more on the days when clocks and calendars turn. */
function comings(random: Random, outages: readonly Outage[]): Expected[] {
  const isUp = (at: number) => !outages.some(({ from, to }) => at >= from && at < to);
  const moments = Array.from({ length: days * 3 }, () =>
    Math.floor(random.between(begins + hour, ends - day)),
  );
  const turns = [
    ...['2027-10-30', '2027-10-31', '2027-12-23', '2027-12-30', '2027-12-31', '2028-01-05', '2028-02-28'],
    ...['2028-02-29', '2028-03-25', '2028-03-26', '2028-04-13', '2028-05-24', '2028-06-05', '2028-06-22'],
  ];
  for (const turn of turns) {
    for (let at = Date.parse(turn); at < Date.parse(turn) + day; at += hour) {
      moments.push(at + random.between(0, hour / 2), at + random.between(hour / 2, hour));
    }
  }
  const reports = moments
    .map(Math.floor)
    .filter(isUp)
    .map((at, n) => {
      const kind = random.pick<Kind>(['acute', 'high', 'high', 'normal']);
      return expectedOf(random, outages, { of: `case-${n}`, at, who: random.pick(reporters), kind });
    });
  const dying = outages
    .filter((_outage, n) => n % 5 === 0)
    .map(
      ({ from }, n) => ({ of: `dying-${n}`, at: from - 1, who: 'Alva', kind: 'acute', dies: true }) as const,
    )
    .map((report) => expectedOf(random, outages, report));
  const written = Array.from({ length: days }, () => Math.floor(random.between(begins, ends - 2 * day)))
    .filter(isUp)
    .map((at, n) => expectedOfText(outages, { of: `text-${n}`, at, who: random.pick(reporters) }));
  return [...reports, ...dying, ...written];
}

/** The messages that timers send, as the test names them, each line of a digest too; everything else is left out. */
function named(
  at: number,
  { summary, fallback, data }: View,
  conversation: string,
  caseOf: (id: string) => string,
): Message[] {
  const ids = [...new Set(fallback.match(numbers))];
  const kind = languages.flatMap((words) =>
    summary === words.digest.summary || summary === words.digest.alarms
      ? (notices.find((notice) => data.title === words.digest.title[notice](ids.length)) ?? [])
      : (kindsOf(words, ids[0] ?? '')[summary] ?? []),
  )[0];
  if (!kind) return [];
  const to = conversation.startsWith('a:') ? conversation.slice(2) : 'channel';
  const says = (label: 'late' | 'repeat') => languages.some(({ labels }) => fallback.includes(labels[label]));
  const marks = { late: says('late'), repeat: says('repeat') };
  if (kind === 'unsent') return [message(at, kind, to, to, marks)];
  const timed = Object.values(kindsOf(sv, '')).includes(kind);
  return timed ? ids.map((id) => message(at, kind, caseOf(id), to, marks)) : [];
}

/** What each summary announces. */
function kindsOf({ alarm, notices, unsent }: Words, id: string): Record<string, string> {
  return {
    [alarm.summary(id)]: 'alarm',
    [notices.alarmed.summary(id)]: 'alarmed',
    [notices.passedOn.summary(id)]: 'passedOn',
    [notices.passedOn.toReporter.summary]: 'passedOn',
    [notices.nobodyYet.summary]: 'nobodyYet',
    [notices.reachedYet.summary(id)]: 'reachedYet',
    [notices.untaken.summary(id)]: 'untaken',
    [notices.overdue.summary(id)]: 'overdue',
    [unsent.summary]: 'unsent',
  };
}

/** Lets the year pass; what was sent, when. */
async function live(world: World, plan: Expected, outages: readonly Outage[]): Promise<Message[]> {
  const ids = new Map<string, string>();
  const caseOf = (id: string) => ids.get(id) ?? 'a case that nobody knows';
  const sent: Message[] = [];
  let seen = world.messages.length;
  const note = () => {
    for (const { activityId, view, conversation } of world.messages.slice(seen)) {
      const posted = world.posted.get(activityId) ?? view;
      sent.push(...named(Date.parse(world.now()), posted, conversation, caseOf));
    }
    seen = world.messages.length;
  };
  const idOf = (of: string) => [...ids].find(([, name]) => name === of)?.[0] ?? '';
  for (const { at, actions, back } of stops(plan, outages)) {
    const gap = at - Date.parse(world.now());
    await (back ? world.outage(gap) : world.pass(gap));
    note();
    for (const action of actions) {
      const id = await does(world, action, idOf(action.of));
      if (action.verb === 'report') ids.set(id, action.of);
      note();
    }
  }
  return sent;
}

/** Every instant at which something may happen, the second before it, and a look now and then between them. */
function stops(plan: Expected, outages: readonly Outage[]) {
  const actions = Map.groupBy(plan.actions, ({ at }) => at);
  const due = plan.messages.map((line) => Date.parse(line.slice(0, 24)));
  const looks = Array.from({ length: (days * day) / (6 * hour) }, (_, n) => begins + n * 6 * hour);
  const back = new Set(outages.map(({ to }) => to));
  const isUp = (at: number) => !outages.some(({ from, to }) => at >= from && at < to);
  const moments = new Set([...actions.keys(), ...due.flatMap((at) => [at - 1_000, at]), ...looks, ...back]);
  return [...moments]
    .filter((at) => at > begins && isUp(at))
    .toSorted((a, b) => a - b)
    .map((at) => ({ at, actions: actions.get(at) ?? [], back: back.has(at) }));
}

let presses = 0;

/** Does what someone does; the number of the case that it is about. */
async function does(world: World, action: Action, id: string): Promise<string> {
  const { who, verb, of, answers = {}, place, dies } = action;
  if (verb === 'write') {
    await world.writes(who, of);
    return '';
  }
  const dead = dies ? ['a:Tove', world.channel].map((target) => diesAt(world, target)) : [];
  const face = place === 'channel' ? 'triage' : 'alarm';
  const data = { nonce: `2027-${++presses}`, ...(verb !== 'report' && { incident: id, face }) };
  const pressed = { verb, data, clicked: `form-${of}`, place: place === 'channel' ? place : who };
  const { reply } = await world.pressesOld(who, pressed, answers);
  await Promise.all(dead);
  const shown = number.exec(reply.card?.fallback ?? '')?.[0];
  if (!shown) throw new Error(`${who} pressed ${verb} on ${of} and was answered ${JSON.stringify(reply)}`);
  return shown;
}

/** The next message there never gets an answer. @returns when it has been sent */
const diesAt = (world: World, target: string): Promise<void> =>
  new Promise((sent) => {
    world.meanwhile.set(target, () => {
      sent();
      return new Promise(() => undefined);
    });
  });

async function worldAt(at: number): Promise<World> {
  const world = createWorld(instant(at));
  for (const who of everyone) await world.writes(who, 'meny');
  await world.joins();
  return world;
}

describe(`a year with outages, seed ${seed}`, function () {
  this.timeout(120_000);

  it('no step is missed, none is early, none is doubled, and what is late says so', async () => {
    const random = seeded(seed);
    const outages = outagesOf(random);
    const all = comings(random, outages);
    const plan = {
      actions: all.flatMap(({ actions }) => actions),
      messages: all.flatMap(({ messages }) => messages),
    };
    const world = await worldAt(begins);
    const sent = await live(world, plan, outages);

    const last = new Date(ends - hour).toISOString();
    const within = (lines: Message[]) => lines.filter((line) => line < last).toSorted();
    const expected = within(plan.messages);
    const measured = [...Map.groupBy(expected, (line) => line.split(' ')[1])].map(([kind, lines]) => {
      const late = lines.filter((line) => line.includes(' late')).length;
      return `${kind} ${lines.length}${late > 0 ? ` (${late} late)` : ''}`;
    });
    process.stdout.write(`      ${outages.length} outages; ${measured.join(', ')}\n`);
    const { missed, extra } = difference(expected, within(sent));
    expect({ missed: missed.slice(0, 10), extra: extra.slice(0, 10) }).to.deep.equal({
      missed: [],
      extra: [],
    });
    expect(measured).to.have.length(7);
    expect(expected.length).to.be.greaterThan(3_000);
  });

  describe('found months late', () => {
    const months = 60 * day;
    let world: World;
    let id: string;
    const start = begins + 12 * hour;
    const report = (channel: string, dangerNow: string, at = 0) =>
      does(
        world,
        { at, who: 'Alva', verb: 'report', of: 'x', place: 'personal', answers: { channel, dangerNow } },
        '',
      );
    const press = (who: string, verb: string) =>
      does(world, { at: 0, who, verb, of: 'x', place: 'personal' }, id);
    const sentAfter = async (run: () => Promise<void>) => {
      const before = world.messages.length;
      await run();
      await world.pass(2_000);
      return world.messages.slice(before);
    };
    beforeEach(async () => {
      world = await worldAt(start);
    });

    it('a follow-up pages nobody and surprises nobody: the coordinators have it on their list', async () => {
      id = await report('phone', 'yes');
      await press('Tove', 'acknowledge');
      const found = await sentAfter(() => world.outage(months));
      expect(found.map(({ view }) => view.summary)).to.deep.equal([sv.notices.overdue.summary(id)]);
      expect(found[0]?.conversation).to.match(/^19:/);
      expect(buttonsOf(found[0]?.view ?? expect.fail()).map(({ verb }) => verb)).to.deep.equal(['details']);
      expect((await world.storage.cases.load(id as IncidentId))?.incident.stage.status).to.equal(
        'acknowledged',
      );
    });
    it('many follow-ups are one list', async () => {
      for (let n = 0; n < 8; n++) {
        id = await report('phone', 'yes');
        await press('Tove', 'acknowledge');
      }
      const found = await sentAfter(() => world.outage(months));
      expect(found.map(({ view }) => view.data.title)).to.deep.equal([sv.digest.title.overdue(8)]);
    });
    it('what the one who reported waited for is not said any more: the coordinators are told once', async () => {
      id = await report('phone', 'yes');
      await press('Tove', 'acknowledge');
      world.failing.set('a:Alva', 'later');
      await press('Tove', 'reached');
      world.failing.clear();
      const found = await sentAfter(() => world.outage(months));
      expect(found.map(({ view }) => view.summary)).to.deep.equal([sv.notices.overdue.summary(id)]);
    });
    it('an alarm that nobody has taken goes at once, marked as late', async () => {
      id = await report('phone', 'yes');
      const found = await sentAfter(() => world.outage(months));
      const alarms = found.filter(({ view }) => view.card === 'alarm');
      expect(alarms.map(({ conversation }) => conversation)).to.deep.equal(['a:Samir']);
      expect(alarms[0]?.view.fallback).to.include(sv.labels.late);
      expect(found.filter(({ conversation }) => conversation === 'a:Alva')).to.deep.equal([]);
    });
    it('so does one that waited for the morning', async () => {
      await world.pass(11 * hour);
      id = await report('physical', 'no');
      const found = await sentAfter(() => world.outage(months));
      const alarms = found.filter(({ view }) => view.card === 'alarm');
      expect(alarms.map(({ conversation }) => conversation)).to.deep.equal(['a:Tove']);
      expect(alarms[0]?.view.fallback).to.include(sv.labels.late);
    });
    it('what no longer matters is not told of at all', async () => {
      id = await report('email', 'no');
      await press('Karin', 'acknowledge');
      expect(await sentAfter(() => world.outage(months))).to.deep.equal([]);
    });
  });
});

/** As lists where each counts. */
function difference(expected: Message[], sent: Message[]): { missed: Message[]; extra: Message[] } {
  const left = new Map<Message, number>();
  for (const line of sent) left.set(line, (left.get(line) ?? 0) + 1);
  const missed = expected.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
  return {
    missed,
    extra: [...left].flatMap(([line, count]) => Array<Message>(Math.max(0, count)).fill(line)),
  };
}
