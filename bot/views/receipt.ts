import { asksAboutTonight, nobodyYetAfter } from '../core/effects.ts';
import type { Instant, PersonId } from '../core/ids.ts';
import { type Answers, type Incident, isAbout, rungNow } from '../core/incident.ts';
import { pagedNow } from '../core/page.ts';
import { isSerious, type Verb } from '../core/policy.ts';
import { minutes } from '../core/time.ts';
import { type Texts, texts } from '../text/index.ts';
import { button, type Carried, caseButton, rowsOf, verbsOn, withList } from './button.ts';
import { callQuestion, traceLines } from './callCard.ts';
import { keptByTeams } from './freeText.ts';
import { nameOf } from './names.ts';
import { apart, card, type Line, line, marks } from './parts.ts';
import { phonesOf } from './phones.ts';
import { readersLine, sharesOf } from './readers.ts';
import type { CaseCard, Data, Reader, View } from './view.ts';

/**
 * The confirmation, to the one who reported or the one it is about. Its heading is how the report stands.
 *
 * @param typed the words were written in the chat, and stand there still
 * @param justSent the answer to "Skicka": says thank you, and what happens in the next minutes
 */
export function receipt(
  reader: Reader,
  {
    incident,
    actor,
    nonce,
    justSent = false,
    typed = false,
    repeat = false,
  }: CaseCard & { justSent?: boolean; typed?: boolean },
): View {
  const t = texts(reader.locale);
  const verbs = verbsOn('receipt', incident, actor);
  const carried: Carried = { incident, face: 'receipt', nonce };
  const heading = headingOf(incident, actor.person, t);
  const { questions, asked } = questionsOf(reader, verbs, carried);
  return card('receipt', reader, {
    summary: t.receipt.summary(incident.id),
    title: justSent ? t.receipt.thanks(heading) : heading,
    call: (isSerious(incident) || waitsForAnswer(incident)) && isOpen(incident),
    ...(waitsForAnswer(incident) && { first: phonesOfCase(reader, incident).first }),
    lines: [
      ...marks(t, { repeat }),
      ...standing(reader, incident, actor.person, justSent),
      line(t.receipt.numberAndTime(incident.id, t.time.moment(incident.reportedAt)), { subtle: true }),
      readersLine(reader, 'words', incident),
      ...conditions(reader, incident, actor.person),
      ...(incident.follows ? [line(t.receipt.follows(incident.follows), { subtle: true })] : []),
      ...traceLines(reader, incident),
      ...adviceOf(incident, t),
      ...(typed ? keptByTeams(reader) : []),
    ],
    buttons: [
      ...(asksForCall(incident, verbs)
        ? [button(t.callCard.fillIn, 'callCard', { incident: incident.id })]
        : []),
      ...withList(
        reader,
        verbs.filter((verb) => !asked.includes(verb)),
        carried,
      ),
    ],
    extra: { questions },
  });
}

/** A threat by telephone, of whose call nothing is noted yet. */
const asksForCall = ({ answers, call }: Incident, verbs: readonly Verb[]): boolean =>
  answers.channel === 'phone' && !call && verbs.includes('supplement');

/** Somebody is still to get hold of the person. */
const isOpen = ({ stage, withdrawnAt }: Incident): boolean =>
  !withdrawnAt && (stage.status === 'new' || stage.status === 'acknowledged');

/** The alarm is out, and nobody has it. */
const waitsForAnswer = ({ stage, alarmedAt, handedOver }: Incident): boolean =>
  stage.status === 'new' && alarmedAt !== undefined && !handedOver;

const phonesOfCase = (reader: Reader, incident: Incident) =>
  phonesOf(reader, pagedNow(incident), rungNow(incident));

function headingOf(incident: Incident, person: PersonId, { receipt }: Texts): string {
  const { stage, withdrawnAt, alarmedAt, handedOver } = incident;
  if (stage.status === 'closed') return receipt.closed;
  if (withdrawnAt) return receipt.withdrawn;
  if (stage.status === 'reached')
    return isAbout(incident, person) ? receipt.reachedYou : receipt.reachedPerson;
  if (stage.status === 'acknowledged') return receipt.taken;
  return alarmedAt && !handedOver ? receipt.alarmSent : receipt.received;
}

/** What has happened last, and what happens next. A time is only said when a due row stands behind it. */
function standing(reader: Reader, incident: Incident, person: PersonId, justSent: boolean): Line[] {
  const { receipt, time } = texts(reader.locale);
  const { stage, withdrawnAt, reportedAt } = incident;
  const since = (at: Instant) => time.since(reportedAt, at);
  const gone = withdrawnAt ? [line(receipt.withdrawnAt(since(withdrawnAt)))] : [];
  switch (stage.status) {
    case 'new':
      return withdrawnAt ? gone : waiting(reader, incident, justSent && person === incident.reporter);
    case 'acknowledged': {
      const name = nameOf(reader, stage.assignee);
      return [
        ...gone,
        line(receipt.takenBy(name, since(stage.acknowledgedAt)), { strong: true }),
        line(incident.answers.callback === 'none' ? receipt.noContact : receipt.willContact(name)),
      ];
    }
    case 'reached': {
      const name = nameOf(reader, stage.reachedBy);
      return [
        ...gone,
        line(receipt.reachedBy(name, since(stage.reachedAt)), { strong: true }),
        ...(stage.assignee === stage.reachedBy
          ? []
          : [line(receipt.takenBySince(nameOf(reader, stage.assignee)))]),
      ];
    }
    case 'closed':
      return [
        ...gone,
        line(receipt.closedAt(since(stage.closedAt))),
        line(receipt.closedBecause[stage.reason]),
        line(receipt.ifMore),
      ];
    default:
      return stage satisfies never;
  }
}

/** Nobody has it yet: who has been told, or who reads it and when. */
function waiting(reader: Reader, incident: Incident, saysWhen: boolean): Line[] {
  const { receipt, time } = texts(reader.locale);
  const { alarmedAt, confined, handedOver, ladder, readBy, route } = incident;
  const duty = reader.directory.dutyFunction();
  if (confined?.to.length === 0 && ladder.length === 0) {
    return [line(receipt.nobodyLeft(duty.name, duty.number), { strong: true })];
  }
  if (alarmedAt && !handedOver) {
    return [
      line(receipt.alarmed(duty.name, time.since(incident.reportedAt, alarmedAt)), { strong: true }),
      line(saysWhen ? receipt.nobodyYet(nobodyYetAfter / minutes(1)) : receipt.waiting),
      ...phonesOfCase(reader, incident).also.map((said) => line(said)),
    ];
  }
  const worse = [line(receipt.worse), ...(isSerious(incident) ? [] : [line(receipt.inDanger)])];
  if (handedOver || !readBy || readBy <= reader.now) return [line(receipt.withCoordinators), ...worse];
  if (route === 'alarmInTheMorning') {
    return [line(receipt.alarmAt(duty.name, time.moment(readBy)), { strong: true }), ...worse];
  }
  return [
    line(receipt.nobodyReadsUntil(time.day(readBy)), { strong: true }),
    line(receipt.readBy(time.clock(readBy))),
    ...worse,
  ];
}

/** With whom one has shared, and who must not know. */
function conditions(reader: Reader, incident: Incident, person: PersonId): Line[] {
  const { receipt } = texts(reader.locale);
  const { excluded = [], shared } = incident;
  return [
    ...(shared && isAbout(incident, person) ? [line(receipt.sharedWith(sharesOf(reader, incident)))] : []),
    ...(excluded.length > 0 && person === incident.reporter ? [line(receipt.without, { subtle: true })] : []),
  ];
}

/** Which evidence there is to keep, by how it happened (DOMAIN J 16, B7, B9); none when nobody has said how. */
const advice: Record<Answers['channel'], 'written' | 'spoken' | 'letter' | undefined> = {
  in_person: 'spoken',
  phone: 'spoken',
  sms_chat: 'written',
  email: 'written',
  social_media: 'written',
  letter_parcel: 'letter',
  visit_surveil: 'spoken',
  physical: 'spoken',
  other: 'written',
  unknown: undefined,
};

function adviceOf({ answers, stage }: Incident, { receipt }: Texts): Line[] {
  const kind = advice[answers.channel];
  return kind && stage.status !== 'closed' ? [apart(line(receipt.advice[kind]))] : [];
}

/** Questions stand by themselves above the other buttons; what they ask is then not a button again. */
function questionsOf(
  reader: Reader,
  verbs: readonly Verb[],
  carried: Carried,
): { questions: Data[]; asked: Verb[] } {
  const { receipt, labels } = texts(reader.locale);
  const tonight = verbs.includes('alarm') && asksAboutTonight(carried.incident, reader.now);
  const company = verbs.includes('company');
  const { call } = carried.incident;
  return {
    asked: [...(tonight ? ['alarm' as const] : []), ...(company ? ['company' as const] : [])],
    questions: [
      ...(tonight
        ? [
            {
              question: receipt.tonight,
              rows: rowsOf([caseButton(receipt.tonightYes, 'alarm', carried, {}, { main: true })]),
            },
          ]
        : []),
      ...(company
        ? [
            {
              question: receipt.company,
              rows: rowsOf([
                caseButton(labels.yes, 'company', carried, { company: 'yes' }),
                caseButton(labels.no, 'company', carried, { company: 'no' }),
              ]),
            },
          ]
        : []),
      ...(call && verbs.includes('callTold') ? callQuestion(reader, call, carried) : []),
    ],
  };
}
