/** What is said when something is wrong. Never more than the one who asks may know, never what they wrote. */
export const error = {
  summary: 'Svar på det du gjorde',
  unreadable: 'Jag kan inte läsa kortet. Skriv ”meny” så får du ett nytt.',
  /** A verb that is not there any more, or never was. */
  oldCard: 'Kortet är gammalt. Skriv ”meny” så får du ett nytt.',
  /** The same words for a case that is not there and one that is not theirs. */
  noSuchIncident: 'Jag hittar ingen rapport som du kan öppna här.',
  /** To someone whom the directory does not know, and to someone without a role in it. */
  notKnown: 'Du är inte med i listan än. Du kan få hjälp ändå.',
  missingAnswer: 'Ett svar saknas. Resten av det du skrev är kvar.',
  unreadableField: 'Ett fält gick inte att läsa. Kontrollera det och skicka igen.',
  textTooLong: 'Texten är för lång. Högst 200 000 tecken går att skicka.',
  textLeftBehind: 'Texten kom inte med. Skicka den gärna med ”Komplettera”.',
  unknownPerson: 'Den personen går inte att välja. Välj en annan.',
  notYours: 'Klart. Du har inte längre det här.',
  nobodyFound: 'Ingen hittades. Pröva en annan del av namnet.',
  privately: 'Skriv till mig i egen chatt. Här kan andra läsa.',
  noFilesYet: 'Jag kan inte ta emot bilder eller filer. Spara dem, och skriv vad som hänt.',
  fileStays: 'Det du skickade ligger kvar i Teams-chatten.',
  notStored: 'Det gick INTE att spara eller skicka.',
  callDuty: (dutyFunction: string, number: string): string => `Ring ${dutyFunction} ${number}.`,
  danger: 'Fara: 112.',
  staysInChat: 'Texten står kvar i chatten.',
  fateUnknown: 'Vi vet inte om rapporten kom fram.',
  sendAgain: 'Skicka gärna igen, det blir inte dubbelt.',
  /** The same for a button of a case. */
  clickUnknown: 'Vi vet inte om det sparades.',
  pressAgain: 'Tryck gärna igen, det blir inte dubbelt.',
  internal: (errorId: string): string => `Något gick fel. Felnummer ${errorId}.`,
  errorNumber: (errorId: string): string => `Felnummer ${errorId}.`,
  tryAgain: 'Försök igen om en stund.',
};
export type ErrorWords = typeof error;
