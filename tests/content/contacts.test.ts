/** Files of contacts: what we come with, what is wrong told by its line, local ones over it. */
import { expect } from 'chai';
import { mostContacts } from '../../bot/content/contacts.ts';
import { createContent } from '../../bot/content/content.ts';
import type { Source } from '../../bot/content/file.ts';
import { readFiles } from '../../bot/content/files.ts';
import { readContactsSource, readSources } from '../../bot/content/load.ts';
import { type Change, publish } from '../../bot/content/publish.ts';
import { system } from '../../bot/core/ids.ts';
import { dialledNumber } from '../../bot/core/phone.ts';
import { dutyContact } from '../../bot/core/phoneList.ts';
import { openSettings } from '../../bot/storage/settings.ts';
import { emptyAccount } from '../world/azurite.ts';
import { filled, listIn, loaded, today, written } from './given.ts';

/** Line 2 is its id, line 6 its number. */
const linesOf = (id: string) => [
  `  - id: ${id}`,
  '    category: office',
  `    name: { sv: Kontakt ${id}, en: Contact ${id} }`,
  '    phrases: { sv: [kansliet], en: [office] }',
  '    number: 08-465 004 10',
  '    when: { sv: Du undrar något., en: You wonder. }',
  '    owner: { sv: Kansliet, en: The office }',
  '    validUntil: 2027-12-31',
  '    source: [F]',
];
/** @param changes lines by their number in the file */
const file = (ids: string[], changes: Record<number, string> = {}): Source => {
  const lines = ['contacts:', ...ids.flatMap(linesOf)].map((text, n) => changes[n + 1] ?? text);
  return { file: 'mine.yaml', text: `${lines.join('\n')}\n` };
};
const told = (source: Source) =>
  loaded([], [source]).problems.map(({ file: at, line, sentence }) => `${at}:${line}: ${sentence}`);

describe('contacts', () => {
  it('those we come with are right, are filled in from configuration, and clash with no checklist', async () => {
    const { contacts, problems } = loaded([...(await readSources()), await readContactsSource()]);
    expect(problems).to.deep.equal([]);
    const numbers = Object.fromEntries(contacts.map(({ id, number }) => [id, number]));
    expect(numbers).to.include({ sos: '112', polisen: '114 14', brottsofferjouren: '116 006' });
    expect(numbers[dutyContact]).to.equal(filled.dutyNumber);
    for (const { number } of contacts) expect(dialledNumber(number), number).not.to.equal(undefined);
  });

  it('what is wrong with one is told by file and line, and leaves the others', () => {
    const wrong: [Record<number, string>, string][] = [
      [{ 6: '' }, 'mine.yaml:2: en: number is missing'],
      [{ 6: '    number: ring växeln' }, 'mine.yaml:6: en: number is no number that can be dialled'],
      [{ 7: '    when: { sv: Ring. }' }, 'mine.yaml:7: en: when.en is missing'],
      [{ 3: '    category: people' }, 'mine.yaml:3: en: category is "people"'],
      [{ 9: '    roles: [king]\n    validUntil: 2027-12-31' }, 'mine.yaml:9: en: roles.0 is "king"'],
      [{ 9: '    validUntil: snart' }, 'mine.yaml:9: en: validUntil is no date, as 2027-12-31'],
      [{ 7: '    when: { sv: "{nummer}", en: X. }' }, 'mine.yaml:7: en: when.sv has {nummer}'],
      [{ 11: '  - id: en' }, 'mine.yaml:11: en is the id of another contact in the file'],
      [{ 10: '    source: [F]\n    name2: x' }, 'mine.yaml:11: en has something that nobody reads: name2'],
    ];
    for (const [changes, said] of wrong) {
      const source = file(['en', 'tva'], changes);
      const [first = '', ...more] = told(source);
      expect(first.slice(0, said.length)).to.equal(said);
      expect(more, said).to.deep.equal([]);
      expect(readFiles([source]).contacts, said).to.have.length(1);
    }
  });

  it('one whose day has passed is shown, and warned of; a phrase of a checklist stays the checklist’s', () => {
    const old = loaded([], [file(['en'], { 9: '    validUntil: 2026-01-31' })]);
    expect(old.contacts).to.have.length(1);
    expect(old.problems.map(({ line, weight }) => [line, weight])).to.deep.equal([[9, 'warning']]);
    const both = loaded([written('one', { 8: '    - kansliet' })], [file(['en'])]);
    expect(both.problems.map(({ line, sentence }) => [line, sentence])).to.deep.equal([
      [5, '"kansliet" opens the list in one.yaml already'],
    ]);
    expect(both.contacts[0]?.phrases).to.deep.equal({ sv: [], en: ['office'] });
  });

  it('script, markup and control characters are text, or refused', () => {
    const [script] = loaded(
      [],
      [file(['en'], { 4: '    name: { sv: "<script>x</script>", en: "[a](http://b)" }' })],
    ).contacts;
    expect(script?.name.sv).to.equal('<script>x</script>');
    expect(told(file(['en'], { 4: '    name: { sv: "a\\u202Eb", en: b }' }))[0]).to.match(
      /^mine\.yaml:4: en: name\.sv has a control character/,
    );
    const many = Array.from({ length: mostContacts + 1 }, (_, n) => `x${n}`);
    expect(told(file(many))).to.deep.equal([`mine.yaml:2: contacts has 101: at most 100`]);
  });

  it('local ones are published to the storage, take the place of ours by id, and are withdrawn', async function () {
    this.timeout(20_000);
    const { connection } = await emptyAccount();
    const settings = await openSettings(connection());
    const defaults = readFiles([written('one'), file(['polisen', 'sos'])]);
    const change = (what: Change) =>
      publish({ settings, defaults, fits: () => true }, what, { at: today, by: system });
    const content = createContent({ settings, defaults, filled: () => filled, clock: () => today });
    const numbers = async () => {
      await content.refresh();
      return Object.fromEntries(content.phoneContacts().map(({ id, number }) => [id, number]));
    };
    expect(await numbers()).to.deep.equal({ polisen: '08-465 004 10', sos: '08-465 004 10' });
    const mine = file(['polisen', 'vaxeln'], { 6: '    number: 08-465 004 99' });
    expect(await change({ do: 'publish', source: mine })).to.deep.equal({ outcome: 'published', version: 1 });
    expect(await numbers()).to.deep.equal({
      polisen: '08-465 004 99',
      sos: '08-465 004 10',
      vaxeln: '08-465 004 10',
    });
    const refused = await change({ do: 'publish', source: file(['vaxeln'], { 6: '' }) });
    expect(refused).to.deep.include({ outcome: 'refused' });
    expect(await change({ do: 'publish', source: written('two') })).to.include({ version: 2 });
    expect(await numbers()).to.include({ polisen: '08-465 004 99' });
    expect(listIn(content, 'two')?.id).to.equal('two');
    await change({ do: 'withdraw', id: 'contacts' });
    expect(await numbers()).to.deep.equal({ polisen: '08-465 004 10', sos: '08-465 004 10' });
    expect(listIn(content, 'two')?.id).to.equal('two');
  });
});
