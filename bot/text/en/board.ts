import type { Board } from '../sv/board.ts';

export const board: Board = {
  summary: 'The board',
  title: 'Open cases',
  none: 'Nothing is open.',
  more: (count) => `${count} more are open and not shown here.`,
  since: (moment) => `Received ${moment}`,
  has: (name, status) => `${name}: ${status.toLowerCase()}`,
  handedOver: (moment) => `Nobody has taken it. Left to the day ${moment}`,
  readBy: (moment) => `Nobody has taken it. Read at the latest ${moment}`,
};
