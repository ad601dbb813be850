/** "Radera": what people wrote in a closed case is gone, on every surface, for everybody. */
import { expect } from 'chai';
import type { IncidentId } from '../../bot/core/ids.ts';
import { texts } from '../../bot/text/index.ts';
import { buttonsOf, type World } from '../world/world.ts';
import { type ReportedCase, reportedCase, secret, words } from './reportedCase.ts';

const { erased, refusals } = texts('sv');

describe('deleting what people wrote', () => {
  let reported: ReportedCase;
  let world: World;
  let id: IncidentId;
  beforeEach(async () => {
    reported = await reportedCase();
    ({ world, id } = reported);
    await world.presses('Tove', 'acknowledge');
    await world.presses('Karin', 'note', { text: 'internt-77', visibleTo: 'staff' }, 'channel');
  });
  const closes = () => world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
  const erases = async () => {
    const asked = await world.presses('Karin', 'erase', {}, 'channel');
    const [send] = buttonsOf(asked.reply.card ?? expect.fail('no form'));
    return world.pressesOld('Karin', { ...asked, data: send?.data ?? {} });
  };

  it('is offered of closed cases, to coordinators', async () => {
    const { data } = await world.presses('Karin', 'details', {}, 'channel');
    const tries = async (who: string) =>
      (
        await world.pressesOld(who, {
          verb: 'erase',
          data: { ...data, sure: 'yes' },
          clicked: 'm',
          place: who,
        })
      ).reply.card?.fallback;
    expect(await tries('Karin')).to.include(refusals.notClosed);
    await closes();
    for (const who of ['Alva', 'Tove', 'Greta'])
      expect(await tries(who), who).not.to.include(erased.summary(id));
    expect((await reported.incident()).erasedAt).to.equal(undefined);
  });

  it('asks first: what goes, what stays, that it is for good, and how long backups keep it', async () => {
    await closes();
    const { reply } = await world.presses('Karin', 'erase', {}, 'channel');
    for (const said of [erased.what, erased.left, erased.noReturn, erased.backups]) {
      expect(reply.card?.fallback).to.include(said);
    }
    expect((await reported.incident()).erasedAt).to.equal(undefined);
  });

  it('leaves a stub of every card, and nothing to read for anybody', async () => {
    const old = {
      Alva: await world.presses('Alva', 'details'),
      Tove: await world.presses('Tove', 'details'),
      Karin: await world.presses('Karin', 'details', {}, 'channel'),
    };
    await closes();
    const { reply } = await erases();
    expect(reply.card?.fallback).to.include('raderades');
    for (const card of [reported.triage(), ...reported.alarms('Tove')]) expect(card).to.equal(undefined);
    for (const place of ['channel', 'Tove', 'Alva']) {
      const stubs = world.sees(place).filter(({ view }) => view.summary === erased.summary(id));
      expect(stubs.length, place).to.be.greaterThan(0);
    }
    for (const [who, pressed] of Object.entries(old)) {
      const again = await world.pressesOld(who, pressed);
      expect(JSON.stringify(again.reply.card), who).not.to.match(/ORD-7f3a|PLATS|555 12 34|NAMN|internt-77/);
    }
    for (const verb of ['reopen', 'note', 'supplement', 'erase']) {
      const { data } = old.Karin;
      const again = await world.pressesOld('Karin', { verb, data, clicked: 'm', place: 'channel' });
      expect(again.reply.card?.fallback, verb).to.include('rader');
    }
    for (const [card] of [
      await world.writes('Alva', 'mina rapporter'),
      await world.writes('Alva', `återkalla ${id}`),
    ]) {
      for (const each of Object.values(secret)) expect(words(card)).not.to.include(each);
    }
    expect(await world.storage.cases.open(id).catch((error: Error) => error.name)).to.equal('StorageRefused');
  });

  it('is logged once, also when it is asked for twice', async () => {
    await closes();
    const done = await erases();
    await world.pressesOld('Karin', { ...done, data: { ...done.data, nonce: 'another' } });
    const log = (await world.storage.cases.log(id)).filter(({ what }) => what === 'erased');
    expect(log.map(({ by }) => by)).to.deep.equal([world.person('Karin')]);
    expect((await reported.incident()).version).to.equal(5);
  });
});
