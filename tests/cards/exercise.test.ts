/** Nobody can take an exercise for an alarm: whatever is shown of it says first that it is one. */
import { expect } from 'chai';
import { texts } from '../../bot/text/index.ts';
import { byType, drawn } from './drawing.ts';
import { everyView, words } from './everyView.ts';

for (const [locale, mark] of [
  ['sv', /^ÖVNING\./],
  ['en', /^DRILL\./],
] as const) {
  describe(`every card of an exercise, ${locale}`, () => {
    const all = everyView(locale, words, (incident) => ({ ...incident, exercise: true }));
    /** Lists and the watch tell of many cases. */
    const lists = ['board', 'board repeat, late', 'reports', 'auditor found'];
    const ofCase = all.filter(({ name, view }) => /H26-/.test(JSON.stringify(view)) && !lists.includes(name));

    it('is looked at', () => {
      expect(ofCase.length).to.be.greaterThan(1_000);
    });
    it('says so first: on a lock screen, in plain words, and in its heading', () => {
      for (const { name, view } of ofCase) {
        expect(view.summary, name).to.match(mark);
        expect(view.fallback, name).to.match(mark);
        expect(view.data.title, name).to.match(mark);
        const headings = byType(drawn(view), 'TextBlock').map(({ text }) => String(text));
        expect(
          headings.some((text) => mark.test(text)),
          name,
        ).to.equal(true);
      }
    });
    it('says so of each case in a list', () => {
      for (const { name, view } of all.filter(({ name }) => ['board', 'reports'].includes(name))) {
        const items = view.data.items as { id: string }[];
        expect(items.length, name).to.be.greaterThan(5);
        for (const { id } of items) expect(id, name).to.match(mark);
      }
    });
    it('keeps 112 where it always stands', () => {
      const { danger } = texts(locale).call;
      const real = everyView(locale).filter(({ view }) => view.fallback.includes(danger));
      expect(real.length).to.be.greaterThan(50);
      for (const { name } of real) {
        expect(all.find((one) => one.name === name)?.view.fallback, name).to.include(danger);
      }
    });
    it('is no part of a real alarm', () => {
      for (const { name, view } of everyView(locale)) {
        if (/exercise/.test(name) || ['board', 'reports'].includes(name)) continue;
        expect(view.summary, name).not.to.match(mark);
      }
    });
  });
}
