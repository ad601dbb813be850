/** A few checklists for tests of what is done with them; the product's own are tested where they lie. */
import type { Checklist, ChecklistItem } from '../../bot/core/checklist.ts';
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

/** @param lists may be changed by a test, as when a new version is published */
export const contentOf = (lists: Checklist[] = [meeting, phone, ofCoordinators]): Content => ({
  checklists: () => lists,
});
