import { expect } from 'chai';
import { later, minutes } from '../../bot/core/time.ts';
import { largestCard } from '../../bot/teams/render.ts';
import { details } from '../../bot/views/index.ts';
import type { Face, View } from '../../bot/views/view.ts';
import { alva, given, karin, noon, reportedEvent, tove, victor } from '../world/given.ts';
import { byType, drawn, stringsOf } from './drawing.ts';
import { entriesWith, readAs, readerAt, states, words } from './everyView.ts';

const reader = readerAt('sv', later(noon, minutes(1)));
const nonce = 'n-1';
const textOf = (view: View): string =>
  byType(drawn(view), 'TextRun')
    .map(({ text }) => text)
    .join('\n');

describe('the particulars', () => {
  const open = (actor: typeof alva, face: Face, incident = states.alarmed, text = words.text) =>
    details(reader, {
      incident,
      readable: readAs(incident, entriesWith({ ...words, text }), actor, face),
      actor,
      face,
      page: 0,
      nonce,
    });
  const staffNote = 'Anteckning av Karin Sand';

  it('give those who work with the case name, number, place, words and notes', () => {
    const shown = textOf(open(tove, 'alarm'));
    const { call: _chosen, ...written } = words;
    const called = [
      'Röst: \nMörk, Hes',
      'Bakgrundsljud: \nTrafik',
      'Samtalet slutade: \n2026-11-25 12:20:00',
    ];
    const values = Object.values(written).flatMap((each) => each.split('\n'));
    for (const value of [...values, ...called, staffNote]) {
      expect(shown).to.include(value);
    }
  });
  it('never give the reporter or the one it is about a note meant for staff', () => {
    for (const actor of [alva, victor]) {
      for (const face of ['receipt', 'alarm', 'triage'] as const) {
        const shown = textOf(open(actor, face, states.assessed));
        expect(shown, face).not.to.include(staffNote);
        expect(shown, face).to.include('Till dig från Karin Sand');
      }
    }
  });
  it('give the one it is about nothing that another wrote', () => {
    expect(textOf(open(victor, 'receipt', states.assessed))).not.to.include(words.where);
  });
  it('give a duty officer whose alarm another has taken no more than a stranger', () => {
    const shown = textOf(
      open(
        tove,
        'alarm',
        given(reportedEvent({ dangerNow: 'yes' }), {
          type: 'Acknowledged',
          at: noon,
          by: karin.person,
        }),
      ),
    );
    for (const value of Object.values(words)) expect(shown).not.to.include(value.split('\n')[0]);
  });
  it('page a long text: all of it, in order, each page small', () => {
    const long = Array.from({ length: 20_000 }, (_, at) => `${at}å😀`).join(' ');
    const entries = entriesWith({ text: long }).slice(0, 1);
    let all = '';
    for (let page = 0; page < 200; page++) {
      const card = drawn(
        details(reader, {
          incident: states.alarmed,
          readable: readAs(states.alarmed, entries, tove, 'alarm'),
          actor: tove,
          face: 'alarm',
          page,
          nonce,
        }),
      );
      expect(Buffer.byteLength(JSON.stringify(card))).to.be.lessThan(largestCard);
      all += byType(card, 'TextRun')
        .map(({ text }) => text)
        .join('');
      const more = byType(card, 'Action.Execute').find(({ title }) => title === 'Visa mer');
      if (!more) break;
      expect(more.data).to.include({ page: String(page + 1) });
    }
    const numbers = [...all.matchAll(/(\d+)å😀/gu)].map(([, number]) => Number(number));
    expect(numbers).to.deep.equal(Array.from({ length: 20_000 }, (_, at) => at));
  });
  it('cut an endless word only between characters', () => {
    const text = `x${'😀'.repeat(5_000)}`;
    const card = drawn(open(tove, 'alarm', states.alarmed, text));
    for (const each of stringsOf(card)) expect(each.isWellFormed()).to.equal(true);
    expect(stringsOf(card).join('')).not.to.include('\uFFFD');
  });
  it('dial a number only when it is one', () => {
    const links = (number: string) => {
      const entries = entriesWith({ ...words, number });
      const view = details(reader, {
        incident: states.alarmed,
        readable: readAs(states.alarmed, entries, tove, 'alarm'),
        actor: tove,
        face: 'alarm',
        page: 0,
        nonce,
      });
      return byType(drawn(view), 'Action.OpenUrl').map(({ url }) => url);
    };
    expect(links('+46 (0)70-174 06 20')).to.deep.equal(['tel:+460701740620']);
    expect(links('070–174 06 20')).to.deep.equal(['tel:0701740620']);
    for (const odd of ['javascript:alert(1)', 'http://example.com', '070;ext=1', '12', 'ring mig']) {
      expect(links(odd), odd).to.deep.equal([]);
    }
  });
});
