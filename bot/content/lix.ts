/**
 * LIX, the Swedish measure of how heavy a text reads: words per sentence plus the share of long words in percent.
 * Under 30 is very easy, 30-40 easy, over 60 the language of authorities at their worst.
 *
 * @param text whole sentences
 * @returns 0 when there is no word in it
 */
export function lix(text: string): number {
  const words = text.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
  if (words.length === 0) return 0;
  const sentences = text.match(/[.!?]+(?=["”)]*(?:\s|$))/gu)?.length ?? 1;
  const long = words.filter((word) => [...word.replaceAll(/[-'’]/g, '')].length > 6).length;
  return words.length / sentences + (100 * long) / words.length;
}
