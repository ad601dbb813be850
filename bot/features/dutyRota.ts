/** `jour`: who is on duty, and what those who answer may change in it. */
import { z } from 'zod';
import { onDuty as onDutyNow, type RotaChange, type RotaNews, rotaChangers } from '../core/dutyRota.ts';
import { personId } from '../core/ids.ts';
import { answering } from '../core/policy.ts';
import { instantOf } from '../core/time.ts';
import { faultOf } from '../log.ts';
import { texts } from '../text/index.ts';
import {
  handOverShiftForm,
  momentOf,
  onDuty as onDutyCard,
  rotaRefusal,
  swapShiftsForm,
  takeOverForm,
  words,
} from '../views/index.ts';
import { nameOf } from '../views/names.ts';
import type { Reader, View } from '../views/view.ts';
import { deniedHere } from './denied.ts';
import { moveCases, openCasesOf, tellRotaNews } from './dutyRotaNews.ts';
import type { Feature, Fields } from './feature.ts';
import type { Answer, Ports, Turn } from './turn.ts';

const drawn = ({ dutyRota, nonce }: Ports) => ({
  rota: dutyRota.current(),
  mark: dutyRota.mark(),
  nonce: nonce(),
});

const card = (ports: Ports, { reader, actor, personal }: Turn, notes: readonly string[] = []): View =>
  onDutyCard(reader, { ...drawn(ports), roles: actor.roles, personal, notes });

/** Also in the coordinators' channel, without buttons. Answers from memory, whatever the storage does. */
export const onDuty: Feature = {
  where: 'anywhere',
  run: async (ports, turn) => ({ card: card(ports, turn) }),
};

const pressed = z.looseObject({ rota: z.string().min(1).max(100), nonce: z.string().min(1).max(100) });

/**
 * A change: without an answer it shows its form, with one it is made, once, if the rota is still the one shown.
 *
 * @param inputs ids of the form's inputs
 * @param read what is wanted; `undefined` when an answer is missing or unreadable
 */
const changing = (
  inputs: readonly string[],
  read: (fields: Fields, turn: Turn) => RotaChange | undefined,
  form: (ports: Ports, turn: Turn, errors: string[]) => View | Promise<View>,
): Feature => ({
  where: 'personal',
  async run(ports, turn, raw) {
    const { error, dutyRota } = texts(turn.reader.locale);
    const button = pressed.safeParse(raw);
    if (!button.success) return { card: words(turn.reader, { paragraphs: [error.unreadable] }) };
    if (!turn.actor.roles.some((role) => rotaChangers.includes(role))) {
      await deniedHere(ports, turn, 'dutyRota');
      return { card: card(ports, turn, [dutyRota.refused.notAllowed]) };
    }
    const { rota: seen, nonce, ...fields } = button.data;
    const wanted = read(fields, turn);
    if (wanted) return made(ports, turn, { change: wanted, seen, nonce });
    await ports.dutyRota.refresh();
    if (ports.dutyRota.mark() !== seen) return { card: card(ports, turn, [dutyRota.refused.stale]) };
    const sent = inputs.some((input) => input in fields);
    return { card: await form(ports, turn, sent ? [error.missingAnswer] : []) };
  },
});

const time = (value: unknown) => (typeof value === 'string' ? instantOf(value) : undefined);

/** "Jag tar över": from now, to the end of the shift or to a chosen time. */
export const takeOver = changing(
  ['until'],
  ({ until: chosen }, { actor }) => {
    const until = time(chosen);
    return until && { do: 'takeOver', person: actor.person, until };
  },
  (ports, { reader }, errors) => takeOverForm(reader, { ...drawn(ports), errors }),
);

/** "Lämna över passet": to another who answers alarms, with the open cases. */
export const handOverShift = changing(
  ['to'],
  ({ to }) => (typeof to === 'string' && to !== '' ? { do: 'handOver', to: personId(to) } : undefined),
  async (ports, { reader, actor, now }, errors) => {
    const asked = drawn(ports);
    const leaving = onDutyNow(asked.rota, now)?.dutyOfficer;
    const people = reader.directory
      .search('', answering, mostPeople)
      .filter(({ id }) => id !== leaving && id !== actor.person);
    const cases = leaving ? await openCasesOf(ports.cases, leaving) : [];
    return handOverShiftForm(reader, { ...asked, errors, people, cases: cases.length });
  },
);
/** More than this is not a choice but a list. */
const mostPeople = 40;

/** "Byt pass". */
export const swapShifts = changing(
  ['one', 'other'],
  (fields) => {
    const [one, other] = [time(fields.one), time(fields.other)];
    return one && other && { do: 'swap', one, other };
  },
  (ports, { reader }, errors) => swapShiftsForm(reader, { ...drawn(ports), errors }),
);

async function made(
  ports: Ports,
  turn: Turn,
  { change, ...click }: { change: RotaChange; seen: string; nonce: string },
): Promise<Answer> {
  const { reader, actor, now } = turn;
  const { refused, done } = texts(reader.locale).dutyRota;
  if (change.do === 'handOver' && !(await ports.contacts.get(change.to))) {
    return { card: card(ports, turn, [refused.noChat(nameOf(reader, change.to)), refused.nothing]) };
  }
  const changed = await ports.dutyRota.change({ change, ...click, at: now, by: actor.person });
  switch (changed.outcome) {
    case 'changed': {
      const notes = [saidOf(reader, changed.news), ...(await moved(ports, reader, changed.news))];
      return { card: card(ports, turn, notes), settle: true };
    }
    case 'again':
      return { card: card(ports, turn, [done.already]), settle: true };
    case 'stale':
      return { card: card(ports, turn, [refused.stale]) };
    case 'refused': {
      const why = changed.refusals.map((refusal) => rotaRefusal(reader, refusal));
      return { card: card(ports, turn, [...why, refused.nothing]) };
    }
    default:
      return changed satisfies never;
  }
}

/** What the one who changed it reads. */
function saidOf(reader: Reader, news: RotaNews): string {
  const { done } = texts(reader.locale).dutyRota;
  switch (news.do) {
    case 'takeOver':
      return done.youHave(momentOf(reader, news.until));
    case 'handOver':
      return done.theyHave(nameOf(reader, news.to), momentOf(reader, news.until));
    case 'swap':
      return done.swapped;
    default:
      return news satisfies never;
  }
}

/** The rota is changed whatever becomes of this: what is not moved and told now is by the worker, soon. */
async function moved(ports: Ports, { locale }: Reader, news: RotaNews): Promise<string[]> {
  const { done } = texts(locale).dutyRota;
  try {
    const count = await moveCases(ports, news);
    void tellRotaNews(ports, news);
    if (news.do !== 'handOver') return [];
    return [count === 0 ? done.noCases : count === 1 ? done.oneCase : done.cases(count)];
  } catch (error) {
    ports.log.warn('cases not moved yet', { error: faultOf(error) });
    return [done.casesSoon];
  }
}
