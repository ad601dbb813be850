/** What groups propose, as the coordinators read it and decide about it. */
import type { Checklist } from '../core/checklist.ts';
import { type Proposal, type ProposalState, proposalStates, stateOf } from '../core/proposal.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Button, button, rowsOf } from './button.ts';
import { field, type Values } from './input.ts';
import { nameOf } from './names.ts';
import { card, type Line, line, marks, plain, shown } from './parts.ts';
import type { Reader, View } from './view.ts';

/** Where in the list somebody is, to come back to. */
export interface Place {
  state: ProposalState;
  page: number;
}
type Opened = Proposal & { tag: string };

/** How many there are of each. It is a message that stays, so nobody's words stand on it. */
export function actions(reader: Reader, { counts }: { counts: Record<ProposalState, number> }): View {
  const t = texts(reader.locale).actions;
  const titles = proposalStates.map((state) => ({ state, title: `${t.states[state]} (${counts[state]})` }));
  return card('words', reader, {
    summary: t.summary,
    title: t.title,
    lines: [line(t.choose), line(t.logged, { subtle: true })],
    also: titles.map(({ title }) => title),
    buttons: titles.map(({ state, title }) =>
      button(title, 'actions', { state }, { main: state === 'new' && counts.new > 0 }),
    ),
  });
}

/**
 * Those of one state, with what was written: only ever the answer to a click.
 *
 * @param shownNow.more whether there are others after these
 */
export function proposals(
  reader: Reader,
  shownNow: Place & {
    opened: readonly Opened[];
    lists: readonly Checklist[];
    more: boolean;
    notes?: readonly string[];
  },
): View {
  const t = texts(reader.locale);
  const { opened, lists, more, notes = [], state, page } = shownNow;
  const items = opened.map((proposal) => ({
    question: shown(questionOf(reader, lists, proposal)),
    lines: linesOf(reader, proposal),
    rows: rowsOf(decisionsOn(t, proposal, { state, page })),
  }));
  const to = (n: number) => ({ state, page: String(n) });
  return card('proposals', reader, {
    summary: t.actions.summary,
    title: `${t.actions.title}: ${t.actions.states[state].toLowerCase()}`,
    lines: [
      ...notes.map((note) => line(note, { strong: true })),
      line(items.length === 0 ? t.actions.none : t.actions.logged, { subtle: true }),
    ],
    also: items.flatMap(({ question, lines }) => [question, ...lines.map(plain)]),
    buttons: [
      ...(page > 0 ? [button(t.actions.previousPage, 'actions', to(page - 1))] : []),
      ...(more ? [button(t.buttons.more, 'actions', to(page + 1))] : []),
      button(t.actions.all, 'actions'),
    ],
    extra: { items },
  });
}

/** The question as it is put today; its list may have been changed since. */
function questionOf({ locale }: Reader, lists: readonly Checklist[], { list, item }: Proposal): string {
  const found = lists.find(({ id }) => id === list)?.items.find(({ id }) => id === item);
  return found?.text[locale] ?? texts(locale).actions.gone;
}

function linesOf(reader: Reader, { text, by, at, decision }: Proposal): Line[] {
  const { actions: t, time } = texts(reader.locale);
  const subtle = { subtle: true };
  const { owner, day, reason } = decision ?? {};
  return [
    line(text),
    line(t.from(nameOf(reader, by), time.moment(at)), subtle),
    ...(decision
      ? [line(t.decided[decision.as](nameOf(reader, decision.by), time.moment(decision.at)), subtle)]
      : []),
    ...(owner && day ? [line(t.ownedBy(owner, day))] : []),
    ...(reason ? [line(t.because(reason))] : []),
  ];
}

/** What may be done next. What is ended may be taken up again: a wrong press must not be for ever. */
function decisionsOn({ actions: t }: Texts, proposal: Opened, { state, page }: Place): Button[] {
  const sends = { proposal: proposal.id, tag: proposal.tag, state, page: String(page) };
  const to = (title: string, as: string) => button(title, 'decide', { ...sends, as });
  const standing = stateOf(proposal);
  if (standing === 'declined' || standing === 'done') return [to(t.again, 'accepted')];
  return [
    to(standing === 'accepted' ? t.change : t.accept, 'accepted'),
    to(t.decline, 'declined'),
    to(t.done, 'done'),
  ];
}

/** Who does it and by when; or why it is declined. */
export function decideForm(
  reader: Reader,
  {
    proposal,
    as,
    place,
    lists,
    tag,
    values = {},
    errors = [],
  }: {
    proposal: Proposal;
    as: 'accepted' | 'declined';
    place: Place;
    lists: readonly Checklist[];
    /** Of the proposal as its reader saw it. */
    tag: string;
    values?: Values;
    errors?: readonly string[];
  },
): View {
  const { actions: t, buttons } = texts(reader.locale);
  const { owner, day } = proposal.decision ?? {};
  const back = { state: place.state, page: String(place.page) };
  return card('form', reader, {
    summary: t.summary,
    title: as === 'accepted' ? t.acceptTitle : t.declineTitle,
    lines: [
      ...errors.map((error) => line(error, { strong: true })),
      line(questionOf(reader, lists, proposal), { strong: true }),
      line(proposal.text),
    ],
    buttons: [
      button(t.save, 'decide', { proposal: proposal.id, tag, as, sent: 'yes', ...back }, { main: true }),
      button(buttons.cancel, 'actions', back, { inputs: false }),
    ],
    extra: {
      inputs:
        as === 'accepted'
          ? [
              field('owner', { label: t.owner, value: values.owner ?? owner, missing: t.ownerMissing }),
              field('day', {
                label: t.day,
                value: values.day ?? day,
                missing: t.dayMissing,
                placeholder: '2026-12-31',
              }),
            ]
          : [field('reason', { label: t.reason, value: values.reason, missing: t.reasonMissing })],
    },
  });
}

/** New ones have come: how many, never what they say. */
export function proposalNews(reader: Reader, { count, repeat }: { count: number; repeat: boolean }): View {
  const t = texts(reader.locale);
  return card('words', reader, {
    summary: t.actions.summary,
    title: t.actions.summary,
    lines: [...marks(t, { repeat }), line(t.actions.news(count)), line(t.actions.newsHow)],
  });
}
