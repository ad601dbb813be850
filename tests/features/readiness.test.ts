/** Readiness: what an alarm would lack is told in the channel, until it is mended or a coordinator accepts it. */
import { expect } from 'chai';
import { minutes } from '../../bot/core/time.ts';
import { texts } from '../../bot/text/index.ts';
import { people } from '../world/instance.ts';
import { buttonsOf, createWorld, type World } from '../world/world.ts';

const { readiness, refusals } = texts('sv');
/** An exercise that has just ended. */
async function exercised({ storage, now }: World): Promise<void> {
  const held = await storage.routines.take('exercise', now(), minutes(1), now());
  if (!held) throw new Error('somebody else has it');
  await storage.routines.finish(held, { at: now(), memory: { at: now() } });
}
const everyone = ['Tove', 'Samir', 'Karin', 'Omid', 'Britt', 'Lo'];

describe('readiness', () => {
  let world: World;
  beforeEach(async () => {
    world = createWorld();
    await world.joins();
    await exercised(world);
    for (const who of everyone) await world.writes(who, 'meny');
    await world.routines.readiness();
  });
  const said = () =>
    world
      .sees('channel')
      .map(({ view }) => view)
      .filter(({ summary }) => Object.values(readiness).some((one) => one.summary === summary));
  const summaries = () => said().map(({ summary }) => summary);
  const look = async (after = 5) => {
    await world.pass(minutes(after));
    await world.routines.readiness();
  };
  const nobodyOnDuty = () => {
    const { ladder } = world.directory;
    world.directory.ladder = (now) => ladder(now).filter(({ role }) => role !== 'dutyOfficer');
    return () => {
      world.directory.ladder = ladder;
    };
  };

  it('says nothing when nothing is missing', async () => {
    for (let n = 0; n < 5; n++) await look(60);
    expect(said()).to.deep.equal([]);
  });

  it('says that no phone rings, where none does', async () => {
    const { paging: _none, ...unpaged } = people;
    world = createWorld(undefined, { people: unpaged });
    await world.joins();
    await exercised(world);
    for (const who of everyone) await world.writes(who, 'meny');
    await world.routines.readiness();
    await look();
    expect(said()[0]?.fallback).to.include(readiness.gaps.noPaging);
  });

  it('says that nobody is on duty, once, then daily, and once when somebody is', async () => {
    const mend = nobodyOnDuty();
    await Promise.all([look(), look(0)]);
    expect(said()).to.have.length(1);
    expect(said()[0]?.fallback).to.include(readiness.gaps.nobodyNow);
    for (let n = 0; n < 23; n++) await look(60);
    expect(said()).to.have.length(1);
    await look(60);
    expect(said()).to.have.length(2);
    mend();
    await look();
    await look();
    expect(summaries().slice(2)).to.deep.equal([readiness.mended.summary]);
  });

  it('says that no exercise has been held, and which was the last when half a year has gone', async () => {
    world = createWorld();
    await world.joins();
    for (const who of everyone) await world.writes(who, 'meny');
    await world.routines.readiness();
    expect(said()).to.deep.equal([]);
    await look();
    expect(said().map(({ fallback }) => fallback.split('\n')[1])).to.deep.equal([readiness.gaps.noExercise]);
    await exercised(world);
    await look();
    expect(summaries()[1]).to.equal(readiness.mended.summary);
    for (let n = 0; n < 7; n++) await look(30 * 24 * 60);
    expect(said()[2]?.fallback).to.include(readiness.gaps.lastExercise('onsdag 25 november'));
  });

  it('says since when it could not be read who has which role', async () => {
    const since = world.now();
    world.directory.oldSince = () => since;
    await look(60);
    expect(said().map(({ fallback }) => fallback.split('\n')[1])).to.deep.equal([
      readiness.gaps.oldDirectory('onsdag 25 november kl. 12:00'),
    ]);
    for (let n = 0; n < 3; n++) await look(60);
    expect(said()).to.have.length(1);
    world.directory.oldSince = () => undefined;
    await look();
    expect(summaries()[1]).to.equal(readiness.mended.summary);
  });

  it('names who has blocked the bot, and stops when a message arrives again', async () => {
    world.failing.set('a:Tove', 'gone');
    await world.writes('Alva', 'akut');
    await world.presses('Alva', 'report');
    await look();
    expect(
      said()
        .map(({ fallback }) => fallback)
        .join(),
    ).to.include(readiness.gaps.blocked('Tove Lind'));
    world.failing.clear();
    await world.writes('Alva', 'akut');
    await world.presses('Alva', 'report');
    await look();
    expect(summaries()).to.deep.equal([readiness.gaps.summary, readiness.mended.summary]);
  });

  it('names who has never added the bot', async () => {
    world = createWorld();
    await world.joins();
    await exercised(world);
    for (const who of everyone.slice(1)) await world.writes(who, 'meny');
    await world.routines.readiness();
    await look();
    expect(said()[0]?.fallback).to.include(readiness.gaps.noBot('Tove Lind'));
    await world.writes('Tove', 'meny');
    await look();
    expect(summaries()).to.deep.equal([readiness.gaps.summary, readiness.mended.summary]);
  });

  it('accepted by a coordinator: the card says by whom, and nothing more is said until something changes', async () => {
    nobodyOnDuty();
    await look();
    await world.presses('Karin', 'accept', {}, 'channel');
    expect(said()).to.have.length(1);
    expect(said()[0]?.fallback).to.include('Karin Sand').and.to.include(readiness.gaps.nobodyNow);
    expect(said().flatMap(buttonsOf)).to.deep.equal([]);
    for (let n = 0; n < 5; n++) await look(24 * 60);
    expect(said()).to.have.length(1);
    const { person } = world.directory;
    world.directory.person = (id) => {
      const found = person(id);
      return found && (id === world.person('Omid') ? { ...found, number: undefined } : found);
    };
    await look();
    expect(said()).to.have.length(2);
    expect(said()[1]?.fallback).to.include(readiness.gaps.noNumber('Omid Berg'));
  });

  it('is accepted by coordinators only, and only as it was read', async () => {
    const mend = nobodyOnDuty();
    await look();
    const tove = await world.presses('Tove', 'accept', {}, 'channel');
    expect(tove.reply.card?.fallback).to.equal(refusals.notAllowed);
    const odd = await world.pressesOld('Karin', tove, { of: 'x' });
    expect(odd.reply.card?.fallback).to.include(readiness.gaps.changed);
    await look(24 * 60);
    expect(summaries()).to.deep.equal([readiness.gaps.summary, readiness.gaps.summary]);
    mend();
    const late = await world.pressesOld('Karin', tove);
    expect(late.reply.card?.fallback).to.include(readiness.mended.all);
  });
});
