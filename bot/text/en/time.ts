import type { Instant } from '../../core/ids.ts';
import { localParts } from '../../core/time.ts';
import type { Time } from '../sv/time.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const day = (at: Instant): string => {
  const { weekday, day, month } = localParts(at);
  return `${weekdays[weekday - 1]} ${day} ${months[month - 1]}`;
};
const clock = (at: Instant): string => `at ${localParts(at).clock}`;

const moment = (at: Instant): string => `${day(at)} ${clock(at)}`;

export const time: Time = {
  day,
  clock,
  moment,
  since: (start, at) => (day(start) === day(at) ? clock(at) : moment(at)),
};
