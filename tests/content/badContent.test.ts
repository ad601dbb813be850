/** What an editor can get wrong: named with its file and line, and nothing else broken. */
import { expect } from 'chai';
import { readSources } from '../../bot/content/load.ts';
import { instant } from '../../bot/core/ids.ts';
import { loaded, written } from './given.ts';

/** Problems as an editor reads them. */
const told = ({ problems }: ReturnType<typeof loaded>) =>
  problems.map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`);
const ids = ({ checklists }: ReturnType<typeof loaded>) => checklists.map(({ id }) => id);
const good = written('good');

/** Files with one thing wrong that refuses them, and what is said of it. */
const refused: [what: string, changes: Record<number, string>, said: string | RegExp][] = [
  [
    'a missing language',
    { 8: '    - öppna bad', 10: '    - open bad', 18: '' },
    'bad.yaml:17: bad.01: text.en is missing',
  ],
  ['a missing language of the title', { 4: 'title: { sv: Lista }' }, 'bad.yaml:4: title.en is missing'],
  ['an empty text', { 20: '    text: { sv: "  ", en: Do another. }' }, /^bad\.yaml:/],
  [
    'an unknown role',
    { 5: 'roles: [elected, king]' },
    /^bad\.yaml:5: roles\.1 is "king": only elected, .* are known$/,
  ],
  [
    'an unknown role of an item',
    { 19: '    source: [F]\n    roles: [king]' },
    /^bad\.yaml:20: bad\.01: roles\.0 is "king": only elected/,
  ],
  [
    'an unknown channel',
    { 11: 'channels: [phone, pigeon]' },
    /^bad\.yaml:11: channels\.1 is "pigeon": only in_person/,
  ],
  ['an unknown phase', { 2: 'phase: never' }, /^bad\.yaml:2: phase is "never": only before/],
  [
    'a day that does not exist',
    { 13: 'validUntil: 2027-02-30' },
    'bad.yaml:13: validUntil is no date, as 2027-12-31',
  ],
  ['no last day', { 13: '' }, 'bad.yaml:1: validUntil is missing'],
  [
    'a source that is none',
    { 19: '    source: [grandmother]' },
    /^bad\.yaml:19: bad\.01: source\.0 is no source/,
  ],
  ['no source', { 19: '' }, 'bad.yaml:15: bad.01: source is missing'],
  [
    'something that nobody reads',
    { 19: '    source: [F]\n    colour: red' },
    'bad.yaml:20: bad.01 has something that nobody reads: colour',
  ],
  ['an id that is none', { 15: '  - id: Bad One' }, /^bad\.yaml:15: Bad One: id is no id/],
  [
    'an id used twice',
    { 19: '    source: [F]\n  - id: bad.02\n    text: { sv: En., en: One. }\n    source: [F]' },
    'bad.yaml:23: bad.02 is the id of an item in bad.yaml too',
  ],
  [
    'another list’s item id',
    { 15: '  - id: good.01' },
    'bad.yaml:15: good.01 is the id of an item in good.yaml too',
  ],
  ['another list’s id', { 1: 'id: good' }, 'bad.yaml:1: good is the id of the list in good.yaml too'],
  [
    'a control character',
    { 17: '      sv: "Gör\\u0007 det."' },
    'bad.yaml:17: bad.01: text.sv has a control character, or one that cannot be seen',
  ],
  [
    'writing that turns round',
    { 18: '      en: "Call \\u202e211 now."' },
    'bad.yaml:18: bad.01: text.en has a control character, or one that cannot be seen',
  ],
  [
    'writing that turns round in a title',
    { 4: 'title: { sv: "\\u2066Lista", en: List }' },
    /^bad\.yaml:4: title\.sv has a control/,
  ],
  ['a phrase in capitals', { 8: '    - Öppna' }, 'bad.yaml:8: phrases.sv.0 is not in small letters'],
  [
    'a link that is no address',
    { 19: '    source: [F]\n    link: { title: { sv: Se, en: See }, url: "javascript:alert(1)" }' },
    'bad.yaml:20: bad.01: link.url is no https address',
  ],
  [
    'a placeholder that nothing fills',
    { 17: '      sv: Ring {nobody}.' },
    /^bad\.yaml:17: bad\.01: text\.sv has \{nobody\}: only \{dutyNumber\}/,
  ],
  [
    'variants without a choice',
    { 19: '    source: [F]\n    variants: { a: { sv: A., en: A. } }' },
    'bad.yaml:15: bad.01: choice and variants need each other',
  ],
  [
    'a during-list that does not begin with 112',
    { 2: 'phase: during' },
    'bad.yaml:15: the first item of what one reads in danger must be 112',
  ],
  ['no YAML', { 12: 'owner: { sv: "Samordnarna' }, /^bad\.yaml:\d+: the file is not YAML: /],
  ['a key twice', { 12: 'phase: after' }, /^bad\.yaml:12: the file is not YAML: Map keys must be unique/],
  [
    'aliases',
    { 19: '    source: &s [F]', 22: '    source: *s' },
    'bad.yaml:1: the file repeats itself by aliases (& and *): write it out',
  ],
  [
    'a list that is no list',
    { 14: 'items: 5', 15: '', 16: '', 17: '', 18: '', 19: '', 20: '', 21: '', 22: '' },
    'bad.yaml:14: items is no array',
  ],
];

describe('bad content', () => {
  it('the file that the others are made of is good', () => {
    expect(told(loaded([good, written('also')]))).to.deep.equal([]);
  });

  for (const [what, changes, said] of refused) {
    it(`${what} refuses the file, by its line, and no other`, () => {
      const read = loaded([good, written('bad', changes), written('last')]);
      expect(ids(read)).to.deep.equal(['good', 'last']);
      const first = told(read)[0] ?? '';
      if (typeof said === 'string') expect(first).to.equal(said);
      else expect(first).to.match(said);
      expect(read.problems.every(({ file, weight }) => file === 'bad.yaml' && weight === 'wrong')).to.equal(
        true,
      );
    });
  }

  it('500 items are refused, and so is a file as large as a book', () => {
    const items = (n: number) =>
      Array.from(
        { length: n },
        (_, i) => `  - { id: bad.x${i}, text: { sv: En., en: One. }, source: [F] }`,
      ).join('\n');
    expect(told(loaded([written('bad', { 14: `items:\n${items(498)}` }), good]))).to.deep.equal([
      'bad.yaml:15: items has 500: at most 100',
    ]);
    expect(told(loaded([written('bad', { 14: `items:\n${items(98)}` })]))).to.deep.equal([]);
    const book = { file: 'book.yaml', text: `# ${'x'.repeat(200_000)}` };
    expect(told(loaded([book, good]))).to.deep.equal(['book.yaml:1: the file is larger than 128 KiB']);
    expect(ids(loaded([book, good]))).to.deep.equal(['good']);
  });

  it('a list that has expired is shown all the same, and told of', () => {
    const read = loaded([written('old', { 13: 'validUntil: 2026-11-25' }), good]);
    expect(ids(read)).to.deep.equal(['good', 'old']);
    expect(read.problems).to.deep.equal([
      { file: 'old.yaml', line: 13, sentence: 'expired on 2026-11-25', weight: 'warning' },
    ]);
    const lastDay = [written('old', { 13: 'validUntil: 2026-11-26' })];
    expect(told(loaded(lastDay))).to.deep.equal([]);
    const nextDay = instant(Date.parse('2026-11-27T00:00:01+01:00'));
    expect(told(loaded(lastDay, [], nextDay))).to.have.length(1);
  });

  it('script and markup are text like any other', () => {
    const script = '<script>alert(1)</script> **now** [click](https://example.org)';
    const read = loaded([written('bad', { 17: `      sv: '${script}'` })]);
    expect(told(read)).to.deep.equal([]);
    expect(read.checklists[0]?.items[0]?.text.sv).to.equal(script);
  });

  it('a phrase of two lists opens the first, and the other is told', () => {
    const read = loaded([good, written('bad', { 8: '    - öppna good\n    - annat' })]);
    expect(told(read)).to.deep.equal(['bad.yaml:8: "öppna good" opens the list in good.yaml already']);
    expect(read.checklists.map(({ phrases }) => phrases.sv)).to.deep.equal([['annat'], ['öppna good']]);
  });

  it('heavy Swedish is told of', () => {
    const heavy = 'Säkerhetssamordnarens hotbildsbedömning förutsätter omedelbar informationsöverlämning.';
    expect(told(loaded([written('bad', { 17: `      sv: ${heavy}` })]))[0]).to.match(
      /^bad\.yaml:15: reads heavily: LIX \d+, at most 40$/,
    );
  });
});

describe('lists in lists', () => {
  const including = (id: string, ...others: string[]) =>
    written(id, { 14: `items:\n  - include: [${others.join(', ')}]` });

  it('items of included lists stand in their place, each once', () => {
    const read = loaded([including('a', 'b', 'c'), including('b', 'c'), written('c')]);
    expect(told(read)).to.deep.equal([]);
    const items = read.checklists.find(({ id }) => id === 'a')?.items.map(({ id }) => id);
    expect(items).to.deep.equal(['c.01', 'c.02', 'b.01', 'b.02', 'a.01', 'a.02']);
  });

  it('a circle is named, and the lists are shown all the same', () => {
    const read = loaded([including('a', 'b'), including('b', 'c'), including('c', 'a'), good]);
    expect(told(read)).to.deep.equal([
      'c.yaml:15: includes itself: a > b > c > a',
      'a.yaml:15: includes itself: b > c > a > b',
      'b.yaml:15: includes itself: c > a > b > c',
    ]);
    expect(ids(read)).to.deep.equal(['a', 'b', 'c', 'good']);
    for (const { id, items } of read.checklists) expect(items, id).to.have.length(id === 'good' ? 2 : 6);
    expect(told(loaded([including('a', 'a')]))).to.deep.equal(['a.yaml:15: includes itself: a > a']);
  });

  it('a list that is not there is named, and left out', () => {
    const read = loaded([including('a', 'gone'), including('b', 'a')]);
    expect(told(read)).to.deep.equal(['a.yaml:15: includes gone: there is no such list']);
    expect(read.checklists.map(({ items }) => items.length)).to.deep.equal([2, 4]);
  });

  it('lists in lists in lists are each read once, and show a hundred items at most', () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      including(`l${n}`, ...(n === 59 ? ['good'] : [`l${n + 1}`, `l${Math.min(n + 2, 59)}`])),
    );
    const read = loaded([...many, good]);
    expect(read.checklists.every(({ items }) => items.length <= 100)).to.equal(true);
    expect(told(read)[0]).to.equal('l0.yaml:15: has 122 items with what it includes: at most 100 are shown');
  });
});

describe('versions', () => {
  const versionOf = (changes: Record<number, string>) =>
    loaded([written('a', changes)]).checklists[0]?.version;
  it('change with what people read, and with nothing else', () => {
    const before = versionOf({});
    expect(before).to.match(/^[0-9a-f]{12}$/);
    for (const line of ['13', '5', '11', '2', '3'] as const) {
      const other = {
        13: 'validUntil: 2028-12-31',
        5: 'roles: [staff]',
        11: 'channels: []',
        2: 'phase: other',
        3: 'order: 7',
      }[line];
      expect(versionOf({ [line]: other }), other).to.equal(before);
    }
    for (const changes of [
      { 4: 'title: { sv: Annan, en: List a }' },
      { 17: '      sv: Gör en annan sak.' },
      { 18: '      en: Do another thing.' },
      { 15: '  - id: a.03' },
      { 19: '    source: [F]\n    link: { title: { sv: Se, en: See }, url: https://example.org/ }' },
    ]) {
      expect(versionOf(changes), JSON.stringify(changes)).not.to.equal(before);
    }
  });
  it('of what we come with differ', async () => {
    const versions = loaded(await readSources()).checklists.map(({ version }) => version);
    expect(new Set(versions).size).to.equal(versions.length);
  });
});
