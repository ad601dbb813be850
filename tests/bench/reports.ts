/** Reports sent and timed, on what is started for it, and how numbers are told. */
import {
  type Bot,
  folder,
  type Part,
  type Storage,
  startOurs,
  startStorage,
  type Teams,
  until,
} from './parts.ts';
import { formOf, isThere, now, reports, send } from './people.ts';

export const size = (name: string, usual: number) => Number(process.env[name] ?? usual);
/** Then Teams takes as much as ever in every conversation. */
export const roomAgain = 31_000;

const stops: Part[] = [];
export const kept = <T extends Part>(part: T): T => {
  stops.unshift(part);
  return part;
};
/** Ends all that was kept, the latest first. */
export async function stopAll(): Promise<void> {
  for (const part of stops) await part.stop();
}

export const say = (line = '') => process.stdout.write(`${line}\n`);
export const row = (...cells: [what: string, value: string, bar: string]) =>
  say(`${cells[0].padEnd(58)}${cells[1].padStart(16)}   ${cells[2]}`);
export const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN;
export const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

let pressed = 0;
/** How often a report was answered with anything but its confirmation, since this was last asked. */
export function pressedAgain(): number {
  const since = pressed;
  pressed = 0;
  return since;
}
let nonces = 0;
const newNonce = () => `2026-bench-${process.pid}-${++nonces}`;

/** One report, timed from the click: to its answer, and (in `sent`) by its number. */
export async function report(bot: Bot, teams: Teams, sent: Map<string, number>): Promise<number> {
  const nonce = newNonce();
  teams.ask({ forms: [formOf(nonce)] });
  const began = now();
  for (let tries = 0; tries < 20; tries++) {
    const number = await send(bot.url, teams.url, reports(nonce)).then(
      (answer) => answer.number,
      () => '',
    );
    if (number) {
      sent.set(number, began);
      return now() - began;
    }
    // As a person does who is told that it was not stored, or nothing.
    pressed += 1;
  }
  throw new Error('no confirmation after 20 tries');
}

/** Milliseconds from each click to its alarm in Teams, when all of them have come. */
export async function alarmsOf(teams: Teams, sent: Map<string, number>, within = 60_000): Promise<number[]> {
  const first = new Map<string, number>();
  await until(
    async () => {
      const { came } = await teams.tell();
      for (const { kind, numbers, at } of came) {
        for (const number of kind === 'alarm' ? numbers : []) {
          if (sent.has(number) && !first.has(number)) first.set(number, at);
        }
      }
      return first.size >= sent.size;
    },
    'every alarm comes',
    within,
  );
  return [...first].map(([number, at]) => at - (sent.get(number) ?? at));
}

/** A storage, and the folder of the keys to what our bot stores there. */
export interface Place {
  storage: Storage;
  dataDir: string;
}

export async function newPlace(): Promise<Place> {
  const storage = kept(await startStorage());
  const { path: dataDir } = kept(await folder());
  return { storage, dataDir };
}

export async function attached(storage: Storage, teams: Teams, dataDir: string): Promise<Bot> {
  const bot = await startOurs(storage.connection(), dataDir);
  for (const who of ['Alva', 'Tove']) await send(bot.url, teams.url, isThere(who));
  await send(bot.url, teams.url, isThere('Karin', 'channel'));
  return bot;
}
