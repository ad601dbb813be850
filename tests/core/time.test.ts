import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { instant } from '../../bot/core/ids.ts';
import { isNight, isWorkingDay, localParts, nextMorning, nextWorkingDay } from '../../bot/core/time.ts';

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
  it('tells the clock as people here read it', () => {
    expect(localParts(at('2026-11-25T08:05:59'))).to.deep.equal({
      date: '2026-11-25',
      weekday: 3,
      day: 25,
      month: 11,
      clock: '08:05',
    });
  });
});
