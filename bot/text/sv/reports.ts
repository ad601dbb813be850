export const reports = {
  summary: 'Mina rapporter',
  title: 'Mina rapporter',
  none: 'Du har inga rapporter.',
  noneRight: 'Har något hänt? Du gör rätt i att rapportera.',
  newest: (count: number): string => `De ${count} senaste visas.`,
};
export type Reports = typeof reports;
