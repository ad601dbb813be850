import type { ListedRole } from '../../core/phoneList.ts';

/** Whom to call. */
export const phoneList = {
  summary: 'Telefonlista',
  title: 'Telefonlista',
  hint: 'Skriv till exempel ”polisen”, så visar jag bara det numret.',
  more: (left: number): string => `Visa mer (${left} till)`,
  first: 'Från början',
  whole: 'Hela telefonlistan',
  inPrivate: 'Skriv ”telefonlista” till mig i en egen chatt. Där finns hela listan.',
  nothing: 'Det finns inga fler nummer här ännu.',
  spare: (number: string): string => `Reservnummer: ${number}`,
  email: (address: string): string => `E-post: ${address}`,
  hours: (hours: string): string => `Öppet: ${hours}`,
  address: (address: string): string => `Besöksadress: ${address}`,
  arrival: (time: string): string => `Väntad inställelsetid: ${time}`,
  deputy: (who: string): string => `Ersättare: ${who}`,
  verified: (day: string): string => `Numret kontrollerades ${day}.`,
  verifiedBy: (day: string, by: string): string => `Numret kontrollerades ${day} av ${by}.`,
  stale: (day: string): string => `Numret kontrollerades senast ${day}. Det kan ha ändrats.`,
  neverVerified: 'Numret är inte kontrollerat här. Det kan ha ändrats.',
  expired: (day: string): string => `Uppgiften skulle ha setts över ${day}.`,
  save: 'Spara i telefonen',
  /** Why one calls a person of the directory. */
  when: {
    coordinator: 'Du vill ha råd, stöd eller hjälp med polisanmälan.',
    preparednessManager: 'Jouren eller säkerhetssamordnarna går inte att nå.',
    groupLeader: 'Du vill ha stöd i din grupp.',
  } satisfies Record<ListedRole, string>,
  functions: {
    coordinator: 'Säkerhetssamordnare',
    preparednessManager: 'Beredskapschef',
    groupLeader: 'Gruppledare',
  } satisfies Record<ListedRole, string>,
  /** What else one writes to find them. */
  called: {
    coordinator: ['säkerhetssamordnarna', 'säkerhetssamordnaren', 'samordnare', 'säkerhetssamordning'],
    preparednessManager: ['beredskapschefen'],
    groupLeader: ['gruppledaren', 'gruppledarna'],
  } satisfies Record<ListedRole, string[]>,
  /** Answer to a link whose time is out, or that is none: a page in plain words. */
  linkIsOld: 'Länken gäller inte längre. Skriv ”telefonlista” till mig i Teams, så får du en ny.',
};
export type PhoneListText = typeof phoneList;
