import type { Instant } from '../core/ids.ts';
import type { Entry, Incident } from '../core/incident.ts';
import type { Readable, Scopes } from '../core/needToKnow.ts';
import type { Actor } from '../core/people.ts';
import { type Texts, texts } from '../text/index.ts';
import { backButton, caseButton, caseButtons, verbsOn, withList } from './button.ts';
import { callFacts, callNoted } from './callCard.ts';
import { nameOf } from './names.ts';
import { paged } from './pages.ts';
import { apart, callLink, card, fact, type Line, line, plain, shown } from './parts.ts';
import { namesOf } from './readers.ts';
import type { Face, Reader, View } from './view.ts';

/**
 * The particulars of a case, as the answer to a click and never as a posted message: what `readable` has left of it.
 *
 * @param page from 0; long text goes on over several
 */
export function details(
  reader: Reader,
  {
    incident,
    readable,
    actor,
    face,
    page,
    nonce,
  }: { incident: Incident; readable: Readable; actor: Actor; face: Face; page: number; nonce: string },
): View {
  const t = texts(reader.locale);
  const carried = { incident, face, nonce };
  const { scopes, particulars, entries } = readable;
  const works = face !== 'receipt';
  const start = incident.reportedAt;
  const pages = paged(
    entries.flatMap((entry) => written(reader, entry, { actor, inside: scopes.factors === 'all', start })),
  );
  const at = Math.min(page, pages.length - 1);
  const number = works ? particulars.number : undefined;
  const links = number ? callLink(t.call.callNumber(shown(number)), number) : [];
  const more = at + 1 < pages.length;
  const story = [
    ...(works && at === 0 ? circumstances(reader, incident, scopes) : []),
    ...(pages[at] ?? []),
    ...(pages.length > 1 ? [apart(line(t.details.page(at + 1, pages.length), { subtle: true }))] : []),
  ];
  return card('details', reader, {
    summary: t.details.summary(incident.id),
    title: works ? t.details.title(incident.id) : t.details.ownTitle(incident.id),
    lines: works ? contact(incident, readable, t) : gave(particulars, t),
    also: story.map(plain),
    buttons: [
      ...(more
        ? [caseButton(t.buttons.more, 'details', carried, { page: String(at + 1) }, { main: true })]
        : []),
      ...(face === 'alarm' ? withList : caseButtons)(
        reader,
        verbsOn(face, incident, actor).filter((verb) => verb !== 'details' && verb !== 'override'),
        carried,
      ),
      backButton(t.buttons.hide, carried),
    ],
    extra: { calls: links.length > 0 ? [{ links }] : [], story },
  });
}

/** Whom to get hold of, and where: on every page. */
function contact({ protectedIdentity }: Incident, { scopes, particulars }: Readable, t: Texts): Line[] {
  const { details } = t;
  const { reporterName: name, number } = particulars;
  const nameless = protectedIdentity ? details.protectedIdentity : details.nameMissing;
  return [
    name ? fact(details.name, name, { strong: true }) : line(nameless, { strong: true }),
    ...(number
      ? [fact(details.number, number, { strong: true })]
      : scopes.number
        ? [line(details.numberMissing, { strong: true })]
        : []),
    ...given(details.where, particulars.where),
    ...given(details.affectedWho, particulars.affectedWho),
  ];
}

/** What somebody gave besides the words, as they read it back. */
const gave = ({ number, where, affectedWho }: Readable['particulars'], { details }: Texts): Line[] => [
  ...given(details.number, number),
  ...given(details.where, where),
  ...given(details.affectedWho, affectedWho),
];

const given = (label: string, value: string | undefined): Line[] => (value ? [fact(label, value)] : []);

function circumstances(reader: Reader, incident: Incident, { report, factors }: Scopes): Line[] {
  const { details, labels } = texts(reader.locale);
  const { answers, confined, excluded = [], personCategory } = incident;
  if (!report) return [];
  return [
    ...(answers.affected === 'self' ? [] : [fact(details.affected, labels.concerns[answers.affected])]),
    fact(details.wish, labels.wish[answers.callback]),
    fact(details.channel, labels.channel[answers.channel]),
    fact(details.whenRough, labels.whenRough[answers.whenRough]),
    ...callFacts(reader, incident),
    ...(personCategory ? [fact(details.category, labels.personCategory[personCategory])] : []),
    ...(factors && confined ? [fact(details.only, namesOf(reader, confined.to))] : []),
    ...(factors && excluded.length > 0 ? [fact(details.without, namesOf(reader, excluded))] : []),
  ];
}

/** One event as it is read: a heading with who and when, and the words, line by line. */
function written(
  reader: Reader,
  { event, sealed }: Entry,
  { actor, inside, start }: { actor: Actor; inside: boolean; start: Instant },
): Line[] {
  const { details, labels, time } = texts(reader.locale);
  const by = nameOf(reader, event.by);
  const moment = event.type === 'Reported' ? time.moment(event.at) : time.since(start, event.at);
  const own = event.by === actor.person;
  const said = (heading: string, text: string | undefined): Line[] => [
    apart(line(heading, { subtle: true })),
    ...(text ?? '').split(/\r\n|[\n\r\u2028\u2029]/).map((each) => line(each)),
  ];
  switch (event.type) {
    case 'Reported':
      return [
        ...said(own ? details.youWrote(moment) : details.wrote(by, moment), sealed?.text || details.noWords),
        ...callNoted(reader, sealed ?? {}),
      ];
    case 'Supplemented':
      return event.gave.flatMap((gave) => {
        if (gave === 'where' && !sealed?.where) return [];
        if (gave === 'number' && !sealed?.number) return [];
        if (gave === 'where') return said(details.supplementedWhere(by, moment), sealed?.where);
        if (gave === 'number') return said(details.supplementedNumber(by, moment), sealed?.number);
        return [
          ...said(own ? details.youWrote(moment) : details.wrote(by, moment), sealed?.text),
          ...callNoted(reader, sealed ?? {}),
        ];
      });
    case 'Noted':
      if (!inside) return said(details.toYou(by, moment), sealed?.text);
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
    case 'Shared':
      return said(
        details.shared(labels.sharedWith[event.with], moment),
        sealed?.text ?? (event.person ? nameOf(reader, event.person) : ''),
      );
    case 'Unshared':
      return [apart(line(details.unshared(moment)))];
    case 'Talked':
      return [apart(line(details.talked(by, moment)))];
    case 'Overridden':
      return [apart(line(details.overridden(by, moment)))];
    case 'Restricted':
    case 'Categorised':
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
    case 'CallTold':
    case 'Traced':
    case 'Erased':
      return [];
    default:
      return event satisfies never;
  }
}
