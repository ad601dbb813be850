import type { Alarm } from '../sv/alarm.ts';

export const alarm: Alarm = {
  summary: (id) => `Alarm ${id}. Open Teams.`,
  title: (urgency) => `Alarm: ${urgency.toLowerCase()}`,
  id: 'Case',
  why: 'Why',
  channel: 'How',
  received: 'Received',
  wish: 'Wish',
  numberMissing: 'Number missing. Write to the person in Teams.',
  handedOver: (name, moment) => `${name} left it to the day ${moment}.`,
  taken: (name, moment) => `${name} took it ${moment}.`,
  has: (name) => `${name} has it.`,
  reached: (name, moment) => `${name} reached the person ${moment}.`,
  closed: (moment) => `Closed ${moment}.`,
  withdrawn: (moment) => `Withdrawn by the reporter ${moment}.`,
  afterTaking: 'Name, number and text are shown when you take it.',
  alone: 'The person is alone this evening.',
};
