/** `läge`: what is open, to those who answer alarms. */
export const board = {
  summary: 'Läget',
  title: 'Öppna ärenden',
  none: 'Inget är öppet.',
  more: (count: number): string => `${count} till är öppna.`,
  since: (moment: string): string => `Kom in ${moment}`,
  has: (name: string, status: string): string => `${name}: ${status.toLowerCase()}`,
  handedOver: (moment: string): string => `Ingen har tagit det. Lämnat till dagen ${moment}`,
  /** What happens next if nobody does anything. */
  asksNext: (moment: string): string => `Nästa tillfrågas ${moment}`,
  givesBack: (moment: string): string => `Går vidare ${moment}, om ingen har fått tag på personen`,
  alarms: (moment: string): string => `Larm går ${moment}`,
  readBy: (moment: string): string => `Läses senast ${moment}`,
};
export type Board = typeof board;
