/** A case that the duty officer has an alarm about, for tests of what is done to it. */
import type { IncidentId } from '../../bot/core/ids.ts';
import type { Incident } from '../../bot/core/incident.ts';
import type { Shown } from '../world/fakeMessenger.ts';
import { createWorld, type World } from '../world/world.ts';

/** Strings that must never be seen outside an opened case. */
export const secret = {
  text: 'ORD-7f3a han sa att',
  where: 'PLATS-91c2 gatan',
  number: '070-555 12 34',
  affectedWho: 'NAMN-c0de Ek',
};

export interface ReportedCase {
  world: World;
  id: IncidentId;
  incident(): Promise<Incident>;
  /** Its card in the channel. */
  triage(): Shown | undefined;
  /** The alarm cards in a person's chat. */
  alarms(who: string): Shown[];
}

/** A world in which everyone can be reached, and the channel too. */
export async function everyoneThere(world = createWorld()): Promise<World> {
  const everyone = ['Alva', 'Tove', 'Samir', 'Karin', 'Omid', 'Britt', 'Ivar', 'Greta'];
  for (const name of everyone) await world.writes(name, 'meny');
  await world.joins();
  return world;
}

/** Alva has reported that someone is in danger; everyone can be reached. */
export async function reportedCase(empty = createWorld()): Promise<ReportedCase> {
  const world = await everyoneThere(empty);
  await world.writes('Alva', 'rapportera');
  await world.presses('Alva', 'report', {
    dangerNow: 'yes',
    channel: 'phone',
    affected: 'other_elected',
    ...secret,
  });
  const [id] = await world.storage.index.reportsOf(world.person('Alva'));
  if (!id) throw new Error('nothing was reported');
  return {
    world,
    id,
    async incident() {
      const loaded = await world.storage.cases.load(id);
      if (!loaded) throw new Error('the case is gone');
      return loaded.incident;
    },
    triage: () => world.sees('channel').find(({ view }) => view.card === 'triage'),
    alarms: (who) => world.sees(who).filter(({ view }) => view.card === 'alarm'),
  };
}

/** What a message says, its buttons left out. */
export const words = (shown: Shown | undefined): string => shown?.view.fallback ?? '';
export const last = (shown: Shown[]): Shown | undefined => shown.at(-1);
/** The messages that say this on a lock screen. */
export const announced = (shown: Shown[], summary: string): Shown[] =>
  shown.filter(({ view }) => view.summary === summary);
/** Numbers of what a person has reported, newest first. */
export const casesOf = (world: World, who: string): Promise<IncidentId[]> =>
  world.storage.index.reportsOf(world.person(who));
