/** What a phone outside Teams shows or says. The number of the case and nothing else: anyone may see or hear it. */
export const page = {
  alarm: (id: string): string => `Larm ${id}. Öppna Teams.`,
  stuck: 'Ett larm har fastnat. Öppna Teams.',
};
export type PageWords = typeof page;
