import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { largestCard } from '../../bot/teams/render.ts';
import type { View } from '../../bot/views/view.ts';
import { byType, cards, cardsFolder, drawn, faultsOf, nodesOf, stringsOf } from './drawing.ts';
import { everyView } from './everyView.ts';

/** The view that each template's sample is: what a designer sees, and always what the product makes. */
const samples: Record<string, string> = {
  words: 'emergency',
  receipt: 'receipt alarmed alva just sent',
  alarm: 'alarm withoutNumber tove',
  triage: 'triage acknowledged',
  details: 'details acknowledged tove alarm',
  list: 'reports',
  report: 'report',
  form: 'assess alarmed',
  callCard: 'call card half filled',
  checklist: 'checklist begun',
  groups: 'checklists',
  phoneList: 'phone list',
  question: 'discussion begun',
  proposals: 'proposals accepted',
};

const { UPDATE_SAMPLES: update } = process.env;

const swedish = everyView('sv');
const viewOf = (name: string): View => {
  const found = swedish.find((each) => each.name === name);
  if (!found) throw new Error(`no view ${name}`);
  return found.view;
};
const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, cardsFolder), 'utf8'));

describe('card templates', () => {
  it('each has a sample, and nothing else lies there', () => {
    const files = readdirSync(cardsFolder).sort();
    const names = Object.keys(samples).sort();
    expect(files).to.have.members(names.flatMap((name) => [`${name}.json`, `${name}.sample.json`]));
    expect([...cards.keys()].sort()).to.deep.equal(names);
  });

  for (const [name, sample] of Object.entries(samples)) {
    describe(name, () => {
      const view = viewOf(sample);

      it('has the sample that the product makes (UPDATE_SAMPLES=1 writes it anew)', () => {
        const file = `${name}.sample.json`;
        if (update) {
          writeFileSync(new URL(file, cardsFolder), `${JSON.stringify(view.data, null, 2)}\n`);
        }
        expect(view.card).to.equal(name);
        expect(json(file)).to.deep.equal(view.data);
      });

      it('draws it as a valid card of version 1.5, small enough for every client', () => {
        const card = drawn(view);
        expect(faultsOf(card)).to.deep.equal([]);
        expect(Buffer.byteLength(JSON.stringify(card))).to.be.lessThan(largestCard);
      });

      it('holds no words of its own', () => {
        const template = json(`${name}.json`);
        const said = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'value', 'url'];
        for (const node of nodesOf(template)) {
          for (const key of said) {
            if (key in node) expect(node[key], key).to.match(/^\$\{\w+\}$/);
          }
        }
        expect(stringsOf(template).filter((text) => /\s/.test(text))).to.deep.equal([]);
      });

      it('lets old clients send the same', () => {
        const card = drawn(view);
        for (const action of byType(card, 'Action.Execute')) {
          const { fallback, title, data, verb } = action as {
            fallback: object;
            data: object;
            [key: string]: unknown;
          };
          expect(fallback).to.deep.include({ type: 'Action.Submit', title, data });
          expect(data).to.deep.include({ verb });
        }
        const sets = byType(card, 'ActionSet').flatMap(({ actions }) => actions);
        const rows = nodesOf(card).flatMap(({ selectAction }) => selectAction ?? []);
        expect([...sets, ...rows]).to.include.members(byType(card, 'Action.Execute'));
      });

      it('is red only where 112 stands', () => {
        const red = nodesOf(drawn(view)).filter(({ color, style }) =>
          /attention|destructive|warning/i.test(`${color} ${style}`),
        );
        for (const { text } of red) expect(text).to.equal('Är du i fara? Ring 112 nu.');
      });
    });
  }

  it('finds fault with a card that is none', () => {
    expect(faultsOf({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlok', text: '' }] })).not.to
      .be.empty;
  });
});
