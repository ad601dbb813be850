import type { CallField } from '../core/call.ts';
import type { Data } from './view.ts';

/** What was filled in on a form that comes back, by the id of its input. */
export type Values = { readonly [Id in InputId]?: string };
type InputId =
  | CallField
  | 'callTime'
  | 'dangerNow'
  | 'channel'
  | 'text'
  | 'affected'
  | 'affectedWho'
  | 'whenRough'
  | 'where'
  | 'callback'
  | 'number'
  | 'method'
  | 'likelihood'
  | 'consequence'
  | 'visibleTo'
  | 'reason'
  | 'to'
  | 'until'
  | 'one'
  | 'other'
  | 'person'
  | 'query'
  | 'item'
  | 'exclude'
  | 'people'
  | 'category'
  | 'protectedIdentity'
  | 'with'
  | 'contact'
  | 'owner'
  | 'day';

/** A choice on a form; its ids come back, its titles are read. */
export type Choice = { title: string; value: string };

interface Asked {
  label: string;
  value?: string | undefined;
  /** What the client says when a mandatory answer is missing; an input without it may be skipped. */
  missing?: string;
}

/**
 * A question with choices: all in view, or folded when the list is long.
 *
 * @param multiple more than one may be chosen; the ids come back with commas between
 */
export const choices = (
  id: InputId,
  {
    label,
    value = '',
    missing = '',
    folded = false,
    multiple = false,
    among,
  }: Asked & { folded?: boolean; multiple?: boolean; among: Choice[] },
): Data => ({
  id,
  label,
  value,
  choice: true,
  required: missing !== '',
  missing,
  folding: folded ? 'compact' : 'expanded',
  multiple,
  choices: among,
});

/** A field to write in. No longest length: a client cuts what is longer without a word. */
export const field = (
  id: InputId,
  {
    label,
    value = '',
    missing = '',
    lines = 'one',
    placeholder = '',
  }: Asked & { lines?: 'one' | 'many'; placeholder?: string },
): Data => ({
  id,
  label,
  value: value.toWellFormed(),
  choice: false,
  required: missing !== '',
  missing,
  multiline: lines === 'many',
  placeholder,
});

/** Every key of a table of words as a choice, in the order of `ids`. */
export const among = <Id extends string | number>(
  ids: readonly Id[],
  words: Readonly<Record<Id, string>>,
): Choice[] => ids.map((id) => ({ title: words[id], value: String(id) }));
