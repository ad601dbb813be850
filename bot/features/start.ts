/** What the bot shows before there is a case: menu, emergency card, free text, own reports. */
import { z } from 'zod';
import { type IncidentId, isIncidentId } from '../core/ids.ts';
import type { Incident } from '../core/incident.ts';
import { relationsOf } from '../core/policy.ts';
import { texts } from '../text/index.ts';
import {
  emergency as emergencyCard,
  freeText as freeTextCard,
  menu as menuCard,
  reports as reportsCard,
  supplementForm,
  words,
} from '../views/index.ts';
import { denied } from './denied.ts';
import { keepDraft } from './drafts.ts';
import { face } from './draw.ts';
import type { Feature } from './feature.ts';
import type { Answer, Ports, Turn } from './turn.ts';

const below = (turn: Turn, ...posts: NonNullable<Answer['posts']>): Answer => ({
  posts,
  said: texts(turn.reader.locale).menu.openedBelow,
});

export const menu: Feature = {
  where: 'personal',
  run: async (_ports, turn) => below(turn, menuCard(turn.reader, { roles: turn.actor.roles })),
};

export const emergency: Feature = {
  where: 'personal',
  run: async (ports, turn) => below(turn, emergencyCard(turn.reader, { nonce: ports.nonce() })),
};

/**
 * Any text that is no command: kept as a sealed draft, and answered with the ways to send it.
 *
 * @param text as written, of any length
 */
export async function freeText(ports: Ports, turn: Turn, text: string): Promise<Answer> {
  const draft = await keepDraft(ports, turn, text);
  return { posts: [freeTextCard(turn.reader, { nonce: ports.nonce(), draft: draft?.id })] };
}

/** "Inte nu": the text is not asked about again. */
export const dismiss: Feature = {
  where: 'personal',
  async run(ports, turn, raw) {
    const { draft } = z
      .object({ draft: z.string().max(100).optional().catch(undefined) })
      .catch({})
      .parse(raw);
    if (draft) await ports.drafts.remove(draft, turn.actor.person);
    return {
      card: words(turn.reader, { paragraphs: [texts(turn.reader.locale).draft.dismissed] }),
      settle: true,
    };
  },
};

/** "Mina rapporter": what one has reported, or has been linked to. */
export const reports: Feature = {
  where: 'personal',
  async run(ports, turn) {
    const incidents = await ownReports(ports, turn);
    return below(turn, reportsCard(turn.reader, { incidents, nonce: ports.nonce() }));
  },
};

/** `komplettera`, with or without a number: the form of that report, or of the only open one; else the list. */
export async function supplementCommand(ports: Ports, turn: Turn, number: string): Promise<Answer> {
  const incident = await theReport(ports, turn, number);
  if (!incident) return reports.run(ports, turn, {});
  return {
    posts: [
      supplementForm(turn.reader, {
        incident,
        face: 'receipt',
        nonce: ports.nonce(),
        what: 'text',
        own: true,
      }),
    ],
  };
}

/** `återkalla`: the report's own card, where the button stands beside what else can be done. */
export async function withdrawCommand(ports: Ports, turn: Turn, number: string): Promise<Answer> {
  const incident = await theReport(ports, turn, number);
  if (!incident) return reports.run(ports, turn, {});
  return { posts: [face('receipt', turn.reader, { incident, actor: turn.actor, nonce: ports.nonce() })] };
}

async function theReport(ports: Ports, turn: Turn, number: string): Promise<Incident | undefined> {
  const wanted = number.trim().toUpperCase();
  if (isIncidentId(wanted)) {
    const found = own(await ports.cases.load(wanted), turn);
    if (!found) await denied(ports, turn, wanted, 'supplement');
    return found;
  }
  const open = (await ownReports(ports, turn)).filter(({ stage }) => stage.status !== 'closed');
  return open.length === 1 ? open[0] : undefined;
}

/** The list is looked up by person, and every case in it is asked again: the list may be behind. */
async function ownReports(ports: Ports, turn: Turn): Promise<Incident[]> {
  const ids: IncidentId[] = await ports.index.reportsOf(turn.actor.person);
  const loaded = await Promise.all(ids.map((id) => ports.cases.load(id)));
  return loaded.flatMap((found) => own(found, turn) ?? []);
}

const own = (found: { incident: Incident } | undefined, turn: Turn): Incident | undefined => {
  const relations = found ? relationsOf(found.incident, turn.actor) : [];
  return relations.includes('reporter') || relations.includes('victim') ? found?.incident : undefined;
};
