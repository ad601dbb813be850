import type { Digest } from '../sv/digest.ts';

export const digest: Digest = {
  summary: 'Several cases. Open Teams.',
  alarms: 'Several alarms. Open Teams.',
  title: {
    alarm: (count) => `${count} alarms are waiting for you.`,
    triage: (count) => `${count} new cases.`,
    receipt: (count) => `${count} reports have been received.`,
    taken: (count) => `Someone has taken ${count} of your reports.`,
    reached: (count) => `We are in contact in ${count} reports.`,
    closed: (count) => `${count} reports are closed.`,
    reopened: (count) => `${count} reports are open again.`,
    noted: (count) => `You have an answer in ${count} reports.`,
    linked: (count) => `${count} reports concern you.`,
    nobodyYet: (count) => `Nobody has answered yet in ${count} reports.`,
    untaken: (count) => `${count} cases have not been taken.`,
    supplemented: (count) => `${count} cases have more information.`,
    where: (count) => `The place is now known in ${count} cases.`,
    alone: (count) => `The person is alone tonight in ${count} cases.`,
    withdrawn: (count) => `${count} cases have been withdrawn.`,
    alarmed: (count) => `The alarm has gone out in ${count} cases.`,
    passedOn: (count) => `The alarm has moved on in ${count} cases.`,
    handedOver: (count) => `${count} are left to the day.`,
    reachedYet: (count) => `Have you reached the person? This concerns ${count} cases.`,
  },
  repeat: 'may have come before',
  board: 'Show what is open',
};
