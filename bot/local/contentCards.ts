import type { Checklist } from '../core/checklist.ts';
import type { Instant } from '../core/ids.ts';
import type { Locale } from '../core/people.ts';
import { createRender, loadCards } from '../teams/render.ts';
import { checklist } from '../views/index.ts';
import { readSettings } from './backend.ts';
import { readWorld, worldDirectory } from './world.ts';

const locales: readonly Locale[] = ['sv', 'en'];
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Tells whether the card of a checklist is small enough for Teams in both languages, with every row left out for a
 * reason, which is when it is largest. What is larger is sent as plain words, with nothing to tick.
 */
export async function cardFits(now: Instant): Promise<(list: Checklist) => boolean> {
  const render = createRender(await loadCards(new URL('../../cards/', import.meta.url)), silent);
  const directory = worldDirectory(await readWorld(readSettings().worldFile));
  return (list) => {
    const ticks = list.items.map(({ id }) => [id, { as: 'notRelevant', at: now }] as const);
    const progress = { version: 'another', ticks: Object.fromEntries(ticks) };
    return locales.every(
      (locale) => render(checklist({ locale, now, directory }, { list, progress })).attachment !== undefined,
    );
  };
}
