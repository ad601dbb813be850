import type { PersonId } from '../core/ids.ts';
import type { Person } from '../core/people.ts';
import { texts } from '../text/index.ts';
import { backButton, caseButton } from './button.ts';
import { errorLines, type Form } from './forms.ts';
import { choices, field } from './input.ts';
import { card, line, shown } from './parts.ts';
import type { Reader, View } from './view.ts';

/** How many people a list to choose from holds at most. */
const mostShown = 20;

/** Whom to choose, and what the reader searched for. */
export interface Choosing extends Form {
  verb: 'assign' | 'link';
  query?: string | undefined;
  /** Those found; none for `link` before anything was searched for. */
  matches?: readonly Person[] | undefined;
  me: PersonId;
}

/** Assign: me, or another of those who answer. Link: search by name, then choose. */
export const choosePerson = (reader: Reader, asked: Choosing): View =>
  asked.verb === 'assign' ? assign(reader, asked) : link(reader, asked);

function assign(reader: Reader, asked: Choosing): View {
  const t = texts(reader.locale);
  const { matches = [], me, incident, values = {} } = asked;
  const others = matches.filter(({ id }) => id !== me);
  return card('form', reader, {
    summary: t.forms.summary,
    title: t.forms.assign.title(incident.id),
    lines: errorLines(asked),
    buttons: [
      caseButton(t.forms.assign.send, 'assign', asked, {}, { main: true }),
      backButton(t.buttons.cancel, asked),
    ],
    extra: {
      inputs: [
        choices('to', {
          label: t.forms.assign.to,
          value: values.to || 'me',
          among: [{ title: t.forms.assign.me, value: 'me' }, ...others.slice(0, mostShown).map(choiceOf)],
        }),
      ],
    },
  });
}

/** Two steps, so that a new search never sends a choice made before it. */
function link(reader: Reader, asked: Choosing): View {
  const t = texts(reader.locale);
  const { matches = [], incident, query = '', values = {} } = asked;
  const found = matches.length > 0;
  return card('form', reader, {
    summary: t.forms.summary,
    title: t.forms.link.title(incident.id),
    lines: [...errorLines(asked), ...(found ? [line(t.forms.link.told)] : [])],
    buttons: found
      ? [
          caseButton(t.forms.link.send, 'link', asked, {}, { main: true }),
          caseButton(t.forms.link.again, 'link', asked, {}, { inputs: false }),
          backButton(t.buttons.cancel, asked),
        ]
      : [
          caseButton(t.forms.link.search, 'link', asked, {}, { main: true }),
          backButton(t.buttons.cancel, asked),
        ],
    extra: {
      inputs: found
        ? [
            choices('person', {
              label: t.forms.link.person,
              value: values.person,
              among: matches.slice(0, mostShown).map(choiceOf),
            }),
          ]
        : [field('query', { label: t.forms.link.query, value: query })],
    },
  });
}

const choiceOf = ({ id, name }: Person) => ({ title: shown(name), value: id });
