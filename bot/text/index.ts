/** Every sentence a user reads, by language. Swedish is the original; English has the same type. */
import type { Locale } from '../core/people.ts';
import * as en from './en/index.ts';
import * as sv from './sv/index.ts';

export type Texts = typeof sv;

const languages: Record<Locale, Texts> = { sv, en };

/** The words for a reader of this language. */
export const texts = (locale: Locale): Texts => languages[locale];
