import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { instant } from '../../bot/core/ids.ts';
import {
  instantOf,
  isNight,
  isWithin,
  isWorkingDay,
  localParts,
  nextHours,
  nextMorning,
  nextWorkingDay,
  nextWorkingMorning,
} from '../../bot/core/time.ts';

const at = (local: string) =>
  instant(Temporal.ZonedDateTime.from(`${local}[Europe/Stockholm]`).epochMilliseconds);
const workingDay = (date: string) => isWorkingDay(Temporal.PlainDate.from(date));

describe('time', () => {
  it('night is 22-07 in Stockholm, summer and winter', () => {
    for (const day of ['2026-01-15', '2026-07-15']) {
      expect(isNight(at(`${day}T21:59:59`)), day).to.equal(false);
      expect(isNight(at(`${day}T22:00:00`)), day).to.equal(true);
      expect(isNight(at(`${day}T06:59:59`)), day).to.equal(true);
      expect(isNight(at(`${day}T07:00:00`)), day).to.equal(false);
    }
  });
  it('morning is seven, also over both clock changes', () => {
    expect(nextMorning(at('2026-03-28T23:00:00'))).to.equal(at('2026-03-29T07:00:00'));
    expect(nextMorning(at('2026-10-25T01:30:00'))).to.equal(at('2026-10-25T07:00:00'));
    expect(nextMorning(at('2026-12-31T22:30:00'))).to.equal(at('2027-01-01T07:00:00'));
  });
  it('knows the days on which nobody reads', () => {
    const closed = [
      '2026-01-01',
      '2026-01-06',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-06-19',
      '2026-12-24',
      '2026-12-25',
      '2026-12-31',
      '2027-03-26',
      '2027-03-29',
      '2027-05-06',
      '2028-06-23',
      '2026-11-28',
    ];
    for (const date of closed) expect(workingDay(date), date).to.equal(false);
    for (const date of ['2026-11-27', '2026-12-23', '2026-06-18', '2027-01-05', '2026-04-07']) {
      expect(workingDay(date), date).to.equal(true);
    }
  });
  it('the next working day, at 16, from any day', () => {
    expect(nextWorkingDay(at('2026-11-25T09:00:00'))).to.equal(at('2026-11-26T16:00:00'));
    expect(nextWorkingDay(at('2026-11-27T15:00:00'))).to.equal(at('2026-11-30T16:00:00'));
    expect(nextWorkingDay(at('2026-12-23T20:00:00'))).to.equal(at('2026-12-28T16:00:00'));
    expect(nextWorkingDay(at('2026-04-02T20:00:00'))).to.equal(at('2026-04-07T16:00:00'));
  });
  it('the next working morning, at 8: this one while it is still to come', () => {
    expect(nextWorkingMorning(at('2026-11-25T05:00:00'))).to.equal(at('2026-11-25T08:00:00'));
    expect(nextWorkingMorning(at('2026-11-25T08:00:00'))).to.equal(at('2026-11-26T08:00:00'));
    expect(nextWorkingMorning(at('2026-11-27T23:00:00'))).to.equal(at('2026-11-30T08:00:00'));
    expect(nextWorkingMorning(at('2026-12-23T09:00:00'))).to.equal(at('2026-12-28T08:00:00'));
    expect(nextWorkingMorning(at('2026-03-27T12:00:00'))).to.equal(at('2026-03-30T08:00:00'));
  });
  it('the next whole hours of the clock, over a change of clocks', () => {
    expect(nextHours(at('2026-03-28T17:00:00'), [8, 16], 3)).to.deep.equal([
      at('2026-03-29T08:00:00'),
      at('2026-03-29T16:00:00'),
      at('2026-03-30T08:00:00'),
    ]);
  });
  it('an instant is read as written; what no clock here shows is none', () => {
    expect(instantOf('2026-11-25T12:00:00+01:00')).to.equal(at('2026-11-25T12:00:00'));
    expect(instantOf('2026-07-01T08:00')).to.equal(at('2026-07-01T08:00:00'));
    for (const text of [
      '',
      'nu',
      '2026-02-29T08:00',
      '2026-03-29T02:30',
      '2026-10-25T02:30',
      '2026-13-01T00:00Z',
    ])
      expect(instantOf(text), text).to.equal(undefined);
  });
  it('tells the clock as people here read it', () => {
    expect(localParts(at('2026-11-25T08:05:59'))).to.deep.equal({
      date: '2026-11-25',
      weekday: 3,
      day: 25,
      month: 11,
      clock: '08:05',
    });
  });
  it('hours are from the first minute to before the last, every day or on working days', () => {
    const office = { from: '07:00', to: '17:30', days: 'working' } as const;
    expect(isWithin(office, at('2026-11-25T06:59:59'))).to.equal(false);
    expect(isWithin(office, at('2026-11-25T07:00:00'))).to.equal(true);
    expect(isWithin(office, at('2026-11-25T17:29:59'))).to.equal(true);
    expect(isWithin(office, at('2026-11-25T17:30:00'))).to.equal(false);
    for (const closed of ['2026-11-28T12:00:00', '2026-12-24T12:00:00', '2026-06-19T12:00:00']) {
      expect(isWithin(office, at(closed)), closed).to.equal(false);
      expect(isWithin({ ...office, days: 'every' }, at(closed)), closed).to.equal(true);
    }
    expect(isWithin({ from: '00:00', to: '24:00', days: 'every' }, at('2026-03-29T23:59:59'))).to.equal(true);
  });
});
