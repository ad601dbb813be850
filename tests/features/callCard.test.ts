/** The card of a telephone threat, from the first press during the call to the applied trace. */
import { expect } from 'chai';
import { instant } from '../../bot/core/ids.ts';
import { days, minutes, traceBy } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { buttonsOf, createWorld, noon, type World } from '../world/world.ts';
import { announced, casesOf, everyoneThere, last, words } from './reportedCase.ts';

const { callCard: t, notices, time } = texts('sv');
const secret = { wording: 'ORD-5d1e jag vet var du bor', callerNumber: '070-555 98 76' };

/** What stands in the inputs of a card. */
const filledIn = (card: View | undefined): Record<string, unknown> => {
  const inputs = card?.data.inputs;
  return Object.fromEntries(
    (Array.isArray(inputs) ? inputs : []).map((input) => [String(input.id), input.value]),
  );
};
/** The buttons above the inputs. */
const onTop = (card: View | undefined) =>
  JSON.stringify(card?.data.first ?? []).match(/(?<="title":")[^"]+/g);
const titles = (card: View | undefined) => (card ? buttonsOf(card).map(({ title }) => title) : []);

describe('the card of a call', () => {
  let world: World;
  beforeEach(async () => {
    world = await everyoneThere(createWorld(instant(Date.parse('2026-11-25T17:42:07+01:00'))));
    await world.writes('Alva', 'samtalskort');
  });
  const press = (does: string, inputs: Record<string, unknown> = {}) =>
    world.presses('Alva', 'callCard', { does, ...inputs });
  const theCase = async () => {
    const [id = ''] = await casesOf(world, 'Alva');
    const loaded = await world.storage.cases.load(id as Parameters<typeof world.storage.cases.load>[0]);
    if (!loaded) throw new Error('nothing is reported');
    return loaded.incident;
  };
  const sent = (inputs: Record<string, unknown> = {}) =>
    press('send', { dangerNow: 'no', callStart: '2026-11-25 17:42:07', ...secret, ...inputs });

  it('opens by its words, with 112 and "Nu" on top, and asks nothing that must be answered', async () => {
    for (const said of ['samtalskort', 'Hotsamtal!', 'call card']) {
      const [shown] = await world.writes('Alva', said);
      expect(shown?.view.card, said).to.equal('callCard');
      expect(onTop(shown?.view)).to.deep.equal([t.now, t.save]);
      expect(JSON.stringify(shown?.view.data)).not.to.include('"required":true');
      expect(shown?.view.fallback).to.include('Ring 112');
    }
  });
  it('"Nu" fills in the exact time by our clock, and keeps everything else that is filled in', async () => {
    const { reply } = await press('start', { callStart: '', wording: secret.wording, voice: 'dark,hoarse' });
    expect(filledIn(reply.card)).to.include({
      callStart: '2026-11-25 17:42:07',
      wording: secret.wording,
      voice: 'dark,hoarse',
    });
    expect(onTop(reply.card)).to.deep.equal([t.endsNow, t.save]);
    expect(reply.card?.fallback).to.include(t.saved('17:42:07'));
  });
  it('a time that somebody has written is theirs', async () => {
    const { reply } = await press('start', { callStart: '17.40' });
    expect(filledIn(reply.card).callStart).to.equal('17.40');
  });
  it('is kept over a restart, and what is kept is shown by the next press on the empty card', async () => {
    const first = await press('save', { wording: secret.wording, background: 'traffic' });
    await world.outage(1_000);
    const again = await world.pressesOld('Alva', first, { wording: '', background: '' });
    expect(filledIn(again.reply.card)).to.include({ wording: secret.wording, background: 'traffic' });
  });
  it('two presses at once, on two devices, lose nothing', async () => {
    const [message] = world.sees('Alva').slice(-1);
    const save = message && buttonsOf(message.view).find(({ data }) => data.does === 'save');
    if (!message || !save) throw new Error('there is no card');
    const on = { ...save, clicked: message.activityId, place: 'Alva' };
    await Promise.all([
      world.pressesOld('Alva', on, { wording: 'jag vet', voice: '', callStart: '2026-11-25 17:41:00' }),
      world.pressesOld('Alva', on, { wording: '', voice: 'dark', callStart: '' }),
    ]);
    const { reply } = await world.pressesOld('Alva', on, { wording: '' });
    expect(filledIn(reply.card)).to.include({
      wording: 'jag vet',
      voice: 'dark',
      callStart: '2026-11-25 17:41:00',
    });
  });
  it('"Fler frågor" keeps what is filled in, and opens the rest', async () => {
    const { reply } = await press('save', { more: 'yes', wording: secret.wording });
    expect(filledIn(reply.card)).to.include({ wording: secret.wording, callerNumber: '', via: '' });
    expect(titles(reply.card)).not.to.include(t.more);
  });
  it('says so when it cannot be kept, and takes nothing off the screen', async () => {
    world.storage.fault = 'refused';
    const { reply } = await press('save', { wording: secret.wording });
    expect(reply.card?.fallback).to.include(t.notSaved);
    expect(filledIn(reply.card).wording).to.equal(secret.wording);
  });
  it('nobody else opens it', async () => {
    const first = await press('save', { wording: secret.wording });
    const { reply } = await world.pressesOld('Greta', { ...first, place: 'Greta' }, { does: 'open' });
    expect(JSON.stringify(reply)).not.to.include(secret.wording);
  });
  it('what people write on it stands in no message, summary or log line', async () => {
    await press('start', secret);
    await press('save', secret);
    await sent();
    const posted = JSON.stringify([world.messages.map(({ view }) => view), world.logged]);
    for (const value of Object.values(secret)) expect(posted).not.to.include(value);
  });

  it('left unsent it is asked about after ten minutes, without its words, and opened again', async () => {
    await press('save', secret);
    await world.pass(minutes(9));
    expect(announced(world.sees('Alva'), t.unsent)).to.have.length(0);
    await world.pass(minutes(1));
    expect(announced(world.sees('Alva'), t.unsent)).to.have.length(1);
    const { reply } = await world.presses('Alva', 'callCard', { does: 'open' });
    expect(filledIn(reply.card).wording).to.equal(secret.wording);
  });
  it('a draft of another kind is not opened as one, nor one of these sent as free text', async () => {
    const first = await press('save', secret);
    const report = {
      verb: 'report',
      data: { nonce: '2026-x', draft: String(first.data.nonce), open: 'form' },
    };
    const { reply } = await world.pressesOld('Alva', { ...report, clicked: 'm', place: 'Alva' });
    expect(JSON.stringify(reply)).not.to.include('ORD-5d1e');
  });

  it('sent, it is a report by telephone with the exact time; the words are sealed in it', async () => {
    await press('start', { voice: 'dark' });
    await world.pass(minutes(2));
    const { reply } = await press('send', { ...secret, dangerNow: 'no', background: 'music' });
    expect(reply.card?.card).to.equal('receipt');
    const incident = await theCase();
    expect(incident.answers).to.include({ channel: 'phone', dangerNow: 'no' });
    expect(incident.call).to.deep.equal({ at: '2026-11-25T16:42:07.000Z' });
    const [entry] = await world.storage.cases.open(incident.id);
    expect(entry?.sealed).to.include({
      text: secret.wording,
      call: 'voice:dark background:music',
      callerNumber: secret.callerNumber,
    });
    expect(JSON.stringify([incident, entry?.event])).not.to.include('ORD-5d1e');
  });
  it('sent three times it is one report', async () => {
    await press('start', secret);
    const first = await sent();
    for (let n = 0; n < 2; n++)
      await world.pressesOld('Alva', first, {
        dangerNow: 'no',
        callStart: '2026-11-25 17:42:07',
        ...secret,
      });
    expect(await casesOf(world, 'Alva')).to.have.length(1);
    expect(announced(world.sees('channel'), notices.traceable.summary((await theCase()).id))).to.have.length(
      1,
    );
  });
  it('without an answer about danger it asks for that, and keeps the rest', async () => {
    const { reply } = await press('send', { ...secret, callStart: 'nyss' });
    expect(reply.card?.fallback).to.include(t.dangerMissing).and.to.include(t.badTime);
    expect(filledIn(reply.card).wording).to.equal(secret.wording);
    expect(await casesOf(world, 'Alva')).to.deep.equal([]);
  });
  for (const fault of ['a time that cannot be read', 'nothing that is kept can be read']) {
    it(`in danger nothing holds the alarm up: ${fault}`, async () => {
      if (fault.startsWith('nothing')) world.storage.drafts.read = () => Promise.reject(new Error('broken'));
      await sent({ dangerNow: 'yes', callStart: 'nyss', voice: ['list'] });
      expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
      expect(words(last(world.sees('Alva')))).to.include(texts('sv').forms.supplement.whereTitle);
    });
  }
  it('without a time it is the time of the first press', async () => {
    await press('save', { wording: 'x' });
    await world.pass(minutes(4));
    await press('send', { dangerNow: 'no' });
    expect((await theCase()).call?.at).to.equal('2026-11-25T16:42:07.000Z');
  });

  it('asks afterwards, one thing at a time, and keeps each answer in the case', async () => {
    await sent();
    const questions = () =>
      JSON.stringify(world.sees('Alva').findLast(({ view }) => view.card === 'receipt')?.view.data.questions);
    expect(questions()).to.include(t.isTimeRight('2026-11-25 17:42:07')).and.not.to.include(t.screenshot);
    const confirmation = world.sees('Alva').findLast(({ view }) => view.card === 'receipt');
    const correct = confirmation && buttonsOf(confirmation.view).find(({ data }) => data.correct);
    if (!correct) throw new Error('the time cannot be corrected');
    const form = await world.pressesOld('Alva', {
      ...correct,
      clicked: confirmation.activityId,
      place: 'Alva',
    });
    expect(filledIn(form.reply.card).callTime).to.equal('2026-11-25 17:42:07');
    const [save] = form.reply.card ? buttonsOf(form.reply.card) : [];
    const saving = { ...form, ...save };
    const wrong = await world.pressesOld('Alva', saving, { callTime: 'nyss' });
    expect(wrong.reply.card?.card).to.equal('form');
    await world.pressesOld('Alva', saving, { callTime: '17.40' });
    expect((await theCase()).call).to.deep.equal({ at: '2026-11-25T16:40:00.000Z', confirmed: true });
    expect(questions()).to.include(t.screenshot).and.not.to.include(t.whose);
    await world.presses('Alva', 'callTold', { screenshot: 'yes' });
    expect(questions()).to.include(t.whose);
    await world.presses('Alva', 'callTold', { telephone: 'own' });
    expect((await theCase()).call).to.include({ screenshot: true, telephone: 'own' });
    expect(questions()).to.equal('[]');
  });

  it('says until when it can be traced: to the one who was called, and on the coordinators’ card', async () => {
    const { reply } = await sent();
    const { call } = await theCase();
    const day = time.day(traceBy(call?.at ?? noon));
    expect(day).to.equal('lördag 5 december');
    expect(reply.card?.fallback).to.include(t.traceBy(day)).and.to.include(t.traceNeeds);
    const triage = world.sees('channel').find(({ view }) => view.card === 'triage');
    expect(words(triage)).to.include(`${t.traceAt}: ${day}`);
    expect(
      words(announced(world.sees('channel'), notices.traceable.summary((await theCase()).id))[0]),
    ).to.include(day);
  });
  it('the coordinators are reminded on the 7th and the 9th day', async () => {
    await sent();
    const { id } = await theCase();
    const reminded = () => announced(world.sees('channel'), notices.traceSoon.summary(id)).length;
    await world.pass(days(6));
    expect(reminded()).to.equal(0);
    await world.pass(days(1));
    expect(reminded()).to.equal(1);
    await world.pass(days(2));
    expect(reminded()).to.equal(2);
  });
  it('and not when they have applied: that stands in the case, and to the one who waits', async () => {
    await sent();
    const { id } = await theCase();
    await world.presses('Karin', 'traced', {}, 'channel');
    expect((await theCase()).call?.traced).to.equal(world.now());
    await world.pass(days(9));
    expect(announced(world.sees('channel'), notices.traceSoon.summary(id))).to.deep.equal([]);
    expect(words(world.sees('Alva').findLast(({ view }) => view.card === 'receipt'))).to.include(t.traced);
  });

  it('from the confirmation of a report by telephone it is added to that report, once', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'phone' });
    await world.presses('Alva', 'callCard', { does: undefined });
    const added = await sent();
    await world.pressesOld('Alva', added, {
      dangerNow: 'no',
      callStart: '2026-11-25 17:42:07',
      ...secret,
    });
    const incident = await theCase();
    expect(await casesOf(world, 'Alva')).to.have.length(1);
    expect(words({ view: added.reply.card } as Parameters<typeof words>[0])).to.include(t.added(incident.id));
    const given = (await world.storage.cases.open(incident.id)).filter(
      ({ event }) => event.type === 'Supplemented',
    );
    expect(given.map(({ sealed }) => sealed?.text)).to.deep.equal([secret.wording]);
    expect(incident.call?.at).to.equal('2026-11-25T16:42:07.000Z');
  });
  it('in danger that report is alarmed; when somebody has it already the danger is an alarm of its own', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'phone' });
    const open = () => world.presses('Alva', 'callCard', { does: undefined });
    const opened = await open();
    await sent({ dangerNow: 'yes' });
    expect(await casesOf(world, 'Alva')).to.have.length(1);
    expect((await theCase()).alarmedAt).to.equal(world.now());
    expect(last(world.sees('Tove'))?.view.card).to.equal('alarm');
    await world.presses('Tove', 'acknowledge');
    await world.pressesOld('Alva', opened);
    await sent({ dangerNow: 'yes', wording: 'nu igen' });
    expect(await casesOf(world, 'Alva')).to.have.length(2);
    expect((await theCase()).alarmedAt).to.equal(world.now());
  });
  it('when that report is closed meanwhile it becomes one of its own', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'phone' });
    await world.presses('Alva', 'callCard', { does: undefined });
    await world.presses('Karin', 'close', { reason: 'handled' }, 'channel');
    await sent();
    expect(await casesOf(world, 'Alva')).to.have.length(2);
  });
  it('the number that called is for those who work with the case, not on the reporter’s own copy', async () => {
    await sent({ dangerNow: 'yes' });
    const taken = await world.presses('Tove', 'acknowledge');
    expect(taken.reply.card?.fallback).to.include(secret.callerNumber).and.to.include(secret.wording);
    const own = await world.presses('Alva', 'details');
    expect(own.reply.card?.fallback).to.include(secret.wording).and.not.to.include(secret.callerNumber);
  });
});
