/** The small forms that decide who may know of a case. */
import { personCategories } from '../core/incident.ts';
import type { Person } from '../core/people.ts';
import { texts } from '../text/index.ts';
import { type Form, form } from './forms.ts';
import { among, choices, field } from './input.ts';
import { line, shown } from './parts.ts';
import { readersLine } from './readers.ts';
import type { Reader, View } from './view.ts';

const choiceOf = ({ id, name }: Person) => ({ title: shown(name), value: id });

/** @param asked.people the coordinators who may be named beside the one who decides */
export function restrictForm(reader: Reader, asked: Form & { people: readonly Person[] }): View {
  const { restrict } = texts(reader.locale).forms;
  const { people, values = {}, incident } = asked;
  const already = incident.confined?.to ?? [];
  return form(reader, asked, {
    title: restrict.title(incident.id),
    verb: 'restrict',
    send: restrict.send,
    // A client leaves out a question to which nothing was chosen, and nobody else may be the answer.
    sends: { sent: 'yes' },
    intro: [line(restrict.told)],
    inputs:
      people.length === 0
        ? []
        : [
            choices('people', {
              label: restrict.people,
              value: values.people ?? already.join(','),
              multiple: true,
              among: people.map(choiceOf),
            }),
          ],
  });
}

export function categoriseForm(reader: Reader, asked: Form): View {
  const t = texts(reader.locale);
  const { categorise } = t.forms;
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: categorise.title(incident.id),
    verb: 'categorise',
    send: categorise.send,
    intro: [line(categorise.told), readersLine(reader, 'report', incident)],
    inputs: [
      choices('category', {
        label: categorise.category,
        value: values.category ?? incident.personCategory,
        missing: categorise.categoryMissing,
        among: among(personCategories, t.labels.personCategory),
      }),
      choices('protectedIdentity', {
        label: categorise.protectedIdentity,
        value: values.protectedIdentity ?? (incident.protectedIdentity ? 'yes' : 'no'),
        among: [
          { title: t.labels.no, value: 'no' },
          { title: t.labels.yes, value: 'yes' },
        ],
      }),
    ],
  });
}

/** @param asked.people in the directory with whom it can be shared, each with what they are to the person */
export function shareForm(
  reader: Reader,
  asked: Form & { people: readonly { person: Person; as: 'groupLeader' | 'hr' }[] },
): View {
  const t = texts(reader.locale);
  const { share } = t.forms;
  const { people, values = {}, incident } = asked;
  return form(reader, asked, {
    title: share.title,
    verb: 'share',
    send: share.send,
    intro: [
      line(share.told),
      line(share.gets),
      ...(people.some(({ as }) => as === 'hr') ? [line(share.hrGets)] : []),
      readersLine(reader, 'place', incident),
    ],
    inputs: [
      choices('with', {
        label: share.who,
        value: values.with,
        missing: share.whoMissing,
        among: [
          ...people.map(({ person, as }) => ({
            title: `${t.labels.sharedWith[as]}: ${shown(person.name)}`,
            value: person.id,
          })),
          ...among(['party', 'relative'] as const, t.labels.sharedWith),
        ],
      }),
      field('contact', { label: share.contact, value: values.contact }),
    ],
  });
}

/** The reason is written before anything opens. */
export function overrideForm(reader: Reader, asked: Form): View {
  const { override } = texts(reader.locale).forms;
  const { values = {}, incident } = asked;
  return form(reader, asked, {
    title: override.title(incident.id),
    verb: 'override',
    send: override.send,
    intro: [line(override.told), line(override.kept), readersLine(reader, 'log', incident)],
    inputs: [
      field('text', {
        label: override.reason,
        value: values.text,
        missing: override.reasonMissing,
        lines: 'many',
      }),
    ],
  });
}
