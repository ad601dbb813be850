/** `läge`: what is open, to those who answer alarms. */
export const board = {
  summary: 'Läget',
  title: 'Öppna ärenden',
  none: 'Inget är öppet.',
  more: (count: number): string => `${count} till är öppna och visas inte här.`,
  since: (moment: string): string => `Kom in ${moment}`,
  has: (name: string, status: string): string => `${name}: ${status.toLowerCase()}`,
  handedOver: (moment: string): string => `Ingen har tagit det. Lämnat till dagen ${moment}`,
  readBy: (moment: string): string => `Ingen har tagit det. Läses senast ${moment}`,
};
export type Board = typeof board;
