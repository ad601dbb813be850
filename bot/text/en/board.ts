import type { Board } from '../sv/board.ts';

export const board: Board = {
  summary: 'The board',
  title: 'Open cases',
  none: 'Nothing is open.',
  more: (count) => `${count} more are open.`,
  since: (moment) => `Received ${moment}`,
  has: (name, status) => `${name}: ${status.toLowerCase()}`,
  handedOver: (moment) => `Nobody has taken it. Left to the day ${moment}`,
  asksNext: (moment) => `The next are asked ${moment}`,
  givesBack: (moment) => `Goes on ${moment} unless the person has been reached`,
  alarms: (moment) => `The alarm goes out ${moment}`,
  readBy: (moment) => `Read at the latest ${moment}`,
};
