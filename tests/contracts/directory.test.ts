/** Who is who: the same whether it comes from the world file or from Entra's groups. */
import { expect } from 'chai';
import { directoryOf } from '../../bot/core/directory.ts';
import { type Instant, instant, personId } from '../../bot/core/ids.ts';
import { type Directory, type Person, roles } from '../../bot/core/people.ts';
import { createGraph } from '../../bot/graph/client.ts';
import { createGraphPeople } from '../../bot/graph/people.ts';
import { worldDirectory } from '../../bot/local/world.ts';
import { dutyRulesOf } from '../../bot/organisation.ts';
import { fakeStorage } from '../world/fakeStorage.ts';
import { groups, startGraphOf } from '../world/graphOf.ts';
import { people as world } from '../world/instance.ts';

const noon = instant(Date.parse('2026-11-25T12:00:00+01:00'));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const kinds: [name: string, start: () => Promise<{ directory: Directory; stop(): Promise<void> }>][] = [
  ['the world file', async () => ({ directory: worldDirectory(world), stop: async () => undefined })],
  [
    'Entra’s groups, through Graph',
    async () => {
      const server = await startGraphOf(world);
      const graph = createGraph({ token: async () => 'local', url: server.url, guests: false });
      const { knownPeople: known } = fakeStorage(() => noon);
      const clock = () => noon;
      const people = createGraphPeople({
        graph,
        groups,
        every: 300_000,
        known,
        clock,
        log: silent,
        random: () => 0,
      });
      await people.refresh();
      const directory = directoryOf(dutyRulesOf(world), people.register, () => world.rota, people.oldSince);
      return { directory, stop: server.stop };
    },
  ],
];

for (const [name, start] of kinds) {
  describe(`the directory: ${name}`, () => {
    let directory: Directory;
    let stop: () => Promise<void>;
    before(async () => {
      ({ directory, stop } = await start());
    });
    after(() => stop());

    const oidOf = (who: string) => {
      const found = world.people.find((one) => one.name.startsWith(`${who} `));
      if (!found) throw new Error(`nobody is called ${who}`);
      return found.oid;
    };
    const names = (some: readonly Person[]) => some.map((one) => one.name).sort();
    const byName = (ids: readonly string[]) => ids.map((id) => directory.person(personId(id))?.name).sort();

    it('knows everyone with a role: name, number, language and roles', () => {
      for (const { oid, name, number, locale, roles: held } of world.people.filter(
        (one) => one.roles.length > 0,
      )) {
        const { roles: found, ...person } = directory.person(oid) ?? { roles: [] };
        expect(person).to.deep.equal({ id: oid, name, number, locale });
        expect(found).to.have.members(held);
      }
    });
    it('gives nobody a role they do not hold', () => {
      expect(directory.person(oidOf('Nora'))?.roles ?? []).to.deep.equal([]);
      expect(directory.person(personId('29:someone'))).to.equal(undefined);
    });
    it('lists who holds each role', () => {
      for (const role of roles) {
        const held = world.people.filter((one) => one.roles.includes(role)).map((one) => one.name);
        expect(names(directory.holding(role)), role).to.deep.equal(held.sort());
      }
    });
    it('finds people by a part of their name, in any case, among some roles, so many at most', () => {
      expect(names(directory.search(' TOVE', ['dutyOfficer'], 5))).to.deep.equal(['Tove Lind']);
      expect(directory.search('Tove', ['elected'], 5)).to.deep.equal([]);
      expect(directory.search('', roles, 3)).to.have.length(3);
    });
    it('says who is asked, in order', () => {
      const [first, backup, coordinators, managers] = directory.ladder(noon);
      expect(first).to.deep.equal({ role: 'dutyOfficer', people: [oidOf('Tove')] });
      expect(backup).to.deep.equal({ role: 'backup', people: [oidOf('Samir')] });
      expect(coordinators?.role).to.equal('coordinator');
      expect(byName(coordinators?.people ?? [])).to.deep.equal(['Karin Sand', 'Omid Berg']);
      expect(byName(managers?.people ?? [])).to.deep.equal(['Britt Dal', 'Lo Hed']);
    });
    it('says what the organisation has decided', () => {
      expect(directory.dutyFunction()).to.deep.equal(world.dutyFunction);
      expect(directory.deadlines()).to.deep.equal({ answer: 300_000, reach: 900_000, giveBack: 600_000 });
      expect(directory.alsoByPhone(noon)).to.equal(true);
      const since: Instant | undefined = directory.oldSince();
      expect(since).to.equal(undefined);
    });
  });
}
