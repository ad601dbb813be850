/** Everything a user can do, one line a verb: the map of the product. */
import { answersAlarms } from '../core/policy.ts';
import * as proposed from './actions.ts';
import { board } from './board.ts';
import { callCard } from './callCard.ts';
import { callTold } from './callTold.ts';
import * as one from './case.ts';
import * as forms from './caseForms.ts';
import * as lists from './checklist.ts';
import * as conditions from './conditionForms.ts';
import * as talks from './discussion.ts';
import * as rota from './dutyRota.ts';
import { exercise } from './exercise.ts';
import type { Feature } from './feature.ts';
import * as phones from './phoneList.ts';
import { accept } from './readiness.ts';
import { report } from './reportForm.ts';
import * as start from './start.ts';
import type { Answer, Ports, Turn } from './turn.ts';

/** Card verbs. Those of a case are the verbs of `core/policy.ts`. */
export const features = {
  menu: start.menu,
  emergency: start.emergency,
  report,
  callCard,
  dismiss: start.dismiss,
  reports: start.reports,
  board,
  accept,
  exercise,

  checklists: lists.checklists,
  checklist: lists.checklist,
  tick: lists.tick,
  leave: lists.leave,

  phoneList: phones.phoneList,
  discuss: talks.discuss,
  propose: talks.propose,
  actions: proposed.actions,
  decide: proposed.decide,

  onDuty: rota.onDuty,
  takeOver: rota.takeOver,
  handOverShift: rota.handOverShift,
  swapShifts: rota.swapShifts,

  acknowledge: one.acknowledge,
  decline: one.decline,
  reached: one.reached,
  unreached: one.unreached,
  alarm: one.alarm,
  supplement: forms.supplement,
  callTold,
  company: forms.company,
  withdraw: one.withdraw,

  assess: forms.assess,
  assign: forms.assign,
  note: forms.note,
  handOver: forms.handOver,
  traced: one.traced,
  restrict: conditions.restrict,
  categorise: conditions.categorise,
  share: conditions.share,
  unshare: one.unshare,
  talked: one.talked,
  override: conditions.override,
  link: forms.link,
  close: forms.close,
  reopen: one.reopen,
  erase: forms.erase,

  details: one.details,
  hide: one.hide,
  readers: one.readers,
  readings: one.readings,
} as const satisfies Record<string, Feature>;

/** `jour` and its other words, also in the coordinators' channel. */
const onDutyWords = ['jour', 'tib', 'beredskap', 'on duty'];

/** Words that open the talks of a group, also where others read. */
const discussWords = ['diskutera', 'discuss'];

/** Words that are a command when they are all, or the beginning, of what is written in 1:1 (DESIGN 3). */
const commands: readonly [
  words: string[],
  run: (ports: Ports, turn: Turn, rest: string) => Promise<Answer>,
][] = [
  [['rapportera', 'avvikelse', 'avvikelserapport', 'report'], (ports, turn) => report.run(ports, turn, {})],
  [
    ['akut', 'hjälp', 'sos', '112', 'emergency', 'help'],
    (ports, turn) => start.emergency.run(ports, turn, {}),
  ],
  [['samtalskort', 'hotsamtal', 'call card'], (ports, turn) => callCard.run(ports, turn, {})],
  [['mina rapporter', 'my reports'], (ports, turn) => start.reports.run(ports, turn, {})],
  [onDutyWords, (ports, turn) => rota.onDuty.run(ports, turn, {})],
  [['checklistor', 'checklists'], (ports, turn) => lists.checklists.run(ports, turn, {})],
  [phones.phoneListWords, (ports, turn) => phones.phoneList.run(ports, turn, {})],
  [discussWords, (ports, turn) => talks.discuss.run(ports, turn, {})],
  [['meny', 'menu'], (ports, turn) => start.menu.run(ports, turn, {})],
  [['komplettera', 'supplement'], start.supplementCommand],
  [['återkalla', 'withdraw'], start.withdrawCommand],
];

/** Words that ask for a case when its number follows; else they are words like any other. */
const caseWords = ['ärende', 'logg', 'case', 'log'];

/** What stands after a command, when it is a case number. */
function numberAfter(word: string, said: string): string | undefined {
  const rest = said.startsWith(`${word} `) ? said.slice(word.length) : '';
  return /^\s+h\d\d-[0-9a-z]{3}-[0-9a-z]{3}$/.test(rest) ? rest : undefined;
}

/** Words that are a command to those who answer alarms, and to coordinators in their channel too. */
const boardWords = ['läge', 'board'];
const asksForBoard = (text: string): boolean => boardWords.includes(bare(text));

/** Words that are a command to coordinators. */
const exerciseWords = ['provlarm', 'drill'];
const asksForExercise = ({ actor }: Turn, text: string): boolean =>
  actor.roles.includes('coordinator') && exerciseWords.includes(bare(text));

const actionWords = ['åtgärder', 'actions'];
const asksForActions = ({ actor }: Turn, text: string): boolean =>
  actor.roles.includes('coordinator') && actionWords.includes(bare(text));

/** What someone wrote where others read, with the bot mentioned: a talk, a checklist with nobody's ticks, or whom to call. */
export const writtenAmongOthers = async (
  ports: Ports,
  turn: Turn,
  text: string,
): Promise<Answer | undefined> => {
  const said = bare(text);
  return discussWords.includes(said)
    ? talks.discuss.run(ports, turn, {})
    : (lists.askedAmongOthers(ports, turn, said) ?? phones.askedAmongOthers(ports, turn, said));
};

/** The same in the coordinators' channel: only what shows nothing personal is answered there. */
export async function writtenInChannel(ports: Ports, turn: Turn, text: string): Promise<Answer | undefined> {
  if (onDutyWords.includes(bare(text))) return rota.onDuty.run(ports, turn, {});
  if (asksForExercise(turn, text)) return exercise.run(ports, turn, {});
  const asks = turn.actor.roles.includes('coordinator') && asksForBoard(text);
  return asks ? board.run(ports, turn, {}) : writtenAmongOthers(ports, turn, text);
}

/** As it is compared with commands: without the mention of the bot, capitals and closing marks. */
const bare = (text: string): string =>
  text
    .replaceAll(/<at>[^<]{0,200}<\/at>/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[.!?]+$/g, '');

/**
 * What someone wrote in 1:1: a command, or free text, which is never lost or scolded.
 *
 * A command takes no words after it but a case number: "hjälp" opens the emergency card, "hjälp mig, han står utanför"
 * is free text, for its words must not get lost.
 */
export async function written(ports: Ports, turn: Turn, text: string): Promise<Answer> {
  if (answersAlarms(turn.actor) && asksForBoard(text)) return board.run(ports, turn, {});
  if (asksForExercise(turn, text)) return exercise.run(ports, turn, {});
  if (asksForActions(turn, text)) return proposed.actions.run(ports, turn, {});
  const said = bare(text);
  for (const [words, run] of commands) {
    for (const word of words) {
      if (said === word) return run(ports, turn, '');
      const number = numberAfter(word, said);
      if (number) return run(ports, turn, number);
    }
  }
  for (const word of caseWords) {
    const number = numberAfter(word, said);
    if (number) return one.byNumber(ports, turn, number);
  }
  const asked = (await lists.asked(ports, turn, said)) ?? phones.asked(ports, turn, said);
  return asked ?? start.freeText(ports, turn, text);
}
