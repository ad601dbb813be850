/** The words: in two languages, short, and in one place. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { noon } from '../world/given.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every sentence of a language by its path; parameters are filled in with a mark of their own. */
function sentences(words: unknown, path = ''): Map<string, string> {
  if (typeof words === 'string') return new Map([[path, words]]);
  if (typeof words === 'function') {
    const said: unknown = path.startsWith('.time.') ? words(noon, noon) : words('§', '§');
    return new Map([[path, String(said)]]);
  }
  return new Map(
    Object.entries(words as object).flatMap(([key, value]) => [...sentences(value, `${path}.${key}`)]),
  );
}

const sv = sentences(texts('sv'));
const en = sentences(texts('en'));

describe('texts', () => {
  it('are the same in both languages', () => {
    expect(sv.size).to.be.greaterThan(200);
    expect([...en.keys()].sort()).to.deep.equal([...sv.keys()].sort());
  });

  it('are translated', () => {
    /** A name and its number, or a number and a mark, read the same in both. */
    const alike = [
      '.board.has',
      '.call.duty',
      '.callCard.choices.bomb',
      '.callCard.choices.man',
      '.callCard.choices.teams',
      '.triage.title',
      '.readers.reading',
      '.readers.did',
      '.triage.risk',
    ];
    const same = [...sv].filter(([path, said]) => en.get(path) === said).map(([path]) => path);
    expect(same.sort()).to.deep.equal(alike.sort());
  });

  it('fill in the same parameters', () => {
    const marks = (said = '') => said.split('§').length;
    for (const [path, said] of sv) expect(marks(en.get(path)), path).to.equal(marks(said));
  });

  it('are short: at most 12 words a sentence', () => {
    const words = (sentence: string) =>
      sentence
        .trim()
        .split(/\s+/)
        .filter((word) => /[\p{L}\p{N}§]/u.test(word)).length;
    const long = [...sv, ...en]
      .filter(([, said]) => said.split(/[.!?:](?:\s|$)/).some((sentence) => words(sentence) > 12))
      .map(([path, said]) => `${path}: ${said}`);
    expect(long).to.deep.equal([]);
  });

  it('keep to one word a thing', () => {
    for (const [path, said] of [...sv, ...en]) {
      expect(said, path).not.to.match(
        /kvitto|kvitter|påstådd|misstänkt|överreaktion|rättshaverist|avvikelse/i,
      );
      expect(said, path).not.to.match(/\p{Extended_Pictographic}/u);
    }
  });

  it('speak of a report to those who report, never of a case', () => {
    const { receipt, report, freeText, unsent, menu, emergency, reports, readers } = texts('sv');
    const toReporters = { receipt, report, freeText, unsent, menu, emergency, reports, readers };
    for (const [path, said] of sentences(toReporters)) {
      if (path === '.readers.assignee') continue;
      expect(said, path).not.to.match(/ärende/i);
    }
  });
});

/** String literals of a source file, comments left out. */
function* literals(code: string): Generator<string> {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
  for (const { 0: found, index } of code.matchAll(token)) {
    if (found.startsWith('/')) continue;
    const before = code.slice(Math.max(0, index - 40), index);
    yield /(?:Error|Refused|Unknown|refuse|log\.\w+|describe|stop)\(\s*$/.test(before)
      ? ''
      : found.slice(1, -1);
  }
}

/** Swedish letters, or three words in a row: what only people read. */
const isSentence = (text: string): boolean => {
  const said = text.replaceAll(/\$\{[^}]*\}/g, ' ');
  return /[åäöÅÄÖ]/.test(said) || /[\p{L}]{2,}[,.]? [\p{L}]{2,}[,.]? [\p{L}]{2,}/u.test(said);
};

/** Folders whose words only operators and developers read: errors, configuration, the local world. */
const unseen = /^bot\/(text|content|local|storage)\/|^bot\/(config|main|organisation|paging\/settings)\.ts$/;
/** Words that users write, and faults that only callers of our own HTTP and templates can meet. */
const known = [
  'hjälp',
  'läge',
  'återkalla',
  'ärende',
  'åtgärder',
  'not an activity',
  'the request could not be read',
  'not an object',
  'not an AdaptiveCard',
  'not an address of Teams',
  'no token for Teams',
  'token too long',
  'no such token',
  'no signing keys',
];

describe('sentences', () => {
  it('are known when seen', () => {
    expect([
      ...literals(`f('Ring 112 nu, hjälp', 'a b') // it's "not"\n\`Vi \${x} ses snart igen\``),
    ]).to.deep.equal(['Ring 112 nu, hjälp', 'a b', `Vi \${x} ses snart igen`]);
    for (const text of ['Larma för', 'you are told when', 'Nothing was stored.'])
      expect(isSentence(text), text).to.equal(true);
    for (const text of ['report', 'application/json; charset', 'no answer', 'H26-7KQ-4MP']) {
      expect(isSentence(text), text).to.equal(false);
    }
  });

  it('stand in bot/text and bot/content, nowhere else', async () => {
    const elsewhere: string[] = [];
    for await (const file of glob('bot/**/*.ts', { cwd: root })) {
      if (unseen.test(file)) continue;
      for (const text of literals(readFileSync(join(root, file), 'utf8'))) {
        if (isSentence(text) && !known.includes(text)) elsewhere.push(`${file}: ${text}`);
      }
    }
    expect(elsewhere).to.deep.equal([]);
  });
});
