/** The world file: what is wrong in its rota is named by line and reason, and nothing starts with it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { instant } from '../bot/core/ids.ts';
import { readWorld, worldDirectory } from '../bot/local/world.ts';
import { OrganisationError } from '../bot/organisation.ts';

const [alva, tove, samir, ivar, nobody] = [20, 21, 24, 27, 99].map(
  (n) => `00000000-0000-4000-8000-0000000000${n}`,
);
const line = (from: string, to: string, dutyOfficer = tove, backup?: string) => ({
  from: `2026-11-${from}:00+01:00`,
  to: `2026-11-${to}:00+01:00`,
  dutyOfficer,
  backup,
});
const good = line('01T08:00', '08T08:00');

describe('the rota of the world file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'world-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function worldWith(rota: unknown[]) {
    const world = JSON.parse(await readFile(new URL('../bot/local/world.json', import.meta.url), 'utf8'));
    const file = join(folder, 'world.json');
    await writeFile(file, JSON.stringify({ ...world, rota }));
    return readWorld(file);
  }
  const complaint = (rota: unknown[]) =>
    worldWith(rota).then(
      () => 'none',
      (error: Error) => (error instanceof OrganisationError ? error.message : String(error)),
    );

  const wrong: [title: string, rota: unknown[], said: string][] = [
    ['overlaps', [good, line('07T08:00', '09T08:00', samir)], 'rota.1: overlaps rota.0'],
    ['ends before it begins', [good, line('09T08:00', '08T08:00')], 'rota.1: ends before it begins'],
    ['a backup of one’s own', [line('01T08:00', '08T08:00', tove, tove)], 'rota.0: is its own backup'],
    [
      'backups that point at each other',
      [line('01T08:00', '08T08:00', tove, samir), line('02T08:00', '03T08:00', samir, tove)],
      'rota.1: has a backup that rota.0 needs',
    ],
    ['an unknown person', [good, line('08T08:00', '09T08:00', nobody)], 'rota.1.dutyOfficer: nobody'],
    ['an unknown backup', [line('08T08:00', '09T08:00', tove, nobody)], 'rota.0.backup: nobody'],
    [
      'a person without a number',
      [line('08T08:00', '09T08:00', ivar)],
      'rota.0.dutyOfficer: this person has no number',
    ],
    [
      'a person without the role',
      [line('08T08:00', '09T08:00', alva)],
      'rota.0.dutyOfficer: this person has none',
    ],
    [
      'a date that does not exist',
      [good, line('30T08:00', '31T08:00')],
      'rota.1.to: this date does not exist',
    ],
    [
      'an hour that the clock leaves out',
      [{ from: '2026-03-29T02:30', to: '2026-03-30T08:00', dutyOfficer: tove }],
      'rota.0.from: this date does not exist',
    ],
    ['no date at all', [{ from: 7, to: 'x', dutyOfficer: tove }], 'rota.0.from'],
  ];
  for (const [title, rota, said] of wrong) {
    it(`names ${title}, by line and reason`, async () => {
      const message = await complaint(rota);
      expect(message).to.include(said);
      expect(message).to.include('world.json');
    });
  }

  it('names every wrong line at once', async () => {
    const message = await complaint([
      good,
      line('07T08:00', '09T08:00', samir),
      line('10T08:00', '10T08:00'),
    ]);
    expect(message).to.include('rota.1').and.to.include('rota.2');
  });

  it('passes over someone who answers no alarms any longer: the next is asked at once', async () => {
    const world = await worldWith([{ ...good, backup: samir }]);
    const rota = world.rota.map((shift) => ({
      ...shift,
      dutyOfficer: world.people[0]?.oid ?? shift.dutyOfficer,
    }));
    const now = instant(Date.parse('2026-11-02T08:00:00+01:00'));
    const [first] = worldDirectory(world, () => rota).ladder(now);
    expect(first).to.deep.equal({ role: 'backup', people: [samir] });
  });
});
