/** A few checklists for tests of what is done with them; the product's own are tested where they lie. */
import type { Checklist, ChecklistItem } from '../../bot/core/checklist.ts';
import type { PhoneContact } from '../../bot/core/phoneList.ts';
import type { Content } from '../../bot/features/ports.ts';

const item = (id: string, text: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  id,
  text: { sv: text, en: `${text} (en)` },
  source: ['F'],
  ...more,
});

const list = (id: string, title: string, more: Partial<Checklist>): Checklist => ({
  id,
  phase: 'before',
  title: { sv: title, en: `${title} (en)` },
  roles: [],
  phrases: { sv: [title.toLowerCase()], en: [] },
  channels: [],
  items: [],
  owner: { sv: 'Säkerhetssamordnarna', en: 'The security coordinators' },
  validUntil: '2027-12-31',
  version: '1',
  ...more,
});

export const meeting = list('fore.mote', 'Inför möte', {
  items: [
    item('fore.mote.01', 'Vet var utgångarna är.'),
    item('fore.mote.02', 'Kom två och två.', {
      link: { title: { sv: 'Se filmen', en: 'See the film' }, url: 'https://example.com/film' },
    }),
    item('fore.mote.03', 'Boka vakt.', { roles: ['coordinator'] }),
  ],
});
export const phone = list('under.tel', 'Hot på telefon', {
  phase: 'during',
  lead: { sv: 'Lyssna. Avbryt inte.', en: 'Listen. Do not interrupt.' },
  phrases: { sv: ['hot på telefon', 'telefonhot'], en: ['threat by phone'] },
  channels: ['phone'],
  items: [
    item('under.tel.01', 'Ring 112 om någon är i fara.'),
    item('under.tel.02', 'Skriv upp klockslaget.'),
  ],
});
export const ofCoordinators = list('efter.sak', 'Samordnarens lista', {
  phase: 'after',
  roles: ['coordinator'],
  items: [item('efter.sak.01', 'Bedöm hotet.')],
});

export const talk = list('disk.larm', 'Att prata om: larm', {
  phase: 'discussion',
  phrases: { sv: ['diskutera larm'], en: ['discuss alarms'] },
  items: [
    item('disk.larm.01', 'Kan alla rutinerna för larm?'),
    item('disk.larm.02', 'Vad händer när någon larmar?'),
    item('disk.larm.03', 'Övar alla?'),
  ],
});

/** A contact with nothing but what all have. */
export const contactNamed = (name: string, more: Partial<PhoneContact> = {}): PhoneContact => ({
  id: name.toLowerCase().replaceAll(/[^a-z]/g, ''),
  category: 'office',
  name: { sv: name, en: `${name} (en)` },
  phrases: { sv: [], en: [] },
  number: '08-465 004 10',
  when: { sv: 'Du undrar något.', en: 'You wonder about something.' },
  roles: [],
  emergency: false,
  order: 1,
  owner: { sv: 'Säkerhetssamordnarna', en: 'The security coordinators' },
  verified: '2026-11-20',
  validUntil: '2027-12-31',
  ...more,
});
/** With everything that a contact may have. */
export const guard = contactNamed('Bevakningsbolaget', {
  category: 'guard',
  phrases: { sv: ['väktare', 'ordningsvakt'], en: ['guard'] },
  spare: '08-465 004 12',
  email: 'vakt@example.com',
  hours: { sv: 'Dygnet runt', en: 'Day and night' },
  deputy: { sv: 'Växeln', en: 'The switchboard' },
  address: 'Storgatan 1, Stockholm',
  arrival: { sv: '15 minuter', en: '15 minutes' },
  roles: ['staff', 'coordinator'],
  verified: '2026-01-31',
  verifiedBy: { sv: 'Säkerhetssamordnarna', en: 'The security coordinators' },
});
export const switchboard = contactNamed('Växeln', { id: 'vaxeln' });
export const alarm112 = contactNamed('SOS Alarm', {
  id: 'sos',
  category: 'emergency',
  emergency: true,
  number: '112',
  phrases: { sv: ['ambulans'], en: ['ambulance'] },
});
export const duty = contactNamed('Tjänsteperson i beredskap', {
  id: 'jour',
  category: 'duty',
  number: '08-465 004 00',
  phrases: { sv: ['jouren'], en: ['duty officer'] },
  verified: undefined,
});

/** @param lists may be changed by a test, as when a new version is published */
export const contentOf = (
  lists: Checklist[] = [meeting, phone, ofCoordinators],
  contacts: PhoneContact[] = [],
): Content => ({
  checklists: () => lists,
  phoneContacts: () => contacts,
});
