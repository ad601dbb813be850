/** The shape of the code as rules: who may import what (DESIGN 4). */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Import {
  file: string;
  to: string;
}

/** Every import of the bot, with relative paths resolved from the root. */
async function imports(): Promise<Import[]> {
  const found: Import[] = [];
  for await (const file of glob('bot/**/*.{ts,mjs}', { cwd: root })) {
    const code = readFileSync(join(root, file), 'utf8');
    for (const [, specifier = ''] of code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      const to = specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : specifier;
      found.push({ file, to });
    }
  }
  return found;
}

/** A package, and the one place that may import it. */
const fences: [names: RegExp, home: RegExp][] = [
  [/^(botbuilder|botframework)/, /^bot\/teams\//],
  [/^adaptive(cards-templating|-expressions)/, /^bot\/teams\//],
  [/^@azure\//, /^bot\/(storage|azure)\//],
  [/^jose/, /^bot\/teams\//],
  [/^restify/, /^bot\/http\//],
  [/^@microsoft\/(microsoft-graph-client|teamsfx)/, /^bot\/graph\//],
  [/^yaml/, /^bot\/content\//],
  [/^pino/, /^bot\/log\.ts/],
  [/^temporal/, /^bot\/core\/time\.ts/],
];

describe('boundaries', () => {
  let all: Import[];
  before(async () => {
    all = await imports();
  });
  const breaking = (from: RegExp, forbidden: (to: string) => boolean) =>
    all.filter(({ file, to }) => from.test(file) && forbidden(to)).map(({ file, to }) => `${file} -> ${to}`);

  it('sees the code it speaks of', () => {
    expect(all.length).to.be.greaterThan(100);
  });
  it('the core imports only the core, and time its calendar', () => {
    expect(
      breaking(/^bot\/core\//, (to) => !to.startsWith('bot/core/') && to !== 'temporal-polyfill'),
    ).to.deep.equal([]);
  });
  it('the core is pure: no clock, no randomness, nothing that waits', async () => {
    for await (const file of glob('bot/core/*.ts', { cwd: root })) {
      const code = readFileSync(join(root, file), 'utf8');
      expect(code, file).not.to.match(
        /Date\.now|new Date\(\)|Math\.random|randomUUID|\basync\b|\bawait\b|\bprocess\b/,
      );
    }
  });
  it('features and views know ports, not SDKs nor the places that hold them', () => {
    const inside = /^(bot\/(core|features|views|text|content|log\.ts)|zod$)/;
    expect(breaking(/^bot\/(features|views)\//, (to) => !inside.test(to))).to.deep.equal([]);
  });
  it('views and texts are drawn from what they are given: no node, no storage', () => {
    const inside = /^bot\/(core|views|text|content)/;
    expect(breaking(/^bot\/(views|text)\//, (to) => !inside.test(to))).to.deep.equal([]);
  });
  it('content knows the core and ports, and reads its own files', () => {
    const inside =
      /^(bot\/(core|content|features\/ports\.ts|log\.ts)|zod$|yaml$|node:(crypto|fs\/promises)$)/;
    expect(breaking(/^bot\/content\//, (to) => !inside.test(to))).to.deep.equal([]);
  });
  for (const [names, home] of fences) {
    it(`${names.source} is imported only in ${home.source}`, () => {
      expect(breaking(/./, (to) => names.test(to)).filter((row) => !home.test(row))).to.deep.equal([]);
    });
  }
  it('only the start of the local world knows it: nothing else needs what is not deployed', () => {
    expect(
      breaking(/^bot\/(?!local\/)/, (to) => to.startsWith('bot/local/')).filter(
        (row) => !/^bot\/main\.ts -> bot\/local\/surroundings/.test(row),
      ),
    ).to.deep.equal([]);
  });
  it('what is deployed reaches nothing of the local world', () => {
    const reached = new Set(['bot/production.ts', 'bot/serve.ts']);
    for (const file of reached) {
      for (const { to } of all.filter((each) => each.file === file && each.to.startsWith('bot/')))
        reached.add(to);
    }
    expect(reached.size).to.be.greaterThan(100);
    expect([...reached].filter((file) => file.startsWith('bot/local/'))).to.deep.equal([]);
  });
  it('telephone services know ports and Node’s own crypto, and only who chooses among them knows them', () => {
    const inside = /^(bot\/(core|paging|features\/ports\.ts|log\.ts)|zod$|node:(crypto|timers\/promises)$)/;
    expect(breaking(/^bot\/paging\//, (to) => !inside.test(to))).to.deep.equal([]);
    // The configuration names them: which one, and the secrets that each needs.
    const outside = breaking(/^bot\/(?!paging\/)/, (to) => to.startsWith('bot/paging/')).filter(
      (row) =>
        !/^bot\/(pager\.ts|config\.ts -> bot\/paging\/index|organisation\.ts -> bot\/paging\/settings)/.test(
          row,
        ),
    );
    expect(outside).to.deep.equal([]);
  });
  it('Graph knows ports and the core, and only what stands around the bot knows Graph', () => {
    const inside =
      /^(bot\/(core|graph|features\/(ports|loop)\.ts|(log|within)\.ts|organisation\.ts)|zod$|@microsoft\/|node:(util|timers\/promises)$)/;
    expect(breaking(/^bot\/graph\//, (to) => !inside.test(to))).to.deep.equal([]);
    const outside = breaking(/^bot\/(?!graph\/)/, (to) => to.startsWith('bot/graph/'));
    expect(outside).to.have.members([
      'bot/local/surroundings.ts -> bot/graph/open.ts',
      'bot/production.ts -> bot/graph/open.ts',
    ]);
  });
  it('only the configuration reads the environment', async () => {
    for await (const file of glob('bot/**/*.ts', { cwd: root })) {
      if (/^bot\/main\.ts|^bot\/local\//.test(file)) continue;
      expect(readFileSync(join(root, file), 'utf8'), file).not.to.include('process.env');
    }
  });
});
