/** Every card of the product, as pure functions from what is known to a `View`. */
export { alarm } from './alarm.ts';
export { board } from './board.ts';
export { button } from './button.ts';
export { choosePerson } from './choosePerson.ts';
export { details } from './details.ts';
export { digest } from './digest.ts';
export { emergency } from './emergency.ts';
export { assessForm, closeForm, noteForm, supplemented, supplementForm } from './forms.ts';
export { freeText, unsent } from './freeText.ts';
export { menu } from './menu.ts';
export { notice } from './notice.ts';
export { readers, readings } from './readers.ts';
export { receipt } from './receipt.ts';
export { reportForm } from './report.ts';
export { reports } from './reports.ts';
export { triage } from './triage.ts';
export { auditorBlind, auditorFound, auditorMended, clockJumped } from './watch.ts';
export { refusal, words } from './words.ts';
