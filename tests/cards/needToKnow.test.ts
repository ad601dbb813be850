/** What is posted, shown on a lock screen or stands in for a card never says who, where, which number or what was written. */
import { expect } from 'chai';
import { notices } from '../../bot/core/effects.ts';
import { statuses } from '../../bot/core/incident.ts';
import { texts } from '../../bot/text/index.ts';
import { drawn } from './drawing.ts';
import { everyView, states, type Words } from './everyView.ts';

const canary: Words = {
  reporterName: 'Kanarieperson',
  number: '070-999 88 77',
  text: 'Kanarieorden',
  where: 'Kanarieplatsen',
  affectedWho: 'Kanarieoffret',
  call: 'Kanariesamtal',
  callerNumber: '070-888 77 66',
};
/** The reporter and the one it is about, as the directory names them. */
const people = ['Alva Ek', 'Victor Dal'];
const secrets = [...Object.values(canary), 'Kanarie', ...people];

/** Answers to a click, which only the one who clicked sees; everything else is posted. */
const opened = ['details', 'form', 'report', 'callCard', 'proposals'];
const openedByName = /^read(er|ing)s|^report$|^discussion come back/;

/** Every fixed sentence of a language, with `#` for a case number. */
function sentencesOf(node: unknown): unknown[] {
  if (typeof node === 'function') return node.length === 1 ? [attempt(() => node('#'))] : [];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(sentencesOf) : [node];
}
/** A sentence that is made of something else than a number has nothing to do with a summary. */
function attempt(say: () => unknown): unknown {
  try {
    return say();
  } catch {
    return undefined;
  }
}

for (const locale of ['sv', 'en'] as const) {
  describe(`need to know, ${locale}`, () => {
    const all = everyView(locale, canary);

    it('looks at every status and every notice', () => {
      expect(new Set(Object.values(states).map(({ stage }) => stage.status))).to.have.all.keys(...statuses);
      const names = all.map(({ name }) => name).join('\n');
      for (const notice of notices) expect(names).to.match(new RegExp(`^(notice )?${notice} `, 'm'));
    });
    it('nothing posted holds a name, a number, a place or the words', () => {
      for (const { name, view } of all) {
        if (opened.includes(view.card) || openedByName.test(name)) continue;
        const said = JSON.stringify([drawn(view), view.fallback]);
        for (const secret of secrets) expect(said, name).not.to.include(secret);
      }
    });
    it('no summary does, on any card', () => {
      for (const { name, view } of all) {
        for (const secret of [...secrets, 'Lind', 'Sand']) expect(view.summary, name).not.to.include(secret);
      }
    });
    it('a summary is one of a few sentences, with at most a case number', () => {
      const kinds = new Set(
        all.map(({ view }) => view.summary.replace(/^(ÖVNING|DRILL)\. /, '').replaceAll('H26-7KQ-4MP', '#')),
      );
      const fixed = sentencesOf(texts(locale));
      for (const kind of kinds) expect(fixed).to.include(kind);
      for (const kind of kinds) expect(kind.length).to.be.lessThan(60);
    });
    it('an alarm is never more than its facts, taken or not', () => {
      for (const { name, view } of all.filter(
        ({ view }) => view.card === 'alarm' || view.card === 'triage',
      )) {
        expect(JSON.stringify(drawn(view)), name).not.to.match(/Alva|Victor|Kanarie|070/);
        expect(view.fallback, name).not.to.match(/Alva|Victor|Kanarie|070/);
      }
    });
  });
}
