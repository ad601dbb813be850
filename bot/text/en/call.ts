import type { Call } from '../sv/call.ts';

export const call: Call = {
  danger: 'Are you in danger? Call 112 now.',
  cannotCall: 'I cannot call for you.',
  call112: 'Call 112',
  callNumber: (number) => `Call ${number}`,
  duty: (dutyFunction, number) => `${dutyFunction}: ${number}`,
  teamsWakesNobody: (dutyFunction, number) => `Call ${dutyFunction} ${number}. A Teams message wakes nobody.`,
  alsoByPhone: (who) => `${who} is alerted by phone too, outside Teams.`,
  whoAnswers: 'Whoever is to answer',
  police: 'The police, not urgent: 114 14',
  noButtons: 'The buttons cannot be shown here. Open Teams on another device.',
};
