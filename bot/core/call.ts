/** A threatening telephone call: what is noted while it goes on (DOMAIN D), and until when it can be traced. */
import { type Instant, instant } from './ids.ts';

/** What is chosen of a call, and from what. In the order they are asked. */
export const traits = {
  voice: ['light', 'dark', 'loud', 'low', 'slurred', 'soft', 'hoarse', 'distorted'],
  background: [
    'quiet',
    'voices',
    'children',
    'traffic',
    'aircraft',
    'music',
    'machines',
    'radioTv',
    'otherSound',
  ],
  via: ['direct', 'switchboard', 'mobile', 'teams', 'voicemail'],
  threatKind: ['bomb', 'fire', 'violence', 'sexual', 'relative', 'property', 'otherThreat'],
  caller: ['man', 'woman', 'child', 'unsure'],
  speech: ['fast', 'slow', 'stammering', 'swearing', 'polite', 'jargon', 'recorded'],
  language: ['swedish', 'dialect', 'accent', 'otherLanguage'],
  attitude: ['calm', 'upset', 'intoxicated', 'laughing', 'knowsPlace'],
  knownVoice: ['known', 'unknown'],
  witnesses: ['heard', 'nobodyElse'],
  recording: ['recorded', 'notRecorded'],
} as const;
export type Trait = keyof typeof traits;
type Choice = (typeof traits)[Trait][number];
export const traitNames = Object.keys(traits) as Trait[];
/** Where more than one may be true. */
export const several: readonly Trait[] = [
  'voice',
  'background',
  'threatKind',
  'speech',
  'language',
  'attitude',
];

/** Everything that can be filled in on the card of a call, as people typed or chose it. */
export const callFields = [
  'callStart',
  'callEnd',
  'wording',
  'dangerNow',
  'callerNumber',
  ...traitNames,
] as const;
export type CallField = (typeof callFields)[number];
export type Filled = { [F in CallField]?: string };

/** What is kept of a call whose card is not sent yet. `version` counts its presses. */
export interface CallNotes {
  version: number;
  filled: Filled;
}
export const noNotes: CallNotes = { version: 0, filled: {} };

/** Written by hand: what two have written at once is both kept. */
const written: readonly CallField[] = ['wording', 'callerNumber'];

/**
 * What is known after one more press. A field that was not on the card is left as it is. When something has been kept
 * since that card was drawn (another device, a press at the same time), nothing of either is lost: what is empty empties
 * nothing, what is written or chosen is put together, and of a time the first is kept.
 *
 * @param press.seen the version that the card showed
 * @param press.beside the exact words were too long to show, so what is in their field comes after them
 */
export function withPress(
  { version, filled }: CallNotes,
  press: { seen: number; sent: Filled; beside?: boolean },
): CallNotes {
  const next: Filled = { ...filled };
  for (const field of callFields) {
    const sent = press.sent[field];
    if (sent === undefined) continue;
    const kept = filled[field] ?? '';
    const apart = press.seen !== version || (field === 'wording' && press.beside);
    next[field] = apart ? together(field, kept, sent) : sent;
  }
  return { version: version + 1, filled: next };
}

function together(field: CallField, kept: string, sent: string): string {
  if (sent === '' || kept.includes(sent)) return kept;
  if (sent.includes(kept)) return sent;
  if (written.includes(field)) return `${kept}\n${sent}`;
  if (field === 'callStart') return kept;
  return several.some((trait) => trait === field) ? inOrder(kept, sent) : sent;
}

const inOrder = (...chosen: string[]): string =>
  [...new Set(chosen.flatMap((each) => each.split(',')))].join(',');

/**
 * The choices of a call as one text of ids, as it is sealed: `voice:dark,hoarse background:traffic ended:<instant>`.
 *
 * @param ended when the call ended
 */
export function packed(filled: Filled, ended?: Instant): string | undefined {
  const parts = traitNames.flatMap((name) => {
    const chosen = chosenOf(name, filled[name]);
    return chosen.length > 0 ? [`${name}:${chosen.join(',')}`] : [];
  });
  return [...parts, ...(ended ? [`ended:${ended}`] : [])].join(' ') || undefined;
}

/** When a call ended. */
export function endIn(text: string): Instant | undefined {
  const at = Date.parse(/(?:^| )ended:(\S+)/.exec(text)?.[1] ?? '');
  return Number.isNaN(at) ? undefined : instant(at);
}

/** The choices again; what is none of them is left out. */
export const unpacked = (text: string): [name: Trait, chosen: Choice[]][] => {
  const parts = new Map(
    text.split(' ').map((part): [string, string] => {
      const [name = '', chosen = ''] = part.split(':');
      return [name, chosen];
    }),
  );
  return traitNames.flatMap((name): [Trait, Choice[]][] => {
    const chosen = chosenOf(name, parts.get(name));
    return chosen.length > 0 ? [[name, chosen]] : [];
  });
};

function chosenOf(name: Trait, text = ''): Choice[] {
  const chosen = text.split(',');
  const ids: readonly Choice[] = traits[name];
  return ids.filter((id) => chosen.includes(id));
}

/** Whose telephone it came to: the coordinators ask its operator. */
export const telephones = ['organisation', 'own'] as const;
export type Telephone = (typeof telephones)[number];

/** The call that a case is about. */
export interface Call {
  at: Instant;
  /** The person has said that the time is right. */
  confirmed?: true;
  /** Whether the list of calls is kept as a picture. */
  screenshot?: boolean;
  telephone?: Telephone;
  /** The trace has been applied for. */
  traced?: Instant;
}

/** What the person is asked of it, one at a time. */
export type CallTold = { callAt: Instant } | { screenshot: boolean } | { telephone: Telephone };

/** The next question; none when all is told. */
export function nextQuestion({
  confirmed,
  screenshot,
  telephone,
}: Call): 'time' | 'screenshot' | 'telephone' | undefined {
  if (!confirmed) return 'time';
  if (screenshot === undefined) return 'screenshot';
  return telephone === undefined ? 'telephone' : undefined;
}
