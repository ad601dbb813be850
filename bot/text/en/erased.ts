import type { Erased } from '../sv/erased.ts';

export const erased: Erased = {
  summary: (id) => `Deleted ${id}`,
  at: (moment) => `What was written was deleted ${moment}.`,
  title: (id) => `Delete what is written in ${id}`,
  what: 'Everything written is deleted: words, places, names, numbers and notes.',
  left: 'Number, times, who did what, and the log stay.',
  noReturn: 'It cannot be undone. Nobody can read it afterwards.',
  backups: 'Backups keep it for at most 30 days.',
  decision: 'Delete only what you have decided to dispose of.',
  send: 'Delete for good',
};
