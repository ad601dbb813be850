/** An exercise of the whole chain ("provlarm"), to coordinators; and the mark on everything that is shown of it. */
export const exercise = {
  mark: (said: string): string => `ÖVNING. ${said}`,
  question: {
    summary: 'Vill du starta en övning?',
    title: 'Vill du starta en övning?',
    real: 'Larmet går på riktigt. Allt som visas börjar med ÖVNING.',
    asked: (names: string): string => `Först tillfrågas ${names}.`,
    next: (names: string): string => `Sedan ${names}.`,
    phones: 'Telefoner ringer också.',
    noPhones: 'Ingen telefon ringer.',
    ends: 'Övningen slutar när någon trycker ”Jag har fått tag på personen”.',
    reported: 'Sedan visar jag hur det gick i samordnarnas kanal.',
    yes: 'Starta övningen',
    no: 'Avbryt',
  },
  night: {
    title: (names: string): string => `Det är natt. Väcka ${names}?`,
    yes: 'Ja, väck dem',
  },
  started: {
    summary: (id: string): string => `Larm ${id} är igång.`,
    title: (id: string): string => `Larm ${id} är igång.`,
    by: (name: string): string => `${name} startade övningen.`,
  },
  stopped: 'Ingen övning startas.',
  /** What the one who takes the alarm reads as the report's own words. */
  words: 'Det här är en övning. Ring mig. Tryck sedan ”Jag har fått tag på personen”.',
  ended: {
    summary: (id: string): string => `Så gick larm ${id}.`,
    title: (id: string): string => `Så gick larm ${id}.`,
    taken: (name: string, time: string): string => `${name} tog larmet efter ${time}.`,
    untaken: 'Ingen tog larmet.',
    lasted: (time: string): string => `Övningen slutade efter ${time}.`,
    delivered: { yes: 'Framme i Teams', no: 'Inte framme i Teams', unknown: 'Oklart om framme i Teams' },
    paged: { sent: 'telefon larmad', gone: 'telefon inte larmad', unknown: 'oklart om telefon larmats' },
    answer: {
      taken: (time: string): string => `tog det efter ${time}`,
      declined: (time: string): string => `kunde inte ta det, efter ${time}`,
      none: 'inget svar',
    },
    seconds: (count: number): string => `${count} s`,
    minutes: (count: number): string => `${count} min`,
  },
};
export type Exercise = typeof exercise;
