/** Short messages that say what someone waits for. The summary is what a lock screen shows. */
export const notices = {
  taken: {
    summary: 'Någon har tagit din rapport.',
    title: 'Någon har tagit rapporten.',
    by: (name: string): string => `${name} har tagit rapporten.`,
  },
  reached: {
    summary: 'Din rapport har nytt läge.',
    you: 'Vi har fått tag på dig.',
    person: 'Vi har fått tag på personen.',
    by: (name: string): string => `${name} har markerat att ni har kontakt.`,
    byForPerson: (name: string): string => `${name} har kontakt med personen.`,
    notTrue: (dutyFunction: string, number: string): string =>
      `Stämmer det inte? Ring ${dutyFunction} ${number}.`,
  },
  closed: {
    summary: 'Din rapport är avslutad.',
    title: 'Rapporten är avslutad.',
    ifMore: 'Händer det mer: rapportera igen.',
  },
  reopened: {
    summary: 'Din rapport är öppen igen.',
    title: 'Rapporten är öppen igen.',
    works: 'Vi arbetar vidare med den.',
  },
  noted: {
    summary: 'Du har fått svar på din rapport.',
    title: 'Du har fått svar.',
    by: (name: string): string => `${name} har skrivit till dig i rapporten.`,
  },
  linked: {
    summary: 'En rapport gäller dig.',
    title: 'Någon har rapporterat åt dig.',
    why: 'En säkerhetssamordnare har kopplat rapporten till dig.',
    follow: 'Nu kan du följa den och lägga till det du vill.',
  },
  nobodyYet: {
    summary: 'Ingen har svarat än.',
    title: 'Ingen har svarat än.',
    goesOn: 'Larmet är kvar. Du får besked när någon svarar.',
    danger: 'Är du rädd: ring 112.',
  },
  untaken: {
    summary: (id: string): string => `${id} är inte taget.`,
    title: (id: string): string => `${id} är inte taget.`,
    handedOver: (moment: string): string => `Det lämnades över till dagen ${moment}.`,
    promised: (moment: string): string => `Rapportören fick veta att det läses senast ${moment}.`,
  },
  supplemented: {
    summary: (id: string): string => `${id} har kompletterats.`,
    title: (id: string): string => `${id} har kompletterats.`,
  },
  where: {
    summary: (id: string): string => `${id}: platsen finns nu.`,
    title: (id: string): string => `${id}: platsen finns nu.`,
  },
  alone: {
    summary: (id: string): string => `${id}: nytt svar.`,
    title: (id: string): string => `${id}: personen är ensam i kväll.`,
  },
  withdrawn: {
    summary: (id: string): string => `${id} är återkallat.`,
    title: (id: string): string => `${id} är återkallat.`,
    stays: 'Ärendet finns kvar. Hör gärna av dig ändå.',
  },
  alarmed: {
    summary: (id: string): string => `${id} är larmat.`,
    title: (id: string): string => `${id} är larmat.`,
    to: (dutyFunction: string): string => `Larmet gick till ${dutyFunction}.`,
  },
  passedOn: {
    summary: (id: string): string => `${id}: larmet gick vidare.`,
    title: (id: string): string => `${id}: larmet gick vidare.`,
    asked: (names: string): string => `Larmet är nu hos ${names}.`,
    next: (names: string): string => `Svarar ingen går det vidare till ${names}.`,
    toReporter: {
      summary: 'Larmet har gått vidare.',
      title: 'Larmet har gått vidare till nästa.',
    },
  },
  handedOver: {
    summary: (id: string): string => `${id} är lämnat till dagen.`,
    title: (id: string): string => `${id} är lämnat till dagen.`,
    by: (name: string): string => `${name} har lämnat över det.`,
    nobody: 'Ingen har tagit det än.',
    toReporter: {
      summary: 'Din rapport har nytt läge.',
      title: 'Säkerhetssamordnarna har rapporten nu.',
      by: (name: string): string => `${name} har lämnat över den till dem.`,
      worse: 'Blir det värre: Larma nu, eller ring 112.',
    },
  },
  reachedYet: {
    summary: (id: string): string => `${id}: har du fått tag på personen?`,
    title: (id: string): string => `${id}: har du fått tag på personen?`,
    else: 'Svarar du inte går larmet snart vidare.',
  },
  overdue: {
    summary: (id: string): string => `${id}: något blev över en vecka försenat.`,
    title: (id: string): string => `${id}: något blev över en vecka försenat.`,
    unsent: 'Det har inte skickats. Titta på ärendet och hör av er om det behövs.',
  },
  shared: {
    summary: (id: string): string => `${id}: någon mer får veta.`,
    title: (id: string): string => `${id}: någon mer får veta.`,
    whose: 'Personen har själv bestämt vem. Det står i uppgifterna.',
  },
  unshared: {
    summary: (id: string): string => `${id}: personen delar inte längre.`,
    title: (id: string): string => `${id}: personen delar inte längre.`,
    stop: 'Prata inte med någon utanför om det.',
  },
  talked: {
    summary: (id: string): string => `${id}: någon har pratat med personen.`,
    title: (id: string): string => `${id}: någon har pratat med personen.`,
    by: (name: string): string => `${name} säger att de har pratat.`,
  },
  overridden: {
    summary: 'Din rapport har öppnats i ett nödläge.',
    title: 'Din rapport har öppnats i ett nödläge.',
    by: (name: string): string => `${name} öppnade den och skrev varför.`,
    see: 'Skälet står under ”Vem har läst?”.',
  },
  traceable: {
    summary: (id: string): string => `${id}: samtal kan spåras.`,
    title: (id: string): string => `${id}: hot på telefon. Samtalet kan spåras.`,
  },
  traceSoon: {
    summary: (id: string): string => `${id}: spårning är inte sökt.`,
    title: (id: string): string => `${id}: spårning är inte sökt.`,
  },
  report: (id: string): string => `Nummer ${id}.`,
};
export type Notices = typeof notices;
