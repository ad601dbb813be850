import type { Emergency } from '../sv/emergency.ts';

export const emergency: Emergency = {
  summary: 'Help now',
  title: 'Do you need someone now?',
  goesTo: (dutyFunction) => `The alarm goes to ${dutyFunction} and the security coordinators.`,
  not112: 'It is not 112.',
  whereAfter: 'After the alarm I ask where you are.',
  send: 'Alarm now',
};
