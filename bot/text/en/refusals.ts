import type { Refusals } from '../sv/refusals.ts';

export const refusals: Refusals = {
  summary: 'That could not be done',
  taken: (name) => `${name} has already taken the case.`,
  alreadyReached: (name) => `${name} has already reached the person.`,
  handedOver: (name) => `${name} has left the case to the day.`,
  closed: 'The case is closed.',
  notClosed: 'The case is not closed.',
  erased: 'What was written is deleted. Nobody can read it.',
  notAllowed: 'That can no longer be done. Things have changed.',
  back: 'Show how it stands',
};
