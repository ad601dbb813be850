import { expect } from 'chai';
import { incidentId, personId } from '../../bot/core/ids.ts';
import type { Person } from '../../bot/core/people.ts';
import { minutes } from '../../bot/core/time.ts';
import { type Contact, type Draft, StorageRefused } from '../../bot/features/ports.ts';
import { at, id, officer, otherId, report, reporter } from './changes.ts';
import { storages, type World } from './storages.ts';

const day = minutes(24 * 60);

for (const { name, world: create } of storages) {
  describe(`lists, contacts and drafts in ${name}`, function () {
    this.timeout(20_000);
    let world: World;
    beforeEach(async () => {
      world = await create();
    });

    it('a person’s reports are listed newest first, those made and those suffered', async () => {
      const { incident } = report();
      await world.index.put(incident);
      await world.index.put({
        ...incident,
        id: otherId,
        reportedAt: at(1),
        reporter: officer,
        victim: reporter,
      });
      await world.index.put(incident);
      expect(await world.other.index.reportsOf(reporter)).to.deep.equal([otherId, id]);
      expect(await world.other.index.reportsOf(officer)).to.deep.equal([otherId]);
      expect(await world.index.reportsOf(personId('nobody'))).to.deep.equal([]);
    });

    it('fifty reports are listed, the newest', async () => {
      const { incident } = report();
      const ids = Array.from({ length: 55 }, (_, n) => `H26-000-0${String(n).padStart(2, '0')}`);
      for (const [n, text] of ids.entries()) {
        await world.index.put({ ...incident, id: incidentId(text), reportedAt: at(n * 1_000) });
      }
      expect(await world.index.reportsOf(reporter)).to.deep.equal(ids.reverse().slice(0, 50));
    });

    const contact: Contact = {
      conversation: { serviceUrl: 'http://127.0.0.1:1/a', id: 'a:1/2#3?' },
      locale: 'sv',
    };

    it('a contact is what was last told, at once for its teller and within 30 s for all', async () => {
      expect(await world.contacts.get(reporter)).to.equal(undefined);
      await world.contacts.put(reporter, contact);
      expect(await world.contacts.get(reporter)).to.deep.equal(contact);
      expect(await world.other.contacts.get(reporter)).to.deep.equal(contact);
      const moved: Contact = { ...contact, locale: 'en' };
      await world.contacts.put(reporter, moved);
      expect(await world.contacts.get(reporter)).to.deep.equal(moved);
      world.passInside(30_000);
      expect(await world.other.contacts.get(reporter)).to.deep.equal(moved);
    });

    it('a contact that was known is known also when the storage does not answer, however long ago that was', async () => {
      await world.other.contacts.put(reporter, contact);
      expect(await world.contacts.get(reporter)).to.deep.equal(contact);
      world.passInside(60 * 60_000);
      world.down(true);
      expect(await world.contacts.get(reporter)).to.deep.equal(contact);
      expect(await world.contacts.get(officer).catch((error: unknown) => error)).to.be.instanceOf(
        StorageRefused,
      );
      world.down(false);
      const moved: Contact = { ...contact, locale: 'en' };
      await world.other.contacts.put(reporter, moved);
      world.passInside(60 * 60_000);
      expect(await world.contacts.get(reporter)).to.deep.equal(moved);
    });

    it('a contact that has blocked the bot is known as such by all', async () => {
      await world.contacts.put(reporter, { ...contact, blocked: true });
      expect(await world.other.contacts.get(reporter)).to.deep.equal({ ...contact, blocked: true });
      await world.contacts.put(reporter, contact);
      expect(await world.contacts.get(reporter)).to.deep.equal(contact);
    });

    it('the channel has a contact of its own', async () => {
      await world.contacts.put('channel', contact);
      expect(await world.other.contacts.get('channel')).to.deep.equal(contact);
      expect(await world.contacts.get(reporter)).to.equal(undefined);
    });

    const holder = (n: number, parts: Partial<Person> = {}): Person => ({
      id: personId(`00000000-0000-4000-8000-0000000000${n}`),
      name: `NAMN-${n} Ek`,
      roles: ['dutyOfficer', 'staff'],
      number: `070-555 98 ${n}`,
      locale: 'sv',
      ...parts,
    });
    const known = async (storage: Pick<World, 'knownPeople'>) => {
      const { people, rightAt } = await storage.knownPeople.read();
      return { people: people.toSorted((one, other) => (one.id < other.id ? -1 : 1)), rightAt };
    };

    it('people are known as last written, and since when', async () => {
      expect(await known(world)).to.deep.equal({ people: [], rightAt: undefined });
      const bare: Person = { id: personId('nobody'), name: 'x', roles: [] };
      await world.knownPeople.write({ people: [holder(12), bare, holder(10)], rightAt: at(0) });
      expect((await known(world.other)).people).to.deep.equal([holder(10), holder(12), bare]);
      const moved = holder(12, { name: 'Ny', roles: ['coordinator'] });
      await world.other.knownPeople.write({ people: [moved, bare] });
      expect(await known(world)).to.deep.equal({ people: [moved, bare], rightAt: at(0) });
      await world.other.knownPeople.write({ people: [], rightAt: at(1) });
      expect(await known(world)).to.deep.equal({ people: [], rightAt: at(1) });
    });

    it('one who has never read it writes it whole, and leaves nobody behind', async () => {
      await world.knownPeople.write({ people: [holder(10), holder(11)] });
      await world.other.knownPeople.write({ people: [holder(13)] });
      expect((await known(world)).people).to.deep.equal([holder(13)]);
    });

    it('10,000 people are known a moment later', async () => {
      const people = Array.from({ length: 10_000 }, (_, n) => holder(n, { id: personId(`p${n}`) }));
      await world.knownPeople.write({ people });
      const started = performance.now();
      expect((await known(world.other)).people).to.have.length(10_000);
      expect(performance.now() - started).to.be.lessThan(2_000);
    });

    const draft = (parts: Partial<Draft> = {}): Draft => ({
      id: 'draft/1',
      person: reporter,
      text: 'ett utkast \ud800 \u0000',
      at: world.now(),
      asked: 0,
      ...parts,
    });

    it('a draft is its writer’s alone', async () => {
      await world.drafts.put(draft(), at(minutes(3)));
      expect(await world.other.drafts.get('draft/1', reporter)).to.deep.equal(draft());
      expect(await world.drafts.get('draft/1', officer)).to.equal(undefined);
      await world.drafts.remove('draft/1', officer);
      expect(await world.drafts.get('draft/1', reporter)).to.deep.equal(draft());
    });

    it('a long draft is kept whole, and a new text takes the place of the old', async () => {
      for (const text of ['🔥'.repeat(100_000), 'short']) {
        await world.drafts.put(draft({ text }), at(minutes(3)));
        expect((await world.other.drafts.get('draft/1', reporter))?.text === text).to.equal(true);
      }
    });

    it('a removed draft is gone, and never asked about', async () => {
      await world.drafts.put(draft(), at(minutes(3)));
      await world.other.drafts.remove('draft/1', reporter);
      await world.drafts.remove('draft/1', reporter);
      expect(await world.drafts.get('draft/1', reporter)).to.equal(undefined);
      expect(await world.drafts.takeUnsent(at(day))).to.deep.equal([]);
    });

    it('an unsent draft is asked about twice, 12 minutes apart, and by one only', async () => {
      const written = draft();
      await world.drafts.put(written, at(minutes(3)));
      expect(await world.drafts.takeUnsent(at(minutes(3) - 1))).to.deep.equal([]);
      const take = async (milliseconds: number) =>
        (
          await Promise.all([world, world.other].map(({ drafts }) => drafts.takeUnsent(at(milliseconds))))
        ).flat();
      expect(await take(minutes(3))).to.deep.equal([{ ...written, asked: 1 }]);
      expect(await take(minutes(15) - 1)).to.deep.equal([]);
      expect(await take(minutes(15))).to.deep.equal([{ ...written, asked: 2 }]);
      expect(await take(minutes(27))).to.deep.equal([]);
      expect(await take(day - 1)).to.deep.equal([]);
      expect(await world.drafts.get('draft/1', reporter)).to.deep.equal({ ...written, asked: 2 });
    });

    it('a text written anew is asked about when the new text says', async () => {
      await world.drafts.put(draft(), at(minutes(3)));
      await world.drafts.put(draft({ text: 'new' }), at(minutes(5)));
      expect(await world.drafts.takeUnsent(at(minutes(3)))).to.deep.equal([]);
      expect(await world.drafts.takeUnsent(at(minutes(5)))).to.deep.equal([draft({ text: 'new', asked: 1 })]);
    });

    it('a draft that several go on with: one at a time is kept, whole, and the others are told', async () => {
      const { drafts, other } = world;
      const call = draft({ of: 'call', text: 'one' });
      expect(await drafts.read('draft/1', reporter)).to.equal(undefined);
      expect(await drafts.replace(call, at(minutes(10)), undefined)).to.equal('written');
      expect(await other.drafts.replace(call, at(minutes(10)), undefined)).to.equal('conflict');
      const read = await other.drafts.read('draft/1', reporter);
      expect(read?.draft).to.deep.equal(call);
      expect(await drafts.read('draft/1', officer)).to.equal(undefined);
      const texts = Array.from({ length: 8 }, (_, n) => `two ${n} ${'x'.repeat(n * 20_000)}`);
      const outcomes = await Promise.all(
        texts.map((text, n) =>
          (n % 2 ? other : world).drafts.replace({ ...call, text }, at(minutes(12)), read?.tag),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'written')).to.have.length(1);
      const text = texts[outcomes.indexOf('written')] ?? '';
      expect((await drafts.get('draft/1', reporter))?.text === text).to.equal(true);
      expect(await drafts.takeUnsent(at(minutes(10)))).to.deep.equal([]);
      expect(await drafts.takeUnsent(at(minutes(12)))).to.deep.equal([{ ...call, text, asked: 1 }]);
    });

    it('a draft is gone after 24 h', async () => {
      await world.drafts.put(draft(), at(minutes(3)));
      world.pass(day);
      expect(await world.drafts.get('draft/1', reporter)).to.equal(undefined);
      expect(await world.drafts.takeUnsent(world.now())).to.deep.equal([]);
    });
  });
}
