import { type Line, line } from './parts.ts';

/** Room for lines on one page, as JSON: with buttons and fallback the card stays under 25 KB. */
const pageBytes = 12_000;
/** Longest line; a longer one goes on in the next. */
const lineLength = 1_500;

/** Lines over as many pages as they need; never none. */
export function paged(lines: readonly Line[]): Line[][] {
  const pages: Line[][] = [[]];
  let used = 0;
  for (const each of lines.flatMap(cut)) {
    const size = new TextEncoder().encode(JSON.stringify(each)).length;
    if (used > 0 && used + size > pageBytes) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(each);
    used += size;
  }
  return pages;
}

/** A long line as several, cut after a space where there is one, never inside a character. */
function cut(whole: Line): Line[] {
  const [only, ...others] = whole.runs;
  if (!only || others.length > 0 || only.text.length <= lineLength) return [whole];
  const parts: Line[] = [];
  let rest = only.text;
  while (rest.length > lineLength) {
    const space = rest.lastIndexOf(' ', lineLength);
    const end =
      space > lineLength / 2 ? space + 1 : lineLength - (isHighSurrogate(rest, lineLength - 1) ? 1 : 0);
    parts.push(line(rest.slice(0, end)));
    rest = rest.slice(end);
  }
  return [...parts, line(rest)];
}

const isHighSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;
