import type { Discussion } from '../sv/discussion.ts';

export const discussion: Discussion = {
  summary: 'A question to talk about',
  title: 'To talk about',
  choose: 'Choose what to talk about. You get one question at a time.',
  none: 'There are no questions to talk about yet.',
  where: (n, of) => `Question ${n} of ${of}.`,
  left: (count) => (count === 0 ? 'It is the last one.' : `${count} left after it.`),
  saved: (count) => (count === 0 ? '' : count === 1 ? '1 proposal saved.' : `${count} proposals saved.`),
  justSaved: 'The proposal is saved. Thank you.',
  told: 'The security coordinators get the proposal and see who wrote. Nobody else sees it.',
  noThreats: 'Write no names. Tell me about threats in a chat of your own.',
  proposal: 'Our proposal',
  save: 'Save the proposal',
  next: 'Next question',
  previous: 'Back',
  empty: 'Write a proposal first.',
  tooLong: (most, now) =>
    `A little too long: at most ${most} characters, now ${now}. Your text is still here.`,
  saveFirst: 'You have written something. Save it first, or empty the field.',
  notSaved: 'It could NOT be saved. Your text is still here. Try again in a while.',
  fateUnknown: 'We do not know whether it was saved. Please press again, nothing is doubled.',
};
