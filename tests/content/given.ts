/** Checklists written for a test, as an editor would. */
import { combine } from '../../bot/content/combine.ts';
import type { Filled, Source } from '../../bot/content/file.ts';
import { readFiles } from '../../bot/content/files.ts';
import type { Checklist } from '../../bot/core/checklist.ts';
import { type Instant, instant } from '../../bot/core/ids.ts';
import type { Content } from '../../bot/features/ports.ts';

export const today = instant(Date.parse('2026-11-26T12:00:00+01:00'));
export const filled: Filled = { dutyNumber: '08-465 004 00', dutyFunction: 'Tjänsteperson i beredskap' };

export const listIn = (content: Pick<Content, 'checklists'>, id: string): Checklist | undefined =>
  content.checklists().find((one) => one.id === id);

/** What stands on each line of a whole list: line 1 is its id, line 15 its first item. */
const lines = (id: string) => [
  `id: ${id}`,
  'phase: after',
  'order: 1',
  `title: { sv: Lista ${id}, en: List ${id} }`,
  'roles: [elected]',
  'phrases:',
  '  sv:',
  `    - öppna ${id}`,
  '  en:',
  `    - open ${id}`,
  'channels: [phone]',
  'owner: { sv: Samordnarna, en: The coordinators }',
  'validUntil: 2027-12-31',
  'items:',
  `  - id: ${id}.01`,
  '    text:',
  '      sv: Gör en sak.',
  '      en: Do one thing.',
  '    source: [S2:94, F]',
  `  - id: ${id}.02`,
  '    text: { sv: Gör en till., en: Do another. }',
  '    source: [F]',
];

/**
 * A list that nothing is wrong with, but for what is changed.
 *
 * @param changes lines by their number, from 1; several where there is a line break
 */
export function written(id: string, changes: Record<number, string> = {}): Source {
  const changed = lines(id).map((text, n) => changes[n + 1] ?? text);
  return { file: `${id}.yaml`, text: `${changed.join('\n')}\n` };
}

/** @param local files that take the place of the defaults with their ids */
export const loaded = (
  defaults: readonly Source[],
  local: readonly Source[] = [],
  now: Instant = today,
): ReturnType<typeof combine> =>
  combine(readFiles(defaults), { files: readFiles(local), choices: {} }, filled, now);
