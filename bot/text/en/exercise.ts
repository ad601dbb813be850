import type { Exercise } from '../sv/exercise.ts';

export const exercise: Exercise = {
  mark: (said) => `DRILL. ${said}`,
  question: {
    summary: 'Do you want to start a drill?',
    title: 'Do you want to start a drill?',
    real: 'The alarm is sent for real. All that is shown begins with DRILL.',
    asked: (names) => `First to be asked: ${names}.`,
    next: (names) => `Then ${names}.`,
    phones: 'Phones ring too.',
    noPhones: 'No phone rings.',
    ends: 'The drill ends when somebody presses “I have reached the person”.',
    reported: 'Then I show how it went in the coordinators’ channel.',
    yes: 'Start the drill',
    no: 'Cancel',
  },
  night: {
    title: (names) => `It is night. Wake ${names}?`,
    yes: 'Yes, wake them',
  },
  started: {
    summary: (id) => `Alarm ${id} is under way.`,
    title: (id) => `Alarm ${id} is under way.`,
    by: (name) => `${name} started the drill.`,
  },
  stopped: 'No drill is started.',
  words: 'This is a drill. Call me. Then press “I have reached the person”.',
  ended: {
    summary: (id) => `How alarm ${id} went.`,
    title: (id) => `How alarm ${id} went.`,
    taken: (name, time) => `${name} took the alarm after ${time}.`,
    untaken: 'Nobody took the alarm.',
    lasted: (time) => `The drill ended after ${time}.`,
    delivered: {
      yes: 'Delivered in Teams',
      no: 'Not delivered in Teams',
      unknown: 'Unclear if delivered in Teams',
    },
    paged: { sent: 'phone alarmed', gone: 'phone not alarmed', unknown: 'unclear if phone alarmed' },
    answer: {
      taken: (time) => `took it after ${time}`,
      declined: (time) => `could not take it, after ${time}`,
      none: 'no answer',
    },
    seconds: (count) => `${count} sec`,
    minutes: (count) => `${count} minutes`,
  },
};
