export const menu = {
  summary: 'Så kan jag hjälpa dig',
  title: 'Hej. Jag hjälper dig om något har hänt.',
  right: 'Du gör rätt i att rapportera. Det här ska du inte behöva tåla.',
  alarmGoesTo: (dutyFunction: string): string => `”Larma nu” når ${dutyFunction} och säkerhetssamordnarna.`,
  freeText: 'Du kan också skriva till mig här.',
  /** To those who answer alarms. */
  answering: 'Larm till dig kommer i den här chatten.',
  forCaller: 'Ringer någon till dig? Du kan rapportera åt personen.',
  /** To coordinators. */
  exercise: 'Skriv provlarm för att öva ett larm.',
  /** Said where a click opened a new card below. */
  openedBelow: 'Kortet finns längst ner i chatten.',
};
export type Menu = typeof menu;
