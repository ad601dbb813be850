import type { Call } from '../sv/call.ts';

export const call: Call = {
  danger: 'Are you in danger? Call 112 now.',
  cannotCall: 'I cannot call for you.',
  call112: 'Call 112',
  callNumber: (number) => `Call ${number}`,
  duty: (dutyFunction, number) => `${dutyFunction}: ${number}`,
  /** True for as long as nothing but Teams carries an alarm. */
  teamsWakesNobody: (dutyFunction: string, number: string): string =>
    `Call ${dutyFunction} ${number}. A Teams message wakes nobody.`,
  police: 'The police, not urgent: 114 14',
  noButtons: 'The buttons cannot be shown here. Open Teams on another device.',
};
