import type { PageWords } from '../sv/page.ts';

export const page: PageWords = {
  alarm: (id) => `Alarm ${id}. Open Teams.`,
};
