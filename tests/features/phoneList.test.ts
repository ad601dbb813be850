import { expect } from 'chai';
import type { Directory } from '../../bot/core/people.ts';
import { minutes } from '../../bot/core/time.ts';
import { contactOf } from '../../bot/features/phoneList.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { byType, drawn } from '../cards/drawing.ts';
import { alarm112, contactNamed, contentOf, duty, guard, switchboard } from '../world/content.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';
import { last } from './reportedCase.ts';

const t = texts('sv').phoneList;
const named = ['Karin Sand', 'Omid Berg', 'Britt Dal', 'Lo Hed', 'Greta Rask', 'Tove Lind'];
const numberOf = { Karin: '070-174 06 22', Greta: '070-174 06 26', Tove: '070-174 06 21' };

interface Item {
  name: string;
  number: string;
  links: { title: string; url: string }[];
}
const itemsOf = (view: View | undefined): Item[] => {
  const { items } = (view?.data ?? {}) as { items?: Item[] };
  return items ?? [];
};
const namesOf = (view: View | undefined): string[] => itemsOf(view).map(({ name }) => name);
const isFreeText = (view: View | undefined): boolean =>
  view !== undefined && buttonsOf(view).some(({ verb }) => verb === 'report');

describe('the phone list in chat', () => {
  let world: World;
  const contacts = [alarm112, duty, guard, switchboard];
  beforeEach(() => {
    world = createWorld(undefined, { content: contentOf(undefined, contacts) });
  });
  const firstOf = async (who: string, said: string) => (await world.writes(who, said))[0]?.view;

  it('opens by its words: 112 and the duty function first, each number as text and as a link', async () => {
    for (const said of ['telefonlista', 'Kontakter.', 'CONTACTS', 'phone list']) {
      const view = await firstOf('Alva', said);
      expect(view?.fallback, said).to.match(
        /^Är du i fara\? Ring 112 nu\.\n.*\nTjänsteperson i beredskap: 08-465 004 00/,
      );
      expect(namesOf(view), said).to.deep.equal([
        'Tjänsteperson i beredskap',
        'Säkerhetssamordnare',
        'Säkerhetssamordnare',
        'Beredskapschef',
        'Beredskapschef',
        'Gruppledare',
        'Växeln',
      ]);
      for (const { number, links } of itemsOf(view)) {
        expect(links[0]).to.deep.equal({
          title: `Ring ${number}`,
          url: `tel:${number.replaceAll(/[ -]/g, '')}`,
        });
        expect(view?.fallback).to.include(number);
      }
    }
  });

  it('is opened from the menu as a card of its own', async () => {
    await world.writes('Alva', 'meny');
    const { reply } = await world.presses('Alva', 'phoneList');
    expect(reply.said).to.equal(texts('sv').menu.openedBelow);
    expect(last(world.sees('Alva'))?.view.card).to.equal('phoneList');
  });

  it('shows names to group leaders and those who answer alarms, functions and numbers to everyone else', async () => {
    for (const who of ['Greta', 'Karin', 'Tove', 'Britt']) {
      const view = await firstOf(who, 'telefonlista');
      expect(namesOf(view), who).to.include.members(['Karin Sand', 'Britt Dal', 'Greta Rask']);
    }
    const view = await firstOf('Alva', 'telefonlista');
    for (const name of named) expect(view?.fallback, name).not.to.include(name);
    expect(view?.fallback).to.include(numberOf.Karin).and.include(numberOf.Greta);
    expect(view?.fallback).not.to.include(numberOf.Tove);
  });

  it('says by the rota who is on duty: the number to those who answer, the name to group leaders', async () => {
    const ofDuty = async (who: string) => (await firstOf(who, 'jouren'))?.fallback ?? '';
    expect(await ofDuty('Karin')).to.include(`Nu: Tove Lind, ${numberOf.Tove}`);
    expect(await ofDuty('Greta'))
      .to.include('Nu: Tove Lind')
      .and.not.include(numberOf.Tove);
    expect(await ofDuty('Alva')).not.to.include('Tove');
  });

  it('a name or a function alone answers with just that', async () => {
    for (const said of ['Beredskapschef', 'preparedness manager', 'beredskapschefen?']) {
      const view = await firstOf('Alva', said.replace('?', ''));
      expect(namesOf(view), said).to.deep.equal(['Beredskapschef', 'Beredskapschef']);
      expect(view && buttonsOf(view).map(({ title }) => title)).to.deep.equal([t.whole]);
    }
    expect(namesOf(await firstOf('Alva', 'säkerhetssamordnare'))).to.have.length(2);
    for (const said of ['Karin', 'sand', 'Karin Sand.']) {
      expect(namesOf(await firstOf('Greta', said)), said).to.deep.equal(['Karin Sand']);
    }
    expect(namesOf(await firstOf('Alva', 'ambulans'))).to.deep.equal(['SOS Alarm']);
    expect(namesOf(await firstOf('Alva', 'växeln'))).to.deep.equal(['Växeln']);
  });

  it('"tib" and "jour" are still the rota', async () => {
    for (const said of ['tib', 'jour']) {
      const view = await firstOf('Alva', said);
      expect(view?.card, said).to.equal('words');
      expect(view?.fallback, said).to.include('08-465 004 00');
    }
  });

  it('what is written in someone’s own words is never taken for a question', async () => {
    const texts = [
      'Karin hotade mig',
      'säkerhetssamordnaren svarar inte',
      'växeln kopplade fram ett hot',
      'jag vill nå beredskapschef',
      'telefonlista med hot mot mig',
      'ambulans till Storgatan nu',
    ];
    for (const said of texts) expect(isFreeText(await firstOf('Karin', said)), said).to.equal(true);
    for (const said of ['Karin', 'Karin Sand', 'väktare']) {
      expect(isFreeText(await firstOf('Alva', said)), `${said}, not for Alva`).to.equal(true);
    }
  });

  it('a contact is seen by its roles alone, with everything that is known of it', async () => {
    expect(namesOf(await firstOf('Alva', 'telefonlista'))).not.to.include('Bevakningsbolaget');
    const view = await firstOf('Tove', 'väktare');
    for (const said of [
      t.spare('08-465 004 12'),
      t.hours('Dygnet runt'),
      t.address('Storgatan 1, Stockholm'),
      t.arrival('15 minuter'),
      t.deputy('Växeln'),
      t.email('vakt@example.com'),
      t.stale('2026-01-31'),
    ]) {
      expect(view?.fallback).to.include(said);
    }
    expect(itemsOf(view)[0]?.links.map(({ title }) => title)).to.deep.equal([
      'Ring 08-465 004 10',
      'Ring 08-465 004 12',
      t.save,
    ]);
    expect((await firstOf('Tove', 'växeln'))?.fallback).to.include(t.verified('2026-11-20'));
    expect((await firstOf('Tove', 'jouren'))?.fallback).not.to.include(t.neverVerified);
  });

  it('among others only what everyone may see, nobody’s number, nothing to press or save', async () => {
    const view = last(await world.mentions('Karin', 'telefonlista'))?.view;
    expect(namesOf(view)).to.deep.equal(['Tjänsteperson i beredskap', 'Växeln']);
    for (const each of [...named, numberOf.Karin, numberOf.Greta])
      expect(view?.fallback).not.to.include(each);
    expect(view && buttonsOf(view)).to.deep.equal([]);
    const links = itemsOf(view).flatMap((item) => item.links.map(({ url }) => url));
    for (const url of links) expect(url).to.match(/^tel:/);
    const asked = last(await world.mentions('Karin', 'väktare'))?.view;
    expect(asked?.card).to.equal('words');
  });

  it('a long list turns its page in the same message, and every row stands on one of them', async () => {
    const long = (n: number) => 'å'.repeat(n);
    const many = Array.from({ length: 60 }, (_, n) =>
      contactNamed(`N${n}`, {
        ...guard,
        id: `n${n}`,
        name: { sv: `${n} ${long(75)}`, en: `${n}` },
        when: { sv: long(160), en: 'x' },
        hours: { sv: long(80), en: 'x' },
        deputy: { sv: long(80), en: 'x' },
        arrival: { sv: long(80), en: 'x' },
        address: long(120),
        roles: [],
      }),
    );
    world = createWorld(undefined, { content: contentOf(undefined, many) });
    const seen = new Set<string>();
    let view = await firstOf('Karin', 'telefonlista');
    for (let pages = 1; view && pages < 40; pages++) {
      expect(Buffer.byteLength(JSON.stringify(drawn(view)))).to.be.lessThan(25 * 1024);
      for (const name of namesOf(view)) seen.add(name);
      const more = buttonsOf(view).find(({ title }) => /^Visa mer/.test(title));
      if (!more) break;
      view = (await world.pressesOld('Karin', { ...more, clicked: 'x', place: 'Karin' })).reply.card;
    }
    expect(seen.size).to.equal(60 + 5);
  });

  it('what a card cannot read in a click shows the list from its start', async () => {
    const pressed = { verb: 'phoneList', data: {}, clicked: 'x', place: 'Alva' };
    for (const from of ['-1', '9999', 'x', 7, { a: 1 }]) {
      const { reply } = await world.pressesOld('Alva', pressed, { from });
      const view = reply.card ?? last(world.sees('Alva'))?.view;
      expect(namesOf(view)[0], String(from)).to.equal('Tjänsteperson i beredskap');
    }
  });

  it('answers from memory when the storage refuses, and when it is silent', async () => {
    for (const fault of ['refused', 'silent'] as const) {
      world.storage.fault = fault;
      const started = performance.now();
      expect((await firstOf('Alva', 'telefonlista'))?.card, fault).to.equal('phoneList');
      expect((await firstOf('Alva', 'beredskapschef'))?.card, fault).to.equal('phoneList');
      expect(performance.now() - started).to.be.lessThan(1_000);
    }
  });

  describe('"Spara i telefonen"', () => {
    const hmacOf = (directory: Directory) => ({
      content: contentOf(undefined, contacts),
      directory,
      dutyRota: world.dutyRota,
      clock: world.now,
      hmac: world.hmac,
    });
    const linkOf = (view: View | undefined, at = 0): string =>
      itemsOf(view)[at]?.links.find(({ title }) => title === t.save)?.url ?? 'none';
    const opened = (url: string) =>
      contactOf(hmacOf(world.directory), url.replace('https://bot.example/contact/', ''));

    it('opens what the card shows, and no more: the name only for those who read it', async () => {
      const forGreta = opened(linkOf(await firstOf('Greta', 'karin')));
      expect(forGreta).to.include('FN:Karin Sand\r\n').and.include('TITLE:Säkerhetssamordnare\r\n');
      expect(forGreta).to.include('N:Sand;Karin;;;').and.include('TEL;TYPE=WORK,VOICE:+46701740622\r\n');
      const view = await firstOf('Alva', 'säkerhetssamordnare');
      const forAlva = opened(linkOf(view));
      expect(forAlva).to.include('FN:Säkerhetssamordnare\r\n').and.include('+46701740622');
      expect(forAlva).not.to.match(/Karin|Sand/);
      const forKarin = opened(linkOf(await firstOf('Karin', 'jouren')));
      expect(forKarin).to.include('TEL;TYPE=WORK,VOICE:+46846500400').and.not.include('Tove');
    });
    it('holds everything of a contact', async () => {
      const card = opened(linkOf(await firstOf('Tove', 'väktare')))?.replaceAll('\r\n ', '');
      for (const said of [
        '+46846500410',
        '+46846500412',
        'vakt@example.com',
        'Storgatan 1\\, Stockholm',
        'Dygnet runt',
      ])
        expect(card).to.include(said);
    });
    it('opens for a quarter of an hour', async () => {
      const url = linkOf(await firstOf('Greta', 'karin'));
      await world.pass(minutes(14));
      expect(opened(url)).to.be.a('string');
      await world.pass(minutes(1));
      expect(opened(url)).to.equal(undefined);
    });
    it('does not open with anything in it changed', async () => {
      const url = linkOf(await firstOf('Alva', 'säkerhetssamordnare'));
      expect(opened(url)).to.be.a('string');
      expect(opened(url.replace('.0.', '.1.')), 'with the name').to.equal(undefined);
      expect(opened(url.replace('.sv.', '.en.')), 'another language').to.equal(undefined);
      const start = url.lastIndexOf('/') + 1;
      for (let at = start; at < url.length; at++) {
        const other = url[at] === 'a' ? 'b' : 'a';
        expect(opened(`${url.slice(0, at)}${other}${url.slice(at + 1)}`), `letter ${at}`).to.equal(undefined);
      }
      for (const odd of ['', 'x', `${url}a`, url.slice(0, -1)]) expect(opened(odd), odd).to.equal(undefined);
    });
    it('names nobody and no id in its address, and is of another length for nobody', async () => {
      const view = await firstOf('Karin', 'telefonlista');
      const links = itemsOf(view).map((_, at) => linkOf(view, at));
      expect(new Set(links).size).to.equal(links.length);
      for (const url of links) {
        expect(url).to.match(/^https:\/\/bot\.example\/contact\/[0-9a-z]+\.sv\.[01]\.[\w-]{16}\.[\w-]{22}$/);
        expect(url).not.to.match(/00000000-|karin/i);
      }
    });
    it('is a link on the card, not a verb', async () => {
      const view = await firstOf('Alva', 'växeln');
      const urls = view ? byType(drawn(view), 'Action.OpenUrl').map(({ url }) => url) : [];
      expect(urls).to.include(linkOf(view));
    });
  });
});
