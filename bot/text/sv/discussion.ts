/** A group talks about its safety: one question at a time, and its proposals go to the coordinators. */
export const discussion = {
  summary: 'En fråga att prata om',
  title: 'Att prata om',
  choose: 'Välj vad ni vill prata om. Ni får en fråga i taget.',
  none: 'Det finns inga frågor att prata om ännu.',
  where: (n: number, of: number): string => `Fråga ${n} av ${of}.`,
  left: (count: number): string => (count === 0 ? 'Det är den sista.' : `${count} kvar efter den.`),
  saved: (count: number): string =>
    count === 0 ? '' : count === 1 ? '1 förslag sparat.' : `${count} förslag sparade.`,
  justSaved: 'Förslaget är sparat. Tack.',
  /** Who gets to know what. */
  told: 'Säkerhetssamordnarna får förslaget och ser vem som skrev. Ingen annan ser det.',
  noThreats: 'Skriv inga namn. Hot berättar du om i egen chatt med mig.',
  proposal: 'Vårt förslag',
  save: 'Spara förslaget',
  next: 'Nästa fråga',
  previous: 'Förra',
  empty: 'Skriv ett förslag först.',
  tooLong: (most: number, now: number): string =>
    `Lite för långt: högst ${most} tecken, nu ${now}. Det du skrev är kvar.`,
  saveFirst: 'Du har skrivit något. Spara det först, eller töm fältet.',
  notSaved: 'Det gick INTE att spara. Det du skrev är kvar. Försök igen om en stund.',
  fateUnknown: 'Vi vet inte om det sparades. Tryck gärna igen, det blir inte dubbelt.',
};
export type Discussion = typeof discussion;
