/** Cards as they look on the narrowest phone, drawn by Microsoft's renderer with the Teams host configurations. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Browser, chromium } from 'playwright-core';
import { readSources } from '../../bot/content/load.ts';
import type { Locale } from '../../bot/core/people.ts';
import { browserFlags, findBrowser } from '../../bot/local/browser.ts';
import { texts } from '../../bot/text/index.ts';
import { checklist, checklists as checklistsCard } from '../../bot/views/index.ts';
import { loaded, today } from '../content/given.ts';
import { drawn } from './drawing.ts';
import { everyView, readerAt } from './everyView.ts';

const file = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const renderer = file('../../node_modules/adaptivecards/dist/adaptivecards.min.js');

const looks = {
  light: { config: 'light', background: '#ffffff', text: '#242424', forcedColors: 'none' },
  dark: { config: 'dark', background: '#2d2c2c', text: '#ffffff', forcedColors: 'none' },
  'high contrast': { config: 'dark', background: '#000000', text: '#ffffff', forcedColors: 'active' },
} as const;
type Look = (typeof looks)[keyof typeof looks];

/** What Teams' own stylesheet gives buttons and inputs; the renderer leaves them bare. */
const stylesheet = ({ background, text }: Look) => `
  body { margin: 0; padding: 12px; background: #888; }
  section { width: 320px; margin-bottom: 12px; background: ${background}; color: ${text}; }
  .ac-pushButton { min-width: 96px; height: 32px; padding: 0 12px; border: 1px solid #888; border-radius: 4px;
    font: 600 14px 'Segoe UI', sans-serif; background: ${background}; color: ${text}; }
  .ac-pushButton.style-positive { background: #5b5fc7; color: #ffffff; }
  .ac-pushButton.ac-overflow, .ac-pushButton[title='...'] { min-width: 32px; }
  .ac-input { box-sizing: border-box; width: 100%; font: inherit; }
  .ac-input[type=radio] { width: auto; }
`;

/** Runs in the page: draws every card below the other, and tells what does not fit or cannot be read. */
function drawAll({ cards, config }: { cards: { name: string; card: object }[]; config: object }): string[] {
  const { AdaptiveCards: library, document, getComputedStyle } = globalThis as unknown as Screen;
  const faults: string[] = [];
  for (const { name, card } of cards) {
    const section = document.createElement('section');
    const adaptive = new library.AdaptiveCard();
    adaptive.hostConfig = new library.HostConfig(config);
    adaptive.parse(card);
    section.append(adaptive.render());
    document.body.append(section);
    const edge = section.getBoundingClientRect().right;
    for (const element of section.querySelectorAll('*')) {
      const says = `${name}: ${element.textContent?.slice(0, 40)}`;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.right > edge + 0.5) faults.push(`sticks out: ${says}`);
      const clips =
        style.overflowX !== 'visible' && element.tagName !== 'TEXTAREA' && element.tagName !== 'INPUT';
      if (clips && element.scrollWidth > element.clientWidth + 1) faults.push(`cut off: ${says}`);
      const ownText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      // Large text may be fainter (WCAG 1.4.3); the client's own star beside a mandatory question is not ours.
      const enough = Number.parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
      if (ownText && contrast(element) < enough && element.textContent?.trim() !== '*')
        faults.push(`too faint (${contrast(element).toFixed(1)}): ${says}`);
    }
  }
  return faults;

  /** WCAG 2.1 contrast of an element's text with what lies behind it. */
  function contrast(element: Drawn): number {
    const behind = backgroundOf(element);
    const [light = 0, dark = 0] = [mixed(rgba(getComputedStyle(element).color), behind), behind]
      .map(luminance)
      .sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function backgroundOf(element: Drawn): number[] {
    const own = rgba(getComputedStyle(element).backgroundColor);
    if ((own[3] ?? 1) === 1 || !element.parentElement) return own;
    return mixed(own, backgroundOf(element.parentElement));
  }
  function rgba(color: string): number[] {
    const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  }
  function mixed(over: number[], under: number[]): number[] {
    const alpha = over[3] ?? 1;
    return [0, 1, 2].map((at) => (over[at] ?? 0) * alpha + (under[at] ?? 0) * (1 - alpha)).concat(1);
  }
  function luminance(color: number[]): number {
    const [r = 0, g = 0, b = 0] = color.map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}

/** The little of a browser's page that `drawAll` uses. */
interface Drawn {
  tagName: string;
  textContent: string | null;
  nodeType: number;
  childNodes: Iterable<Drawn>;
  parentElement: Drawn | null;
  scrollWidth: number;
  clientWidth: number;
  append(child: Drawn): void;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Drawn>;
  getBoundingClientRect(): { right: number; width: number; height: number };
}
interface Screen {
  document: { createElement(name: string): Drawn; body: Drawn };
  getComputedStyle(element: Drawn): {
    color: string;
    backgroundColor: string;
    overflowX: string;
    fontSize: string;
  };
  AdaptiveCards: {
    AdaptiveCard: new () => { hostConfig: object; parse(card: object): void; render(): Drawn };
    HostConfig: new (config: object) => object;
  };
}

const { checklists } = loaded(await readSources());

/** The checklists we come with, and the list of them. */
function lists(locale: Locale): { name: string; card: object }[] {
  const reader = readerAt(locale, today);
  const begun = checklists.slice(0, 5).map((list) => ({ list, progress: { ticks: {} } }));
  return [
    ...checklists.map((list) => ({
      name: list.id,
      card: drawn(checklist(reader, { list, progress: { ticks: {} } })),
    })),
    { name: 'checklists', card: drawn(checklistsCard(reader, { lists: [...checklists], begun })) },
  ];
}

/** Runs in the page: what the Tab key stops at on a card, in order, as a screen reader says it. */
function stopsOf({ card, config }: { card: object; config: object }): string[] {
  const { AdaptiveCards: library, document } = globalThis as unknown as Screen;
  const adaptive = new library.AdaptiveCard();
  adaptive.hostConfig = new library.HostConfig(config);
  adaptive.parse(card);
  const section = document.createElement('section');
  section.append(adaptive.render());
  document.body.append(section);
  return [...section.querySelectorAll('[tabindex="0"], button, input, textarea, select')].map(
    (element) => element.getAttribute('aria-label') || element.textContent || '',
  );
}

/** Every card that looks different from the ones before it. */
function distinct(locale: Locale): { name: string; card: object }[] {
  const seen = new Map<string, { name: string; card: object }>();
  for (const { name, view } of everyView(locale)) {
    const card = drawn(view);
    const key = JSON.stringify(card);
    if (!seen.has(key)) seen.set(key, { name, card });
  }
  return [...seen.values()];
}

describe('cards on a phone 320 px wide', () => {
  let browser: Browser;
  before(async function () {
    this.timeout(240_000);
    browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags });
  });
  after(() => browser?.close());

  for (const locale of ['sv', 'en'] as const) {
    for (const [name, look] of Object.entries(looks)) {
      it(`${locale}, ${name}: nothing sticks out, is cut off or too faint to read`, async function () {
        this.timeout(60_000);
        const page = await browser.newPage({ viewport: { width: 344, height: 800 } });
        await page.emulateMedia({ forcedColors: look.forcedColors });
        await page.setContent(`<!doctype html><html lang="${locale}"><style>${stylesheet(look)}</style>`);
        await page.addScriptTag({ content: renderer });
        const cards = [...distinct(locale), ...lists(locale)];
        expect(cards.length).to.be.greaterThan(100);
        const config: object = JSON.parse(file(`schema/teams-host-config-${look.config}.json`));
        const faults = await page.evaluate(drawAll, { cards, config });
        await page.close();
        expect(faults).to.deep.equal([]);
      });
    }
  }

  for (const locale of ['sv', 'en'] as const) {
    it(`${locale}: the rows of every checklist are reached by keyboard and said, in the order they stand`, async function () {
      this.timeout(60_000);
      const page = await browser.newPage();
      await page.setContent('<!doctype html>');
      await page.addScriptTag({ content: renderer });
      const config: object = JSON.parse(file('schema/teams-host-config-light.json'));
      const { press } = texts(locale).checklist;
      for (const [n, { name, card }] of lists(locale).entries()) {
        const stops = await page.evaluate(stopsOf, { card, config });
        const list = checklists[n];
        const rows = list && list.phase !== 'during' ? list.items.map(({ text }) => press(text[locale])) : [];
        const at = stops.filter((stop) => rows.includes(stop));
        expect(at, name).to.deep.equal(rows);
        expect(stops.every(Boolean), `${name}: ${stops}`).to.equal(true);
      }
      await page.close();
    });
  }
});
