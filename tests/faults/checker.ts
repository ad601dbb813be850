/**
 * What must be true after any storm, checked on what was written down while it raged (the Jepsen method: clients,
 * nemesis, history, an offline checker).
 */
import type { Notice } from '../../bot/core/effects.ts';

/** One line of the history, which stands in the order in which things happened. */
export type Happening =
  /** A client has begun to send a report; it sends it again until it is confirmed. */
  | { what: 'submitted'; nonce: string }
  /** A client was shown a confirmation. */
  | { what: 'confirmed'; nonce: string; number: string }
  /** Someone was told that the case is theirs. */
  | { what: 'acknowledged'; number: string; by: string; mayAnswer: boolean }
  /** It became so that someone has the case, or that nobody has it any more. */
  | { what: 'taken'; number: string; by: string }
  | { what: 'free'; number: string }
  /** It became certain that this will be sent; `must`: whatever happens afterwards. */
  | { what: 'promised'; number: string; notice: Notice; to: string; must: boolean }
  /** A message came to stand in Teams, whether its sender was told or not. */
  | {
      what: 'posted';
      number: string;
      notice: Notice;
      /** As a card of its own, or a line of a message about many. */
      as: 'card' | 'digest';
      to: string;
      repeat: boolean;
    }
  /** A case as it stood at a crash, or at the end: whether its next step, if it must have one, stood with it. */
  | { what: 'seen'; number: string; nextStep: boolean }
  /** A card as it stands at the end, and whether it shows the case as it is. */
  | { what: 'standing'; number: string; card: string; current: boolean }
  /** A case stands in the storage at the end. */
  | { what: 'stored'; number: string; taken: boolean };

export interface Verdict {
  confirmed: number;
  stored: number;
  /** Messages labelled as a possible repeat. */
  repeats: number;
  /** Cards that were looked at as they stand in the end. */
  cards: number;
  /** Each a sentence; none when all promises were kept. */
  broken: string[];
}

type Kind<What> = Extract<Happening, { what: What }>;

export function check(history: readonly Happening[]): Verdict {
  const all = <What extends Happening['what']>(what: What) =>
    history.filter((one): one is Kind<What> => one.what === what);
  const stored = new Map(all('stored').map(({ number, taken }) => [number, taken]));
  const confirmed = Map.groupBy(all('confirmed'), ({ nonce }) => nonce);
  return {
    confirmed: confirmed.size,
    stored: stored.size,
    repeats: all('posted').filter(({ repeat }) => repeat).length,
    cards: all('standing').length,
    broken: [
      ...reports(new Set(all('submitted').map(({ nonce }) => nonce)), confirmed, stored),
      ...all('acknowledged').flatMap(({ number, by, mayAnswer }) => [
        ...(stored.get(number) === false ? [`${number} was acknowledged and stands as untaken`] : []),
        ...(mayAnswer ? [] : [`${number} was given to ${by}, who may not answer it`]),
      ]),
      ...messages(history),
      ...holders(history),
      ...all('seen').flatMap(({ number, nextStep }) => (nextStep ? [] : [`${number} had no next step`])),
      ...all('standing').flatMap(({ number, card, current }) =>
        current ? [] : [`the ${card} of ${number} was left standing as it was before`],
      ),
    ],
  };
}

function reports(
  submitted: Set<string>,
  confirmed: Map<string, Kind<'confirmed'>[]>,
  stored: Map<string, boolean>,
): string[] {
  const broken: string[] = [];
  if (stored.size > submitted.size) broken.push(`${submitted.size} reports became ${stored.size} cases`);
  const owners = new Map<string, string>();
  for (const [nonce, confirmations] of confirmed) {
    const numbers = new Set(confirmations.map(({ number }) => number));
    if (numbers.size > 1) broken.push(`one report became ${[...numbers].join(' and ')}`);
    for (const number of numbers) {
      if (!stored.has(number)) broken.push(`${number} was confirmed and is lost`);
      if (owners.has(number)) broken.push(`${number} was given to two reports`);
      owners.set(number, nonce);
    }
  }
  return broken;
}

/** Everything promised is sent, and no oftener than promised but with the label that says so. */
function messages(history: readonly Happening[]): string[] {
  const broken: string[] = [];
  const sent = Map.groupBy(
    history.filter((one) => one.what === 'promised' || one.what === 'posted'),
    ({ notice, number, to }) => `${notice} of ${number} to ${to}`,
  );
  for (const [which, happenings] of sent) {
    const promised = happenings.filter((one) => one.what === 'promised').length;
    for (const as of ['card', 'digest']) {
      const plain = happenings.filter((one) => one.what === 'posted' && one.as === as && !one.repeat).length;
      if (plain > Math.max(promised, 1)) {
        broken.push(`the ${which} stands ${plain} times as a ${as} without a label`);
      }
    }
    let open = 0;
    for (const one of happenings) {
      if (one.what === 'posted') open = Math.max(0, open - 1);
      else if (one.must) open += 1;
    }
    if (open > 0) broken.push(`the ${which} was never sent`);
  }
  return broken;
}

/** Only one has a case at a time, and then nobody else is asked. */
function holders(history: readonly Happening[]): string[] {
  const broken: string[] = [];
  const has = new Map<string, string>();
  for (const one of history) {
    if (one.what === 'free') has.delete(one.number);
    if (one.what === 'taken') {
      const holder = has.get(one.number);
      if (holder && holder !== one.by)
        broken.push(`${one.number} was taken by ${one.by} while ${holder} had it`);
      has.set(one.number, one.by);
    }
    if (one.what === 'posted' && asking.includes(one.notice) && has.has(one.number)) {
      if (has.get(one.number) !== one.to)
        broken.push(`the ${one.notice} of ${one.number} was sent though it was taken`);
    }
  }
  return broken;
}
const asking: readonly Notice[] = ['alarm', 'nobodyYet', 'untaken'];
