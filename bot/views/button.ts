import type { Incident } from '../core/incident.ts';
import type { Actor } from '../core/people.ts';
import { allowedVerbs, type Relation, relationsOf, type Verb } from '../core/policy.ts';
import { type Texts, texts } from '../text/index.ts';
import { type Data, type Face, faces, type Reader } from './view.ts';

/** A button as the templates draw it. What it sends always holds the verb too: an old client sends nothing else. */
export type Button = { title: string; verb: string; style: string; mode: string; inputs: string; data: Data };

/** Verbs of cards that are not about one case, and those that only open and close. */
export type CardVerb =
  | Verb
  | RotaVerb
  | 'board'
  | 'emergency'
  | 'report'
  | 'reports'
  | 'dismiss'
  | 'hide'
  | 'accept'
  | 'exercise'
  | 'phoneList'
  | 'callCard'
  | ChecklistVerb
  | ProposalVerb;
/** Verbs of checklists. */
export type ChecklistVerb = 'checklists' | 'checklist' | 'tick' | 'leave';
/** Verbs of a group's talk, and of what coordinators do with its proposals. */
export type ProposalVerb = 'discuss' | 'propose' | 'actions' | 'decide';
/** Verbs of the duty rota's card. */
export type RotaVerb = 'onDuty' | 'takeOver' | 'handOverShift' | 'swapShifts';

/**
 * @param sends strings that come back with the click, beside the verb and the card's inputs
 * @param look.main the one thing most readers want to do; drawn filled
 * @param look.inputs false for a button that leaves a form without sending it
 */
export const button = (
  title: string,
  verb: CardVerb,
  sends: Record<string, string | undefined> = {},
  look: { main?: boolean; folded?: boolean; inputs?: boolean } = {},
): Button => ({
  title,
  verb,
  style: look.main ? 'positive' : 'default',
  mode: look.folded ? 'secondary' : 'primary',
  inputs: look.inputs === false ? 'none' : 'auto',
  data: {
    verb,
    ...Object.fromEntries(Object.entries(sends).flatMap(([key, value]) => (value ? [[key, value]] : []))),
  },
});

/** As whom a person reads each card of a case: the confirmation of someone who also coordinates stays a confirmation. */
const relationsOfFace = {
  receipt: ['reporter', 'victim'],
  alarm: ['assignee', 'asked'],
  triage: ['coordinator'],
  support: ['supporter'],
  file: ['standby', 'overrider', 'hr', 'auditor'],
} as const satisfies Record<Face, readonly Relation[]>;

/** As whom this person reads this card of the case. The face comes from a click and proves nothing. */
export function relationsOn(face: Face, incident: Incident, actor: Actor): Relation[] {
  const asWhom: readonly Relation[] = relationsOfFace[face];
  return relationsOf(incident, actor).filter((relation) => asWhom.includes(relation));
}

/** The card of the case that this person may see: the one they ask for, else another; `undefined` when there is none. */
export const faceFor = (wanted: Face, incident: Incident, actor: Actor): Face | undefined =>
  [wanted, ...faces].find((face) => relationsOn(face, incident, actor).length > 0);

/** What this person may do to the case from this card of it, in the order the buttons stand. */
export const verbsOn = (face: Face, incident: Incident, actor: Actor): Verb[] =>
  allowedVerbs(incident, actor, relationsOn(face, incident, actor));

/** What every button of a case carries. */
export interface Carried {
  incident: Incident;
  face: Face;
  nonce: string;
}

/** A button of a case. */
export const caseButton = (
  title: string,
  verb: CardVerb,
  { incident, face, nonce }: Carried,
  sends: Record<string, string> = {},
  look: { main?: boolean; folded?: boolean; inputs?: boolean } = {},
): Button => button(title, verb, { incident: incident.id, face, nonce, ...sends }, look);

/** Filled where they stand: what most readers of a card have come to do. */
const mains: readonly Verb[] = ['acknowledge', 'reached', 'alarm', 'talked'];

/** Questions with their answers stand by themselves on the confirmation. */
const isPlain = (verb: Verb): verb is Exclude<Verb, 'company' | 'callTold'> =>
  verb !== 'company' && verb !== 'callTold';

/**
 * More than these would be a wall; the rest is folded behind the client's own "more" button. Whoever reads a confirmation
 * may be frightened, and on a phone; those who answer work with their cards.
 */
const mostShown: Record<Face, number> = { receipt: 4, alarm: 6, triage: 6, support: 6, file: 6 };

/** The buttons for these verbs, in their order. */
export function caseButtons({ locale }: Reader, verbs: readonly Verb[], carried: Carried): Button[] {
  const titles = texts(locale).buttons;
  return verbs.filter(isPlain).map((verb, at) => {
    const title = verb === 'details' ? detailsTitle(carried.face, titles) : titles[verb];
    return caseButton(
      title,
      verb,
      carried,
      {},
      { main: mains.includes(verb), folded: at >= mostShown[carried.face] },
    );
  });
}

/** The same, and the checklist that goes with this card of the case: in view, though what stands last is then folded. */
export function withList(reader: Reader, verbs: readonly Verb[], carried: Carried): Button[] {
  const all = caseButtons(reader, verbs, carried);
  const list = listButton(reader, verbs, carried);
  if (!list) return all;
  const most = mostShown[carried.face];
  const at = Math.min(all.length, most - 1);
  const last = all.slice(at).map((each) => (at + 1 < most ? each : { ...each, mode: 'secondary' }));
  return [...all.slice(0, at), list, ...last];
}

function listButton({ locale }: Reader, verbs: readonly Verb[], carried: Carried): Button | undefined {
  const { face, incident } = carried;
  const titles: Partial<Record<Face, string>> = texts(locale).checklist.ofCase;
  const title = titles[face];
  const isOver = face !== 'receipt' && (incident.stage.status === 'closed' || verbs.length === 0);
  return title && !isOver && !incident.erasedAt ? caseButton(title, 'checklist', carried) : undefined;
}

const detailsTitle = (face: Face, titles: Texts['buttons']): string =>
  face === 'receipt' ? titles.ownDetails : face === 'support' ? titles.whom : titles.details;

/** Back to the card of the case, without sending what a form holds. */
export const backButton = (title: string, carried: Carried): Button =>
  caseButton(title, 'hide', carried, {}, { inputs: false });

/** Room for buttons side by side on the narrowest phone (320 px), in letters; each button's frame takes some too. */
const rowWidth = 29;
const frame = 3.5;
const narrowest = 7;
/** What the client's own "..." takes, behind which it folds buttons away. */
const dots = 6;

/** Buttons as rows that fit on a phone, for a client cuts off what does not fit. Folded ones join the last row. */
export function rowsOf(buttons: readonly Button[]): { buttons: Button[] }[] {
  const rows: { buttons: Button[] }[] = [];
  const shown = buttons.filter(({ mode }) => mode === 'primary');
  const folded = buttons.filter(({ mode }) => mode === 'secondary');
  let used = rowWidth;
  for (const each of shown) {
    const width =
      Math.max(each.title.length, narrowest) +
      frame +
      (folded.length > 0 && each === shown.at(-1) ? dots : 0);
    const row = used + width <= rowWidth ? rows.at(-1) : undefined;
    if (row) row.buttons.push(each);
    else rows.push({ buttons: [each] });
    used = width + (row ? used : 0);
  }
  rows.at(-1)?.buttons.push(...folded);
  return rows;
}
