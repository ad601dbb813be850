/**
 * A declared world for tests of features: people press buttons and write, messages come out. Everything is the
 * product's own but the storage (a fake that passes the contract) and Teams (a messenger that remembers).
 */

import type { Rota } from '../../bot/core/dutyRota.ts';
import { type Instant, instant, type PersonId } from '../../bot/core/ids.ts';
import type { Directory } from '../../bot/core/people.ts';
import { tellOfProposals } from '../../bot/features/actions.ts';
import { type Auditor, type AuditorPorts, createAuditor } from '../../bot/features/auditor.ts';
import { boardInTheMorning } from '../../bot/features/board.ts';
import { watchChannel } from '../../bot/features/channelWatch.ts';
import { remindOfUnsent } from '../../bot/features/drafts.ts';
import type { DutyRota } from '../../bot/features/dutyRotaInForce.ts';
import { keepDutyRota } from '../../bot/features/dutyRotaNews.ts';
import type { IncidentPorts } from '../../bot/features/incident.ts';
import { nextTurn } from '../../bot/features/loop.ts';
import type { Content, Hmac } from '../../bot/features/ports.ts';
import { checkReadiness } from '../../bot/features/readiness.ts';
import { newNonce } from '../../bot/features/report.ts';
import type { World as People } from '../../bot/local/world.ts';
import { faultOf, type Log, type LogFields } from '../../bot/log.ts';
import type { Happened } from '../../bot/teams/activity.ts';
import { happened } from '../../bot/teams/edge.ts';
import type { Data, View } from '../../bot/views/view.ts';
import { type FakeMessenger, fakeMessenger, type Shown } from './fakeMessenger.ts';
import { type FakePager, fakePager } from './fakePager.ts';
import { type FakeStorage, fakeStorage } from './fakeStorage.ts';
import { people as everyone, startInstance } from './instance.ts';

export interface World {
  storage: FakeStorage;
  directory: Directory;
  dutyRota: DutyRota;
  hmac: Hmac;
  /** Every message ever posted, in order, as it looks now. */
  messages: Shown[];
  posted: FakeMessenger['posted'];
  logged: { event: string; fields: LogFields | undefined }[];
  failing: FakeMessenger['failing'];
  meanwhile: FakeMessenger['meanwhile'];
  /** Who is in a conversation, when it is not the coordinators alone. */
  inside: FakeMessenger['inside'];
  /** The phones outside Teams. */
  phones: FakePager;
  now(): Instant;
  /** Moves the clock and lets the worker do what has become due. */
  pass(milliseconds: number): Promise<void>;
  /** The bot is gone for so long, with all it had begun; then another is there, on the same storage. */
  outage(milliseconds: number): Promise<void>;
  /** What is done now and then, as one instance does it. */
  routines: {
    board(): Promise<void>;
    readiness(): Promise<void>;
    channel(): Promise<void>;
    proposals(): Promise<void>;
  };
  /** Someone is added to the coordinators' channel, or leaves it: Teams says that this happened, not who. */
  comesOrGoes(): Promise<void>;
  /** What the worker would hold of these rows just now. */
  hold: IncidentPorts['hold'];
  /** The auditor of one instance. */
  auditor(parts?: Partial<AuditorPorts>): Auditor;
  /** Lets everything under way end. */
  settle(): Promise<void>;
  person(firstName: string): PersonId;
  /** Conversation id of the coordinators' channel. */
  channel: string;
  /** The bot is added to the coordinators' channel. */
  joins(): Promise<void>;
  /** Someone writes in their own chat with the bot; what the bot answers. */
  writes(firstName: string, text: string, attachments?: boolean): Promise<Shown[]>;
  /** Someone mentions the bot in the coordinators' channel, or in a group's chat; what stands there as an answer. */
  mentions(firstName: string, text: string, on?: 'channel' | 'group'): Promise<Shown[]>;
  /** Presses the first button with this verb on the newest message that has one; what the clicker then sees. */
  presses(firstName: string, verb: string, inputs?: Record<string, unknown>, on?: Place): Promise<Pressed>;
  /** Presses a button that was on screen earlier. */
  pressesOld(
    firstName: string,
    pressed: Omit<Pressed, 'reply'>,
    inputs?: Record<string, unknown>,
  ): Promise<Pressed>;
  /** Everything in a person's chat, or in the channel, newest last. */
  sees(place: Place): Shown[];
}

/** A person's own chat by their name, or where several read. */
export type Place = string | 'channel' | 'group';

export interface Pressed {
  verb: string;
  data: Record<string, unknown>;
  clicked: string;
  place: Place;
  reply: { card?: View; said?: string };
}

/** A Wednesday at noon in Stockholm. */
export const noon = instant(Date.parse('2026-11-25T12:00:00+01:00'));

/**
 * @param start of the clock, which stands still but for `pass`
 * @param options.paced holds Teams' limits, by that clock
 * @param options.rota for as long as nobody has changed it
 * @param options.content the checklists
 * @param options.people who there is, and whether phones ring
 */
export function createWorld(
  start: Instant = noon,
  {
    people = everyone,
    ...options
  }: { paced?: boolean; rota?: Rota; people?: People; content?: Content } = {},
): World {
  let now = start;
  let ids = 0;
  const clock = () => now;
  const storage = fakeStorage(clock, () => Date.parse(now));
  const logged: World['logged'] = [];
  const messenger = fakeMessenger();
  const { messages, posted, failing, meanwhile, inside } = messenger;
  const note = (event: string, fields?: LogFields) => void logged.push({ event, fields });
  const log: Log = { info: note, warn: note, error: note };

  const nonce = () => newNonce(now, `n${++ids}`);
  const phones = fakePager();
  const begin = () =>
    startInstance({ ...storage, messenger, pager: phones }, { clock, log, nonce, world: people, ...options });
  let instance = begin();

  const person = (firstName: string): PersonId => {
    const found = people.people.find(({ name }) => name.startsWith(`${firstName} `));
    if (!found) throw new Error(`nobody is called ${firstName}`);
    return found.oid;
  };
  const chat = (firstName: string) => `a:${firstName}`;
  const inPlace = (place: Place) => (one: Shown) =>
    place === 'channel'
      ? one.conversation.startsWith(people.triageChannel)
      : one.conversation === chat(place);
  const origin = (firstName: string, place: Place) =>
    ({
      person: person(firstName),
      conversation: {
        serviceUrl: 'http://127.0.0.1/',
        id: place === 'channel' ? people.triageChannel : chat(place === 'group' ? place : firstName),
      },
      place: place === 'channel' ? 'channel' : place === 'group' ? 'groupChat' : 'personal',
      team: place === 'channel' ? people.team.id : undefined,
      locale: 'sv',
    }) as const;

  /** More than a worker waits, between two sweeps, for others to go first. */
  const turnsBetween = 4;
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      for (let turns = 0; turns < turnsBetween; turns++) await nextTurn();
      if (storage.fault === 'silent') return;
      await instance.delivery
        .sweep()
        .catch((error: unknown) => note('sweep failed', { error: faultOf(error) }));
    }
  };
  const take = async (what: Happened) => {
    const before = messages.length;
    const reply = await happened(instance.ports, what);
    await settle();
    return { reply, posted: messages.slice(before) };
  };
  const pressesOld: World['pressesOld'] = async (firstName, { verb, data, clicked, place }, inputs = {}) => {
    const input = { ...data, ...inputs };
    const { reply } = await take({
      ...origin(firstName, place),
      kind: 'click',
      verb,
      input,
      clicked,
      invoke: true,
    });
    return { verb, data, clicked, place, reply };
  };

  const pass = async (milliseconds: number): Promise<void> => {
    now = instant(Date.parse(now) + milliseconds);
    await remindOfUnsent(instance.ports);
    await keepDutyRota(instance.ports);
    await settle();
  };

  return {
    storage,
    directory: instance.ports.directory,
    dutyRota: instance.ports.dutyRota,
    hmac: instance.ports.hmac,
    messages,
    posted,
    logged,
    failing,
    meanwhile,
    inside,
    phones,
    now: clock,
    hold: (due) => instance.ports.hold(due),
    routines: {
      board: () => boardInTheMorning(instance.ports),
      readiness: () => checkReadiness(instance.ports),
      channel: () => watchChannel(instance.ports),
      proposals: () => tellOfProposals(instance.ports),
    },
    auditor: (parts) => {
      const monotonic = () => Date.parse(now);
      return createAuditor({ ...instance.ports, monotonic, wall: monotonic, ...parts });
    },
    settle,
    person,
    channel: people.triageChannel,
    pressesOld,
    async joins() {
      await take({ ...origin('Karin', 'channel'), kind: 'installed' });
    },
    async comesOrGoes() {
      await take({ ...origin('Karin', 'channel'), kind: 'other', invoke: false, members: true });
    },
    pass,
    outage(milliseconds) {
      instance = begin();
      return pass(milliseconds);
    },
    async writes(firstName, text, attachments = false) {
      const { posted } = await take({
        ...origin(firstName, firstName),
        kind: 'message',
        text,
        attachments,
      });
      return posted;
    },
    async mentions(firstName, text, on = 'channel') {
      const { posted } = await take({
        ...origin(firstName, on),
        kind: 'message',
        text: `<at>Säkerhet</at> ${text}`,
        attachments: false,
      });
      return posted;
    },
    async presses(firstName, verb, inputs, on = firstName) {
      for (const message of messages.filter(inPlace(on)).reverse()) {
        const button = buttonsOf(message.view).find((one) => one.verb === verb && fits(one, inputs));
        if (button)
          return pressesOld(firstName, { ...button, clicked: message.activityId, place: on }, inputs);
      }
      throw new Error(`no button ${verb} stands in ${on}`);
    },
    sees: (place) => messages.filter(inPlace(place)),
  };
}

const fits = (button: { data: Record<string, unknown> }, inputs: Record<string, unknown> = {}) =>
  Object.entries(button.data).every(([name, value]) => !(name in inputs) || inputs[name] === value);

export interface Button {
  verb: string;
  title: string;
  data: Record<string, unknown>;
}

/** Every button of a card, in order: anything in its data that has a verb. */
export function buttonsOf(view: View): Button[] {
  const found: Button[] = [];
  const look = (data: Data): void => {
    const { verb, title, data: sends } = data;
    if (typeof verb === 'string' && typeof sends === 'object' && !Array.isArray(sends)) {
      found.push({ verb, title: String(title), data: sends });
    }
    for (const value of Object.values(data)) if (Array.isArray(value)) value.forEach(look);
  };
  look(view.data);
  return found;
}
