/** What an alarm would lack, to coordinators in their channel. */
export const readiness = {
  gaps: {
    summary: 'Beredskapen har brister',
    title: 'Beredskapen har brister',
    changed: 'Det har ändrats sedan kortet kom. Så här är det nu.',
    nobodyNow: 'Ingen har beredskap just nu.',
    noPaging: 'Larm går bara i Teams. Ingen telefon ringer.',
    channelOutsider: 'I kanalen finns någon som inte får läsa. Ärenden kommer till var och en av er.',
    channelUnread: 'Jag kan inte se vilka som är med i kanalen. Ärenden kommer till var och en av er.',
    oldDirectory: (moment: string): string =>
      `Jag kan inte läsa hela listan över vem som har vilken roll. Den är från ${moment}.`,
    noExercise: 'Ingen övning har hållits. Skriv provlarm till mig.',
    lastExercise: (day: string): string => `Den senaste övningen var ${day}. Skriv provlarm till mig.`,
    uncovered: (from: string): string => `Ingen har beredskap från ${from}.`,
    uncoveredTo: (from: string, to: string): string => `Ingen har beredskap från ${from} till ${to}.`,
    noBot: (name: string): string => `${name} har inte mig i Teams. Larm når inte fram.`,
    blocked: (name: string): string => `${name} kan inte få meddelanden från mig i Teams.`,
    noNumber: (name: string): string => `${name} saknar telefonnummer.`,
    more: (count: number): string => `och ${count} till`,
    means: 'Godkänn om ni vet om det. Annars påminner jag varje dag.',
    accept: 'Godkänn',
  },
  accepted: {
    summary: 'Brister som är godkända',
    title: 'Brister som är godkända',
    by: (name: string, moment: string): string => `Godkänt av ${name} ${moment}.`,
    until: 'Jag säger till när något ändras.',
  },
  mended: {
    summary: 'Beredskapen är hel',
    title: 'Beredskapen är hel',
    all: 'Det som saknades finns nu.',
  },
};
export type Readiness = typeof readiness;
