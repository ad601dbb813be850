/** `läge` by itself: 08:00 in Stockholm on working days, once, whatever happens to the instances. */
import { expect } from 'chai';
import { type Instant, instant } from '../../bot/core/ids.ts';
import { isBoardDay, later, minutes, nextWorkingMorning } from '../../bot/core/time.ts';
import { StorageRefused } from '../../bot/features/ports.ts';
import { texts } from '../../bot/text/index.ts';
import { people } from '../world/bot.ts';
import { createWorld, type World } from '../world/world.ts';

const { board, labels } = texts('sv');
const at = (local: string): Instant => instant(Date.parse(local));
const evening = at('2026-11-24T20:00:00+01:00');
const hours = (count: number) => minutes(60 * count);

describe('läge at eight', () => {
  let world: World;
  beforeEach(async () => {
    world = createWorld(evening);
    await world.joins();
    await world.routines.board();
  });
  const boards = () =>
    world
      .sees('channel')
      .map(({ view }) => view)
      .filter(({ summary }) => summary === board.summary);
  const passTo = async (local: string) => {
    await world.pass(Date.parse(local) - Date.parse(world.now()));
    await world.routines.board();
  };

  it('comes at eight, says so when nothing is open, and again the next working day', async () => {
    await passTo('2026-11-25T07:59:59+01:00');
    expect(boards()).to.have.length(0);
    await passTo('2026-11-25T08:00:00+01:00');
    expect(boards().map(({ fallback }) => fallback)).to.deep.equal([`${board.title}\n${board.none}`]);
    await passTo('2026-11-25T23:00:00+01:00');
    expect(boards()).to.have.length(1);
    await passTo('2026-11-26T08:00:00+01:00');
    expect(boards()).to.have.length(2);
  });
  it('shows what is open, and when what happens next', async () => {
    await world.writes('Alva', 'rapportera');
    await world.presses('Alva', 'report', { dangerNow: 'no', channel: 'email' });
    await passTo('2026-11-25T08:00:00+01:00');
    const [shown] = boards();
    expect(shown?.fallback).to.match(/H26-/).and.to.include('Läses senast onsdag 25 november kl. 16:00');
  });
  it('comes once though two instances look', async () => {
    await world.pass(hours(12));
    await Promise.all([world.routines.board(), world.routines.board()]);
    await world.routines.board();
    expect(boards()).to.have.length(1);
  });
  it('comes late the same day after an outage, once, and says so', async () => {
    await passTo('2026-11-25T15:20:00+01:00');
    await passTo('2026-11-25T15:30:00+01:00');
    expect(boards()).to.have.length(1);
    expect(boards()[0]?.fallback).to.include(labels.late);
  });
  it('does not come the day after: that day’s own comes at its time', async () => {
    await passTo('2026-11-26T06:30:00+01:00');
    expect(boards()).to.have.length(0);
    await passTo('2026-11-26T08:00:00+01:00');
    expect(boards()).to.have.length(1);
    expect(boards()[0]?.fallback).not.to.include(labels.late);
  });
  it('is tried again when Teams does not take it, also past midnight, and then not at night', async () => {
    world.failing.set(people.triageChannel, 'later');
    await passTo('2026-11-25T08:00:00+01:00');
    expect(boards()).to.have.length(0);
    await passTo('2026-11-25T23:59:30+01:00');
    world.failing.clear();
    await passTo('2026-11-26T00:02:00+01:00');
    expect(boards()).to.have.length(0);
    await passTo('2026-11-26T08:00:00+01:00');
    expect(boards()).to.have.length(1);
  });
  it('is labelled as a repeat when nobody knows whether it came, or its holder died', async () => {
    world.failing.set(people.triageChannel, 'lost');
    await passTo('2026-11-25T08:00:00+01:00');
    world.failing.clear();
    await passTo('2026-11-25T08:01:00+01:00');
    expect(boards().map(({ fallback }) => fallback.includes(labels.repeat))).to.deep.equal([false, true]);
    await world.pass(hours(24));
    const { cases } = world.storage;
    const { listOpen } = cases;
    cases.listOpen = () => Promise.reject(new StorageRefused('the fake refuses'));
    await world.routines.board().catch((error: unknown) => expect(error).to.be.instanceOf(StorageRefused));
    cases.listOpen = listOpen;
    await world.routines.board();
    expect(boards()).to.have.length(2);
    await world.pass(minutes(1));
    await world.routines.board();
    expect(boards()).to.have.length(3);
    expect(boards()[2]?.fallback).to.include(labels.repeat);
  });
});

describe('the time of läge', () => {
  it('is eight in Stockholm, summer and winter, on working days', () => {
    const next = (local: string) => nextWorkingMorning(at(local));
    expect(next('2026-11-25T07:59:00+01:00')).to.equal(at('2026-11-25T08:00:00+01:00'));
    expect(next('2026-11-25T08:00:00+01:00')).to.equal(at('2026-11-26T08:00:00+01:00'));
    expect(next('2026-07-03T12:00:00+02:00')).to.equal(at('2026-07-06T08:00:00+02:00'));
    expect(next('2026-12-23T12:00:00+01:00')).to.equal(at('2026-12-28T08:00:00+01:00'));
    expect(next('2026-10-23T12:00:00+02:00')).to.equal(at('2026-10-26T08:00:00+01:00'));
  });
  it('is the same day only, from eight', () => {
    const due = at('2026-11-25T08:00:00+01:00');
    expect(isBoardDay(due, due)).to.equal(true);
    expect(isBoardDay(due, later(due, hours(15)))).to.equal(true);
    expect(isBoardDay(due, later(due, hours(16)))).to.equal(false);
    expect(isBoardDay(later(due, hours(16)), later(due, hours(17)))).to.equal(false);
  });
});
