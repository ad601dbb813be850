import type { Watch } from '../sv/watch.ts';

export const watch: Watch = {
  found: {
    summary: 'Something is stuck',
    title: 'Something is stuck',
    unanswered: 'Alarms where everyone has been asked and nobody has answered',
    undelivered: 'Alarms that have not arrived',
    late: 'Other things that should have happened',
    missing: 'Cases that had lost their next step, and now have it again',
    cases: 'About',
    more: (count) => `and ${count} more`,
    act: 'Write “board” here. Call the one who should have had the alarm. I keep trying.',
  },
  mended: {
    summary: 'Nothing is stuck any more',
    title: 'Nothing is stuck any more',
    all: 'What was stuck has moved on.',
  },
  blind: {
    summary: 'I cannot reach what is stored',
    title: 'I cannot reach what is stored',
    calls: 'I answer everyone to call. Alarms that have gone out I cannot see right now.',
    act: 'Tell those who run the system. I keep trying.',
  },
  clock: {
    summary: 'The clock of the system has jumped',
    title: 'The clock of the system has jumped',
    by: (minutes) => `${minutes} minutes at once. Times that I have said may be wrong.`,
    act: 'Tell those who run the system.',
  },
};
