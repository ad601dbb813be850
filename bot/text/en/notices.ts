import type { Notices } from '../sv/notices.ts';

export const notices: Notices = {
  taken: {
    summary: 'Someone has taken your report.',
    title: 'Someone has taken the report.',
    by: (name) => `${name} has taken the report.`,
  },
  reached: {
    summary: 'There is news about your report.',
    you: 'We have reached you.',
    person: 'We have reached the person.',
    by: (name) => `${name} has marked that you are in contact.`,
    byForPerson: (name) => `${name} is in contact with the person.`,
    notTrue: (dutyFunction, number) => `Is that not so? Call ${dutyFunction} ${number}.`,
  },
  closed: {
    summary: 'Your report is closed.',
    title: 'The report is closed.',
    ifMore: 'If more happens: report again.',
  },
  reopened: {
    summary: 'Your report is open again.',
    title: 'The report is open again.',
    works: 'We go on working with it.',
  },
  noted: {
    summary: 'You have an answer to your report.',
    title: 'You have an answer.',
    by: (name) => `${name} has written to you in the report.`,
  },
  linked: {
    summary: 'A report is about you.',
    title: 'Someone has reported for you.',
    why: 'A security coordinator has linked the report to you.',
    follow: 'Now you can follow it and add what you want.',
  },
  nobodyYet: {
    summary: 'Nobody has answered yet.',
    title: 'Nobody has answered yet.',
    goesOn: 'The alarm goes on. You are told when someone answers.',
    danger: 'If you are afraid: call 112.',
  },
  untaken: {
    summary: (id) => `${id} has not been taken.`,
    title: (id) => `${id} has not been taken.`,
    handedOver: (moment) => `It was left to the day ${moment}.`,
    promised: (moment) => `The reporter was told that it is read by ${moment}.`,
  },
  supplemented: {
    summary: (id) => `${id} has been added to.`,
    title: (id) => `${id} has been added to.`,
  },
  where: {
    summary: (id) => `${id}: the place is there now.`,
    title: (id) => `${id}: the place is there now.`,
  },
  alone: {
    summary: (id) => `${id}: a new answer.`,
    title: (id) => `${id}: the person is alone this evening.`,
  },
  withdrawn: {
    summary: (id) => `${id} has been withdrawn.`,
    title: (id) => `${id} has been withdrawn.`,
    stays: 'The case is kept. Please get in touch all the same.',
  },
  alarmed: {
    summary: (id) => `${id}: the alarm is out.`,
    title: (id) => `${id}: the alarm is out.`,
    to: (dutyFunction) => `The alarm went to ${dutyFunction}.`,
  },
  passedOn: {
    summary: (id) => `${id}: the alarm has moved on.`,
    title: (id) => `${id}: the alarm has moved on.`,
    asked: (names: string): string => `The alarm is now with ${names}.`,
    next: (names: string): string => `If nobody answers it goes on to ${names}.`,
    toReporter: {
      summary: 'The alarm has gone on.',
      title: 'The alarm has gone on to the next person.',
    },
  },
  handedOver: {
    summary: (id) => `${id} is left to the day.`,
    title: (id) => `${id} is left to the day.`,
    by: (name) => `${name} has handed it over.`,
    nobody: 'Nobody has taken it yet.',
    toReporter: {
      summary: 'Your report has news.',
      title: 'The security coordinators have the report now.',
      by: (name) => `${name} has handed it over to them.`,
      worse: 'If it gets worse: raise the alarm, or call 112.',
    },
  },
  reachedYet: {
    summary: (id: string): string => `${id}: have you reached the person?`,
    title: (id: string): string => `${id}: have you reached the person?`,
    else: 'If you do not answer the alarm soon goes on.',
  },
  overdue: {
    summary: (id) => `${id}: something became over a week late.`,
    title: (id) => `${id}: something became over a week late.`,
    unsent: 'It was not sent. Look at the case, and get in touch if needed.',
  },
  shared: {
    summary: (id) => `${id}: someone more may know.`,
    title: (id) => `${id}: someone more may know.`,
    whose: 'The person has decided who. It is in the details.',
  },
  unshared: {
    summary: (id) => `${id}: the person no longer shares.`,
    title: (id) => `${id}: the person no longer shares.`,
    stop: 'Do not talk to anyone outside about it.',
  },
  talked: {
    summary: (id) => `${id}: someone has talked to the person.`,
    title: (id) => `${id}: someone has talked to the person.`,
    by: (name) => `${name} says that they have talked.`,
  },
  overridden: {
    summary: 'Your report was opened in an emergency.',
    title: 'Your report was opened in an emergency.',
    by: (name) => `${name} opened it and wrote why.`,
    see: 'The reason is under “Who has read it?”.',
  },
  traceable: {
    summary: (id) => `${id}: a call can be traced.`,
    title: (id) => `${id}: threat by telephone. The call can be traced.`,
  },
  traceSoon: {
    summary: (id) => `${id}: no trace has been applied for.`,
    title: (id) => `${id}: no trace has been applied for.`,
  },
  report: (id) => `Number ${id}.`,
};
