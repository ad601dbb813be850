import type { Menu } from '../sv/menu.ts';

export const menu: Menu = {
  summary: 'How I can help you',
  title: 'Hello. I help you if something has happened.',
  right: 'You are right to report. You should not have to put up with this.',
  alarmGoesTo: (dutyFunction) => `“Alarm now” reaches ${dutyFunction} and the security coordinators.`,
  freeText: 'You can also write to me here.',
  answering: 'Alarms for you come in this chat.',
  forCaller: 'Is someone calling you? You can report for them.',
  /** To coordinators. */
  exercise: 'Write drill to practise an alarm.',
  openedBelow: 'The card is at the bottom of the chat.',
};
