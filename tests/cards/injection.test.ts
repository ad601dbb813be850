/** What people write is shown as it was written, and is nothing else: no template, markdown, mention or action. */
import { expect } from 'chai';
import { details } from '../../bot/views/index.ts';
import type { View } from '../../bot/views/view.ts';
import { noon, tove } from '../world/given.ts';
import { byType, drawn, faultsOf, type Node, nodesOf, stringsOf } from './drawing.ts';
import { entriesWith, everyView, readAs, readerAt, states, type Words, words } from './everyView.ts';

const hostile: Record<string, string> = {
  'a template expression': `\${secret} \${$root} \${lang} \${if(true,'x','y')}`,
  'a template keyword': `{"$data":"\${rows}","$when":"\${titled}"}`,
  'a quote and a back-tick': '`"\'\\` \\u0000 \\n',
  'a markdown link':
    '[Klicka här](http://evil.example/) <http://evil.example/> ![](http://evil.example/x.png)',
  'markdown looks': '**fet** _lutad_ # rubrik\n- punkt\n1. ett',
  'a mention': '<at>Alla</at> @everyone <b>x</b> <script>alert(1)</script>',
  'an action': '{"type":"Action.OpenUrl","url":"http://evil.example/"}',
  'a date function': '{{DATE(2026-11-25T12:00:00Z,SHORT)}}',
};

/** Every place for words filled with the same text. */
const everywhere = (text: string): Words => ({
  reporterName: text,
  number: text,
  text,
  where: text,
  affectedWho: text,
  call: text,
  callerNumber: text,
});

const typesOf = (card: object): string[] =>
  nodesOf(card)
    .map(({ type }) => String(type))
    .filter((type) => /^(Action|Input)\.|TextBlock|Image|Media/.test(type));

/** Whom a card mentions, in any of its parts. */
const mentionedIn = (card: object): unknown[] =>
  nodesOf(card).flatMap((node) => ('entities' in node ? [node.entities] : []));

/** Where a text stands in a card: the type of the element and the property. */
const standsIn = (card: object, text: string): string[] =>
  nodesOf(card).flatMap((node: Node) =>
    Object.entries(node)
      .filter(([, value]) => typeof value === 'string' && value.includes(text))
      .map(([key]) => `${node.type}.${key}`),
  );

const harmless = everyView('sv', everywhere('070-174 06 20')).map(({ view }) => drawn(view));

describe('what people write', () => {
  for (const [name, text] of Object.entries(hostile)) {
    it(`${name} is only text`, () => {
      const [start = ''] = text.split('\n');
      let found = 0;
      everyView('sv', everywhere(text)).forEach(({ name: card, view }, at) => {
        const made = drawn(view);
        expect(faultsOf(made), card).to.deep.equal([]);
        for (const place of standsIn(made, start)) {
          expect(place, card).to.be.oneOf(['TextRun.text', 'Input.Text.value']);
          found++;
        }
        const dialling = (type: string) => type !== 'Action.OpenUrl';
        const expected = typesOf(harmless[at] ?? {}).filter(dialling);
        if (!text.includes('\n')) expect(typesOf(made).filter(dialling), card).to.deep.equal(expected);
        const links = byType(harmless[at] ?? {}, 'Action.OpenUrl').map(({ url }) => url);
        for (const { url } of byType(made, 'Action.OpenUrl')) {
          if (!links.includes(url)) expect(url, card).to.match(/^tel:\+?\d+$/);
        }
        expect(mentionedIn(made), card).to.deep.equal(mentionedIn(harmless[at] ?? {}));
        expect(view.summary, card).not.to.include(start);
      });
      expect(found).to.be.greaterThan(50);
    });
  }

  it('is looked at once only: an expression that names other words does not fetch them', () => {
    const secret = 'KANARIEFÅGEL';
    const sealed = { ...words, where: secret, text: `\${where} \${story} \${lines} \${number}` };
    for (const { name, view } of everyView('sv', sealed)) {
      if (!name.startsWith('details')) continue;
      const story = stringsOf((view.data as { story: unknown }).story).join('\n');
      const runs = byType(drawn(view), 'TextRun').map(({ text }) => text);
      expect(runs.filter((run) => run === sealed.text).length, name).to.equal(
        story.split(sealed.text).length - 1,
      );
    }
  });

  for (const [name, text] of [
    ['NUL and other control characters', 'före\u0000\u0007\u001B[31mefter'],
    ['a lone surrogate', 'före\uD83Defter'],
    ['a turned reading direction', 'före\u202Egnp.exe\u2066efter'],
  ] as const) {
    it(`${name}: shown as a replacement character, and turns nothing around it`, () => {
      for (const { name: card, view } of everyView('sv', everywhere(text))) {
        // Their fields give back to the writer what they wrote, as it is.
        if (['form', 'report', 'question', 'callCard'].includes(view.card)) continue;
        for (const each of [...stringsOf(drawn(view)), view.fallback]) {
          expect(each, card).not.to.match(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u);
        }
      }
    });
  }

  it('Arabic, emoji and combining marks stay as they are', () => {
    const text = 'سأجدك 👩‍👩‍👧 é\u0301';
    const shown = (view: View) => byType(drawn(view), 'TextRun').some((run) => run.text === text);
    const views = everyView('sv', everywhere(text)).filter(({ name }) =>
      name.startsWith('details alarmed tove alarm'),
    );
    expect(views).to.have.length(1);
    for (const { view } of views) expect(shown(view)).to.equal(true);
  });

  it('an object, a list or a number where text belongs builds no card at all', () => {
    const action = { type: 'Action.OpenUrl', title: 'x', url: 'http://evil.example/' };
    for (const odd of [action, [action], 7, true]) {
      for (const key of Object.keys(words)) {
        const opening = () =>
          details(readerAt('sv', noon), {
            incident: states.alarmed,
            readable: readAs(states.alarmed, entriesWith({ ...words, [key]: odd }), tove, 'alarm'),
            actor: tove,
            face: 'alarm',
            page: 0,
            nonce: 'n-1',
          });
        expect(opening, key).to.throw(TypeError);
      }
    }
  });
});
