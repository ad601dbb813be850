/** Cards as Teams gets them, and ways to look into them. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { z } from 'zod';
import { createRender, loadCards } from '../../bot/teams/render.ts';
import type { View } from '../../bot/views/view.ts';

const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));

export const cardsFolder = new URL('../../cards/', import.meta.url);
export const cards = await loadCards(cardsFolder);

const fails = (event: string): never => {
  throw new Error(event);
};
const render = createRender(cards, { info: fails, warn: fails, error: fails });

/** The card of a view; a card that cannot be built fails the test. */
export function drawn(view: View): object {
  const { attachment } = render(view);
  if (!attachment) throw new Error(`no card for ${view.card}`);
  return attachment.content;
}

const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addMetaSchema(
  read(new URL('../../node_modules/ajv/dist/refs/json-schema-draft-06.json', import.meta.url)) as object,
);
// Drafts before 6 called it `id`; the name is not needed, for nothing refers to it.
const { id: _, ...schema } = read(new URL('schema/adaptive-card-1.5.0.json', import.meta.url)) as {
  id: string;
};
const validate = ajv.compile(schema);

/** What Teams adds to the schema: who is mentioned, each with the very text that stands in the card (PLATFORM 3). */
const teamsPart = z
  .strictObject({
    entities: z.array(
      z.strictObject({
        type: z.literal('mention'),
        text: z.string().regex(/^<at>[^<>]+<\/at>$/),
        mentioned: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
      }),
    ),
  })
  .optional();

/** What the official schema of Adaptive Cards 1.5, with the part for Teams, has against a card; empty when nothing. */
export function faultsOf(card: object): string[] {
  const { msteams, ...rest } = card as { msteams?: unknown };
  const mentions = teamsPart.safeParse(msteams);
  const faults = validate(rest) ? [] : (validate.errors ?? []);
  return [
    ...faults.map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...(mentions.success ? [] : [mentions.error.message]),
    ...(mentions.data?.entities ?? [])
      .filter(({ text }) => !stringsOf(rest).includes(text))
      .map(({ text }) => text),
  ];
}

export interface Node {
  [property: string]: unknown;
  type?: unknown;
  text?: unknown;
  data?: unknown;
  color?: unknown;
  style?: unknown;
  isVisible?: unknown;
}

/** Every object in a card, outermost first. */
export function nodesOf(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesOf);
  return Array.isArray(value) ? inside : [value as Node, ...inside];
}

/** Every string in a card, keys left out. */
export const stringsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsOf)
      : [];

export const byType = (card: object, type: string): Node[] =>
  nodesOf(card).filter((node) => node.type === type);

/** The verbs of the buttons, in order. */
export const verbsOf = (card: object): unknown[] => byType(card, 'Action.Execute').map(({ verb }) => verb);
