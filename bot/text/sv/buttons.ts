import type { Verb } from '../../core/policy.ts';

/** Titles of buttons; the verbs of a case are those of the core. */
export const buttons = {
  acknowledge: 'Jag tar det',
  reached: 'Jag har fått tag på personen',
  unreached: 'Når inte',
  decline: 'Jag kan inte ta det',
  details: 'Visa uppgifter',
  assign: 'Tilldela',
  assess: 'Bedöm',
  note: 'Anteckna',
  handOver: 'Lämna över till dagen',
  link: 'Koppla person',
  close: 'Avsluta',
  reopen: 'Återöppna',
  erase: 'Radera',
  alarm: 'Larma nu',
  supplement: 'Komplettera',
  withdraw: 'Återkalla',
  readers: 'Vem kan läsa?',
  readings: 'Vem har läst?',
  ownDetails: 'Visa det jag skrev',
  open: 'Visa',
  readAnswer: 'Läs svaret',
  report: 'Rapportera',
  reports: 'Mina rapporter',
  more: 'Visa mer',
  tryAgain: 'Försök igen',
  hide: 'Dölj',
  cancel: 'Avbryt',
} satisfies Record<Exclude<Verb, 'company'>, string> & Record<string, string>;
export type Buttons = typeof buttons;
