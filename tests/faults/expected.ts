/**
 * What should come of a report, told in literal minutes and the almanac, and not by the product's own rules: what
 * people do about it, and every message that a timer must send, to the millisecond.
 */
import { hour, isNight, minute, morningAfter, type Outage, readBy } from './calendar.ts';
import type { Random } from './random.ts';

/** Something a person does. */
export interface Action {
  at: number;
  who: string;
  /** A button's verb, or `write`. */
  verb: string;
  place: 'personal' | 'channel';
  /** The case, by its place in the year. */
  of: string;
  answers?: Record<string, string>;
  /** The bot dies while it sends what this gives. */
  dies?: boolean;
}

/** A message as the test knows it: when, what, of which case, to whom, and how it is marked. */
export type Message = string;
export const message = (
  at: number,
  kind: string,
  of: string,
  to: string,
  marks: { late?: boolean; repeat?: boolean },
): Message =>
  [
    new Date(at).toISOString(),
    kind,
    of,
    `-> ${to}`,
    ...(marks.late ? ['late'] : []),
    ...(marks.repeat ? ['repeat'] : []),
  ].join(' ');

export interface Expected {
  actions: Action[];
  messages: Message[];
}

const ladder: readonly [string, ...string[]][] = [['Tove'], ['Samir'], ['Karin', 'Omid'], ['Britt', 'Lo']];
/** So many steps of the ladder, and then somebody answers. */
const mostSteps = 7;

export type Kind = 'acute' | 'high' | 'normal';

/** One case that is to come, written down as it is thought through. */
export function expectedOf(
  random: Random,
  outages: readonly Outage[],
  report: { of: string; at: number; who: string; kind: Kind; dies?: boolean },
): Expected {
  const { of, at: reportedAt, who: reporter, kind, dies = false } = report;
  const actions: Action[] = [];
  const messages: Message[] = [];
  const held: { from: number; to: number }[] = [];
  let withdrawnAt = Number.POSITIVE_INFINITY;

  const outageAt = (at: number) => outages.find(({ from, to }) => at >= from && at < to);
  /** When something due then is done: at once, or when the bot is back. */
  const done = (due: number) => outageAt(due)?.to ?? due;
  const comes = (at: number, what: string, to: string, due: number, repeat = false) =>
    void messages.push(message(at, what, of, to, { late: at - due > minute, repeat }));
  /** False when the bot is gone just then: the person is told so, and gives up. */
  const does = (at: number, who: string, verb: string, place: Action['place'] = 'personal'): boolean => {
    if (outageAt(at)) return false;
    actions.push({ at, who, verb, place, of });
    return true;
  };

  /** From when the first is asked, until somebody has reached the person. */
  const alarm = (alarmedAt: number, alarmDue: number): void => {
    let asked = alarmedAt;
    let due = alarmDue;
    for (let step = 0; ; step++) {
      const rung = ladder[step % ladder.length] ?? ['Tove'];
      const died = dies && step === 0;
      for (const each of rung) comes(died ? done(asked + 1) : asked, 'alarm', each, due, died);
      const next = answer(step, rung, asked);
      if (!next) break;
      comes(next.at, 'passedOn', 'channel', next.at);
      if (next.tellReporter) comes(next.at, 'passedOn', reporter, next.at);
      ({ at: asked, due } = next);
    }
    const told = done(alarmedAt + 3 * minute);
    const isHeld = held.some(({ from, to }) => from < told && told <= to);
    if (!isHeld && withdrawnAt > told) comes(told, 'nobodyYet', reporter, alarmedAt + 3 * minute);
  };

  interface Next {
    at: number;
    due: number;
    tellReporter?: boolean;
  }
  /** What the people of a rung do; when the next are asked, if they must be. */
  const answer = (step: number, rung: [string, ...string[]], asked: number): Next | undefined => {
    const who = random.pick(rung);
    const at = Math.floor(asked + random.between(10_000, 4.8 * minute));
    const will = step >= mostSteps ? 'take' : random.pick(['take', 'take', 'decline', 'nothing', 'nothing']);
    const timeout = { due: asked + 5 * minute, at: done(asked + 5 * minute) };
    if (will === 'nothing') return timeout;
    if (will === 'decline') {
      const alone = rung.length === 1;
      return does(at, who, 'decline') && alone ? { at, due: at } : timeout;
    }
    return does(at, who, 'acknowledge') ? takes(step, who, at) : timeout;
  };

  const takes = (step: number, who: string, at: number): Next | undefined => {
    const will =
      step >= mostSteps ? 'reach' : random.pick(['reach', 'reach', 'reachLate', 'decline', 'nothing']);
    const question = at + 15 * minute;
    const back = { due: at + 25 * minute, at: done(at + 25 * minute), tellReporter: true };
    const soon = Math.floor(at + random.between(20_000, 14 * minute));
    const late = Math.floor(at + random.between(15.5 * minute, 24.5 * minute));
    const ask = () => {
      if (done(question) < at + 25 * minute) comes(done(question), 'reachedYet', who, question);
    };
    if (will === 'reach' && does(soon, who, 'reached')) {
      held.push({ from: at, to: Number.POSITIVE_INFINITY });
      return undefined;
    }
    if (will === 'decline' && does(soon, who, 'decline')) {
      held.push({ from: at, to: soon });
      return { at: soon, due: soon };
    }
    ask();
    if (will === 'reachLate' && does(late, who, 'reached')) {
      held.push({ from: at, to: Number.POSITIVE_INFINITY });
      return undefined;
    }
    held.push({ from: at, to: back.at });
    return back;
  };

  const withdraws = (at: number): boolean => {
    if (!does(at, reporter, 'withdraw')) return false;
    withdrawnAt = at;
    return true;
  };

  /** A serious case at night: someone asks for the alarm, takes the case, takes it back, or morning comes. */
  const waitForMorning = (): void => {
    const morning = morningAfter(reportedAt);
    const will = random.pick(['alarm', 'take', 'withdraw', 'nothing', 'nothing', 'nothing']);
    const at = Math.floor(reportedAt + random.between(0.01, 0.9) * (morning - reportedAt));
    if (will === 'take' && does(at, 'Karin', 'acknowledge', 'channel')) return;
    if (will === 'withdraw' && withdraws(at)) return;
    if (will === 'alarm' && does(at, reporter, 'alarm')) {
      comes(at, 'alarmed', 'channel', at);
      alarm(at, at);
    } else {
      comes(done(morning), 'alarmed', 'channel', done(morning));
      alarm(done(morning), morning);
    }
  };

  const waitForReading = (): void => {
    const promised = readBy(reportedAt);
    const will = random.pick(['take', 'take', 'withdraw', 'nothing', 'nothing']);
    const at = Math.floor(reportedAt + random.between(0.01, 0.99) * (promised - reportedAt));
    if (will === 'take' && does(at, 'Omid', 'acknowledge', 'channel')) return;
    if (will === 'withdraw' && withdraws(at)) return;
    comes(done(promised), 'untaken', 'channel', promised);
  };

  const answers = {
    dangerNow: kind === 'acute' ? random.pick(['yes', 'unsure']) : 'no',
    channel: kind === 'high' ? random.pick(['visit_surveil', 'physical', 'letter_parcel']) : 'email',
  };
  actions.push({ at: reportedAt, who: reporter, verb: 'report', place: 'personal', of, answers, dies });
  if (kind === 'normal') waitForReading();
  else if (kind === 'high' && isNight(reportedAt)) waitForMorning();
  else {
    if (!dies && random.chance(0.1)) withdraws(Math.floor(reportedAt + random.between(5_000, 9_000)));
    alarm(reportedAt, reportedAt);
  }
  return { actions, messages };
}

/** A text that is never sent: asked about after 3 minutes and again 12 later, for as long as it is kept (a day). */
export function expectedOfText(
  outages: readonly Outage[],
  { of, at, who }: { of: string; at: number; who: string },
): Expected {
  const done = (due: number) => outages.find(({ from, to }) => due >= from && due < to)?.to ?? due;
  const first = done(at + 3 * minute);
  const second = done(first + 12 * minute);
  const asked = [first, second].filter((moment) => moment < at + 24 * hour);
  return {
    actions: [{ at, who, verb: 'write', place: 'personal', of }],
    messages: asked.map((moment) => message(moment, 'unsent', who, who, {})),
  };
}
