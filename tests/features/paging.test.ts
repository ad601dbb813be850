import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import type { World as People } from '../../bot/local/world.ts';
import { texts } from '../../bot/text/index.ts';
import { people as everyone } from '../world/instance.ts';
import { createWorld, noon, type World } from '../world/world.ts';
import { casesOf, last, secret, words } from './reportedCase.ts';

const numbers = { Tove: '+46701740621', Samir: '+46701740624', Karin: '+46701740622', Omid: '+46701740623' };
const dutyNumber = '+46846500400';

const first = texts('sv').call.teamsWakesNobody('Tjänsteperson i beredskap', '08-465 004 00');
const also = texts('sv').call.alsoByPhone('Tjänsteperson i beredskap');

/** A world with these people in Teams, and an alarm of Alva's. */
async function alarm(
  people: People = everyone,
  there: string[] = ['Alva', 'Tove', 'Samir', 'Karin', 'Omid', 'Britt'],
  before: (world: World) => void = () => undefined,
): Promise<{ world: World; id: IncidentId }> {
  const world = createWorld(noon, { people });
  for (const name of there) await world.writes(name, 'meny');
  await world.joins();
  before(world);
  await world.writes('Alva', 'rapportera');
  await world.presses('Alva', 'report', { dangerNow: 'yes', channel: 'phone', affected: 'self', ...secret });
  const [id] = await casesOf(world, 'Alva');
  if (!id) throw new Error('nothing was reported');
  return { world, id };
}

/** How often a number has rung. */
const rang = (world: World, number: string): number =>
  world.phones.rung.filter((message) => message.number === number).length;
const waiting = async (world: World) =>
  (await world.storage.cases.due('2099-01-01T00:00:00.000Z' as typeof noon)).filter(
    ({ effect }) => effect.do === 'page',
  );

describe('paging outside Teams', () => {
  it('the alarm is in Teams and on the phone at once: the number of the case, and nothing else', async () => {
    const { world, id } = await alarm();
    expect(world.phones.rung).to.deep.equal([
      { number: numbers.Tove, text: `Larm ${id}. Öppna Teams.`, locale: 'sv' },
    ]);
    expect(world.sees('Tove').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
  });
  it('again every minute, in one row, until somebody takes it', async () => {
    const { world } = await alarm();
    for (let n = 2; n <= 4; n++) {
      await world.pass(minutes(0.9));
      expect(rang(world, numbers.Tove)).to.equal(n - 1);
      await world.pass(minutes(0.1));
      expect(rang(world, numbers.Tove)).to.equal(n);
      expect(await waiting(world)).to.have.length(1);
    }
    await world.presses('Tove', 'acknowledge');
    await world.pass(minutes(10));
    expect(rang(world, numbers.Tove)).to.equal(4);
    expect(await waiting(world)).to.have.length(0);
  });
  it('taken from the channel by someone else: the phone is silent too', async () => {
    const { world } = await alarm();
    await world.presses('Karin', 'acknowledge', {}, 'channel');
    await world.pass(minutes(3));
    expect(rang(world, numbers.Tove)).to.equal(1);
  });
  it('the alarm goes on: the next ones ring, all coordinators at once, and those before them no more', async () => {
    const { world } = await alarm();
    await world.pass(minutes(5.1));
    expect(rang(world, numbers.Samir)).to.equal(1);
    const before = rang(world, numbers.Tove);
    await world.pass(minutes(1));
    expect(rang(world, numbers.Samir)).to.equal(2);
    expect(rang(world, numbers.Tove)).to.equal(before);
    await world.pass(minutes(4.1));
    expect([rang(world, numbers.Karin), rang(world, numbers.Omid)]).to.deep.equal([1, 1]);
  });
  it('declines: that phone is silent, the next one rings at once', async () => {
    const { world } = await alarm();
    await world.presses('Tove', 'decline');
    expect(rang(world, numbers.Samir)).to.equal(1);
    await world.pass(minutes(2));
    expect(rang(world, numbers.Tove)).to.equal(1);
  });
  it('someone whom Teams cannot reach is paged all the same', async () => {
    const { world } = await alarm(everyone, ['Alva', 'Samir', 'Karin', 'Omid']);
    expect(rang(world, numbers.Tove)).to.equal(1);
    expect(rang(world, numbers.Samir)).to.equal(1);
  });
  it('nobody at all can be reached in Teams: every phone rings, round after round, and the channel has the case', async () => {
    const { world, id } = await alarm(everyone, ['Alva']);
    for (const number of Object.values(numbers)) expect(rang(world, number)).to.equal(1);
    // Each minute the alarm comes to one rung more, and round again.
    for (let i = 0; i < 20; i++) await world.pass(minutes(1));
    for (const number of Object.values(numbers)) expect(rang(world, number)).to.be.within(6, 7);
    expect((await waiting(world)).length).to.be.at.most(7);
    expect(world.sees('channel').some(({ view }) => view.fallback.includes(id))).to.equal(true);
  });
  it('the number is looked up when the phone rings, in the language of its owner', async () => {
    const people = structuredClone(everyone);
    const tove = people.people.find(({ name }) => name.startsWith('Tove'));
    if (!tove) throw new Error('no Tove');
    tove.locale = 'en';
    const { world, id } = await alarm(people);
    expect(world.phones.rung).to.deep.equal([
      { number: numbers.Tove, text: `Alarm ${id}. Open Teams.`, locale: 'en' },
    ]);
  });
  it('without a number nothing rings, the alarm is in Teams, and the next rung’s phone rings in its time', async () => {
    const people = structuredClone(everyone);
    for (const person of people.people) if (person.name.startsWith('Tove')) delete person.number;
    const { world } = await alarm(people);
    expect(world.phones.rung).to.deep.equal([]);
    expect(world.sees('Tove').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
    await world.pass(minutes(5.1));
    expect(rang(world, numbers.Samir)).to.equal(1);
  });

  describe('a duty officer who is only a number', () => {
    const people: People = { ...everyone, rota: [], paging: { by: 'localPhone', dutyFunction: true } };

    it('is paged every minute, and the alarm goes on to people in Teams as ever', async () => {
      const { world } = await alarm(people);
      await world.pass(minutes(1));
      expect(rang(world, dutyNumber)).to.equal(2);
      expect(world.sees('Karin').filter(({ view }) => view.card === 'alarm')).to.have.length(0);
      await world.pass(minutes(4.1));
      expect(world.sees('Karin').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
      expect(rang(world, numbers.Karin)).to.equal(1);
      expect(words(last(world.sees('channel')))).to.include('Karin Sand');
    });
    it('round the ladder again: the channel is told that the function is asked now, and who is next', async () => {
      const { world } = await alarm(people);
      for (let rung = 0; rung < 3; rung++) await world.pass(minutes(5.1));
      const { asked, next } = texts('sv').notices.passedOn;
      expect(words(last(world.sees('channel'))))
        .to.include(asked('Tjänsteperson i beredskap'))
        .and.to.include(next('Karin Sand, Omid Berg'));
    });
    it('a coordinator takes it from the channel: silent', async () => {
      const { world } = await alarm(people);
      await world.presses('Karin', 'acknowledge', {}, 'channel');
      await world.pass(minutes(5));
      expect(rang(world, dutyNumber)).to.equal(1);
    });
  });

  describe('a telephone service that fails', () => {
    it('is tried again when it says, and before a minute when it says nothing', async () => {
      for (const after of [undefined, 30_000]) {
        const { world } = await alarm(everyone, undefined, ({ phones }) => {
          phones.fault = () => ({ outcome: 'later', ...(after && { after }) });
        });
        expect(rang(world, numbers.Tove)).to.equal(0);
        world.phones.fault = undefined;
        await world.pass((after ?? 10_000) - 1);
        expect(rang(world, numbers.Tove)).to.equal(0);
        await world.pass(1);
        expect(rang(world, numbers.Tove)).to.equal(1);
        expect(await waiting(world)).to.have.length(1);
      }
    });
    it('whose answer is lost: the next minute’s page comes anyway, in the same row', async () => {
      const { world } = await alarm(everyone, undefined, ({ phones }) => {
        phones.fault = () => 'lost';
      });
      await world.pass(minutes(0.9));
      expect(rang(world, numbers.Tove)).to.equal(1);
      await world.pass(minutes(0.1));
      expect(rang(world, numbers.Tove)).to.equal(2);
      expect(await waiting(world)).to.have.length(1);
    });
    it('or will have nothing to do with us: every alarm is in Teams all the same, and goes on', async () => {
      const { world } = await alarm(everyone, undefined, ({ phones }) => {
        phones.fault = () => ({ outcome: 'gone' });
      });
      expect(world.sees('Tove').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
      await world.pass(minutes(5.1));
      expect(world.sees('Samir').filter(({ view }) => view.card === 'alarm')).to.have.length(1);
    });
    it('or hangs: what is to be said in Teams does not wait for it', async () => {
      const hanging = Promise.withResolvers<never>();
      const { world } = await alarm(everyone, undefined, ({ phones }) => {
        phones.page = () => hanging.promise;
      });
      await world.presses('Tove', 'acknowledge');
      expect(words(last(world.sees('Alva')))).to.include('Tove Lind');
    });
    it('for hours: then each phone rings once for it, not once for every round of the ladder', async () => {
      const { world } = await alarm(everyone, undefined, ({ phones }) => {
        phones.fault = () => ({ outcome: 'later' });
      });
      for (let i = 0; i < 3 * 60; i++) await world.pass(minutes(1));
      expect((await waiting(world)).length).to.be.at.most(7);
      world.phones.fault = undefined;
      await world.pass(10_000);
      for (const number of Object.values(numbers)) expect(rang(world, number)).to.be.within(1, 2);
    });
  });

  it('a burst of forty alarms: the phone rings six times a minute, for ever, and every case is in Teams', async () => {
    const { world } = await alarm();
    for (let n = 1; n < 40; n++) {
      await world.writes('Alva', 'akut');
      await world.presses('Alva', 'report', {});
    }
    expect(rang(world, numbers.Tove)).to.equal(6);
    for (let minute = 1; minute <= 4; minute++) {
      await world.pass(minutes(1));
      expect(rang(world, numbers.Tove)).to.equal(6 * (minute + 1));
      expect((await waiting(world)).length).to.equal(40);
    }
    expect(new Set(world.phones.rung.map(({ text }) => text)).size).to.be.greaterThan(6);
  });

  it('five on the ladder, any of them in Teams or not: every phone rings on its rung, and whoever is there has the card', async () => {
    const ladder = ['Tove', 'Samir', 'Karin', 'Omid', 'Britt'];
    const phone = { ...numbers, Britt: '+46701740625' } as Record<string, string>;
    for (let subset = 0; subset < 2 ** ladder.length; subset++) {
      const there = ladder.filter((_, n) => subset & (1 << n));
      const { world } = await alarm(everyone, ['Alva', ...there]);
      for (let minute = 0; minute < 22; minute++) await world.pass(minutes(1));
      for (const who of ladder) expect(rang(world, phone[who] ?? ''), `${there} ${who}`).to.be.greaterThan(0);
      for (const who of there) {
        const cards = world.sees(who).filter(({ view }) => view.card === 'alarm');
        expect(cards.length, `${there} ${who}`).to.be.greaterThan(0);
      }
      expect(world.sees('channel').some(({ view }) => view.card === 'triage')).to.equal(true);
    }
  });

  it('found late, after an outage: at once for a case that nobody has, never for one that is taken', async () => {
    for (const taken of [false, true]) {
      const { world } = await alarm();
      if (taken) {
        const pressed = await world.presses('Tove', 'acknowledge');
        await world.pressesOld('Tove', { ...pressed, verb: 'reached' });
      }
      world.phones.rung.length = 0;
      await world.pass(minutes(60 * 24 * 30));
      expect(world.phones.rung.length > 0).to.equal(!taken);
    }
  });

  it('no name, number, place or word of anybody is in a page, and no phone number in the log or among the rows', async () => {
    const { world } = await alarm();
    await world.pass(minutes(12));
    const told = JSON.stringify(world.phones.rung.map(({ text }) => text));
    for (const canary of [...Object.values(secret), 'Alva', 'Ek', '070-174']) {
      expect(told, canary).not.to.include(canary);
    }
    const rows = JSON.stringify([world.logged, await waiting(world)]);
    for (const canary of ['174 06 2', '17406', '465 004', '46500', 'Lind', 'Holm']) {
      expect(rows, canary).not.to.include(canary);
    }
  });
});

describe('what is said of phones', () => {
  const { paging, ...withoutPhones } = everyone;
  const office: People = {
    ...everyone,
    paging: { by: 'localPhone', dutyHours: { from: '13:00', to: '22:00', days: 'every' } },
  };
  const said = async (people: People) => {
    const { world } = await alarm(people);
    await world.writes('Alva', 'akut');
    const shown = world.sees('Alva').map(words);
    return {
      akut: shown.at(-1) ?? '',
      confirmation: shown.find((text) => text.includes(texts('sv').receipt.alarmSent)) ?? '',
      rung: world.phones.rung.length,
    };
  };
  /** Right after 112. */
  const second = (text: string) => text.split('\n')[1];

  it('without a telephone service: to call, right after 112, and no phone rings', async () => {
    const { akut, confirmation, rung } = await said(withoutPhones);
    expect([second(akut), second(confirmation)]).to.deep.equal([first, first]);
    expect(akut + confirmation).not.to.include(also);
    expect(rung).to.equal(0);
  });
  it('outside the hours in which somebody answers: to call, though the phones ring', async () => {
    const { akut, confirmation, rung } = await said(office);
    expect([second(akut), second(confirmation)]).to.deep.equal([first, first]);
    expect(rung).to.equal(1);
  });
  it('else: that the duty officer is alerted by phone too', async () => {
    const { akut, confirmation } = await said(everyone);
    for (const text of [akut, confirmation]) {
      expect(text).to.include(also);
      expect(text).not.to.include(first);
    }
  });
  it('when the one who is asked has no number: to call', async () => {
    const people = structuredClone(everyone);
    for (const person of people.people) if (person.name.startsWith('Tove')) delete person.number;
    const { akut, confirmation } = await said(people);
    expect([second(akut), second(confirmation)]).to.deep.equal([first, first]);
  });
  it('an alarm raised from an ordinary report has 112 first, like every alarm', async () => {
    const world = createWorld(noon, { people: withoutPhones });
    for (const name of ['Alva', 'Tove']) await world.writes(name, 'meny');
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
    await world.presses('Alva', 'alarm');
    const confirmation = world
      .sees('Alva')
      .map(words)
      .find((text) => text.includes('Larmet är skickat'));
    expect(confirmation?.split('\n').slice(0, 2)).to.deep.equal([texts('sv').call.danger, first]);
  });
  it('the configured phones are those of the local world', () => {
    expect(paging?.by).to.equal('localPhone');
  });
});
