import type { Phase } from '../../core/checklist.ts';

export const checklist = {
  summary: 'Checklista',
  all: 'Checklistor',
  begun: 'Påbörjade',
  phases: {
    before: 'Före',
    during: 'När det händer',
    after: 'Efteråt',
    discussion: 'Att prata om',
    other: 'Bemötande',
  } satisfies Record<Phase, string>,
  none: 'Det finns inga checklistor här ännu.',
  /** What to write to come to a list at once. */
  hint: 'Skriv till exempel ”hot på telefon”, så öppnas listan direkt.',
  progress: (done: number, of: number): string => `${done} av ${of} klara`,
  allDone: 'Allt är klart. Bra gjort.',
  tick: 'Tryck på en rad när den är klar. Du kan fortsätta senare.',
  /** What a screen reader says of a row that can be pressed. */
  press: (text: string): string => `Klar: ${text}`,
  undo: (text: string): string => `Inte klar: ${text}`,
  notRelevant: 'Ej aktuellt',
  leave: 'Något är inte aktuellt',
  leaveTitle: 'Vad är inte aktuellt för dig?',
  which: 'Rad',
  why: 'Varför? Bara du ser svaret.',
  whyMissing: 'Skriv några ord om varför.',
  whichMissing: 'Välj en rad.',
  save: 'Spara',
  changed: 'Listan har ändrats sedan du började. Det du har bockat av är kvar.',
  expired: (day: string): string =>
    `Listan skulle ha setts över ${day}. Fråga säkerhetssamordnarna om du är osäker.`,
  share: 'Nämn mig i gruppens chatt, så visar jag listan där också.',
  open: 'Öppna',
  /** Buttons on the cards of a case. */
  ofCase: { receipt: 'Att göra efteråt', alarm: 'Stöd i samtalet', triage: 'Att göra i ärendet' },
  /** How a row of the case's list stands, in the history of the case. */
  task: {
    done: (text: string): string => `Klart: ${text}`,
    notRelevant: (text: string, reason: string): string => `Ej aktuellt: ${text} ${reason}`,
    open: (text: string): string => `Inte klart: ${text}`,
  },
};
export type ChecklistText = typeof checklist;
