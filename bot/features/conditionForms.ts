/** Verbs that decide who may know of a case: each asks something first. */
import { z } from 'zod';
import { isOfEmployee, isOut, personCategories } from '../core/incident.ts';
import type { Person } from '../core/people.ts';
import { categoriseForm, overrideForm, restrictForm, shareForm } from '../views/index.ts';
import { asking, personOf, written } from './caseForms.ts';

/** Room in a list of choices on a card of 25 KB. */
const mostPeople = 40;

/** Only to coordinators who are named: it leaves the channel. */
export const restrict = asking(
  'restrict',
  ['people'],
  ({ people, sent }, turn) => {
    if (sent !== 'yes') return undefined;
    const chosen = typeof people === 'string' ? people.split(',') : [];
    const coordinators = turn.reader.directory.holding('coordinator').map(({ id }) => id);
    const to = coordinators.filter((id) => chosen.includes(id));
    return { command: { verb: 'restrict', to, out: coordinators.filter((id) => !to.includes(id)) } };
  },
  ({ actor, reader }, form) => {
    const { excluded = [] } = form.incident;
    const people = reader.directory
      .holding('coordinator')
      .filter(({ id }) => id !== actor.person && !excluded.includes(id))
      .slice(0, mostPeople);
    return restrictForm(reader, { ...form, people });
  },
);

/** Who the person is by law, and whether their name is protected. */
export const categorise = asking(
  'categorise',
  ['category', 'protectedIdentity'],
  (fields) => {
    const read = z
      .object({ category: z.enum(personCategories), protectedIdentity: z.enum(['yes', 'no']).default('no') })
      .safeParse(fields);
    if (!read.success) return undefined;
    const { category, protectedIdentity } = read.data;
    return { command: { verb: 'categorise', category, protectedIdentity: protectedIdentity === 'yes' } };
  },
  ({ reader }, form) => categoriseForm(reader, form),
);

/** With a group leader, with HR where it is about an employee, or with someone outside who is named in words. */
export const share = asking(
  'share',
  ['with', 'contact'],
  (fields, { reader }) => {
    const outside = z
      .object({ with: z.enum(['party', 'relative']), contact: written.max(500) })
      .safeParse(fields);
    if (outside.success) {
      return {
        command: { verb: 'share', share: { with: outside.data.with } },
        sealed: { text: outside.data.contact },
      };
    }
    const person = personOf(reader, fields.with);
    const as = person && (['groupLeader', 'hr'] as const).find((role) => person.roles.includes(role));
    return as && { command: { verb: 'share', share: { with: as, person: person.id } } };
  },
  ({ actor, reader }, form) => {
    const { incident } = form;
    const holding = (as: 'groupLeader' | 'hr') =>
      reader.directory.holding(as).map((person: Person) => ({ person, as }));
    const people = [...holding('groupLeader'), ...(isOfEmployee(incident) ? holding('hr') : [])]
      .filter(({ person: { id } }) => id !== actor.person && !isOut(incident, id))
      .slice(0, mostPeople);
    return shareForm(reader, { ...form, people });
  },
);

/** "Öppna i nödläge": first the reason, then what opens. */
export const override = asking(
  'override',
  ['text'],
  (fields) => {
    const read = z.object({ text: written.max(2_000) }).safeParse(fields);
    return read.success ? { command: { verb: 'override' }, sealed: { text: read.data.text } } : undefined;
  },
  ({ reader }, form) => overrideForm(reader, form),
  undefined,
  true,
);
