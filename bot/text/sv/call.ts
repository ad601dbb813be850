/** 112 and the duty function, first wherever it matters. */
export const call = {
  danger: 'Är du i fara? Ring 112 nu.',
  cannotCall: 'Jag kan inte ringa åt dig.',
  call112: 'Ring 112',
  callNumber: (number: string): string => `Ring ${number}`,
  duty: (dutyFunction: string, number: string): string => `${dutyFunction}: ${number}`,
  /** True for as long as nothing but Teams carries an alarm. */
  teamsWakesNobody: (dutyFunction: string, number: string): string =>
    `Ring ${dutyFunction} ${number}. Ett Teams-meddelande väcker ingen.`,
  police: 'Polisen, inte akut: 114 14',
  noButtons: 'Knapparna kan inte visas här. Öppna Teams på en annan enhet.',
};
export type Call = typeof call;
