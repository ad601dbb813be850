import type { Readiness } from '../sv/readiness.ts';

export const readiness: Readiness = {
  gaps: {
    summary: 'There are gaps in the duty',
    title: 'There are gaps in the duty',
    changed: 'It has changed since the card came. This is how it is now.',
    noPaging: 'Alarms go out in Teams only. No phone rings.',
    nobodyNow: 'Nobody is on duty right now.',
    channelOutsider: 'There is someone in the channel who may not read it. Cases come to each of you.',
    channelUnread: 'I cannot see who is in the channel. Cases come to each of you.',
    oldDirectory: (moment) => `I cannot read the whole list of who has which role. It is from ${moment}.`,
    noExercise: 'No drill has been held. Write drill to me.',
    lastExercise: (day: string): string => `The last drill was on ${day}. Write drill to me.`,
    uncovered: (from) => `Nobody is on duty from ${from}.`,
    uncoveredTo: (from, to) => `Nobody is on duty from ${from} to ${to}.`,
    noBot: (name) => `${name} does not have me in Teams. Alarms do not arrive.`,
    blocked: (name) => `${name} cannot get messages from me in Teams.`,
    noNumber: (name) => `${name} has no phone number.`,
    more: (count) => `and ${count} more`,
    means: 'Accept it if you know of it. Otherwise I remind you every day.',
    accept: 'Accept',
  },
  accepted: {
    summary: 'Gaps that are accepted',
    title: 'Gaps that are accepted',
    by: (name, moment) => `Accepted by ${name} ${moment}.`,
    until: 'I tell you when something changes.',
  },
  mended: {
    summary: 'The duty has no gaps',
    title: 'The duty has no gaps',
    all: 'What was missing is there now.',
  },
};
