import type { ErrorWords } from '../sv/error.ts';

export const error: ErrorWords = {
  summary: 'An answer to what you did',
  unreadable: 'I cannot read the card. Write “menu” for a new one.',
  oldCard: 'The card is old. Write “menu” for a new one.',
  noSuchIncident: 'I find no report that you can open here.',
  notKnown: 'You are not on the list yet. You can get help all the same.',
  missingAnswer: 'An answer is missing. The rest of what you wrote is kept.',
  unreadableField: 'A field could not be read. Check it and send again.',
  textTooLong: 'The text is too long. At most 200,000 characters can be sent.',
  textLeftBehind: 'The text did not come along. Please send it with “Add to the report”.',
  unknownPerson: 'That person cannot be chosen. Choose someone else.',
  nobodyFound: 'Nobody was found. Try another part of the name.',
  privately: 'Write to me in a chat of our own. Others can read this.',
  noFilesYet: 'I cannot take pictures or files. Keep them, and write what happened.',
  notStored: 'It was NOT possible to save or send it.',
  callDuty: (dutyFunction, number) => `Call ${dutyFunction} ${number}.`,
  danger: 'Danger: 112.',
  staysInChat: 'The text is still in the chat.',
  fateUnknown: 'We do not know if the report arrived.',
  sendAgain: 'Please send it again, it will not be doubled.',
  /** The same for a button of a case. */
  clickUnknown: 'We do not know if it was saved.',
  pressAgain: 'Press it again, it will not be doubled.',
  internal: (errorId) => `Something went wrong. Error number ${errorId}.`,
  errorNumber: (errorId) => `Error number ${errorId}.`,
  tryAgain: 'Try again in a while.',
};
