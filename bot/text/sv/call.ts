/** 112 and the duty function, first wherever it matters. */
export const call = {
  danger: 'Är du i fara? Ring 112 nu.',
  cannotCall: 'Jag kan inte ringa åt dig.',
  call112: 'Ring 112',
  callNumber: (number: string): string => `Ring ${number}`,
  duty: (dutyFunction: string, number: string): string => `${dutyFunction}: ${number}`,
  /** True where nothing but Teams carries the alarm, or nobody answers a phone at this hour. */
  teamsWakesNobody: (dutyFunction: string, number: string): string =>
    `Ring ${dutyFunction} ${number}. Ett Teams-meddelande väcker ingen.`,
  /** True from the moment the page is planned: it says that it goes out, not that it has come. */
  alsoByPhone: (who: string): string => `${who} larmas också på telefon, utanför Teams.`,
  whoAnswers: 'Den som ska svara',
  police: 'Polisen, inte akut: 114 14',
  noButtons: 'Knapparna kan inte visas här. Öppna Teams på en annan enhet.',
};
export type Call = typeof call;
