import type { Reports } from '../sv/reports.ts';

export const reports: Reports = {
  summary: 'My reports',
  title: 'My reports',
  none: 'You have no reports.',
  noneRight: 'Has something happened? You are right to report.',
  newest: (count) => `The latest ${count} are shown.`,
};
