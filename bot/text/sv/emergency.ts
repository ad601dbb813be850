export const emergency = {
  summary: 'Hjälp nu',
  title: 'Behöver du hjälp av någon nu?',
  goesTo: (dutyFunction: string): string => `Larmet går till ${dutyFunction} och säkerhetssamordnarna.`,
  not112: 'Det är inte 112.',
  whereAfter: 'Efter larmet frågar jag var du är.',
  send: 'Larma nu',
};
export type Emergency = typeof emergency;
