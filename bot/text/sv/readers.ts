/** "Vem kan läsa?" and "Vem har läst?" */
export const readers = {
  summary: 'Vem kan läsa rapporten',
  title: 'Vem kan läsa?',
  reporter: 'Den som rapporterade, det den själv skrev',
  victim: 'Den det gäller, det den själv skrev',
  coordinators: (names: string): string => `Säkerhetssamordnare: ${names}`,
  asked: (names: string): string => `De som har fått larmet: ${names}`,
  assignee: (name: string): string => `Den som har ärendet: ${name}`,
  nobody: 'ingen just nu',
  logged: 'Varje läsning sparas. Du ser dem under ”Vem har läst?”.',
  publicRecord: 'Rapporten kan begäras ut. Vi prövar sekretess innan något lämnas ut.',
  readingsSummary: 'Vem har läst rapporten',
  readingsTitle: 'Vem har läst?',
  noReadings: 'Ingen har läst än.',
  reading: (name: string, moment: string): string => `${name}, ${moment}`,
  did: (name: string, moment: string, what: string): string => `${name}, ${moment}: ${what}`,
};
export type Readers = typeof readers;
