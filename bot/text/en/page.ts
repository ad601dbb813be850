import type { PageWords } from '../sv/page.ts';

export const page: PageWords = {
  alarm: (id) => `Alarm ${id}. Open Teams.`,
  stuck: 'An alarm is stuck. Open Teams.',
};
