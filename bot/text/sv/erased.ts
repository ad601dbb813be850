/** What people wrote in a case has been deleted, or is about to be. */
export const erased = {
  summary: (id: string): string => `Raderat ${id}`,
  at: (moment: string): string => `Det som var skrivet raderades ${moment}.`,
  title: (id: string): string => `Radera det som är skrivet i ${id}`,
  what: 'Allt som skrivits raderas: texter, platser, namn, nummer och anteckningar.',
  left: 'Kvar blir ärendets nummer, tider, vem som gjort vad, och loggen.',
  noReturn: 'Det går inte att ångra. Ingen kan läsa det sedan.',
  backups: 'I säkerhetskopior finns det kvar i högst 30 dagar.',
  decision: 'Radera bara det som ni har beslutat att gallra.',
  send: 'Radera för alltid',
};
export type Erased = typeof erased;
