import type { Notice } from '../../core/effects.ts';

/** One message about many cases: how many, and what has happened in them. */
export const digest = {
  summary: 'Flera ärenden. Öppna Teams.',
  alarms: 'Flera larm. Öppna Teams.',
  title: {
    alarm: (count) => `${count} larm väntar på dig.`,
    triage: (count) => `${count} nya ärenden.`,
    receipt: (count) => `${count} rapporter är mottagna.`,
    taken: (count) => `Någon har tagit ${count} av dina rapporter.`,
    reached: (count) => `Vi har fått kontakt i ${count} rapporter.`,
    closed: (count) => `${count} rapporter är avslutade.`,
    reopened: (count) => `${count} rapporter är öppna igen.`,
    noted: (count) => `Du har fått svar i ${count} rapporter.`,
    linked: (count) => `${count} rapporter gäller dig.`,
    nobodyYet: (count) => `Ingen har svarat än i ${count} rapporter.`,
    untaken: (count) => `${count} ärenden är inte tagna.`,
    supplemented: (count) => `${count} ärenden har kompletterats.`,
    where: (count) => `Platsen finns nu i ${count} ärenden.`,
    alone: (count) => `Personen är ensam i kväll i ${count} ärenden.`,
    withdrawn: (count) => `${count} ärenden är återkallade.`,
    alarmed: (count) => `${count} ärenden är larmade.`,
    passedOn: (count) => `Larmet gick vidare i ${count} ärenden.`,
    handedOver: (count) => `${count} är lämnade till dagen.`,
    reachedYet: (count) => `Har du fått tag på personen? Det gäller ${count} ärenden.`,
    overdue: (count) => `I ${count} ärenden blev något över en vecka försenat. Det har inte skickats.`,
    exercised: (count) => `${count} övningar är slut.`,
  } satisfies Record<Notice, (count: number) => string>,
  repeat: 'kan ha kommit förut',
  board: 'Visa läget',
};
export type Digest = typeof digest;
