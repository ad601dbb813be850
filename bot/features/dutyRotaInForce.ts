/**
 * The duty rota that holds now: read from the settings, answered from memory, for a report must not wait for it. The
 * last one known is kept when the storage is away.
 */
import { z } from 'zod';
import {
  change,
  newsOf,
  type People,
  type Rota,
  type RotaChange,
  type RotaNews,
  type RotaRefusal,
  type Shift,
} from '../core/dutyRota.ts';
import { type Instant, type PersonId, personId, system } from '../core/ids.ts';
import { instantOf } from '../core/time.ts';
import { type Hmac, type Setting, type Settings, StorageRefused } from './ports.ts';

/** One change, by one click. */
export interface Wanted {
  change: RotaChange;
  /** The `mark` of the rota that the person saw. */
  seen: string;
  /** Tells a click sent twice from a second one. */
  nonce: string;
  at: Instant;
  by: PersonId;
}

export type Changed =
  | { outcome: 'changed'; news: RotaNews }
  /** This very click has done it already. */
  | { outcome: 'again' }
  /** Somebody has changed the rota since it was shown: nothing is done. */
  | { outcome: 'stale' }
  | { outcome: 'refused'; refusals: RotaRefusal[] };

export interface DutyRota {
  current(): Rota;
  /** A short text that is another when the rota is another. */
  mark(): string;
  /** @throws {StorageRefused} and the rota known so far stays */
  refresh(): Promise<void>;
  /** @throws {StorageRefused | StorageUnknown} as the settings do */
  change(wanted: Wanted): Promise<Changed>;
  /** Changes whose news is not told everywhere yet, or whose cases are not moved: written with the rota itself. */
  unfinished(): readonly RotaNews[];
  /** This one has been told, and its cases are moved. */
  finished(news: RotaNews, at: Instant): Promise<void>;
}

const at = z.string().transform((text, context) => {
  const read = instantOf(text);
  if (!read) context.addIssue('no instant');
  return read ?? z.NEVER;
});
const person = z.string().min(1).transform(personId);

interface Document {
  shifts: Shift[];
  /** Of the last change. */
  nonce?: string;
  unfinished: RotaNews[];
}
const shifts = z.array(
  z.looseObject({ from: at, to: at, dutyOfficer: person, backup: z.exactOptional(person) }),
);
const news = z.discriminatedUnion('do', [
  z.looseObject({
    do: z.enum(['takeOver', 'handOver']),
    at,
    by: person,
    from: z.exactOptional(person),
    to: person,
    until: at,
  }),
  z.looseObject({ do: z.literal('swap'), at, by: person, shifts }),
]);
const document: z.ZodType<Document> = z.looseObject({
  shifts,
  nonce: z.exactOptional(z.string()),
  unfinished: z.array(news).default([]),
});

const name = 'dutyRota';
const maxTries = 5;

/**
 * @param options.seed the rota for as long as nobody has changed it
 * @param options.people who may be in it; asked when it is changed
 */
export function createDutyRota({
  settings,
  seed,
  people,
  hmac,
}: {
  settings: Settings;
  seed: Rota;
  people: People;
  hmac: Hmac;
}): DutyRota {
  const unwritten: Document = { shifts: [...seed], unfinished: [] };
  let held = { version: 0, document: unwritten };

  /** A reading that was under way while a newer version was written does not take its place. */
  function hold(version: number, newest: Document): void {
    if (version >= held.version) held = { version, document: newest };
  }

  async function read(): Promise<{ version: number; document: Document; tag?: string }> {
    const found = await settings.read(name);
    const newest = found ? documentOf(found) : unwritten;
    const version = found?.version ?? 0;
    hold(version, newest);
    return { version, document: newest, ...(found && { tag: found.tag }) };
  }

  const markOf = (rota: Rota): string =>
    Buffer.from(hmac(JSON.stringify(rota)))
      .toString('hex')
      .slice(0, 16);

  /** Decides on the newest document and writes, again when somebody else was first. */
  async function rewrite<T>(
    decide: (document: Document) => { write: Document; gives: T } | { gives: T },
    stamp: { at: Instant; by: PersonId },
  ): Promise<T> {
    for (let tries = 0; tries < maxTries; tries++) {
      const { version, document: before, tag } = await read();
      const decided = decide(before);
      if (!('write' in decided)) return decided.gives;
      const written = await settings.write(name, { content: decided.write, ...stamp }, tag);
      if (written === 'conflict') continue;
      hold(version + 1, decided.write);
      return decided.gives;
    }
    throw new StorageRefused('the duty rota changed under every try');
  }

  return {
    current: () => held.document.shifts,
    mark: () => markOf(held.document.shifts),
    unfinished: () => held.document.unfinished,

    async refresh() {
      await read();
    },

    change: (wanted) =>
      rewrite<Changed>((before) => {
        if (before.nonce === wanted.nonce) return { gives: { outcome: 'again' } };
        if (markOf(before.shifts) !== wanted.seen) return { gives: { outcome: 'stale' } };
        const after = change(before.shifts, wanted.change, { now: wanted.at, people });
        if (!after.ok) return { gives: { outcome: 'refused', refusals: after.error } };
        const told = newsOf({ before: before.shifts, after: after.value }, wanted.change, wanted);
        return {
          write: {
            ...before,
            shifts: after.value,
            nonce: wanted.nonce,
            unfinished: [...before.unfinished, told],
          },
          gives: { outcome: 'changed', news: told },
        };
      }, wanted),

    finished: (done, moment) =>
      rewrite<void>(
        (before) => {
          const left = before.unfinished.filter((one) => !isSame(one, done));
          if (left.length === before.unfinished.length) return { gives: undefined };
          return { write: { ...before, unfinished: left }, gives: undefined };
        },
        { at: moment, by: system },
      ),
  };
}

const isSame = (one: RotaNews, other: RotaNews): boolean =>
  one.at === other.at && one.by === other.by && one.do === other.do;

/** @throws {StorageRefused} when this version cannot read it */
function documentOf({ content }: Setting): Document {
  const read = document.safeParse(content);
  if (!read.success) throw new StorageRefused('the duty rota is not what this version can read');
  return read.data;
}
