/** From a view to what is sent to Teams. A card that cannot be built must never stop an alarm: then its words go. */
import { readdir, readFile } from 'node:fs/promises';
// The package's own entry drags in type declarations that do not compile.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import { faultOf, type Log } from '../log.ts';
import type { View } from '../views/view.ts';

export interface Rendered {
  /** Absent when the card could not be built; then `text` is what is sent, as plain text. */
  attachment: { contentType: string; content: object } | undefined;
  text: string;
  summary: string;
}

/** Never throws. */
export type Render = (view: View) => Rendered;

/** The templates, by name. */
export type Cards = ReadonlyMap<string, Template>;

/** Every path that a card takes, older clients included, carries this much (PLATFORM 1, sizes). In bytes. */
export const largestCard = 25 * 1024;

const contentType = 'application/vnd.microsoft.card.adaptive';

/** A template that cannot be used; says which file, and why. */
export class CardError extends Error {
  override name = 'CardError';
}

/**
 * Reads every template, so that a faulty one stops the start and not an alarm.
 *
 * @param folder where the templates are; `*.sample.json` are their previews and are passed over
 * @throws {CardError} naming the file that is not JSON, or not a card as `problemOf` asks for
 */
export async function loadCards(folder: URL): Promise<Cards> {
  const files = (await readdir(folder)).filter(
    (file) => file.endsWith('.json') && !file.endsWith('.sample.json'),
  );
  const cards = files.map(async (file) => {
    const text = await readFile(new URL(file, folder), 'utf8');
    const json = parsed(text);
    const problem = json === undefined ? 'not JSON' : problemOf(json);
    if (problem) throw new CardError(`cards/${file}: ${problem}`);
    return [file.slice(0, -'.json'.length), new Template(json)] as const;
  });
  return new Map(await Promise.all(cards));
}

/** Each view once: what was drawn ahead is what is sent. */
export function createRender(cards: Cards, log: Log): Render {
  const drawn = new WeakMap<View, Rendered>();
  const draw = expand(cards, log);
  return (view) => {
    const rendered = drawn.get(view) ?? draw(view);
    drawn.set(view, rendered);
    return rendered;
  };
}

/** Expands once: what people wrote is data, and is never looked at as a template (THREATS I8). */
const expand =
  (cards: Cards, log: Log): Render =>
  (view) => {
    const { summary, fallback: text } = view;
    try {
      const content: unknown = cards.get(view.card)?.expand({ $root: view.data });
      if (typeof content === 'object' && content !== null) {
        const size = Buffer.byteLength(JSON.stringify(content));
        if (size < largestCard) return { attachment: { contentType, content }, text, summary };
        log.error('card too large', { outcome: view.card, count: size });
      } else {
        log.error('no such card', { outcome: view.card });
      }
    } catch (error) {
      log.error('card not expanded', { outcome: view.card, error: faultOf(error) });
    }
    return { attachment: undefined, text, summary };
  };

/** `undefined` for what is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One name, or its negation, and nothing around it: no text is ever put together inside a template. */
const expression = /^\$\{!?[a-zA-Z]+\}$/;

/** What is wrong with a template: it must be a card of version 1.5, and each of its expressions a single name. */
function problemOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return 'not an object';
  if (!('type' in json && json.type === 'AdaptiveCard')) return 'not an AdaptiveCard';
  if (!('version' in json && json.version === '1.5')) return 'not version 1.5';
  const odd = strings(json).find((text) => text.includes('${') && !expression.test(text));
  return odd && `not a single name: ${odd}`;
}

function strings(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(strings);
}
