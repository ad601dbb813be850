/** What the bot says of its own watch, to coordinators in their channel. */
export const watch = {
  found: {
    summary: 'Något har fastnat',
    title: 'Något har fastnat',
    unanswered: 'Larm där alla har tillfrågats och ingen har svarat',
    undelivered: 'Larm som inte har kommit fram',
    late: 'Annat som skulle ha hänt',
    missing: 'Ärenden som saknade nästa steg, och nu har fått det',
    cases: 'Gäller',
    more: (count: number): string => `och ${count} till`,
    act: 'Skriv ”läge” här. Ring den som skulle ha fått larmet. Jag fortsätter försöka.',
  },
  mended: {
    summary: 'Inget sitter fast längre',
    title: 'Inget sitter fast längre',
    all: 'Det som satt fast har gått vidare.',
  },
  blind: {
    summary: 'Jag når inte det som är sparat',
    title: 'Jag når inte det som är sparat',
    calls: 'Jag svarar alla att ringa. Larm som redan har gått ut ser jag inte just nu.',
    act: 'Säg till dem som sköter systemet. Jag försöker hela tiden.',
  },
  clock: {
    summary: 'Systemets klocka har hoppat',
    title: 'Systemets klocka har hoppat',
    by: (minutes: number): string => `${minutes} minuter på en gång. Tider som jag har sagt kan vara fel.`,
    act: 'Säg till dem som sköter systemet.',
  },
};
export type Watch = typeof watch;
