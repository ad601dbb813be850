/** Every card of the product, as pure functions from what is known to a `View`. */
import * as ofAlarm from './alarm.ts';
import * as ofChoice from './choosePerson.ts';
import * as ofDetails from './details.ts';
import * as ofExercise from './exercise.ts';
import * as ofForms from './forms.ts';
import { marked } from './marked.ts';
import * as ofNotice from './notice.ts';
import * as ofReaders from './readers.ts';
import * as ofReceipt from './receipt.ts';
import * as ofTriage from './triage.ts';
import * as ofWords from './words.ts';

export { board } from './board.ts';
export { button } from './button.ts';
export { channelClosed, channelHasOutsider, channelOpen } from './channel.ts';
export { digest } from './digest.ts';
export { momentOf, onDuty } from './dutyRota.ts';
export { handOverShiftForm, swapShiftsForm, takeOverForm } from './dutyRotaForms.ts';
export { rotaNews, rotaRefusal } from './dutyRotaNews.ts';
export { emergency } from './emergency.ts';
export { exerciseQuestion } from './exercise.ts';
export { supplemented } from './forms.ts';
export { freeText, unsent } from './freeText.ts';
export { menu } from './menu.ts';
export type { ShortNotice } from './notice.ts';
export { readiness, readinessAccepted, readinessMended } from './readiness.ts';
export { reportForm } from './report.ts';
export { reports } from './reports.ts';
export { auditorBlind, auditorFound, auditorMended, clockJumped } from './watch.ts';
export { words } from './words.ts';

/** The cards of a case. */
export const alarm = marked(ofAlarm.alarm);
export const assessForm = marked(ofForms.assessForm);
export const choosePerson = marked(ofChoice.choosePerson);
export const closeForm = marked(ofForms.closeForm);
export const details = marked(ofDetails.details);
export const exerciseEnded = marked(ofExercise.exerciseEnded);
export const exerciseStarted = marked(ofExercise.exerciseStarted);
export const handOverForm = marked(ofForms.handOverForm);
export const noteForm = marked(ofForms.noteForm);
export const notice = marked(ofNotice.notice);
export const readers = marked(ofReaders.readers);
export const readings = marked(ofReaders.readings);
export const receipt = marked(ofReceipt.receipt);
export const refusal = marked(ofWords.refusal);
export const supplementForm = marked(ofForms.supplementForm);
export const triage = marked(ofTriage.triage);
