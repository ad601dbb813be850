import { subjectOf } from '../core/incident.ts';
import type { Readable } from '../core/needToKnow.ts';
import { texts } from '../text/index.ts';
import { backButton, type Carried, caseButton, caseButtons, verbsOn } from './button.ts';
import { nameOf } from './names.ts';
import { callLink, card, fact, line, marks, shown } from './parts.ts';
import type { CaseCard, Reader, View } from './view.ts';
import { words } from './words.ts';

/** To someone with whom a person has shared: that they want support, and nothing that says who or why. */
export function support(reader: Reader, { incident, actor, nonce, repeat = false }: CaseCard): View {
  const t = texts(reader.locale);
  const { talked } = incident;
  const verbs = verbsOn('support', incident, actor);
  if (verbs.length === 0) return moved(reader);
  return card('words', reader, {
    summary: t.support.summary,
    title: t.support.title,
    lines: [
      ...marks(t, { repeat }),
      ...(talked
        ? [line(t.support.talked(nameOf(reader, talked.by), t.time.moment(talked.at)), { strong: true })]
        : []),
      line(t.support.wish),
      line(t.support.press, { strong: true }),
      line(t.support.caseOf(incident.id), { subtle: true }),
    ],
    buttons: caseButtons(reader, verbs, { incident, face: 'support', nonce }),
  });
}

/** Whom to call and how to be of help; the answer to a click, as `details` is. */
export function supportDetails(
  reader: Reader,
  {
    incident,
    readable: { scopes, particulars },
    actor,
    nonce,
  }: Pick<CaseCard, 'incident' | 'actor' | 'nonce'> & { readable: Readable },
): View {
  const t = texts(reader.locale);
  const subject = subjectOf(incident);
  const person = subject && reader.directory.person(subject);
  const given = subject === incident.reporter ? particulars.number : undefined;
  const number = scopes.number ? (given ?? person?.number) : undefined;
  const links = number ? callLink(t.call.callNumber(shown(number)), number) : [];
  const carried = { incident, face: 'support' as const, nonce };
  const called = person?.name ?? (subject === incident.reporter ? particulars.reporterName : undefined);
  const name = scopes.name && called ? [fact(t.details.name, called, { strong: true })] : [];
  return card('details', reader, {
    summary: t.details.summary(incident.id),
    title: t.support.whom,
    lines: [
      ...name,
      ...(incident.protectedIdentity ? [line(t.details.protectedIdentity, { strong: true })] : []),
      number ? fact(t.details.number, number, { strong: true }) : line(t.details.numberMissing),
      ...t.support.checklist.map((each) => line(each)),
    ],
    buttons: [
      ...caseButtons(
        reader,
        verbsOn('support', incident, actor).filter((verb) => verb !== 'details'),
        carried,
      ),
      backButton(t.buttons.hide, carried),
    ],
    extra: { calls: links.length > 0 ? [{ links }] : [], story: [] },
  });
}

/** To someone who sees no more of a case than that it is there: its number, and what they may do. */
export function file(
  reader: Reader,
  { incident, actor, nonce }: Pick<CaseCard, 'incident' | 'actor' | 'nonce'>,
): View {
  const t = texts(reader.locale);
  const verbs = verbsOn('file', incident, actor);
  return card('words', reader, {
    summary: t.triage.summary(incident.id),
    title: t.support.caseOf(incident.id),
    lines: verbs.includes('override') ? [line(t.support.emergencyOnly)] : [],
    buttons: caseButtons(reader, verbs, { incident, face: 'file', nonce }),
  });
}

/** The way to a card of a case, which opens as the answer to a click and is asked for anew each time. */
export const opener = (reader: Reader, carried: Carried): View => {
  const t = texts(reader.locale);
  return card('words', reader, {
    summary: t.triage.summary(carried.incident.id),
    title: t.support.caseOf(carried.incident.id),
    lines: [],
    buttons: [caseButton(t.buttons.open, 'hide', carried)],
  });
};

/** What a card becomes for a reader who is no longer to see the case: not even its number is left. */
export const moved = (reader: Reader): View =>
  words(reader, { paragraphs: [texts(reader.locale).support.moved] });
