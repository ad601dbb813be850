/** The quick report, and what is asked when someone just writes. */
export const report = {
  summary: 'Rapportera',
  title: 'Rapportera',
  intro: 'Två svar räcker. Resten får du hoppa över.',
  dangerNow: 'Är någon i fara nu?',
  dangerNowMissing: 'Svara om någon är i fara. ”Vet inte” går bra.',
  channel: 'Hur skedde det?',
  channelMissing: 'Välj hur det skedde. ”Annat” går bra.',
  text: 'Vad hände? Skriv eller klistra in hotet',
  textPlaceholder: 'Du får hoppa över det här',
  more: 'Lägg till mer',
  affected: 'Vem gäller det?',
  affectedWho: 'Vad heter personen, om det inte är du?',
  whenRough: 'När hände det?',
  where: 'Var hände det, eller var är du?',
  callback: 'Vill du att vi ringer?',
  weCall: (number: string): string => `Vi ringer ${number}. Annat nummer: ”Lägg till mer”.`,
  noNumber: 'Vi har inget nummer till dig. Skriv det under ”Lägg till mer”.',
  number: 'Nummer att ringa',
  otherNumber: 'Annat nummer',
  exclude: 'Är det någon som inte får veta?',
  excludeNobody: 'Nej, ingen',
  draftFollows: (characters: number): string => `Din text (${characters} tecken) följer med.`,
  send: 'Skicka rapport',
};
export type Report = typeof report;

export const freeText = {
  summary: 'Vill du skicka det du skrev?',
  title: 'Vill du skicka det du skrev?',
  notSent: 'Det är inte skickat till någon än.',
  alarm: (dutyFunction: string): string => `”Larma nu” skickar texten till ${dutyFunction} direkt.`,
  form: '”Rapportera” tar med texten och ställer två frågor.',
  /** When the draft could not be kept. */
  staysInChat: 'Jag kunde inte spara texten. Den står kvar i chatten.',
  sendAnyway: 'Larma först. Texten kan du skicka efteråt.',
  /** What is written or put in the chat itself: Teams has its own copy, which the bot cannot take away. */
  teamsKeeps: 'Det du skrev står kvar i Teams-chatten.',
  teamsRemove: 'Vill du ta bort det: håll på meddelandet, välj Ta bort.',
};
export type FreeText = typeof freeText;

export const unsent = {
  summary: 'Det du skrev är inte skickat.',
  title: 'Det du skrev är inte skickat.',
  goesTo: (dutyFunction: string): string => `Skickar du går det som larm till ${dutyFunction}.`,
  send: 'Skicka',
  notNow: 'Inte nu',
};
export type Unsent = typeof unsent;

export const draft = {
  dismissed: 'Texten är borttagen. Inget är skickat.',
  gone: 'Texten är redan skickad, eller finns inte kvar. Skriv den gärna igen.',
};
export type DraftWords = typeof draft;
