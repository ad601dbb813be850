import type { Relation } from '../../core/policy.ts';

/** "Vem kan läsa?" and "Vem har läst?" */
export const readers = {
  summary: 'Vem kan läsa rapporten',
  title: 'Vem kan läsa?',
  /** Those who can read what is written now. */
  line: (who: string): string => `Kan läsas av ${who}.`,
  nobodyElse: 'ingen annan',
  roles: {
    reporter: 'den som rapporterade',
    victim: 'den det gäller',
    asked: (dutyFunction: string): string => `vid larm ${dutyFunction}`,
    assignee: 'den som har tagit den',
    coordinator: 'säkerhetssamordnarna',
    supporter: 'den du delar med',
    standby: 'den som svarar på larm',
    overrider: 'den som öppnar i nödläge',
    hr: 'HR',
    auditor: 'granskaren',
  } satisfies Record<Relation, string | ((dutyFunction: string) => string)>,
  reporter: 'Den som rapporterade, det den själv skrev',
  victim: 'Den det gäller: texten, och det den själv skrev',
  hr: 'HR, om du delar texten: namn, nummer och läget annars',
  supporter: (names: string): string => `Ni delar med: ${names}. De ser namn och nummer.`,
  without: (names: string): string => `Får inte veta: ${names}`,
  override: 'I ett nödläge kan jouren öppna. Då får du veta det.',
  coordinators: (names: string): string => `Säkerhetssamordnare: ${names}`,
  asked: (names: string): string => `De som har fått larmet: ${names}`,
  assignee: (name: string): string => `Den som har ärendet: ${name}`,
  nobody: 'ingen just nu',
  logged: 'Varje läsning sparas. Du ser dem under ”Vem har läst?”.',
  publicRecord: 'Rapporten kan begäras ut. Vi prövar sekretess innan något lämnas ut.',
  readingsSummary: 'Vem har läst rapporten',
  readingsTitle: 'Vem har läst?',
  noReadings: 'Ingen har läst än.',
  reading: (name: string, moment: string): string => `${name}, ${moment}`,
  did: (name: string, moment: string, what: string): string => `${name}, ${moment}: ${what}`,
  reason: (said: string): string => `Skäl: ${said}`,
};
export type Readers = typeof readers;
