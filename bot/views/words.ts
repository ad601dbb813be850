import type { Refusal } from '../core/decide.ts';
import { texts } from '../text/index.ts';
import { type Button, backButton, type Carried } from './button.ts';
import { nameOf } from './names.ts';
import { card, line } from './parts.ts';
import type { Reader, View } from './view.ts';

/**
 * A plain card for an answer in words.
 *
 * @param title a fixed sentence
 * @param call puts 112 and the duty function's number first
 */
export const words = (
  reader: Reader,
  {
    title,
    paragraphs,
    call = false,
    buttons = [],
  }: {
    title?: string | undefined;
    paragraphs: readonly string[];
    call?: boolean | undefined;
    buttons?: Button[] | undefined;
  },
): View =>
  card('words', reader, {
    summary: texts(reader.locale).error.summary,
    title,
    call,
    lines: paragraphs.map((paragraph) => line(paragraph)),
    buttons,
  });

/** Why what was clicked cannot be done, with a way back to how the case stands now. */
export function refusal(reader: Reader, { refusal, ...carried }: { refusal: Refusal } & Carried): View {
  const t = texts(reader.locale);
  return card('words', reader, {
    summary: t.refusals.summary,
    lines: [line(sentenceOf(reader, refusal))],
    buttons: [backButton(t.refusals.back, carried)],
  });
}

function sentenceOf(reader: Reader, refusal: Refusal): string {
  const { refusals } = texts(reader.locale);
  switch (refusal.why) {
    case 'taken':
      return refusals.taken(nameOf(reader, refusal.by));
    case 'alreadyReached':
      return refusals.alreadyReached(nameOf(reader, refusal.by));
    case 'handedOver':
      return refusals.handedOver(nameOf(reader, refusal.by));
    case 'closed':
      return refusals.closed;
    case 'notClosed':
      return refusals.notClosed;
    case 'erased':
      return refusals.erased;
    case 'notAllowed':
      return refusals.notAllowed;
    default:
      return refusal satisfies never;
  }
}
