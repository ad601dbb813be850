/** What each thing that people do costs the storage: counted, with nothing else under way. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Asked, type Counter, isLook } from './counter.ts';
import { presses, reports, send } from './people.ts';

export interface Cost {
  operation: string;
  /** Of one operation, its deliveries included: the least of some, for where someone is reached is read now and then. */
  gets: number;
  writes: number;
  lists: number;
  rows: number;
  /** What was looked for. */
  filters: string[];
}

const samples = 3;

/**
 * @param known makes a form stand, so that it can become the confirmation
 */
export async function costs(
  counter: Counter,
  url: string,
  serviceUrl: string,
  known: (nonce: string) => void,
): Promise<Cost[]> {
  const numbers: string[] = [];
  const count = async (operation: string, run: (n: number) => Promise<unknown>): Promise<Cost> => {
    const all: Asked[][] = [];
    for (let n = 0; n < samples; n++) {
      await quiet(counter);
      counter.asked.splice(0);
      await run(n);
      await quiet(counter);
      all.push(counter.asked.filter((asked) => !isLook(asked)));
    }
    const of = (what: (asked: Asked[]) => number) => Math.min(...all.map(what));
    const kind = (wanted: Asked['kind']) => of((asked) => asked.filter((one) => one.kind === wanted).length);
    const rows = of((asked) => asked.reduce((sum, one) => sum + (one.kind === 'write' ? 0 : one.rows), 0));
    const filters = [...new Set(all.flat().flatMap(({ filter }) => (filter ? [filter] : [])))];
    return { operation, gets: kind('get'), writes: kind('write'), lists: kind('list'), rows, filters };
  };
  const report = async () => {
    const nonce = `2026-count-${crypto.randomUUID()}`;
    known(nonce);
    const { number, text } = await send(url, serviceUrl, reports(nonce));
    if (!number) throw new Error(`no confirmation: ${text}`);
    numbers.push(number);
  };
  const click = (verb: string) => async (n: number) => {
    const data = { incident: numbers[n], face: 'alarm', nonce: `${verb}-${n}` };
    const { text } = await send(url, serviceUrl, presses('Tove', verb, data, 'form-none'));
    if (!text.includes(numbers[n] ?? '?')) throw new Error(`${verb} was answered: ${text}`);
  };
  return [
    await count('report', report),
    await count('acknowledge', click('acknowledge')),
    await count('details', click('details')),
    await count('reached', click('reached')),
  ];
}

/** Until nothing but looks has been asked for a while. */
async function quiet(counter: Counter): Promise<void> {
  const asked = () => counter.asked.filter((one) => !isLook(one)).length;
  for (let before = -1; before !== asked(); ) {
    before = asked();
    await wait(150);
  }
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
