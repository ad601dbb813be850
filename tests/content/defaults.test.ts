/** The checklists that the product comes with. */
import { expect } from 'chai';
import { lix } from '../../bot/content/lix.ts';
import { readSources } from '../../bot/content/load.ts';
import type { Checklist } from '../../bot/core/checklist.ts';
import { channels } from '../../bot/core/incident.ts';
import { loaded } from './given.ts';

const { checklists, problems } = loaded(await readSources());
const of = (phase: Checklist['phase']) => checklists.filter((one) => one.phase === phase);

/** Everything people read of a list, by where it stands. */
function* sentences({
  id,
  title,
  lead,
  owner,
  items,
}: Checklist): Generator<{ at: string; sv: string; en: string }> {
  yield { at: `${id} title`, ...title };
  yield { at: `${id} owner`, ...owner };
  if (lead) yield { at: `${id} lead`, ...lead };
  for (const item of items) {
    yield { at: item.id, ...item.text };
    if (item.link) yield { at: `${item.id} link`, ...item.link.title };
  }
}
const all = checklists.flatMap((list) => [...sentences(list)]);

describe('the checklists we come with', () => {
  it('have nothing to mend, and there is one for each group', () => {
    expect(problems).to.deep.equal([]);
    const groups = [
      ...['fore.allm', 'fore.mote', 'fore.digi', 'fore.hem', 'fore.larm'],
      ...['under.plats', 'under.tel', 'under.nat', 'under.post', 'under.mote'],
      ...['efter.du', 'efter.gl', 'efter.sak', 'efter.pol', 'efter.ratt', 'efter.folj', 'jour.samtal', 'bem'],
    ];
    expect(checklists.map(({ id }) => id)).to.include.members(groups);
    expect(of('discussion')).to.have.length(7);
    expect(checklists.flatMap(({ items }) => items).length).to.be.greaterThan(180);
  });

  it('read easily in danger: LIX 30 at most, lead and items', () => {
    for (const { id, lead, items } of of('during')) {
      const read = [lead, ...items.map(({ text }) => text)].map((text) => text?.sv ?? '').join('\n');
      expect(lix(read), id).to.be.at.most(30);
    }
  });

  it('say 112 first in danger, in both languages', () => {
    for (const { id, items } of of('during')) {
      expect(items[0]?.text.sv, id).to.match(/^Ring 112\b/);
      expect(items[0]?.text.en, id).to.match(/^Call 112\b/);
    }
  });

  it('are in both languages, and each item is whole sentences', () => {
    for (const { at, sv, en } of all) {
      expect(sv, at).not.to.equal('');
      expect(en, at).not.to.equal('');
      expect(sv, `${at} is translated`).not.to.equal(en);
    }
    for (const { id, text } of checklists.flatMap(({ items }) => items)) {
      expect(text.sv, id).to.match(/[.!?]"?$/);
      expect(text.en, id).to.match(/[.!?]"?$/);
    }
  });

  it('are short: at most 14 words a sentence', () => {
    const long = all.flatMap(({ at, sv, en }) =>
      [sv, en]
        .flatMap((text) => text.split(/[.!?:]+(?:\s|$)/))
        .filter((part) => part.split(/\s+/).length > 14)
        .map((part) => `${at}: ${part}`),
    );
    expect(long).to.deep.equal([]);
  });

  it('name nobody, and no number but 112, 114 14, 116 006 and the one configured', () => {
    const known = /Victim Support Sweden|Swedish (Tax Agency|Work Environment Authority)/g;
    for (const { at, sv, en } of all) {
      for (const text of [sv, en]) {
        expect(text.replace(known, ''), at).not.to.match(/\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u);
        expect(text.replaceAll(/\b(112|114 14|116 006|08-465 004 00)\b/g, ''), at).not.to.match(/\d/);
        expect(text, at).not.to.match(/[{}]|\p{Extended_Pictographic}/u);
      }
    }
  });

  it('are opened by many phrases, none by two lists', () => {
    for (const locale of ['sv', 'en'] as const) {
      const phrases = checklists.flatMap((list) => list.phrases[locale]);
      expect(new Set(phrases).size).to.equal(phrases.length);
      for (const { id, phase, phrases: own } of checklists) {
        expect(own[locale].length, `${id} ${locale}`).to.be.at.least(phase === 'discussion' ? 2 : 4);
      }
    }
    for (const [phrase, id] of Object.entries({
      'inför möte': 'fore.mote',
      'hot på telefon': 'under.tel',
      hotbrev: 'under.post',
      mejlhot: 'under.nat',
    })) {
      expect(checklists.find(({ phrases }) => phrases.sv.includes(phrase))?.id, phrase).to.equal(id);
    }
  });

  it('are not opened by what someone in need may write: that is a report, and must not get lost', () => {
    /** Words of one who tells of themselves, and single words: of where they are, or what they need. */
    const telling = {
      sv: /(^|\s)(jag|mig|min|mitt|mina|hotar)(\s|$)|^(hemma|larm|våld|möte|besök|stöd|paket)$/,
      en: /(^|\s)(i|me|my|mine|threatens)(\s|$)|^(home|alarm|violence|meeting|visit|support|parcel)$/,
    };
    for (const { id, phrases } of checklists) {
      for (const phrase of phrases.sv) expect(phrase, id).not.to.match(telling.sv);
      for (const phrase of phrases.en) expect(phrase, id).not.to.match(telling.en);
    }
  });

  it('have exactly one list for afterwards for each way a threat can come', () => {
    for (const channel of channels) {
      const fits = of('after').filter((list) => list.channels.includes(channel));
      expect(
        fits.filter(({ roles }) => roles.length === 0),
        channel,
      ).to.have.length(1);
      expect(
        fits.filter(({ roles }) => roles.includes('groupLeader')),
        channel,
      ).to.have.length(1);
    }
  });

  it('keep the ids of an item under the id of its list, so that ticks find it', () => {
    for (const { id, items } of checklists) {
      const included = id === 'efter.tel' || id === 'efter.nat' ? 'efter.du.' : `${id}.`;
      for (const item of items) {
        expect(item.id.startsWith(`${id}.`) || item.id.startsWith(included), item.id).to.equal(true);
      }
    }
  });
});

describe('LIX', () => {
  it('is words per sentence and the share of words over six letters', () => {
    // 10 words, 2 sentences, 2 long words: 5 + 20.
    expect(lix('Jag ringer polisen nu. Sedan går jag hem till familjen.')).to.equal(25);
    expect(lix('Ring 114 14!')).to.equal(3);
    expect(lix('')).to.equal(0);
  });
});
