/**
 * Bugs that a product like this could have, each put between the product and its ports. The checker must see every one
 * of them; what it cannot see it cannot promise.
 */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../bot/core/ids.ts';
import { nextTurn } from '../../bot/features/loop.ts';
import type { DueRow } from '../../bot/features/ports.ts';
import { declared, type Outside } from '../world/instance.ts';
import type { Plan } from './simulated.ts';
import { type Story, tellOfMany } from './story.ts';

interface Bug extends Plan {
  name: string;
  /** What the checker says of it. */
  seenAs: RegExp;
  story?: Story;
}

type Cases = Outside['cases'];
const inCases = (change: (cases: Cases, now: () => Instant) => Partial<Cases>): Plan => ({
  bug: (outside, now) => ({ ...outside, cases: { ...outside.cases, ...change(outside.cases, now) } }),
});
const inTeams = (change: (messenger: Outside['messenger']) => Partial<Outside['messenger']>): Plan => ({
  bug: (outside) => ({ ...outside, messenger: { ...outside.messenger, ...change(outside.messenger) } }),
});
const sent = { outcome: 'sent', conversation: { serviceUrl: '', id: '' }, activityId: 'none' } as const;

export const bugs: Bug[] = [
  {
    name: 'the receipt is given before the write',
    seenAs: /was confirmed and is lost/,
    ...inCases(({ commit }) => ({
      async commit(change) {
        void nextTurn()
          .then(nextTurn)
          .then(() => commit(change));
        return { outcome: 'committed' };
      },
    })),
  },
  {
    name: 'a message counts as sent before it is posted',
    seenAs: /was never sent/,
    ...inCases(({ claim, complete, plan }) => ({
      async claim(rows, now, lease) {
        const claimed = await claim(rows, now, lease);
        await complete(claimed, { due: [], cards: [] });
        return claimed;
      },
      async complete(_claimed, { due }) {
        await plan(due);
        return true;
      },
    })),
  },
  {
    name: 'no mark says that a message is being sent',
    seenAs: /stands 2 times as a card without a label/,
    ...inCases(({ claim }) => ({
      async claim(rows, now, lease) {
        const claimed = await claim(rows, now, lease);
        const before = (what: string) => rows.find((row) => row.what === what)?.repeat ?? false;
        return claimed.map(({ row, tag }) => ({ row: { ...row, repeat: before(row.what) }, tag }));
      },
    })),
  },
  {
    name: 'the last write wins',
    seenAs: /was taken by .* while .* had it/,
    ...inCases(({ commit, load }) => ({
      async commit(change) {
        const committed = await commit(change);
        const found = committed.outcome === 'conflict' ? await load(change.id) : undefined;
        return found ? commit({ ...change, expected: found.tag, due: [] }) : committed;
      },
    })),
  },
  {
    name: 'timers are kept in memory',
    seenAs: /had no next step/,
    ...inCases(({ commit, due, plan }, now) => {
      const memory: DueRow[] = [];
      return {
        commit(change) {
          memory.push(...change.due.filter(({ at }) => at > now()));
          return commit({ ...change, due: change.due.filter(({ at }) => at <= now()) });
        },
        async due(at) {
          await plan(memory.filter((row) => row.at <= at));
          return due(at);
        },
      };
    }),
  },
  {
    name: 'an error while sending is swallowed',
    seenAs: /was never sent/,
    ...inTeams(({ post }) => ({
      async post(...given) {
        const tried = await post(...given);
        return tried.outcome === 'later' ? sent : tried;
      },
    })),
  },
  {
    name: 'what is tried again is forgotten',
    seenAs: /was never sent/,
    ...inCases(({ complete }) => ({
      complete: (claimed, { cards }) => complete(claimed, { due: [], cards }),
    })),
  },
  {
    name: 'a message that Teams refuses for good is dropped',
    seenAs: /ended as/,
    ...inTeams(({ post }) => ({
      async post(...given) {
        const tried = await post(...given);
        return tried.outcome === 'gone' ? sent : tried;
      },
    })),
  },
  {
    name: 'a conflict after a lost reply is not read back',
    seenAs: /reports became|one report became/,
    ...inCases(({ commit }) => {
      let lost = true;
      return {
        async commit(change) {
          const committed = await commit(change);
          if (!lost) return committed;
          lost = false;
          return { outcome: 'conflict' };
        },
      };
    }),
  },
  {
    name: 'the same report sent again is a new one',
    seenAs: /reports became|one report became/,
    ...inCases(({ commit }) => ({
      commit: (change) => commit({ ...change, operation: { ...change.operation, hash: randomUUID() } }),
    })),
  },
  {
    name: 'anyone may take an alarm',
    seenAs: /who may not answer it/,
    directory: {
      ...declared,
      person(id) {
        const found = declared.person(id);
        return found && { ...found, roles: [...found.roles, 'coordinator'] };
      },
    },
  },
  {
    name: 'a repeat does not say so',
    seenAs: /stands 2 times as a card without a label/,
    drawing: ({ draw, drawDigest }) => ({
      draw: (incident, message) => draw(incident, { ...message, repeat: false }),
      drawDigest,
    }),
  },
  {
    name: 'two workers may hold the same row',
    seenAs: /stands 2 times as a card without a label/,
    ...inCases(({ claim }) => ({
      async claim(rows, now, lease) {
        const claimed = await claim(rows, now, lease);
        return claimed.length > 0 ? claimed : rows.map((row) => ({ row, tag: 'not mine' }));
      },
    })),
  },
  {
    name: 'whether a message is still due is not asked',
    seenAs: /was sent though it was taken/,
    ...inCases(({ claim, load }) => {
      const first = new Map<string, Awaited<ReturnType<typeof load>>>();
      let sending: string | undefined;
      return {
        claim(rows, now, lease) {
          sending = rows[0]?.id;
          return claim(rows, now, lease);
        },
        async load(id) {
          const loaded = await load(id);
          if (!first.has(id)) first.set(id, loaded);
          const stale = sending === id;
          sending = undefined;
          return stale ? first.get(id) : loaded;
        },
      };
    }),
  },
  {
    name: 'an escalation forgets the next one',
    seenAs: /had no next step/,
    ...inCases(({ commit }) => ({
      commit: (change) =>
        commit({
          ...change,
          due: change.due.filter(({ effect }) => effect.do !== 'escalate' || effect.rung === 0),
        }),
    })),
  },
  {
    name: 'who has not reached the person keeps the alarm',
    seenAs: /had no next step/,
    ...inCases(({ commit }) => ({
      commit: (change) =>
        commit({ ...change, due: change.due.filter(({ effect }) => effect.do !== 'giveBack') }),
    })),
  },
  {
    name: 'freshening stops at the first card that fails',
    seenAs: /was left standing as it was before/,
    ...inTeams(({ update }) => {
      let failed = false;
      return {
        async update(...given) {
          failed ||= (await update(...given)).outcome === 'later';
          return failed ? { outcome: 'gone' } : sent;
        },
      };
    }),
  },
  {
    name: 'a digest drops one',
    seenAs: /was never sent/,
    story: tellOfMany,
    drawing: ({ draw, drawDigest }) => ({
      draw,
      drawDigest: (cases, message) => drawDigest(cases.slice(1), message),
    }),
  },
  {
    name: 'a digest that comes again does not say so',
    seenAs: /stands 2 times as a digest without a label/,
    story: tellOfMany,
    drawing: ({ draw, drawDigest }) => ({
      draw,
      drawDigest: (cases, message) =>
        drawDigest(
          cases.map((one) => ({ ...one, repeat: false })),
          message,
        ),
    }),
  },
];
