/** The words for every choice of the core. */
import type { Access } from '../../core/access.ts';
import type {
  Answers,
  CloseReason,
  Grade,
  PersonCategory,
  RiskClass,
  SharedWith,
  Status,
  Urgency,
} from '../../core/incident.ts';
import type { Reason } from '../../core/policy.ts';

export const labels = {
  yes: 'Ja',
  no: 'Nej',
  dangerNow: { yes: 'Ja', no: 'Nej', unsure: 'Vet inte' } satisfies Record<Answers['dangerNow'], string>,
  channel: {
    in_person: 'Ansikte mot ansikte',
    phone: 'Telefon',
    sms_chat: 'Sms eller chatt',
    email: 'E-post',
    social_media: 'Sociala medier eller nätet',
    letter_parcel: 'Brev eller paket',
    visit_surveil: 'Besök hemma, förföljd eller kartlagd',
    physical: 'Våld eller knuff',
    other: 'Annat',
    unknown: 'Inte sagt än',
  } satisfies Record<Answers['channel'], string>,
  affected: {
    self: 'Mig',
    other_elected: 'Annan förtroendevald',
    employee: 'Anställd',
    relative: 'Närstående',
    group: 'Flera, eller ett möte',
  } satisfies Record<Answers['affected'], string>,
  /** As others than the reporter read it. */
  concerns: {
    self: 'Den som rapporterar',
    other_elected: 'Annan förtroendevald',
    employee: 'Anställd',
    relative: 'Närstående',
    group: 'Flera, eller ett möte',
  } satisfies Record<Answers['affected'], string>,
  whenRough: { now: 'Nyss', today: 'I dag', earlier: 'Tidigare' } satisfies Record<
    Answers['whenRough'],
    string
  >,
  callback: {
    now: 'Ja, nu. Då går ett larm.',
    today: 'Ja, i dag om det går',
    chat_only: 'Nej, skriv i chatten',
    none: 'Nej, hör inte av er',
  } satisfies Record<Answers['callback'], string>,
  /** The same wish as the one who is to call reads it. */
  wish: {
    now: 'Vill bli uppringd nu',
    today: 'Vill bli uppringd i dag',
    chat_only: 'Vill ha svar i chatten',
    none: 'Vill inte bli kontaktad',
  } satisfies Record<Answers['callback'], string>,
  urgency: { acute: 'Akut', high: 'Hög', medium: 'Medel' } satisfies Record<Urgency, string>,
  reason: {
    dangerYes: 'Någon är i fara nu',
    dangerUnsure: 'Osäkert om någon är i fara',
    callNow: 'Vill bli uppringd nu',
    visit: 'Besök hemma, förföljd eller kartlagd',
    violence: 'Våld eller knuff',
    letter: 'Brev eller paket',
    ordinary: 'Ingen har svarat att det är akut',
  } satisfies Record<Reason, string>,
  riskClass: { low: 'Låg', medium: 'Medel', high: 'Hög', veryHigh: 'Mycket hög' } satisfies Record<
    RiskClass,
    string
  >,
  likelihood: { 1: 'Mycket liten', 2: 'Liten', 3: 'Stor', 4: 'Mycket stor' } satisfies Record<Grade, string>,
  consequence: {
    1: 'Mindre: obehag',
    2: 'Måttlig: påverkar uppdraget',
    3: 'Betydande: skada, flytt, sjukskrivning',
    4: 'Allvarlig: liv eller hälsa',
  } satisfies Record<Grade, string>,
  closeReason: {
    handled: 'Hanterat',
    notAThreat: 'Inte ett hot',
    duplicate: 'Rapporterat två gånger',
    outsideAssignment: 'Hör inte till uppdraget',
    withdrawn: 'Återkallat',
  } satisfies Record<CloseReason, string>,
  /** How a case stands, to coordinators and duty officers. */
  status: {
    new: 'Ingen har tagit det',
    acknowledged: 'Taget',
    reached: 'Har fått tag på personen',
    closed: 'Avslutat',
  } satisfies Record<Status, string>,
  /** How a report stands, to the one who made it. */
  reportStatus: {
    new: 'Mottagen',
    acknowledged: 'Tagen',
    reached: 'Kontakt finns',
    closed: 'Avslutad',
  } satisfies Record<Status, string>,
  /** What someone did, in the log of a case or of the whole. */
  access: {
    read: 'läste',
    denied: 'nekades',
    override: 'läste i ett nödläge',
    exported: 'tog ut uppgifterna',
    restricted: 'ändrade vem som får veta',
    erased: 'raderade det som var skrivet',
    roleChanged: 'ändrade en roll',
    settingChanged: 'ändrade en inställning',
  } satisfies Record<Access, string>,
  withdrawn: 'Återkallad',
  repeat: 'Upprepning. Samma sak kan ha kommit två gånger.',
  late: 'Försenat. Det här skulle ha kommit tidigare.',
  personCategory: {
    elected_fulltime: 'Förtroendevald på heltid eller stor deltid',
    elected_other: 'Annan förtroendevald',
    employee: 'Anställd',
    candidate: 'Kandidat',
    relative: 'Närstående',
  } satisfies Record<PersonCategory, string>,
  sharedWith: {
    groupLeader: 'Gruppledare',
    hr: 'HR',
    party: 'Partiets kontaktperson',
    relative: 'Närstående',
  } satisfies Record<SharedWith, string>,
  /** In place of a name that is protected. */
  theOne: 'Den det gäller',
  /** A person whom the directory no longer knows. */
  someone: 'En kollega',
};
export type Labels = typeof labels;
