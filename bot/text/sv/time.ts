import type { Instant } from '../../core/ids.ts';
import { localParts } from '../../core/time.ts';

const weekdays = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const months = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];

const day = (at: Instant): string => {
  const { weekday, day, month } = localParts(at);
  return `${weekdays[weekday - 1]} ${day} ${months[month - 1]}`;
};
const clock = (at: Instant): string => `kl. ${localParts(at).clock}`;

const moment = (at: Instant): string => `${day(at)} ${clock(at)}`;

/** Always the date itself, never "today": a card is read long after it was drawn. */
export const time = {
  day,
  clock,
  moment,
  /** What followed on something whose date is said beside it: the date again only when it is another. */
  since: (start: Instant, at: Instant): string => (day(start) === day(at) ? clock(at) : moment(at)),
};
export type Time = typeof time;
