import type { Notice } from '../../core/effects.ts';

/** One message about many cases: how many, and what has happened in them. */
export const digest = {
  summary: 'Flera ärenden. Öppna Teams.',
  alarms: 'Flera larm. Öppna Teams.',
  title: {
    alarm: (count) => `${count} larm väntar på dig.`,
    triage: (count) => `${count} nya ärenden.`,
    receipt: (count) => `${count} rapporter är mottagna.`,
    support: (count) => `${count} i din grupp kan behöva stöd.`,
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
    shared: (count) => `Någon får veta mer i ${count} ärenden.`,
    unshared: (count) => `Personen delar inte längre i ${count} ärenden.`,
    talked: (count) => `Någon har pratat med personen i ${count} ärenden.`,
    overridden: (count) => `${count} av dina rapporter är öppnade i nödläge.`,
    exercised: (count) => `${count} övningar är slut.`,
  } satisfies Record<Notice, (count: number) => string>,
  repeat: 'kan ha kommit förut',
  board: 'Visa läget',
};
export type Digest = typeof digest;
