/** Whoever of a ladder of five cannot be reached, and however: an alarm ends at a person, or at the last resorts. */
import { expect } from 'chai';
import type { Rung } from '../../bot/core/people.ts';
import { minutes } from '../../bot/core/time.ts';
import type { Sent } from '../../bot/features/ports.ts';
import { createConnector } from '../../bot/teams/connector.ts';
import { createRender, loadCards } from '../../bot/teams/render.ts';
import { isLoopback } from '../../bot/teams/serviceUrl.ts';
import { texts } from '../../bot/text/index.ts';
import { type Fault, startConnector } from '../world/connector.ts';
import { declared, people } from '../world/instance.ts';
import { check } from './checker.ts';
import { chatOf, personOf, type Simulated, silent, simulate, withoutTimers } from './simulated.ts';
import { reports, takes } from './story.ts';

const rungs: [Rung['role'], string[]][] = [
  ['dutyOfficer', ['Tove']],
  ['backup', ['Samir']],
  ['coordinator', ['Karin', 'Omid']],
  ['preparednessManager', ['Britt']],
];
const five = rungs.flatMap(([, names]) => names);
const subsets = Array.from({ length: 2 ** five.length }, (_, bits) =>
  five.filter((_who, n) => (bits >> n) % 2 === 1),
);
const directory = {
  ...declared,
  ladder: () => rungs.map(([role, names]) => ({ role, people: names.map(personOf) })),
};

/** How someone cannot be reached, as Teams answers; `undefined`: they have never had the bot. */
const ways: [name: string, fault: Fault | undefined][] = [
  ['the bot is not installed', undefined],
  ['403', { stored: false, answer: { status: 403 } }],
  ['404', { stored: false, answer: { status: 404 } }],
  ['a hang', { stored: false, answer: 'hang' }],
  ['429 for ever', { stored: false, answer: { status: 429 } }],
];

/** Who hears of an alarm that no person can be told of, each of them every time. */
const lastResorts: [name: string, heard: (simulated: Simulated) => boolean][] = [
  [
    'the channel has its card',
    ({ messages }) => inChannel(messages).some(({ view }) => view.card === 'triage'),
  ],
  [
    'the channel hears that nobody was reached',
    ({ messages }) => inChannel(messages).some(({ view }) => view.card === 'words'),
  ],
  [
    'the phones of all five ring',
    ({ rung }) => new Set(rung.map(({ number }) => number)).size >= five.length,
  ],
  [
    'the auditor tells the channel',
    ({ messages }) => inChannel(messages).some(({ view }) => view.summary === found),
  ],
];
const found = texts('sv').watch.found.summary;
const inChannel = (messages: Simulated['messages']) =>
  messages.filter(({ conversation }) => conversation.startsWith(people.triageChannel));

/** What the product's own connector makes of the fault. */
async function outcomeOf(fault: Fault): Promise<Exclude<Sent['outcome'], 'sent'>> {
  const teams = await startConnector(() => fault);
  const render = createRender(await loadCards(new URL('../../cards/', import.meta.url)), silent);
  const options = {
    render,
    log: silent,
    isServiceUrl: isLoopback,
    bot: people.bot,
    tenantId: people.tenantId,
    limit: 100,
  };
  const view = { card: 'words', data: {}, summary: 'Larm', fallback: 'Larm' };
  const { outcome } = await createConnector(options).post({ serviceUrl: teams.url, id: 'a:1' }, view);
  await teams.stop();
  if (outcome === 'sent') throw new Error('it was sent');
  return outcome;
}

const alarmed = ({ messages }: Simulated, who: string): boolean =>
  messages.some(({ conversation, view }) => conversation === chatOf(who) && view.card === 'alarm');

describe('a ladder of five', () => {
  const outcomes = new Map<string, Awaited<ReturnType<typeof outcomeOf>>>();
  before('by real timers', async () => {
    for (const [way, fault] of ways) if (fault) outcomes.set(way, await outcomeOf(fault));
  });
  withoutTimers();

  for (const [way] of ways) {
    it(`${way}: all ${subsets.length} subsets that can be reached`, async () => {
      const outcome = outcomes.get(way);
      const atOnce = !outcome || outcome === 'gone';
      for (const reachable of subsets) {
        const unreachable = five.filter((who) => !reachable.includes(who));
        const known = outcome ? five : reachable;
        const simulated = await simulate({ directory, unreachable }, ['Alva', ...known]);
        if (outcome) for (const who of unreachable) simulated.failing.set(chatOf(who), outcome);
        const id = await reports(simulated, 'Alva', '2026-five', { dangerNow: 'yes' });

        const first = rungs.findIndex(([, names]) => names.some((who) => reachable.includes(who)));
        // Who cannot be reached for good is passed by at once; who may be reached yet has the time to answer.
        for (let rung = 0; rung < first; rung++) if (!atOnce) await simulated.pass(minutes(5));
        const asked = five.filter((who) => alarmed(simulated, who));
        const expected = (rungs[first]?.[1] ?? []).filter((who) => reachable.includes(who));
        expect(asked, `${way}, only ${reachable}`).to.deep.equal(expected);
        if (reachable.length === 0) await endsAtLastResorts(simulated);
        const [taker = 'Tove'] = asked;
        await takes(simulated, taker, id);
        expect((await simulated.incident(id))?.stage, taker).to.include({
          status: 'acknowledged',
          assignee: personOf(taker),
        });
        await simulated.end();
        expect(check(simulated.history).broken, `${way}, only ${reachable}`).to.deep.equal([]);
      }
    });
  }
});

/** Nobody at all: the last resorts hear of it, it goes round and round, and the first who can be reached again is. */
async function endsAtLastResorts(simulated: Simulated): Promise<void> {
  for (let minute = 0; minute < 60; minute += 5) await simulated.pass(minutes(5));
  await simulated.audits();
  for (const [name, heard] of lastResorts) expect(heard(simulated), name).to.equal(true);
  simulated.failing.clear();
  await simulated.comes('Tove');
  for (let minute = 0; minute < 30 && !alarmed(simulated, 'Tove'); minute++) await simulated.pass(minutes(1));
  expect(alarmed(simulated, 'Tove'), 'can be reached again').to.equal(true);
}
