/** Who was given a role, and who lost it, stands in the log. */
import { expect } from 'chai';
import { system } from '../../bot/core/ids.ts';
import type { Role } from '../../bot/core/people.ts';
import { minutes } from '../../bot/core/time.ts';
import { watchRoles } from '../../bot/features/roleWatch.ts';
import { createWorld, type World } from '../world/world.ts';

describe('roles in the log', () => {
  let world: World;
  let held: Partial<Record<Role, string[]>>;
  beforeEach(async () => {
    world = createWorld();
    held = { coordinator: ['Karin'], auditor: ['Lo'], elected: ['Alva'] };
    world.directory.holding = (role) =>
      (held[role] ?? []).flatMap((who) => world.directory.person(world.person(who)) ?? []);
    await look();
  });
  const look = async (after = minutes(1)) => {
    await world.pass(after);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    await watchRoles({ ...world.storage, directory: world.directory, clock: world.now, log });
  };
  const logged = async () =>
    (await world.storage.audit.log(world.now().slice(0, 10))).map(({ by, what, why, whom }) => {
      expect([by, what]).to.deep.equal([system, 'roleChanged']);
      return `${why} ${world.directory.person(whom ?? system)?.name}`;
    });

  it('begins with those who hold one that opens cases', async () => {
    expect(await logged()).to.deep.equal(['given.coordinator Karin Sand', 'given.auditor Lo Hed']);
  });
  it('says what is given and taken, once, whoever looks', async () => {
    held = { coordinator: ['Karin', 'Omid'], elected: ['Alva', 'Ivar'] };
    await Promise.all([look(), look(0)]);
    for (let n = 0; n < 3; n++) await look();
    expect((await logged()).slice(2)).to.deep.equal(['given.coordinator Omid Berg', 'taken.auditor Lo Hed']);
  });
  it('a directory that has not been read takes nothing from anyone', async () => {
    held = {};
    await look();
    expect(await logged()).to.have.length(2);
  });
  it('more than are watched: the rest is left out, and nothing breaks', async () => {
    held = { coordinator: Array.from({ length: 400 }, () => 'Omid') };
    await look();
    await look();
    expect((await logged()).length).to.be.lessThan(400);
  });
});
