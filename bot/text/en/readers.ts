import type { Readers } from '../sv/readers.ts';

export const readers: Readers = {
  summary: 'Who can read the report',
  title: 'Who can read it?',
  reporter: 'The one who reported, what they wrote themselves',
  victim: 'The one it is about, what they wrote themselves',
  coordinators: (names) => `Security coordinators: ${names}`,
  asked: (names) => `Those who have had the alarm: ${names}`,
  assignee: (name) => `The one who has the case: ${name}`,
  nobody: 'nobody at the moment',
  logged: 'Every reading is kept. You see them under “Who has read it?”.',
  publicRecord: 'The report may be requested. We consider secrecy before anything is given out.',
  readingsSummary: 'Who has read the report',
  readingsTitle: 'Who has read it?',
  noReadings: 'Nobody has read it yet.',
  reading: (name, moment) => `${name}, ${moment}`,
  did: (name, moment, what) => `${name}, ${moment}: ${what}`,
};
