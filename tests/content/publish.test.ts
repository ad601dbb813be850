/** Local versions: what an organisation publishes is in force everywhere, over what we come with. */
import { expect } from 'chai';
import { createContent } from '../../bot/content/content.ts';
import type { Source } from '../../bot/content/file.ts';
import { readFiles } from '../../bot/content/files.ts';
import { readSources } from '../../bot/content/load.ts';
import { type Change, publish } from '../../bot/content/publish.ts';
import type { Checklist } from '../../bot/core/checklist.ts';
import { system } from '../../bot/core/ids.ts';
import { days, later } from '../../bot/core/time.ts';
import { StorageRefused } from '../../bot/features/ports.ts';
import { openSettings } from '../../bot/storage/settings.ts';
import { emptyAccount } from '../world/azurite.ts';
import { type FakeStorage, fakeStorage } from '../world/fakeStorage.ts';
import { filled, listIn, today, written } from './given.ts';

const defaults = [written('one'), written('two')];
const ofOne = { file: 'mine.yaml', text: written('one', { 17: '      sv: Vårt eget.' }).text };

describe('local versions', () => {
  let storage: FakeStorage;
  let fits: (list: Checklist) => boolean;
  const contentOver = (files: readonly Source[]) =>
    createContent({
      settings: storage.settings,
      defaults: readFiles(files),
      filled: () => filled,
      clock: () => today,
    });
  const change = (what: Change, files: readonly Source[] = defaults) =>
    publish({ settings: storage.settings, defaults: readFiles(files), fits }, what, {
      at: today,
      by: system,
    });
  beforeEach(() => {
    fits = () => true;
    storage = fakeStorage(
      () => today,
      () => 0,
    );
  });

  it('before anything is published, and before the storage answers, the defaults hold', async () => {
    const content = contentOver(defaults);
    expect(content.checklists().map(({ id }) => id)).to.deep.equal(['one', 'two']);
    await content.refresh();
    expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Gör en sak.');
    expect(listIn(content, 'three')).to.equal(undefined);
  });

  it('a published list takes the place of the default, in every instance, with another version', async () => {
    const [here, there] = [contentOver(defaults), contentOver(defaults)];
    const before = listIn(here, 'one')?.version;
    expect(await change({ do: 'publish', source: ofOne })).to.deep.equal({
      outcome: 'published',
      version: 1,
    });
    for (const content of [here, there]) {
      await content.refresh();
      expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Vårt eget.');
      expect(listIn(content, 'one')?.version).not.to.equal(before);
      expect(listIn(content, 'two')?.items[0]?.text.sv).to.equal('Gör en sak.');
      expect(content.problems()).to.deep.equal([]);
    }
  });

  it('a list of one’s own is one more', async () => {
    await change({ do: 'publish', source: written('three') });
    const content = contentOver(defaults);
    await content.refresh();
    expect(content.checklists().map(({ id }) => id)).to.deep.equal(['one', 'three', 'two']);
  });

  it('withdrawn, the default is in force again; every version there was is kept', async () => {
    await change({ do: 'publish', source: ofOne });
    expect(await change({ do: 'withdraw', id: 'one' })).to.deep.equal({ outcome: 'published', version: 2 });
    const content = contentOver(defaults);
    await content.refresh();
    expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Gör en sak.');
    const history = await storage.settings.history('checklists');
    expect(history.map(({ version, by }) => [version, by])).to.deep.equal([
      [2, system],
      [1, system],
    ]);
  });

  it('what is wrong is refused by its line, and nothing is stored', async () => {
    const wrong: [Source, string][] = [
      [written('one', { 18: '' }), 'one.yaml:17: one.01: text.en is missing'],
      [written('new', { 15: '  - id: two.01' }), 'local new:15: two.01 is the id of an item in two.yaml too'],
      [
        written('new', { 14: 'items:\n  - include: [gone]' }),
        'local new:15: includes gone: there is no such list',
      ],
      [
        written('new', { 8: '    - öppna two' }),
        'local new:8: "öppna two" opens the list in two.yaml already',
      ],
    ];
    for (const [source, said] of wrong) {
      const outcome = await change({ do: 'publish', source });
      const problems = outcome.outcome === 'refused' ? outcome.problems : [];
      expect(problems.map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`)).to.deep.equal([
        said,
      ]);
    }
    expect(await storage.settings.read('checklists')).to.equal(undefined);
  });

  it('a stored version that a newer product finds wrong leaves the default in force, and is told of', async () => {
    const lists = { one: written('one', { 18: '' }).text, two: 'not: [yaml' };
    await storage.settings.write(
      'checklists',
      { content: { lists, choices: {} }, at: today, by: system },
      undefined,
    );
    const content = contentOver(defaults);
    await content.refresh();
    expect(content.checklists().map(({ items }) => items[0]?.text.sv)).to.deep.equal([
      'Gör en sak.',
      'Gör en sak.',
    ]);
    expect(content.problems().map(({ file, line }) => `${file}:${line}`)).to.deep.equal([
      'local one:17',
      'local two:1',
    ]);
    expect(await change({ do: 'publish', source: ofOne })).to.include({ outcome: 'published' });
  });

  it('what is wrong is refused also when the version in force has the same fault', async () => {
    const clash = written('new', { 15: '  - id: two.01' });
    const content = { lists: { new: clash.text }, choices: {} };
    await storage.settings.write('checklists', { content, at: today, by: system }, undefined);
    expect(await change({ do: 'publish', source: clash })).to.include({ outcome: 'refused' });
  });

  it('a list that does not fit a card is refused, also when another that includes it no longer fits', async () => {
    const files = [written('one', { 14: 'items:\n  - include: [two]' }), written('two')];
    fits = ({ items }) => items.length < 5;
    const longer = written('two', {
      22: '    source: [F]\n  - { id: two.03, text: { sv: Tre., en: Three. }, source: [F] }',
    });
    const outcome = await change({ do: 'publish', source: longer }, files);
    const problems = outcome.outcome === 'refused' ? outcome.problems : [];
    expect(problems.map(({ file, sentence }) => `${file}: ${sentence}`)).to.deep.equal([
      'one.yaml: one does not fit a card: shorten it, or make two of it',
    ]);
  });

  it('what is known stays when the storage is away, or holds what this version cannot read', async () => {
    await change({ do: 'publish', source: ofOne });
    const content = contentOver(defaults);
    await content.refresh();
    storage.fault = 'refused';
    const failed = await content.refresh().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(StorageRefused);
    storage.fault = undefined;
    const found = await storage.settings.read('checklists');
    await storage.settings.write('checklists', { content: { lists: 5 }, at: today, by: system }, found?.tag);
    const unread = await content.refresh().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(unread).to.be.instanceOf(StorageRefused);
    expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Vårt eget.');
  });

  it('two who publish at once both hold', async () => {
    await Promise.all([
      change({ do: 'publish', source: ofOne }),
      change({ do: 'publish', source: written('three') }),
    ]);
    const content = contentOver(defaults);
    await content.refresh();
    expect(content.checklists()).to.have.length(3);
    expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Vårt eget.');
  });

  it('where sources disagree both are said, until one is chosen', async () => {
    const files = await readSources();
    const content = contentOver(files);
    const text = () => listIn(content, 'efter.pol')?.items.find(({ id }) => id === 'efter.pol.02b')?.text;
    expect(text()?.sv).to.match(/besöka en polisstation, ringa 114 14 eller anmäla på nätet/);
    const before = listIn(content, 'efter.pol')?.version;
    await change({ do: 'choose', choice: 'policeReport', variant: 'phone' }, files);
    await content.refresh();
    expect(text()?.sv).to.match(/Annars ringer du 114 14/);
    expect(text()?.en).to.match(/If not, call 114 14/);
    expect(listIn(content, 'efter.pol')?.version).not.to.equal(before);
    const refusals = [
      { choice: 'policeReport', variant: 'toString' },
      { choice: 'policeReport', variant: 'pigeon' },
      { choice: 'constructor', variant: 'phone' },
    ];
    for (const one of refusals)
      expect((await change({ do: 'choose', ...one }, files)).outcome).to.equal('refused');
  });

  it('numbers come from configuration, also when it changes', async () => {
    let dutyNumber = filled.dutyNumber;
    const content = createContent({
      settings: storage.settings,
      defaults: readFiles([written('one', { 17: '      sv: "Ring {dutyNumber}."' })]),
      filled: () => ({ ...filled, dutyNumber }),
      clock: () => today,
    });
    expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Ring 08-465 004 00.');
    const before = listIn(content, 'one')?.version;
    dutyNumber = '010-100 00 00';
    await content.refresh();
    expect(listIn(content, 'one')?.items[0]?.text.sv).to.equal('Ring 010-100 00 00.');
    expect(listIn(content, 'one')?.version).not.to.equal(before);
  });

  it('a list that expires while the product runs is told of', async () => {
    let now = today;
    const content = createContent({
      settings: storage.settings,
      defaults: readFiles(defaults),
      filled: () => filled,
      clock: () => now,
    });
    now = later(today, days(600));
    await content.refresh();
    expect(content.problems().map(({ sentence }) => sentence)).to.deep.equal([
      'expired on 2027-12-31',
      'expired on 2027-12-31',
    ]);
  });

  it('everything we come with, made local, fits the storage; what does not is refused by name', async function () {
    this.timeout(20_000);
    const { connection } = await emptyAccount();
    const settings = await openSettings(connection());
    const files = await readSources();
    const lists = Object.fromEntries(files.map(({ file, text }) => [file.replace('.yaml', ''), text]));
    const content = { lists, choices: {} };
    expect(JSON.stringify(content).length).to.be.greaterThan(32 * 1024);
    expect(await settings.write('checklists', { content, at: today, by: system }, undefined)).to.equal(
      'written',
    );
    const local = createContent({
      settings,
      defaults: readFiles([]),
      filled: () => filled,
      clock: () => today,
    });
    await local.refresh();
    expect(local.problems()).to.deep.equal([]);
    expect(local.checklists()).to.deep.equal(contentOver(files).checklists());

    const padded = { ...written('huge'), text: `${written('huge').text}# ${'x'.repeat(120_000)}\n` };
    const found = await settings.read('checklists');
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`l${n}`, padded.text]));
    const tooMuch = settings.write(
      'checklists',
      { content: { lists: { ...lists, ...many }, choices: {} }, at: today, by: system },
      found?.tag,
    );
    expect(await tooMuch.catch((error: unknown) => error)).to.be.instanceOf(StorageRefused);
  });
});
