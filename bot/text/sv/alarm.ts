/** The alarm to those who answer, in 1:1. */
export const alarm = {
  summary: (id: string): string => `Larm ${id}. Öppna Teams.`,
  title: (urgency: string): string => `Larm: ${urgency.toLowerCase()}`,
  id: 'Ärende',
  why: 'Varför',
  channel: 'Hur',
  received: 'Kom in',
  wish: 'Önskan',
  numberMissing: 'Nummer saknas. Skriv till personen i Teams.',
  handedOver: (name: string, moment: string): string => `${name} lämnade över det till dagen ${moment}.`,
  taken: (name: string, moment: string): string => `${name} tog det ${moment}.`,
  has: (name: string): string => `${name} har det.`,
  reached: (name: string, moment: string): string => `${name} fick tag på personen ${moment}.`,
  closed: (moment: string): string => `Avslutat ${moment}.`,
  withdrawn: (moment: string): string => `Återkallat av rapportören ${moment}.`,
  afterTaking: 'Namn, nummer och text visas när du tar det.',
  alone: 'Personen är ensam i kväll.',
};
export type Alarm = typeof alarm;
