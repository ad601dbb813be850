import type { CardNotice, Notice } from '../core/effects.ts';
import type { PersonId } from '../core/ids.ts';
import { askedNext, askedNow, type Incident, isAbout, rungNext, rungNow } from '../core/incident.ts';
import type { Person, Rung } from '../core/people.ts';
import type { Verb } from '../core/policy.ts';
import { traceBy } from '../core/time.ts';
import { texts } from '../text/index.ts';
import { caseButton, caseButtons } from './button.ts';
import { nameOf } from './names.ts';
import { card, line, marks } from './parts.ts';
import type { Face, Reader, View } from './view.ts';

/** Those that are a few words; the others have cards of their own. */
export type ShortNotice = Exclude<Notice, CardNotice | 'exercised'>;

/** `circle`: each of those who stand for the channel, of a case that is kept from others in it. */
export type Readership = 'person' | 'channel' | 'circle';

/** What each notice says. The heading and the summary never hold a name. */
interface Words {
  summary: string;
  title: string;
  lines?: string[];
  call?: boolean;
  /** What a button opens from here, and the card of the case that it belongs to. */
  opens?: { title: string; face: Face };
  mentions?: Person[];
  /** What can be done to the case right here, by the one who has it. */
  verbs?: readonly Verb[];
}

/**
 * A short message about something a person waits for, or must act on.
 *
 * @param by whose name it says
 * @param repeat it may have come before
 * @param late it should have come earlier
 */
export function notice(
  reader: Reader,
  {
    notice,
    incident,
    to,
    by,
    repeat = false,
    late = false,
  }: {
    notice: ShortNotice;
    incident: Incident;
    to: Readership;
    by?: Person | undefined;
    repeat?: boolean;
    late?: boolean;
  },
): View {
  const t = texts(reader.locale);
  const {
    summary,
    title,
    lines = [],
    call = false,
    opens,
    mentions = [],
    verbs = [],
  } = wordsOf(reader, { notice, incident, to, by });
  return card('words', reader, {
    summary,
    title,
    call,
    mentions,
    lines: [...marks(t, { repeat, late }), ...lines.map((each) => line(each))],
    buttons: [
      ...caseButtons(reader, verbs, { incident, face: 'alarm', nonce: `${notice}-${incident.version}` }),
      ...(opens ? [caseButton(opens.title, 'details', { incident, face: opens.face, nonce: reading })] : []),
    ],
  });
}

/** Every button of a case carries a nonce; one that only opens something changes nothing twice. */
const reading = 'reading';

function wordsOf(
  reader: Reader,
  {
    notice,
    incident,
    to,
    by,
  }: {
    notice: ShortNotice;
    incident: Incident;
    to: Readership;
    by: Person | undefined;
  },
): Words {
  const { notices, receipt, buttons, time } = texts(reader.locale);
  const { id, answers } = incident;
  const duty = reader.directory.dutyFunction();
  const number = notices.report(id);
  const named = (sentence: (name: string) => string) => (by ? [sentence(by.name)] : []);
  const forHolder = {
    title: buttons.details,
    face: to === 'person' ? ('alarm' as const) : ('triage' as const),
  };
  switch (notice) {
    case 'taken': {
      const contact = answers.callback === 'none' ? () => receipt.noContact : receipt.willContact;
      return { ...notices.taken, lines: [...named(notices.taken.by), ...named(contact), number] };
    }
    case 'reached': {
      const { summary, you, person, by: met, byForPerson, notTrue } = notices.reached;
      const about = isAbout(incident, incident.reporter);
      return {
        summary,
        title: about ? you : person,
        lines: [...named(about ? met : byForPerson), notTrue(duty.name, duty.number), number],
      };
    }
    case 'closed':
      return { ...notices.closed, lines: [notices.closed.ifMore, number] };
    case 'reopened':
      return { ...notices.reopened, lines: [notices.reopened.works, number] };
    case 'noted':
      return {
        ...notices.noted,
        lines: [...named(notices.noted.by), number],
        opens: { title: buttons.readAnswer, face: 'receipt' },
      };
    case 'linked':
      return { ...notices.linked, call: true, lines: [notices.linked.why, notices.linked.follow, number] };
    case 'nobodyYet':
      return {
        ...notices.nobodyYet,
        call: true,
        lines: [notices.nobodyYet.danger, notices.nobodyYet.goesOn, number],
      };
    case 'untaken':
      return {
        summary: notices.untaken.summary(id),
        title: notices.untaken.title(id),
        lines: incident.handedOver
          ? [notices.untaken.handedOver(time.moment(incident.handedOver.at))]
          : incident.readBy
            ? [notices.untaken.promised(time.moment(incident.readBy))]
            : [],
      };
    case 'supplemented':
    case 'where':
    case 'alone':
      return { summary: notices[notice].summary(id), title: notices[notice].title(id), opens: forHolder };
    case 'withdrawn':
      return {
        summary: notices.withdrawn.summary(id),
        title: notices.withdrawn.title(id),
        lines: [notices.withdrawn.stays],
      };
    case 'alarmed':
      return {
        summary: notices.alarmed.summary(id),
        title: notices.alarmed.title(id),
        lines: [notices.alarmed.to(duty.name)],
      };
    case 'overdue': {
      const { summary, title, unsent } = notices.overdue;
      return { summary: summary(id), title: title(id), lines: [unsent], opens: forHolder };
    }
    case 'passedOn': {
      const names = (people: readonly PersonId[], rung: Rung | undefined) =>
        [...(rung?.dutyFunction ? [duty.name] : []), ...people.map((person) => nameOf(reader, person))].join(
          ', ',
        );
      const asked = names(askedNow(incident), rungNow(incident));
      const next = names(askedNext(incident), rungNext(incident));
      const steps = [
        ...(asked ? [notices.passedOn.asked(asked)] : []),
        ...(asked && next ? [notices.passedOn.next(next)] : []),
      ];
      const { summary, title } = notices.passedOn;
      return to !== 'person'
        ? {
            summary: summary(id),
            title: title(id),
            lines: steps,
            mentions: to === 'channel' ? theirs(reader, incident) : [],
          }
        : { ...notices.passedOn.toReporter, call: true, lines: [...steps, number] };
    }
    case 'handedOver': {
      const { summary, title, by: left, nobody, toReporter } = notices.handedOver;
      return to !== 'person'
        ? { summary: summary(id), title: title(id), lines: [...named(left), nobody], opens: forHolder }
        : { ...toReporter, lines: [...named(toReporter.by), toReporter.worse, number] };
    }
    case 'shared': {
      const { summary, title, whose } = notices.shared;
      return { summary: summary(id), title: title(id), lines: [whose], opens: forHolder };
    }
    case 'unshared': {
      const { summary, title, stop } = notices.unshared;
      return { summary: summary(id), title: title(id), lines: [stop], opens: forHolder };
    }
    case 'talked': {
      const { summary, title, by: who } = notices.talked;
      return { summary: summary(id), title: title(id), lines: named(who) };
    }
    case 'traceable':
    case 'traceSoon': {
      const { callCard } = texts(reader.locale);
      const by = incident.call && callCard.traceBy(time.day(traceBy(incident.call.at)));
      return {
        summary: notices[notice].summary(id),
        title: notices[notice].title(id),
        lines: by ? [by, callCard.traceNeeds] : [],
        opens: forHolder,
      };
    }
    case 'overridden':
      return {
        ...notices.overridden,
        lines: [...named(notices.overridden.by), notices.overridden.see, number],
      };
    case 'reachedYet':
      return {
        summary: notices.reachedYet.summary(id),
        title: notices.reachedYet.title(id),
        lines: [notices.reachedYet.else],
        verbs: ['reached', 'unreached', 'decline'],
      };
    default:
      return notice satisfies never;
  }
}

/** The coordinators who are asked now. Nobody else is mentioned in their channel: others need not be in it. */
const theirs = ({ directory }: Reader, incident: Incident): Person[] =>
  askedNow(incident).flatMap((id) => {
    const person = directory.person(id);
    return person?.roles.includes('coordinator') ? [person] : [];
  });
