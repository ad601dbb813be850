import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { createRender, largestCard, loadCards } from '../../bot/teams/render.ts';
import type { View } from '../../bot/views/view.ts';

const card = (text: unknown): string =>
  JSON.stringify({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] });

describe('rendering', () => {
  let folder: string;
  const cardsWith = async (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return loadCards(pathToFileURL(`${folder}/`));
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cards-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const view = (data: View['data'], name = 'plain'): View => ({
    card: name,
    data,
    summary: 'Sammanfattning',
    fallback: 'Ring 112.',
  });
  const rendered = async (given: View) => {
    const logged: string[] = [];
    const log = { info: () => {}, warn: () => {}, error: (event: string) => logged.push(event) };
    const render = createRender(await cardsWith({ 'plain.json': card(`\${text}`) }), log);
    return { ...render(given), logged };
  };

  it('gives the card, its plain words and its summary', async () => {
    const { attachment, text, summary, logged } = await rendered(view({ text: 'Hej' }));
    expect(attachment?.contentType).to.equal('application/vnd.microsoft.card.adaptive');
    expect(attachment?.content).to.deep.include({ body: [{ type: 'TextBlock', text: 'Hej' }] });
    expect([text, summary]).to.deep.equal(['Ring 112.', 'Sammanfattning']);
    expect(logged).to.deep.equal([]);
  });
  it('draws a view once: what is sent is what was drawn ahead', async () => {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const render = createRender(await cardsWith({ 'plain.json': card(`\${text}`) }), log);
    const [hello, goodbye] = [view({ text: 'Hej' }), view({ text: 'Hej då' })];
    expect(render(hello)).to.equal(render(hello));
    expect(render(goodbye)).not.to.deep.equal(render(hello));
  });
  it('gives the plain words for a card that is not there', async () => {
    const { attachment, text, logged } = await rendered(view({}, 'nosuch'));
    expect([attachment, text, logged]).to.deep.equal([undefined, 'Ring 112.', ['no such card']]);
  });
  it('gives the plain words for a card that is too large', async () => {
    const { attachment, text, logged } = await rendered(view({ text: 'å'.repeat(largestCard / 2) }));
    expect([attachment, text, logged]).to.deep.equal([undefined, 'Ring 112.', ['card too large']]);
  });
  it('gives the plain words when the data breaks the template', async () => {
    const data = {};
    Object.defineProperty(data, 'text', {
      enumerable: true,
      get: () => {
        throw new Error('broken');
      },
    });
    const { attachment, text, logged } = await rendered(view(data));
    expect([attachment, text, logged]).to.deep.equal([undefined, 'Ring 112.', ['card not expanded']]);
  });

  for (const [name, text, says] of [
    ['no JSON', '{', 'JSON'],
    ['no card', '{"type":"Container"}', 'cards/odd.json: not an AdaptiveCard'],
    ['another version', '{"type":"AdaptiveCard","version":"1.6"}', 'cards/odd.json: not version 1.5'],
    ['text around a name', card(`Hej \${name}`), 'cards/odd.json: not a single name'],
    ['a function', card(`\${json(name)}`), 'cards/odd.json: not a single name'],
  ] as const) {
    it(`stops the start for a template with ${name}`, async () => {
      const error: unknown = await cardsWith({ 'odd.json': text }).catch((reason: unknown) => reason);
      expect(String(error)).to.include(says);
    });
  }
  it('passes over samples', async () => {
    const cards = await cardsWith({ 'plain.json': card('x'), 'plain.sample.json': '{' });
    expect([...cards.keys()]).to.deep.equal(['plain']);
  });
});
