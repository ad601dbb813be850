import type { ProposalState } from '../../core/proposal.ts';

/** What groups propose, to the coordinators who decide about it. */
export const actions = {
  summary: 'Förslag från grupper',
  title: 'Åtgärder',
  states: {
    new: 'Nya',
    accepted: 'Antagna',
    declined: 'Avslagna',
    done: 'Klara',
  } satisfies Record<ProposalState, string>,
  choose: 'Det här har grupper föreslagit. Välj vad du vill se.',
  logged: 'Att du läser sparas i loggen.',
  none: 'Här finns inget just nu.',
  from: (name: string, moment: string): string => `Förslag från ${name}, ${moment}`,
  decided: {
    accepted: (name: string, moment: string): string => `Antaget av ${name} ${moment}`,
    declined: (name: string, moment: string): string => `Avslaget av ${name} ${moment}`,
    done: (name: string, moment: string): string => `Klart, enligt ${name} ${moment}`,
  } satisfies Record<Exclude<ProposalState, 'new'>, (name: string, moment: string) => string>,
  ownedBy: (owner: string, day: string): string => `Ansvarig: ${owner}. Klart senast ${day}.`,
  because: (reason: string): string => `Skäl: ${reason}`,
  gone: 'Frågan finns inte längre.',
  accept: 'Anta',
  change: 'Ändra',
  decline: 'Avslå',
  done: 'Klart',
  again: 'Ta upp igen',
  acceptTitle: 'Anta förslaget',
  declineTitle: 'Avslå förslaget',
  owner: 'Vem gör det? Skriv en funktion.',
  ownerMissing: 'Skriv vem som gör det, högst 100 tecken.',
  day: 'Klart senast',
  dayMissing: 'Skriv dagen så här: 2026-12-31.',
  reason: 'Varför?',
  reasonMissing: 'Skriv varför, högst 300 tecken.',
  save: 'Spara beslutet',
  changed: 'Någon annan hann före. Så här står det nu.',
  all: 'Alla förslag',
  previousPage: 'Förra sidan',
  news: (count: number): string =>
    count === 1 ? '1 nytt förslag från gruppers samtal.' : `${count} nya förslag från gruppers samtal.`,
  newsHow: 'Skriv åtgärder till mig i egen chatt.',
};
export type Actions = typeof actions;
