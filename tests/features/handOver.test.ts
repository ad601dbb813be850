import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { createWorld, noon } from '../world/world.ts';
import { announced, last, type ReportedCase, reportedCase, words } from './reportedCase.ts';

const { notices, refusals, forms, error } = texts('sv');
const note = 'ORD-51ab ring henne efter nio';

describe('the duty officer leaves a case to the day', () => {
  let reported: ReportedCase;
  const at = (hours: number) => minutes(60 * hours);
  const told = () => announced(reported.world.sees('channel'), notices.handedOver.summary(reported.id));
  const reminders = () => announced(reported.world.sees('channel'), notices.untaken.summary(reported.id));
  beforeEach(async () => {
    reported = await reportedCase();
    const { world } = reported;
    const taken = await world.presses('Tove', 'acknowledge');
    await world.pressesOld('Tove', { ...taken, verb: 'reached' });
  });
  const leaves = async () => {
    const { world } = reported;
    await world.presses('Tove', 'handOver');
    return world.presses('Tove', 'handOver', { text: note });
  };

  it('asks for a note, and says who gets it', async () => {
    const { world } = reported;
    const form = await world.presses('Tove', 'handOver');
    expect(form.reply.card?.fallback).to.include(forms.handOver.told);
    const empty = await world.presses('Tove', 'handOver', { text: ' ' });
    expect(empty.reply.card?.fallback).to.include(error.missingAnswer);
    expect((await reported.incident()).stage.status).to.equal('reached');
  });
  it('the channel is told, the one who waits too, and her card says so', async () => {
    const { reply } = await leaves();
    expect(reply.card?.fallback).to.include('Tove Lind lämnade över det till dagen');
    expect(told()).to.have.length(1);
    expect(told()[0]?.conversation, 'under its card').to.equal(reported.triage()?.conversation);
    expect(words(last(reported.world.sees('Alva')))).to.include(notices.handedOver.toReporter.title);
    expect(words(reported.triage())).to.include(texts('sv').triage.handedOver);
  });
  it('the note is sealed: read only where the case is opened', async () => {
    await leaves();
    const { world } = reported;
    const seen = JSON.stringify([world.messages.map(({ view }) => view), world.logged]);
    expect(seen).not.to.include(note);
    const { reply } = await world.presses('Karin', 'details', {}, 'channel');
    expect(JSON.stringify(reply.card?.data)).to.include(note);
  });
  it('the channel is reminded at eight every working morning, until someone takes it', async () => {
    await leaves();
    const { world } = reported;
    await world.pass(at(19.9));
    expect(reminders()).to.have.length(0);
    await world.pass(at(0.2));
    expect(reminders(), 'Thursday').to.have.length(1);
    await world.pass(at(24));
    expect(reminders(), 'Friday').to.have.length(2);
    await world.pass(at(48));
    expect(reminders(), 'the weekend').to.have.length(2);
    await world.pass(at(24));
    expect(reminders(), 'Monday').to.have.length(3);
    await world.presses('Karin', 'acknowledge', {}, 'channel');
    await world.pass(at(24));
    expect(reminders(), 'taken').to.have.length(3);
  });
  it('nobody is alarmed, however long it takes', async () => {
    await leaves();
    const before = ['Tove', 'Samir', 'Britt'].map((who) => reported.alarms(who).length);
    await reported.world.pass(at(30));
    expect(['Tove', 'Samir', 'Britt'].map((who) => reported.alarms(who).length)).to.deep.equal(before);
  });
  it('left twice is left once, and said who did', async () => {
    const first = await leaves();
    const again = await reported.world.pressesOld('Tove', first, { text: note });
    expect(again.reply.card?.fallback).to.include(refusals.handedOver('Tove Lind'));
    expect(told()).to.have.length(1);
  });
  it('the reporter can alarm again: the duty officer of the case is asked at once', async () => {
    await leaves();
    const before = reported.alarms('Tove').length;
    await reported.world.presses('Alva', 'alarm');
    expect(reported.alarms('Tove')).to.have.length(before + 1);
    await reported.world.pass(minutes(5.1));
    expect(reported.alarms('Samir')).to.have.length(1);
  });
  it('the storage is away: said in words, and the note can be sent again', async () => {
    const { world } = reported;
    const form = await world.presses('Tove', 'handOver');
    world.storage.fault = 'refused';
    const { reply } = await world.pressesOld('Tove', form, { text: note });
    expect(reply.card?.fallback).to.include(error.notStored);
    world.storage.fault = undefined;
    await world.pressesOld('Tove', form, { text: note });
    expect(told()).to.have.length(1);
  });
  it('an alarm whose person is not reached has no such button, and cannot be left', async () => {
    const other = await reportedCase(createWorld(noon));
    const taken = await other.world.presses('Tove', 'acknowledge');
    expect(taken.reply.card?.fallback).not.to.include(texts('sv').buttons.handOver);
    const { reply } = await other.world.pressesOld('Tove', { ...taken, verb: 'handOver' }, { text: note });
    expect(reply.card?.fallback).to.include(refusals.notAllowed);
  });
});
