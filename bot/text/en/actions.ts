import type { Actions } from '../sv/actions.ts';

export const actions: Actions = {
  summary: 'Proposals from groups',
  title: 'Actions',
  states: { new: 'New', accepted: 'Accepted', declined: 'Declined', done: 'Done' },
  choose: 'This is what groups have proposed. Choose what to see.',
  logged: 'That you read is kept in the log.',
  none: 'There is nothing here just now.',
  from: (name, moment) => `Proposed by ${name}, ${moment}`,
  decided: {
    accepted: (name, moment) => `Accepted by ${name} ${moment}`,
    declined: (name, moment) => `Declined by ${name} ${moment}`,
    done: (name, moment) => `Done, says ${name} ${moment}`,
  },
  ownedBy: (owner, day) => `Done by: ${owner}. At the latest ${day}.`,
  because: (reason) => `Reason: ${reason}`,
  gone: 'The question is not there any more.',
  accept: 'Accept',
  change: 'Change',
  decline: 'Decline',
  done: 'Mark as done',
  again: 'Take up again',
  acceptTitle: 'Accept the proposal',
  declineTitle: 'Decline the proposal',
  owner: 'Who does it? Write a function.',
  ownerMissing: 'Write who does it, at most 100 characters.',
  day: 'Done by',
  dayMissing: 'Write the day like this: 2026-12-31.',
  reason: 'Why?',
  reasonMissing: 'Write why, at most 300 characters.',
  save: 'Save the decision',
  changed: 'Somebody else was first. This is how it stands now.',
  all: 'All proposals',
  previousPage: 'Previous page',
  news: (count) =>
    count === 1
      ? '1 new proposal from the talks of groups.'
      : `${count} new proposals from the talks of groups.`,
  newsHow: 'Write actions to me in a chat of your own.',
};
