/** The bot is ended at every call it makes between a report and its end, and nothing is lost or doubled unsaid. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { fakeMessenger } from '../world/fakeMessenger.ts';
import { fakeStorage } from '../world/fakeStorage.ts';
import { noon } from '../world/world.ts';
import type { CrashAt } from './points.ts';
import { seeded } from './random.ts';
import { withoutTimers } from './simulated.ts';
import { type Story, stories } from './story.ts';

const bot = fileURLToPath(new URL('../../bot/', import.meta.url));
const { fault: _fault, keysAway: _keysAway, ...stores } = fakeStorage(() => noon);
const ports: Record<string, object> = { ...stores, messenger: fakeMessenger() };
const crashesEach = Number(process.env.CRASHES_EACH ?? 20);
/** In a row, each in the instance that was started after the one before. */
const inARow = 8;

/** How a point is come to: how often it is passed, or after which crashes. */
interface Way {
  story: Story;
  passings: number;
  after?: { crashes: CrashAt[]; seed: number };
}

describe('crash points', function () {
  this.timeout(30 * 60_000);
  withoutTimers();
  const points = new Map<string, Way>();

  it('the stories end well without any crash', async () => {
    for (const story of stories) {
      const { broken, passed } = await story();
      expect(broken).to.deep.equal([]);
      for (const [point, passings] of passed) {
        if (!points.has(point)) points.set(point, { story, passings });
      }
    }
  });

  it(`each is crashed at ${crashesEach} times or more, and those too that are first passed after a crash`, async () => {
    const broken: string[] = [];
    let crashes = 0;
    let seed = 0;
    // Points found on the way come to stand last in the map, and so have their turn.
    for (const [point, { story, passings, after }] of points) {
      let here = 0;
      for (let stories = 0; here < crashesEach && stories < 20 * crashesEach; stories++) {
        const choose = seeded(++seed);
        const order = after?.seed ?? seed;
        const inThisStory = Array.from({ length: inARow }, (_, n) => ({
          point,
          // The first is spread over all passings; those that follow end the mending of it.
          passing:
            1 +
            (n === 0
              ? Math.floor(((stories * 0.618) % 1) * passings)
              : Math.floor(choose.between(0, Math.min(3, passings)))),
        }));
        const told = await story({
          crashes: [...(after?.crashes ?? []), ...inThisStory],
          random: order % 2 ? seeded(order) : undefined,
          twin: order % 3 === 0,
        });
        here += told.crashes.filter((one) => one === point).length;
        broken.push(...told.broken.map((sentence) => `${point}, story ${seed}: ${sentence}`));
        for (const [found, before] of after ? [] : told.firstPassed) {
          const crashes = inThisStory.slice(0, before);
          if (!points.has(found)) points.set(found, { story, passings: 1, after: { crashes, seed } });
        }
      }
      if (here < crashesEach) broken.push(`${point} was crashed at ${here} times only`);
      crashes += here;
    }
    process.stdout.write(`      ${JSON.stringify({ points: points.size, crashes, stories: seed })}\n`);
    expect(broken.slice(0, 20)).to.deep.equal([]);
  });

  it('every wait for storage or Teams in the path of a report and an alarm was such a point', () => {
    const files = path(
      ['reportForm', 'callCard', 'deliver', 'draw', 'paced'].map((name) => `features/${name}.ts`),
    );
    const waits = [...files, 'teams/edge.ts'].flatMap(waitsOf);
    expect(waits.length).to.be.greaterThan(20);
    expect(
      waits.filter((wait) => !points.has(`${wait}:before`) || !points.has(`${wait}:after`)),
    ).to.deep.equal([]);
  });
});

/** These files of the bot, and the features that they import. */
function path(files: string[]): string[] {
  const found = new Set(files);
  for (const file of found) {
    const code = readFileSync(join(bot, file), 'utf8');
    for (const [, to = ''] of code.matchAll(/^(?:import|\}) (?!type)[^;]*?from '(\.[^']+)'/gm)) {
      const imported = relative(bot, join(bot, dirname(file), to));
      if (imported.startsWith('features/')) found.add(imported);
    }
  }
  return [...found];
}

/** Every line that calls storage or Teams, named as the points are. */
function waitsOf(file: string): string[] {
  const code = readFileSync(join(bot, file), 'utf8');
  const calls = [...code.matchAll(/\b(\w+)\s*\.(\w+)\(/g)].filter(([, port = '', method = '']) =>
    Object.hasOwn(ports[port] ?? {}, method),
  );
  return calls.map(({ 0: call, 1: port, 2: method, index }) => {
    const line = code.slice(0, index + call.length).split('\n').length;
    return `${file}:${line} ${port}.${method}`;
  });
}
