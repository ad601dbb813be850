/** To someone with whom a person has shared, and to those who see no more of a case than its number. */
export const support = {
  summary: 'Någon i din grupp kan behöva stöd.',
  title: 'Någon i din grupp kan behöva stöd.',
  wish: 'Personen vill själv att du får veta.',
  press: 'Tryck ”Visa vem”. Ring i dag.',
  talked: (name: string, moment: string): string => `${name} har pratat med personen ${moment}.`,
  whom: 'Ring personen',
  checklist: [
    'Lyssna. Ifrågasätt inte.',
    'Fråga om någon är hos personen i kväll.',
    'Erbjud sällskap hem.',
    'Prata med anhöriga bara om personen vill.',
    'Bestäm när ni hörs igen.',
    'Säkerhetssamordnarna hjälper dig om du undrar.',
  ],
  /** What a card becomes when its reader is no longer to see the case. */
  moved: 'Det här har flyttats och syns inte längre här.',
  caseOf: (id: string): string => `Nummer ${id}`,
  emergencyOnly: 'Du arbetar inte med det här. I ett nödläge kan du öppna.',
};
export type Support = typeof support;
