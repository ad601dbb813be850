/** Roles from Graph: when it is well, away, slow or lying, the right people hold the right roles. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { type Instant, instant, type PersonId, personId } from '../../bot/core/ids.ts';
import type { Role } from '../../bot/core/people.ts';
import { createGraph } from '../../bot/graph/client.ts';
import { createGraphPeople, type GraphPeople } from '../../bot/graph/people.ts';
import type { LogFields } from '../../bot/log.ts';
import { type FakeStorage, fakeStorage } from '../world/fakeStorage.ts';
import type { FakeGraph, GraphFault } from '../world/graph.ts';
import { groups, startGraphOf } from '../world/graphOf.ts';
import { people as world } from '../world/instance.ts';

const every = 300_000;
const [tove, samir, karin, omid, ivar] = ['Tove', 'Samir', 'Karin', 'Omid', 'Ivar'].map((who) => {
  const found = world.people.find(({ name }) => name.startsWith(`${who} `));
  if (!found) throw new Error(`nobody is called ${who}`);
  return found.oid;
}) as [PersonId, PersonId, PersonId, PersonId, PersonId];

describe('people from Graph', () => {
  let server: FakeGraph;
  let storage: FakeStorage;
  let now: number;
  let logged: { event: string; fields: LogFields | undefined }[];
  let paused: number[];
  let people: GraphPeople;
  const clock = (): Instant => instant(now);

  /** @param limit short where an answer never comes: what comes must not be late on a busy machine */
  const begin = ({ guests = false, limit = 3_000 } = {}): GraphPeople => {
    const note = (event: string, fields?: LogFields) => void logged.push({ event, fields });
    const graph = createGraph({
      token: async () => 'local',
      url: server.url,
      guests,
      limit,
      pause: async (milliseconds) => void paused.push(milliseconds),
    });
    const log = { info: note, warn: note, error: note };
    return createGraphPeople({
      graph,
      groups,
      every,
      known: storage.knownPeople,
      clock,
      log,
      random: () => 0.5,
    });
  };
  beforeEach(async () => {
    server = await startGraphOf(world);
    now = Date.parse('2026-11-25T12:00:00Z');
    storage = fakeStorage(clock);
    logged = [];
    paused = [];
    people = begin();
    await people.refresh();
  });
  afterEach(() => server.stop());

  const holding = (role: Role, of = people) =>
    of
      .register()
      .holding(role)
      .map(({ id }) => id)
      .sort();
  const rolesOf = (id: PersonId, of = people) => of.register().people.get(id)?.roles ?? [];
  const group = (role: Role) => server.groups.get(groups[role]) ?? new Set<string>();
  const pass = async (milliseconds = every) => {
    now += milliseconds;
    await people.refresh();
  };
  const right = () => {
    expect(holding('dutyOfficer')).to.deep.equal([tove, samir]);
    expect(holding('coordinator')).to.deep.equal([karin, omid]);
    expect(people.register().people.size).to.equal(
      world.people.filter(({ roles }) => roles.length > 0).length,
    );
  };

  it('a role that is given and one that is taken are known at the next reading', async () => {
    right();
    group('coordinator').add(ivar);
    group('dutyOfficer').delete(tove);
    await pass();
    expect(rolesOf(ivar)).to.have.members(['elected', 'coordinator']);
    expect(rolesOf(tove)).to.deep.equal(['staff']);
  });
  it('members of a group in a group, and of two groups at once, count once', async () => {
    server.groups.set('nested', new Set([ivar, karin]));
    group('coordinator').add('nested');
    await pass();
    expect(holding('coordinator')).to.deep.equal([karin, omid, ivar].sort());
  });
  it('a closed account loses its roles, also the last one’s', async () => {
    for (const id of [tove, samir]) {
      const user = server.users.get(id);
      if (user) user.accountEnabled = false;
    }
    await pass();
    expect(holding('dutyOfficer')).to.deep.equal([]);
    expect(rolesOf(tove)).to.deep.equal([]);
  });
  it('guests hold roles by setting', async () => {
    const user = server.users.get(ivar);
    if (user) user.userType = 'Guest';
    await pass();
    expect(rolesOf(ivar)).to.deep.equal([]);
    people = begin({ guests: true });
    await people.refresh();
    expect(rolesOf(ivar)).to.deep.equal(['elected']);
  });
  it('the phone in the pocket comes before the one on the desk', async () => {
    const user = server.users.get(tove);
    if (user) Object.assign(user, { mobilePhone: ' ', businessPhones: ['', '08-1 23'] });
    await pass();
    expect(people.register().people.get(tove)?.number).to.equal('08-1 23');
  });

  const garbage = (body: string): GraphFault => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body,
  });
  type Spoilt = Partial<Pick<FakeGraph, 'fault' | 'lie'>>;
  const again = `v1.0/groups/${groups.elected}/transitiveMembers/microsoft.graph.user?$count=true&$top=1`;
  const bare = (one: object) => ({ ...one, displayName: null, accountEnabled: null });
  const wrong: [title: string, spoilt: (url: string) => Spoilt][] = [
    ['is down', () => ({ fault: () => 'cut' })],
    ['hangs', () => ({ fault: () => 'hang' })],
    ['hangs in the middle of an answer', () => ({ fault: () => 'hangHalfway' })],
    ...[401, 403, 404, 429, 500, 503].map((status): [string, () => Spoilt] => [
      `answers ${status}`,
      () => ({ fault: () => ({ status, headers: { 'retry-after': '7' } }) }),
    ]),
    ['leads elsewhere', (url) => ({ fault: () => ({ status: 302, headers: { location: `${url}/x` } }) })],
    ['answers garbage', () => ({ fault: () => garbage('<html>') })],
    ['answers with something else', () => ({ fault: () => garbage('{"value":{"id":1}}') })],
    ['answers that everybody has left', () => ({ lie: () => ({ value: [] }) })],
    ['shows ids alone', () => ({ lie: (page) => ({ ...page, value: page.value.map(bare) }) })],
    ['shows users that are none', () => ({ lie: (page) => ({ ...page, value: [{ id: 'x' }, 7] }) })],
    [
      'names a next page on another host',
      (url) => ({ lie: (page) => ({ ...page, '@odata.nextLink': `${url}.example.com/v1.0/x` }) }),
    ],
    [
      'has a list without end',
      (url) => ({ lie: (page) => ({ ...page, '@odata.nextLink': `${url}/${again}` }) }),
    ],
  ];
  for (const [title, spoilt] of wrong) {
    it(`Graph ${title}: duty officers, coordinators and those who report are as last known, also after a restart`, async () => {
      if (title.startsWith('hangs')) people = begin({ limit: 250 });
      Object.assign(server, spoilt(server.url));
      for (let n = 0; n < 4; n++) await pass();
      right();
      expect(people.oldSince()).to.equal(instant(Date.parse('2026-11-25T12:00:00Z')));
      people = begin();
      await people.start();
      right();
      expect(holding('elected').length).to.be.greaterThan(0);
      people.stop();
      expect(people.oldSince()).to.equal(instant(Date.parse('2026-11-25T12:00:00Z')));
      expect(logged.map(({ event }) => event)).to.include('role as last known');
      server.fault = undefined;
      server.lie = undefined;
      group('coordinator').add(ivar);
      await pass();
      expect(holding('coordinator')).to.include(ivar);
      expect(people.oldSince()).to.equal(undefined);
    });
  }
  it('the token goes to Graph alone, whatever a next page or a redirect says', async () => {
    const other = await startGraphOf(world);
    const elsewhere = `${other.url}/${again}`;
    server.lie = (page) => ({ ...page, '@odata.nextLink': elsewhere });
    await pass();
    server.lie = undefined;
    server.fault = () => ({ status: 307, headers: { location: elsewhere } });
    await pass();
    await people.lookUp(personId('00000000-0000-4000-8000-000000000077'));
    expect(other.asked).to.deep.equal([]);
    await other.stop();
    right();
  });
  it('an empty answer is believed where it only closes doors', async () => {
    group('groupLeader').clear();
    group('dutyOfficer').clear();
    await pass();
    expect(holding('groupLeader')).to.deep.equal([]);
    expect(holding('dutyOfficer')).to.deep.equal([tove, samir]);
    const kept = logged.filter(({ event }) => event === 'role as last known').map(({ fields }) => fields);
    expect(kept).to.deep.equal([{ target: 'dutyOfficer', count: 2 }]);
  });
  it('one group that is gone holds up none of the others', async () => {
    server.groups.delete(groups.dutyOfficer);
    group('coordinator').add(ivar);
    await pass();
    expect(holding('dutyOfficer')).to.deep.equal([tove, samir]);
    expect(holding('coordinator')).to.include(ivar);
  });
  it('waits as long as Graph says, three times at most, and asks no stranger about meanwhile', async () => {
    server.fault = () => ({ status: 429, headers: { 'retry-after': '7' } });
    await pass();
    expect(new Set(paused)).to.deep.equal(new Set([7_000]));
    expect(paused).to.have.length(2 * Object.keys(groups).length);
    server.fault = undefined;
    const before = server.asked.length;
    await people.lookUp(personId('00000000-0000-4000-8000-000000000077'));
    expect(server.asked).to.have.length(before);
  });

  describe('someone who is not known', () => {
    const stranger = personId('00000000-0000-4000-8000-000000000077');
    beforeEach(() => {
      server.users.set(stranger, { id: stranger, displayName: 'Ny Ek' });
      group('elected').add(stranger);
    });
    it('is looked up when they write, and known after a restart too', async () => {
      await people.lookUp(stranger);
      expect(rolesOf(stranger)).to.deep.equal(['elected']);
      await wait(0);
      server.fault = () => 'cut';
      people = begin();
      await people.start();
      expect(rolesOf(stranger)).to.deep.equal(['elected']);
      people.stop();
    });
    it('holds nothing when their account is closed, when they are in no group, or when Graph is away', async () => {
      for (const spoil of [
        () => server.users.set(stranger, { id: stranger, displayName: 'Ny Ek', accountEnabled: false }),
        () => group('elected').clear(),
        () => server.users.delete(stranger),
        () => Object.assign(server, { fault: () => 'hang' }),
      ]) {
        people = begin({ limit: 250 });
        spoil();
        now += 60_000;
        await people.lookUp(stranger);
        expect(rolesOf(stranger)).to.deep.equal([]);
      }
    });
    it('is asked about once a minute at most, and so are thirty in all; a known one never', async () => {
      server.groups.get(groups.elected)?.delete(stranger);
      const before = server.asked.length;
      for (let n = 0; n < 10; n++) await people.lookUp(stranger);
      await people.lookUp(tove);
      await people.lookUp(personId('29:not-an-id'));
      expect(server.asked).to.have.length(before + 2);
      for (let n = 0; n < 60; n++) {
        await people.lookUp(personId(`00000000-0000-4000-8000-0000000009${String(n).padStart(2, '0')}`));
      }
      expect(server.asked).to.have.length(before + 2 * 30);
    });
  });

  it('10,000 members come in pages, are found from memory, and take a bounded room', async function () {
    this.timeout(60_000);
    const many = group('elected');
    for (let n = 0; n < 10_000; n++) {
      const id = `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      server.users.set(id, { id, displayName: `Person ${n}`, mobilePhone: '070-174 06 20' });
      many.add(id);
    }
    globalThis.gc?.();
    const heap = process.memoryUsage().heapUsed;
    const started = performance.now();
    await pass();
    const loaded = performance.now() - started;
    const pages = server.asked.filter((one) => one.includes(groups.elected)).length;
    expect(pages).to.equal(1 + 11);
    expect(holding('elected')).to.have.length(
      10_000 + world.people.filter(({ roles }) => roles.includes('elected')).length,
    );
    const asked = server.asked.length;
    const lookups = 100_000;
    const looking = performance.now();
    for (let n = 0; n < lookups; n++) {
      people
        .register()
        .people.get(personId(`10000000-0000-4000-8000-${String(n % 10_000).padStart(12, '0')}`));
    }
    const each = ((performance.now() - looking) * 1_000) / lookups;
    expect(server.asked).to.have.length(asked);
    for (let n = 0; n < 5; n++) await pass();
    globalThis.gc?.();
    const grown = process.memoryUsage().heapUsed - heap;
    process.stdout.write(
      `      ${JSON.stringify({ members: 10_000, loadMs: Math.round(loaded), lookupUs: Number(each.toFixed(2)), heapMB: Math.round(grown / 1e6) })}\n`,
    );
  });
});
