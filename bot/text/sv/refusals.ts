/** Why something cannot be done to a case, to those who have to do with it. */
export const refusals = {
  summary: 'Det gick inte att göra',
  taken: (name: string): string => `${name} har redan tagit ärendet.`,
  alreadyReached: (name: string): string => `${name} har redan fått tag på personen.`,
  handedOver: (name: string): string => `${name} har lämnat över ärendet till dagen.`,
  closed: 'Ärendet är avslutat.',
  notClosed: 'Ärendet är inte avslutat.',
  erased: 'Det som var skrivet är raderat. Ingen kan läsa det.',
  notAllowed: 'Det går inte längre. Läget har ändrats.',
  back: 'Visa läget nu',
};
export type Refusals = typeof refusals;
