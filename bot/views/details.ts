import type { Instant } from '../core/ids.ts';
import type { Entry, Incident, IncidentEvent } from '../core/incident.ts';
import type { Actor } from '../core/people.ts';
import { type Texts, texts } from '../text/index.ts';
import { backButton, caseButton, caseButtons, verbsOn } from './button.ts';
import { nameOf } from './names.ts';
import { paged } from './pages.ts';
import { apart, callLink, card, fact, type Line, line, plain, shown } from './parts.ts';
import type { Face, Reader, View } from './view.ts';

/**
 * The particulars of a case, as the answer to a click and never as a posted message. Those who work with the case
 * read all of it; the reporter and the one it is about read what they wrote themselves, and notes meant for them.
 *
 * @param entries the case's events in order, opened
 * @param page from 0; long text goes on over several
 */
export function details(
  reader: Reader,
  {
    incident,
    entries,
    actor,
    face,
    page,
    nonce,
  }: { incident: Incident; entries: readonly Entry[]; actor: Actor; face: Face; page: number; nonce: string },
): View {
  const t = texts(reader.locale);
  const carried = { incident, face, nonce };
  const works = worksWith(incident, actor, face);
  const own = entries.filter(({ event }) => works || isFor(event, incident, actor));
  const pages = paged(
    own.flatMap((entry) => written(reader, entry, { actor, works, start: incident.reportedAt })),
  );
  const at = Math.min(page, pages.length - 1);
  const number = works ? latest(own, 'number') : undefined;
  const links = number ? callLink(t.call.callNumber(shown(number)), number) : [];
  const more = at + 1 < pages.length;
  const story = [
    ...(works && at === 0 ? circumstances(incident, t) : []),
    ...(pages[at] ?? []),
    ...(pages.length > 1 ? [apart(line(t.details.page(at + 1, pages.length), { subtle: true }))] : []),
  ];
  return card('details', reader, {
    summary: t.details.summary(incident.id),
    title: works ? t.details.title(incident.id) : t.details.ownTitle(incident.id),
    lines: works
      ? contact(own, t)
      : ownFacts(
          own.filter(({ event }) => event.by === actor.person),
          t,
        ),
    also: story.map(plain),
    buttons: [
      ...(more
        ? [caseButton(t.buttons.more, 'details', carried, { page: String(at + 1) }, { main: true })]
        : []),
      ...caseButtons(
        reader,
        verbsOn(face, incident, actor).filter((verb) => verb !== 'details'),
        carried,
      ),
      backButton(t.buttons.hide, carried),
    ],
    extra: { calls: links.length > 0 ? [{ links }] : [], story },
  });
}

/**
 * Whether this person reads as one who works with the case. The face comes from a click and proves nothing: the
 * policy says who they are, and the confirmation is always read with the reporter's own eyes.
 */
const worksWith = (incident: Incident, actor: Actor, face: Face): boolean =>
  face !== 'receipt' && verbsOn(face, incident, actor).includes('details');

const isFor = (event: IncidentEvent, { reporter, victim }: Incident, { person }: Actor): boolean =>
  (event.by === person && event.type !== 'HandedOver') ||
  (event.type === 'Noted' && event.visibleTo === 'reporter' && [reporter, victim].includes(person));

type Sealable = 'reporterName' | 'number' | 'where' | 'affectedWho';
const latest = (entries: readonly Entry[], what: Sealable): string | undefined =>
  entries.findLast(({ sealed }) => sealed?.[what])?.sealed?.[what];

/** Whom to get hold of, and where: on every page. */
function contact(entries: readonly Entry[], { details }: Texts): Line[] {
  const name = latest(entries, 'reporterName');
  const number = latest(entries, 'number');
  return [
    name ? fact(details.name, name, { strong: true }) : line(details.nameMissing, { strong: true }),
    number ? fact(details.number, number, { strong: true }) : line(details.numberMissing, { strong: true }),
    ...given(details.where, latest(entries, 'where')),
    ...given(details.affectedWho, latest(entries, 'affectedWho')),
  ];
}

/** What the reporter gave besides the words, as they read it back. */
const ownFacts = (entries: readonly Entry[], { details }: Texts): Line[] => [
  ...given(details.number, latest(entries, 'number')),
  ...given(details.where, latest(entries, 'where')),
  ...given(details.affectedWho, latest(entries, 'affectedWho')),
];

const given = (label: string, value: string | undefined): Line[] => (value ? [fact(label, value)] : []);

const circumstances = ({ answers }: Incident, { details, labels }: Texts): Line[] => [
  ...(answers.affected === 'self' ? [] : [fact(details.affected, labels.concerns[answers.affected])]),
  fact(details.wish, labels.wish[answers.callback]),
  fact(details.channel, labels.channel[answers.channel]),
  fact(details.whenRough, labels.whenRough[answers.whenRough]),
];

/** One event as it is read: a heading with who and when, and the words, line by line. */
function written(
  reader: Reader,
  { event, sealed }: Entry,
  { actor, works, start }: { actor: Actor; works: boolean; start: Instant },
): Line[] {
  const { details, time } = texts(reader.locale);
  const by = nameOf(reader, event.by);
  const moment = event.type === 'Reported' ? time.moment(event.at) : time.since(start, event.at);
  const own = event.by === actor.person;
  const said = (heading: string, text: string | undefined): Line[] => [
    apart(line(heading, { subtle: true })),
    ...(text ?? '').split(/\r\n|[\n\r\u2028\u2029]/).map((each) => line(each)),
  ];
  switch (event.type) {
    case 'Reported':
      return said(
        own ? details.youWrote(moment) : details.wrote(by, moment),
        sealed?.text || details.noWords,
      );
    case 'Supplemented':
      return event.gave.flatMap((gave) => {
        if (gave === 'where') return said(details.supplementedWhere(by, moment), sealed?.where);
        if (gave === 'number') return said(details.supplementedNumber(by, moment), sealed?.number);
        return said(own ? details.youWrote(moment) : details.wrote(by, moment), sealed?.text);
      });
    case 'Noted':
      if (!works) return said(details.toYou(by, moment), sealed?.text);
      return said(
        event.visibleTo === 'reporter' ? details.noteVisible(by, moment) : details.note(by, moment),
        sealed?.text,
      );
    case 'HandedOver':
      return said(details.handedOver(by, moment), sealed?.text);
    case 'CompanyAnswered':
      return [apart(line(event.company ? details.notAlone(moment) : details.alone(moment)))];
    case 'Unreached':
      return [apart(line(details.unreached(by, moment)))];
    case 'Withdrawn':
      return [apart(line(details.withdrawn(moment)))];
    case 'Alarmed':
    case 'Acknowledged':
    case 'Declined':
    case 'Paged':
    case 'Undeliverable':
    case 'Escalated':
    case 'Returned':
    case 'Assigned':
    case 'Reached':
    case 'Reminded':
    case 'Assessed':
    case 'Linked':
    case 'Closed':
    case 'Reopened':
    case 'Erased':
      return [];
    default:
      return event satisfies never;
  }
}
