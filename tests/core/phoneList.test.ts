import { expect } from 'chai';
import type { Person, Role } from '../../bot/core/people.ts';
import { calledBy, isStale, type Listed, phoneListFor, type Sight } from '../../bot/core/phoneList.ts';
import { days, later } from '../../bot/core/time.ts';
import { alarm112, contactNamed, duty, guard, switchboard } from '../world/content.ts';
import { britt, greta, karin, noon, omid, tove } from '../world/given.ts';

const person = ({ person: id }: { person: Person['id'] }, name: string, roles: Role[]): Person => ({
  id,
  name,
  roles,
  number: '070-174 06 20',
});
const people = [
  person(karin, 'Karin Sand', ['coordinator', 'groupLeader']),
  person(omid, 'Omid Lind Berg', ['coordinator']),
  person(britt, 'Britt Dal', ['preparednessManager']),
  { ...person(greta, 'Greta Rask', ['groupLeader']), number: undefined },
];
const who = {
  holding: (role: Role) => people.filter(({ roles }) => roles.includes(role)),
  onDuty: person(tove, 'Tove Lind', ['dutyOfficer']),
};
const contacts = [switchboard, guard, duty, alarm112];
const everyone: Sight = { roles: ['elected'], names: false, numbers: false, amongOthers: false };
const answering: Sight = { roles: ['coordinator'], names: true, numbers: true, amongOthers: false };
const functions = {
  coordinator: ['Säkerhetssamordnare', 'säkerhetssamordnarna'],
  preparednessManager: ['Beredskapschef'],
  groupLeader: ['Gruppledare'],
};

const saidOf = (one: Listed): string =>
  one.kind === 'contact' ? one.contact.id : `${one.role} ${one.named ? one.person.name : '-'}`;
const listed = (sight: Sight) => phoneListFor(contacts, who, sight);
const found = (sight: Sight, said: string) => calledBy(listed(sight), said, functions).map(saidOf);

describe('the phone list', () => {
  it('stands in order: danger, duty, people, then places; who has two functions stands once', () => {
    expect(listed(answering).map(saidOf)).to.deep.equal([
      'sos',
      'jour',
      'coordinator Karin Sand',
      'coordinator Omid Lind Berg',
      'preparednessManager Britt Dal',
      'groupLeader Greta Rask',
      'vaxeln',
      'bevakningsbolaget',
    ]);
  });
  it('shows functions without names, and only what is for them, to everyone else', () => {
    expect(listed(everyone).map(saidOf)).to.deep.equal([
      'sos',
      'jour',
      'coordinator -',
      'coordinator -',
      'preparednessManager -',
      'vaxeln',
    ]);
  });
  it('shows where others read only what is for everyone, and nobody’s own number', () => {
    expect(listed({ ...answering, amongOthers: true }).map(saidOf)).to.deep.equal(['sos', 'jour', 'vaxeln']);
  });
  it('says who is on duty to those who read names, with the number to those who read it', () => {
    const onDuty = (sight: Sight) =>
      listed(sight).flatMap((one) => (one.kind === 'contact' && one.onDuty ? [one.onDuty.withNumber] : []));
    expect(onDuty(answering)).to.deep.equal([true]);
    expect(onDuty({ ...answering, numbers: false })).to.deep.equal([false]);
    expect(onDuty(everyone)).to.deep.equal([]);
    expect(onDuty({ ...answering, amongOthers: true })).to.deep.equal([]);
  });
  it('finds by name, by the other words, by function and by a person’s first, last and full name', () => {
    for (const said of ['Karin', 'sand', '  KARIN   sand ']) {
      expect(found(answering, said), said).to.deep.equal(['coordinator Karin Sand']);
    }
    for (const said of ['omid', 'berg', 'lind berg', 'omid lind berg']) {
      expect(found(answering, said), said).to.deep.equal(['coordinator Omid Lind Berg']);
    }
    expect(found(answering, 'säkerhetssamordnare')).to.have.length(2);
    expect(found(answering, 'sa\u0308kerhetssamordnarna')).to.have.length(2);
    expect(found(answering, 'växeln')).to.deep.equal(['vaxeln']);
    expect(found(answering, 'växeln (en)')).to.deep.equal(['vaxeln']);
    expect(found(answering, 'guard')).to.deep.equal(['bevakningsbolaget']);
    expect(found(answering, 'tove')).to.deep.equal(['jour']);
  });
  it('finds nothing in words that only hold a name, and no name for those who read none', () => {
    for (const said of ['karin hotade mig', 'kari', 'karin!', 'sand karin', '', ' ', 'hotad av karin']) {
      expect(found(answering, said), said).to.deep.equal([]);
    }
    for (const said of ['karin', 'sand', 'karin sand', 'tove', 'väktare']) {
      expect(found(everyone, said), said).to.deep.equal([]);
    }
    expect(found({ ...answering, amongOthers: true }, 'karin')).to.deep.equal([]);
  });
  it('marks a number that nobody has checked for more than 90 days, or ever', () => {
    const checked = contactNamed('X', { verified: '2026-08-27' });
    const at = (day: string) => later(noon, Date.parse(`${day}T12:00:00+01:00`) - Date.parse(noon));
    expect(isStale(checked, at('2026-11-25'))).to.equal(false);
    expect(isStale(checked, later(at('2026-11-25'), days(1)))).to.equal(true);
    expect(isStale({ verified: undefined }, noon)).to.equal(true);
  });
});
