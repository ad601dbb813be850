import {
  type Checklist,
  hasExpired,
  type Progress,
  phases,
  standingOf,
  type Tick,
} from '../core/checklist.ts';
import type { Incident } from '../core/incident.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Button, backButton, button, type CardVerb } from './button.ts';
import { choices, field, type Values } from './input.ts';
import { card, type Line, line } from './parts.ts';
import type { Data, Face, Reader, View } from './view.ts';

/** A list as one person has it before them. */
interface Opened {
  list: Checklist;
  progress: Progress;
  /** The case for which it is done. */
  incident?: Incident | undefined;
  /** The card of the case in whose place it stands, and how to get back to it; absent where it is a message of its own. */
  from?: { face: Face; nonce: string } | undefined;
}

/** What is done for an exercise says so first. */
const readerOf = (reader: Reader, { incident }: Pick<Opened, 'incident'>): Reader =>
  incident?.exercise ? { ...reader, exercise: true } : reader;

/** How a row is marked; beside it stand the words. */
const marks = { open: '☐', done: '☑', notRelevant: '–' } as const;

/**
 * One checklist. While it happens nothing is to be pressed: the rows are large, and 112 stands on top.
 *
 * @param opened.shared where others read too: nobody's ticks, and nothing to press
 */
export function checklist(anyReader: Reader, opened: Opened & { shared?: boolean }): View {
  const reader = readerOf(anyReader, opened);
  const { locale } = reader;
  const t = texts(locale);
  const { list, progress, shared = false } = opened;
  const during = list.phase === 'during';
  const ticked = !during && !shared;
  const items = list.items.map((item, n) => {
    const tick = ticked ? progress.ticks[item.id] : undefined;
    const text = item.text[locale];
    return {
      ticked,
      mark: ticked ? marks[tick?.as ?? 'open'] : `${n + 1}`,
      text,
      done: tick !== undefined,
      notes: notesOf(t, tick),
      ...(ticked && {
        press: tick ? t.checklist.undo(text) : t.checklist.press(text),
        ...pressing('tick', {
          list: list.id,
          item: item.id,
          as: tick ? 'open' : 'done',
          ...carriedBy(opened),
        }),
      }),
      links: item.link ? [{ title: item.link.title[locale], url: item.link.url }] : [],
    };
  });
  return card('checklist', reader, {
    summary: t.checklist.summary,
    call: during,
    title: list.title[locale],
    lines: [
      ...(list.lead ? [line(list.lead[locale])] : []),
      ...(hasExpired(list, reader.now) ? [line(t.checklist.expired(list.validUntil))] : []),
      ...(ticked ? standing(t, opened) : []),
      ...(shared || during ? [] : [line(t.checklist.tick, { subtle: true })]),
    ],
    also: items.map(({ mark, text }) => `${mark} ${text}`),
    buttons: shared ? [] : buttonsOf(t, opened),
    extra: { items },
  });
}

/** A pressed row sends the same as a button. */
function pressing(does: CardVerb, sends: Record<string, string | undefined>): Data {
  const { verb, data } = button('', does, sends);
  return { verb, data };
}

/** Why is not said: this message stays in Teams. */
const notesOf = ({ checklist }: Texts, tick: Tick | undefined): Data[] =>
  tick?.as === 'notRelevant' ? [{ text: checklist.notRelevant }] : [];

function standing({ checklist }: Texts, { list, progress }: Opened): Line[] {
  const { done, of, changed } = standingOf(list, progress);
  return [
    line(done === of && of > 0 ? checklist.allDone : checklist.progress(done, of), { strong: true }),
    ...(changed ? [line(checklist.changed, { strong: true })] : []),
  ];
}

function buttonsOf(t: Texts, opened: Opened): Button[] {
  const { list, incident, from } = opened;
  const carried = { list: list.id, ...carriedBy(opened) };
  return [
    ...(list.phase === 'during' && list.channels.includes('phone')
      ? [button(t.callCard.fillIn, 'callCard', { incident: incident?.id }, { main: true })]
      : []),
    ...(list.phase === 'during' ? [] : [button(t.checklist.leave, 'leave', carried)]),
    incident && from
      ? backButton(t.buttons.hide, { incident, ...from })
      : button(t.checklist.all, 'checklists'),
  ];
}

const carriedBy = ({ incident, from }: Opened) => ({ incident: incident?.id, face: from?.face });

/** Which row does not concern the reader, and why. */
export function leaveForm(
  anyReader: Reader,
  { values = {}, errors = [], ...opened }: Opened & { values?: Values; errors?: string[] },
): View {
  const reader = readerOf(anyReader, opened);
  const { list, progress } = opened;
  const { checklist: t, buttons } = texts(reader.locale);
  const carried = { list: list.id, ...carriedBy(opened) };
  const open = list.items.filter(({ id }) => !progress.ticks[id]);
  return card('form', reader, {
    summary: t.summary,
    title: t.leaveTitle,
    lines: errors.map((error) => line(error, { strong: true })),
    buttons: [
      button(t.save, 'leave', carried, { main: true }),
      button(buttons.cancel, 'checklist', { ...carried, again: 'yes' }, { inputs: false }),
    ],
    extra: {
      inputs: [
        choices('item', {
          label: t.which,
          value: values.item,
          missing: t.whichMissing,
          folded: true,
          among: open.map(({ id, text }) => ({ title: text[reader.locale], value: id })),
        }),
        field('reason', { label: t.why, value: values.reason, missing: t.whyMissing }),
      ],
    },
  });
}

/** Every list there is for the reader: those they have begun, then by when they are needed. */
export function checklists(
  reader: Reader,
  { lists, begun }: { lists: readonly Checklist[]; begun: readonly Opened[] },
): View {
  const t = texts(reader.locale);
  const row = (list: Checklist, notes: Data[] = []): Data => {
    const title = list.title[reader.locale];
    return {
      title,
      press: `${t.checklist.open}: ${title}`,
      notes,
      ...pressing('checklist', { list: list.id }),
    };
  };
  const groups: Data[] = phases.flatMap((phase): Data[] => {
    const ofPhase = lists.filter((list) => list.phase === phase);
    return ofPhase.length > 0
      ? [{ heading: t.checklist.phases[phase], rows: ofPhase.map((list) => row(list)) }]
      : [];
  });
  const goOn = begun.map(({ list, progress }) => {
    const { done, of } = standingOf(list, progress);
    return row(list, [{ text: t.checklist.progress(done, of) }]);
  });
  const all = [...(goOn.length > 0 ? [{ heading: t.checklist.begun, rows: goOn }] : []), ...groups];
  return card('groups', reader, {
    summary: t.checklist.summary,
    title: t.checklist.all,
    lines:
      lists.length === 0
        ? [line(t.checklist.none)]
        : [line(t.checklist.hint), line(t.checklist.share, { subtle: true })],
    also: lists.map(({ title }) => title[reader.locale]),
    extra: { groups: all },
  });
}
