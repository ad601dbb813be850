/** Every checklist we come with, as the card that people get. */
import { expect } from 'chai';
import { readSources } from '../../bot/content/load.ts';
import type { Checklist, Progress } from '../../bot/core/checklist.ts';
import { largestCard } from '../../bot/teams/render.ts';
import { checklist, checklists as checklistsCard, discussion, discussions } from '../../bot/views/index.ts';
import { drawn, faultsOf, stringsOf } from '../cards/drawing.ts';
import { readerAt } from '../cards/everyView.ts';
import { loaded, today } from './given.ts';

const { checklists } = loaded(await readSources());
const none: Progress = { ticks: {} };
const all = ({ items, version }: Checklist): Progress => ({
  version,
  ticks: Object.fromEntries(items.map(({ id }) => [id, { as: 'done', at: today }])),
});
const bytes = (card: object) => Buffer.byteLength(JSON.stringify(card));

for (const locale of ['sv', 'en'] as const) {
  describe(`cards of the checklists we come with, ${locale}`, () => {
    const reader = readerAt(locale, today);
    it('are valid, small enough, and say every item, with nothing ticked and with everything', () => {
      for (const list of checklists) {
        for (const progress of [none, all(list)]) {
          const card = drawn(checklist(reader, { list, progress }));
          expect(faultsOf(card), list.id).to.deep.equal([]);
          expect(bytes(card), list.id).to.be.lessThan(largestCard);
          for (const { id, text } of list.items) expect(stringsOf(card), id).to.include(text[locale]);
        }
      }
    });
    it('of a talk each question is a card of its own, valid and small enough; the talks are found in one list', () => {
      const talks = checklists.filter(({ phase }) => phase === 'discussion');
      const questions = talks.flatMap((list) =>
        list.items.map(({ text }, at) => {
          const card = drawn(discussion(reader, { list, at, talk: 'd-1', saved: 3 }));
          expect(faultsOf(card), list.id).to.deep.equal([]);
          expect(bytes(card), list.id).to.be.lessThan(largestCard);
          expect(stringsOf(card)).to.include(text[locale]);
          return text;
        }),
      );
      expect([talks.length, questions.length]).to.deep.equal([7, 21]);
      const card = drawn(discussions(reader, { lists: talks }));
      expect(faultsOf(card)).to.deep.equal([]);
      for (const { title } of talks) expect(stringsOf(card)).to.include(title[locale]);
    });
    it('can be shared, and are all found in one list', () => {
      for (const list of checklists) {
        const card = drawn(checklist(reader, { list, progress: none, shared: true }));
        expect(faultsOf(card), list.id).to.deep.equal([]);
        expect(bytes(card), list.id).to.be.lessThan(largestCard);
      }
      const begun = checklists.slice(0, 5).map((list) => ({ list, progress: all(list) }));
      const card = drawn(checklistsCard(reader, { lists: [...checklists], begun }));
      expect(faultsOf(card)).to.deep.equal([]);
      expect(bytes(card)).to.be.lessThan(largestCard);
      for (const { id, title } of checklists) expect(stringsOf(card), id).to.include(title[locale]);
    });
  });
}
