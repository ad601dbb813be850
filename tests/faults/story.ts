/** One story that passes through everything between a report and its end, told to the simulated bot. */
import { type IncidentId, incidentId } from '../../bot/core/ids.ts';
import { minutes } from '../../bot/core/time.ts';
import { people } from '../world/instance.ts';
import { check } from './checker.ts';
import { chatOf, mayAnswer, type Plan, personOf, type Simulated, simulate } from './simulated.ts';

const numberPattern = /H\d\d-[0-9A-Z]{3}-[0-9A-Z]{3}/;

export interface Told extends Pick<Simulated, 'passed' | 'firstPassed' | 'crashes'> {
  /** What the checker says of it, and where it ended otherwise than it must. */
  broken: string[];
}
export type Story = (plan?: Plan) => Promise<Told>;

/** @param ends how each case must end, whatever is crashed on the way */
async function theEnd(simulated: Simulated, ends: [IncidentId, string | RegExp][]): Promise<Told> {
  await simulated.end();
  const wrong: string[] = [];
  for (const [id, expected] of ends) {
    const incident = await simulated.incident(id);
    const end = incident
      ? `${incident.stage.status} after ${incident.version} events on rung ${incident.rung}`
      : 'lost';
    const fits = typeof expected === 'string' ? end === expected : expected.test(end);
    if (!fits) wrong.push(`${id} ended as ${end}, not ${expected}`);
  }
  const { passed, firstPassed, crashes } = simulated;
  return { broken: [...check(simulated.history).broken, ...wrong], passed, firstPassed, crashes };
}

/** Reports something, is confirmed, and has the number written down. */
export async function reports(
  simulated: Simulated,
  who: string,
  nonce: string,
  answers: object,
  { verb = 'report', clicked }: { verb?: string; clicked?: string } = {},
): Promise<IncidentId> {
  simulated.history.push({ what: 'submitted', nonce });
  const input = { nonce, channel: 'email', ...answers };
  const card = await simulated.presses(who, verb, input, clicked ? { clicked } : {});
  const number = numberPattern.exec(JSON.stringify(card))?.[0];
  if (card?.card !== 'receipt' || !number) throw new Error(`${nonce} was not confirmed`);
  simulated.history.push({ what: 'confirmed', nonce, number });
  return incidentId(number);
}

/** Takes a case, and has it written down when it is told that it is theirs. */
export async function takes(
  simulated: Simulated,
  who: string,
  incident: IncidentId,
  clicked?: string,
): Promise<void> {
  const input = { incident, face: 'alarm', nonce: `${who}-${simulated.now()}` };
  const card = await simulated.presses(who, 'acknowledge', input, clicked ? { clicked } : {});
  if (card?.card !== 'details') return;
  simulated.history.push({ what: 'acknowledged', number: incident, by: who, mayAnswer: mayAnswer(who) });
}

/** Writes something that is no command. @returns the draft that the bot has kept it as */
async function writes(simulated: Simulated, who: string, text: string): Promise<string | undefined> {
  await simulated.writes(who, text);
  const buttons = simulated.messages.map(({ view }) => JSON.stringify(view));
  return buttons.map((all) => /"draft":"([^"]+)"/.exec(all)?.[1]).findLast((id) => id !== undefined);
}

/** Everything between a report and its end. */
export const tell: Story = async (plan = {}) => {
  const unreachable = ['Samir', 'Lo'];
  const simulated = await simulate({ ...plan, unreachable });
  const { messages, failing, pass, presses } = simulated;
  for (const who of unreachable) failing.set(chatOf(who), 'gone');
  const on = (incident: IncidentId, nonce: string) => ({ incident, face: 'alarm', nonce });

  // Someone is in danger, Teams takes nothing for the duty officer and is silent about the channel, and nobody
  // answers until the last of the ladder does.
  failing.set(chatOf('Tove'), 'later');
  failing.set(people.triageChannel, 'lost');
  const form = await simulated.stands('Alva');
  const acute = await reports(simulated, 'Alva', '2026-acute', { dangerNow: 'yes' }, { clicked: form });
  failing.delete(chatOf('Tove'));
  failing.delete(people.triageChannel);
  await pass(10_000);
  await presses('Alva', 'supplement', { incident: acute, face: 'receipt', nonce: 'where', where: 'Hemma' });
  await takes(simulated, 'Ivar', acute);
  await pass(minutes(3));
  await pass(minutes(2));
  failing.set(chatOf('Karin'), 'later');
  await presses('Omid', 'decline', on(acute, 'decline'));
  failing.delete(chatOf('Karin'));
  await pass(minutes(5));
  const alarm = messages.findLast(
    ({ conversation, view }) => conversation === chatOf('Britt') && view.card === 'alarm',
  );
  await takes(simulated, 'Britt', acute, alarm?.activityId);
  // While the cards are drawn, another instance takes in more, and draws them before.
  const more = { incident: acute, face: 'receipt', nonce: 'more', text: 'Han är kvar.' };
  const overtake = simulated.meanwhile('Alva', 'supplement', more);
  await presses('Britt', 'hide', on(acute, 'hide'));
  await overtake();
  // She reaches nobody: the alarm goes round again.
  await pass(minutes(15));
  await pass(minutes(10));
  await takes(simulated, 'Tove', acute);
  await presses('Tove', 'hide', on(acute, 'hide again'));

  // Words that lay unsent are sent after all, and wait for a working day; others are thrown away.
  const lies = await writes(simulated, 'Greta', 'Det kom ett brev.');
  await pass(minutes(3));
  const draft = { draft: lies, needs: 'draft' };
  const ordinary = await reports(simulated, 'Greta', '2026-ordinary', { dangerNow: 'no', ...draft });
  await presses('Tove', 'reached', on(acute, 'reached'));
  const thrown = { draft: await writes(simulated, 'Greta', 'Det var inget.') };
  await presses('Greta', 'dismiss', thrown, { clicked: await simulated.stands('Greta') });

  // At night, for the morning.
  await pass(minutes(11 * 60));
  const words = { draft: await writes(simulated, 'Alva', 'Rutan är krossad.') };
  const night = await reports(simulated, 'Alva', '2026-night', {
    dangerNow: 'no',
    channel: 'physical',
    ...words,
  });
  await pass(minutes(8 * 60));
  // Two take it at the same time: one of them has it.
  await Promise.all(['Tove', 'Karin'].map((who) => takes(simulated, who, night)));
  for (const who of ['Tove', 'Karin']) await presses(who, 'reached', on(night, who));
  for (const who of ['Tove', 'Karin']) await presses(who, 'hide', on(night, who));
  await pass(minutes(9 * 60));
  await presses(
    'Karin',
    'acknowledge',
    { incident: ordinary, face: 'triage', nonce: 'k' },
    { place: 'channel' },
  );
  await pass(minutes(1));

  // Taken before it is time to say that nobody has it.
  const quick = await reports(simulated, 'Greta', '2026-quick', { dangerNow: 'yes' });
  await takes(simulated, 'Tove', quick);
  await pass(minutes(4));
  await presses('Tove', 'reached', on(quick, 'reached quick'));
  await pass(minutes(1));

  return theEnd(simulated, [
    [quick, /^reached/],
    [acute, 'reached after 12 events on rung 4'],
    [ordinary, 'acknowledged after 2 events on rung 0'],
    [night, 'reached after 4 events on rung 0'],
  ]);
};

/** As when Teams' limits are held elsewhere. */
export const tellUnpaced: Story = (plan) => tell({ ...plan, paced: false });

/** So many at once, while Teams takes nothing for the duty officer, that she is told of them together. */
export const tellOfMany: Story = async (plan = {}) => {
  const simulated = await simulate(plan);
  const { failing, pass } = simulated;
  failing.set(chatOf('Tove'), 'later');
  const many: IncidentId[] = [];
  for (let n = 0; n < 6; n++) {
    many.push(await reports(simulated, 'Alva', `2026-many-${n}`, { dangerNow: 'yes' }));
  }
  failing.set(chatOf('Tove'), 'lost');
  await pass(2_000);
  failing.delete(chatOf('Tove'));
  await pass(30_000);
  const [first, ...others] = many;
  if (first) await takes(simulated, 'Tove', first);
  for (let seconds = 0; seconds < 60; seconds += 10) await pass(10_000);
  return theEnd(simulated, [
    ...(first ? ([[first, 'acknowledged after 2 events on rung 0']] as [IncidentId, string][]) : []),
    ...others.map((id): [IncidentId, string] => [id, 'new after 1 events on rung 0']),
  ]);
};
export const tellOfManyUnpaced: Story = (plan) => tellOfMany({ ...plan, paced: false });

/** An exercise, from the yes to how it went. */
export const tellOfAnExercise: Story = async (plan = {}) => {
  const simulated = await simulate(plan);
  const { pass, presses } = simulated;
  const clicked = await simulated.stands('Karin');
  const drill = await reports(simulated, 'Karin', '2026-drill', {}, { verb: 'exercise', clicked });
  await takes(simulated, 'Tove', drill);
  await pass(minutes(1));
  await presses('Tove', 'reached', { incident: drill, face: 'alarm', nonce: 'reached' });
  await pass(minutes(2));
  // What became of a page is only known to the one who sent it.
  return theEnd(simulated, [[drill, /^closed after [45] events on rung 0$/]]);
};

/** Nobody knows who is in the channel, then an outsider is: what waits goes to the only coordinator there is to reach. */
export const tellOfAnOutsider: Story = async (plan = {}) => {
  const simulated = await simulate(plan, ['Alva', 'Tove', 'Karin', 'Nora']);
  const { inside, pass } = simulated;
  inside.set(people.triageChannel, undefined);
  const many: IncidentId[] = [];
  for (let n = 0; n < 6; n++) {
    many.push(await reports(simulated, 'Alva', `2026-outsider-${n}`, { dangerNow: 'no' }));
  }
  inside.set(people.triageChannel, ['Karin', 'Nora'].map(personOf));
  for (let seconds = 0; seconds < 60; seconds += 10) await pass(10_000);
  const one = await reports(simulated, 'Alva', '2026-outsider', { dangerNow: 'no' });
  await pass(10_000);
  return theEnd(
    simulated,
    [...many, one].map((id): [IncidentId, string] => [id, 'new after 1 events on rung 0']),
  );
};

/** Reports that some must not know of: one excluded before anybody is told, one restricted while it runs. */
export const tellOfAConflict: Story = async (plan = {}) => {
  const simulated = await simulate(plan);
  const { pass, presses } = simulated;
  const exclude = [personOf('Tove'), personOf('Karin')].join(',');
  const kept = await reports(simulated, 'Alva', '2026-kept', { dangerNow: 'yes', exclude });
  const quiet = await reports(simulated, 'Greta', '2026-quiet', { dangerNow: 'no' });
  const restrict = { incident: quiet, face: 'triage', nonce: 'restrict', sent: 'yes' };
  await presses('Omid', 'restrict', restrict, { place: 'channel' });
  await pass(minutes(5));
  await takes(simulated, 'Omid', kept);
  const share = { incident: kept, face: 'receipt', nonce: 'share', with: personOf('Greta') };
  await presses('Alva', 'share', share);
  await presses('Greta', 'talked', { incident: kept, face: 'support', nonce: 'talked' });
  await presses('Alva', 'unshare', { incident: kept, face: 'receipt', nonce: 'unshare' });
  await presses('Omid', 'reached', { incident: kept, face: 'alarm', nonce: 'reached' });
  await pass(minutes(1));
  return theEnd(simulated, [
    [kept, 'reached after 7 events on rung 1'],
    [quiet, 'new after 2 events on rung 0'],
  ]);
};

/** Threats on the telephone: a card that becomes a report of its own, and one that is added to a report. */
export const tellOfACall: Story = async (plan = {}) => {
  const simulated = await simulate(plan);
  const { pass, presses } = simulated;
  const clicked = await simulated.stands('Alva');
  const press = { nonce: '2026-call', seen: '0' };
  await presses('Alva', 'callCard', { ...press, does: 'start', wording: 'Jag vet var du bor.' }, { clicked });
  await presses('Alva', 'callCard', { ...press, does: 'save', voice: 'dark' }, { clicked });
  const sending = { seen: '2', does: 'send', dangerNow: 'no', wording: 'Jag vet var du bor.' };
  const called = await reports(simulated, 'Alva', '2026-call', sending, { verb: 'callCard', clicked });
  await pass(10_000);
  await presses('Alva', 'callTold', { incident: called, face: 'receipt', nonce: 'told', telephone: 'own' });
  await presses(
    'Karin',
    'traced',
    { incident: called, face: 'triage', nonce: 'traced' },
    { place: 'channel' },
  );

  const told = await reports(simulated, 'Greta', '2026-told', { dangerNow: 'no', channel: 'phone' });
  const added = {
    nonce: '2026-added',
    incident: told,
    seen: '0',
    does: 'send',
    dangerNow: 'no',
    wording: 'Hej.',
  };
  await presses('Greta', 'callCard', added, { clicked: await simulated.stands('Greta') });
  await pass(minutes(1));
  return theEnd(simulated, [
    [called, 'new after 3 events on rung 0'],
    [told, 'new after 2 events on rung 0'],
  ]);
};

export const stories: readonly Story[] = [
  tell,
  tellOfMany,
  tellUnpaced,
  tellOfManyUnpaced,
  tellOfAnExercise,
  tellOfAnOutsider,
  tellOfAConflict,
  tellOfACall,
];
