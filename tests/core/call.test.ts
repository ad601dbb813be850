import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  type CallNotes,
  endIn,
  type Filled,
  noNotes,
  packed,
  traitNames,
  traits,
  unpacked,
  withPress,
} from '../../bot/core/call.ts';
import { effectsOf, stillDue } from '../../bot/core/effects.ts';
import { type Instant, instant } from '../../bot/core/ids.ts';
import type { IncidentEvent } from '../../bot/core/incident.ts';
import { days, exactly, later, minutes, pastTime, traceBy, traceRemindersOf } from '../../bot/core/time.ts';
import { alva, by, given, having, karin, noon, omid, reportedEvent } from '../world/given.ts';

const at = (local: string): Instant =>
  instant(Temporal.ZonedDateTime.from(`${local}[Europe/Stockholm]`).epochMilliseconds);

/** The date in Stockholm by the platform's own calendar, which the product does not use. */
const dates = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short' });
const dateOf = (milliseconds: number): string => dates.format(milliseconds);
/** Counted in whole days of UTC, in which every day has 24 hours. */
const daysAfter = (date: string, count: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

describe('until when a call can be traced', () => {
  it('is the end of the tenth calendar day after it, over month ends, leap days and clock changes', () => {
    const ends: [call: string, last: string][] = [
      ['2026-11-25T17:42:07', '2026-12-05T23:59:59.999'],
      ['2026-12-28T00:00:00', '2027-01-07T23:59:59.999'],
      ['2028-02-20T23:59:59', '2028-03-01T23:59:59.999'],
      ['2027-02-20T12:00:00', '2027-03-02T23:59:59.999'],
      ['2026-03-22T12:00:00', '2026-04-01T23:59:59.999'],
      ['2026-03-19T12:00:00', '2026-03-29T23:59:59.999'],
      ['2026-10-15T12:00:00', '2026-10-25T23:59:59.999'],
      ['2026-10-25T02:30:00', '2026-11-04T23:59:59.999'],
    ];
    for (const [call, last] of ends) expect(traceBy(at(call)), call).to.equal(at(last));
  });
  it('is so for any call in thirty years, by an independent calendar', () => {
    const from = Date.UTC(2020, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: from, max: from + 30 * 366 * 86_400_000 }), (milliseconds) => {
        const last = daysAfter(dateOf(milliseconds), 10);
        const end = Date.parse(traceBy(instant(milliseconds)));
        expect(dateOf(end)).to.equal(last);
        expect(dateOf(end + 1)).to.equal(daysAfter(last, 1));
        const reminders = traceRemindersOf(instant(milliseconds));
        expect(reminders.map((one) => dateOf(Date.parse(one)))).to.deep.equal(
          [7, 9].map((count) => daysAfter(dateOf(milliseconds), count)),
        );
        for (const one of reminders) expect(exactly(one).slice(11)).to.equal('08:00:00');
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('the time of a call, as it is typed', () => {
  const now = at('2026-11-25T18:00:00');
  it('is the last time the clock showed it', () => {
    for (const text of ['17.42', '17:42', 'kl. 17.42', ' 17:42:00 ', '2026-11-25 17:42:00']) {
      expect(pastTime(text, now), text).to.equal(at('2026-11-25T17:42:00'));
    }
    expect(pastTime('18:01', now)).to.equal(at('2026-11-24T18:01:00'));
    expect(pastTime('9.05', now)).to.equal(at('2026-11-25T09:05:00'));
  });
  it('is none when it is no time, or has not been', () => {
    for (const text of ['', 'nyss', '25:00', '17:60', '2026-11-26 09:00', '2026-02-30 09:00', '17']) {
      expect(pastTime(text, now), text).to.equal(undefined);
    }
  });
  it('comes back as "Nu" wrote it, to the second, also in the hour that a clock shows twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2031, 0) }), (milliseconds) => {
        const pressed = instant(Math.floor(milliseconds / 1_000) * 1_000);
        expect(pastTime(exactly(pressed), later(pressed, minutes(5)))).to.equal(pressed);
      }),
    );
    for (const epoch of [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]) {
      expect(pastTime(exactly(instant(epoch)), later(instant(epoch), minutes(5)))).to.equal(instant(epoch));
    }
  });
});

describe('what is kept of a call', () => {
  const press = (notes: CallNotes, sent: Filled, seen = notes.version) => withPress(notes, { seen, sent });

  it('a field that was not on the card is left as it is, and one that was emptied is empty', () => {
    const first = press(noNotes, { wording: 'ord', attitude: 'calm' });
    const second = press(first, { wording: 'andra ord' });
    expect(second).to.deep.equal({ version: 2, filled: { wording: 'andra ord', attitude: 'calm' } });
    expect(press(second, { wording: '' }).filled.wording).to.equal('');
  });
  it('nothing is lost by presses on a card that somebody else has gone on with, in either order', () => {
    const one: Filled = { callStart: '2026-11-25 17:42:00', wording: 'jag vet', voice: 'dark', caller: '' };
    const other: Filled = { callStart: '', wording: 'var du bor', voice: 'hoarse,dark', caller: 'man' };
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const { filled } = press(press(noNotes, first, 0), second, 0);
      expect(filled.wording?.split('\n')).to.have.members(['jag vet', 'var du bor']);
      expect(filled.voice?.split(',')).to.have.members(['dark', 'hoarse']);
      expect(filled).to.include({ callStart: one.callStart, caller: 'man' });
    }
  });
  it('the same press twice is the same, and what one goes on writing is not repeated', () => {
    const once = press(noNotes, { wording: 'jag vet' }, 0);
    expect(press(once, { wording: 'jag vet' }, 0).filled.wording).to.equal('jag vet');
    expect(press(once, { wording: 'jag vet var' }, 0).filled.wording).to.equal('jag vet var');
  });
  it('"Nu" pressed twice keeps the first time', () => {
    const first = press(noNotes, { callStart: '2026-11-25 17:42:07' }, 0);
    expect(press(first, { callStart: '2026-11-25 17:42:08' }, 0).filled.callStart).to.equal(
      '2026-11-25 17:42:07',
    );
  });
  it('what is too long to stand in its field is gone on with', () => {
    const long = press(noNotes, { wording: 'x'.repeat(3_000) });
    const more = withPress(long, { seen: 1, sent: { wording: 'och mer' }, beside: true });
    expect(more.filled.wording).to.equal(`${'x'.repeat(3_000)}\noch mer`);
    expect(withPress(more, { seen: 2, sent: { wording: '' }, beside: true }).filled).to.deep.equal(
      more.filled,
    );
  });
  it('is packed and unpacked whole, and what is no choice is left out', () => {
    const all: Filled = Object.fromEntries(traitNames.map((name) => [name, traits[name].join(',')]));
    const text = packed(all, noon) ?? '';
    expect(unpacked(text)).to.deep.equal(traitNames.map((name) => [name, [...traits[name]]]));
    expect(endIn(text)).to.equal(noon);
    expect(packed({ voice: 'nonsense' })).to.equal(undefined);
    expect(unpacked('voice:dark,nonsense x:y Kanarie')).to.deep.equal([['voice', ['dark']]]);
    expect(endIn('ended:nonsense')).to.equal(undefined);
  });
});

describe('who is told of a call', () => {
  const reported: IncidentEvent & { type: 'Reported' } = {
    ...reportedEvent({ channel: 'phone' }),
    callAt: later(noon, -minutes(3)),
  };
  const called = given(reported);
  const reminders = traceRemindersOf(later(noon, -minutes(3)));
  const notices = (event: IncidentEvent, incident = called) =>
    effectsOf(event, incident).flatMap((effect) =>
      effect.do === 'post' && effect.notice.startsWith('trace')
        ? [[effect.notice, effect.to, effect.at] as const]
        : [],
    );

  it('the coordinators at once, though it is left to a working day, and on the 7th and 9th day', () => {
    expect(reported.route).to.equal('workingDay');
    expect(notices(reported)).to.deep.equal([
      ['traceable', 'channel', noon],
      ...reminders.map((when) => ['traceSoon', 'channel', when]),
    ]);
  });
  it('a call that is added later counts from its own time', () => {
    const added: IncidentEvent = { ...by(alva), type: 'Supplemented', gave: ['text'], callAt: noon };
    const incident = given(reportedEvent({ channel: 'phone' }), added);
    expect(incident.call).to.deep.equal({ at: noon });
    expect(notices(added, incident)).to.have.length(3);
  });
  it('nobody of an exercise', () => {
    expect(notices(reported, { ...called, exercise: true })).to.deep.equal([]);
  });
  it('nobody is reminded when it is traced, closed, too late, or its time was another', () => {
    const [day7 = noon] = reminders;
    const due = (incident: typeof called, now = day7) =>
      stillDue(incident, { notice: 'traceSoon', to: 'channel', at: day7 }, now);
    expect(due(called)).to.equal(true);
    expect(due(having(called, karin, { verb: 'traced' }))).to.equal(false);
    expect(due(having(called, karin, { verb: 'close', reason: 'handled' }))).to.equal(false);
    expect(due(called, later(day7, days(4)))).to.equal(false);
    const dayBefore = having(called, alva, { verb: 'callTold', told: { callAt: later(noon, -days(1)) } });
    expect(due(dayBefore)).to.equal(false);
  });
  it('a corrected time has its own reminders, those that are still to come', () => {
    const callAt = later(noon, -days(8));
    const told: IncidentEvent = { ...by(alva), type: 'CallTold', callAt };
    const incident = given(reported, told);
    expect(incident.call).to.deep.equal({ at: callAt, confirmed: true });
    expect(notices(told, incident)).to.deep.equal([['traceSoon', 'channel', traceRemindersOf(callAt)[1]]]);
  });
  it('those to whom it is restricted, in their own chats', () => {
    const restricted: IncidentEvent = {
      ...by(karin),
      type: 'Restricted',
      to: [karin.person, omid.person],
      out: [],
      tells: [omid.person],
      asks: [],
    };
    expect(notices(restricted, given(reported, restricted))).to.deep.equal(
      reminders.map((when) => ['traceSoon', omid.person, when]),
    );
  });
});
