/** Roles x verbs x relation to the case x surface: what is possible is what was agreed, and any other table is noticed. */
import { expect } from 'chai';
import { decide } from '../../bot/core/decide.ts';
import { type Incident, type Status, statuses } from '../../bot/core/incident.ts';
import {
  access,
  type FieldGroup,
  fieldGroups,
  type Right,
  readable,
  rights,
  scopesOf,
} from '../../bot/core/needToKnow.ts';
import type { Role } from '../../bot/core/people.ts';
import {
  allowedVerbs,
  policy,
  relations,
  type Relation as Tie,
  type Verb,
  verbs,
} from '../../bot/core/policy.ts';
import { act } from '../../bot/features/incident.ts';
import { happened } from '../../bot/teams/edge.ts';
import { texts } from '../../bot/text/index.ts';
import type { View } from '../../bot/views/view.ts';
import { fakeMessenger } from '../world/fakeMessenger.ts';
import { fakeStorage } from '../world/fakeStorage.ts';
import { id } from '../world/given.ts';
import { startInstance } from '../world/instance.ts';
import { buttonsOf } from '../world/world.ts';
import { as, caseOf, everyRelation, everyRole, now, pia, type Relation, secrets } from './gridCases.ts';
import { agreed, agreedAccess, agreedPolicy } from './gridTable.ts';
import { everybody } from './more.ts';

const { error, refusals } = texts('sv');

/** What was agreed for one role in one relation. */
function cell(relation: Relation, role: Role): { verbs: string[]; reads: string[] } {
  const row = Object.entries(agreed[relation]).find(([roles]) => roles.split(' ').includes(role));
  const [verbs = '', reads = ''] = row?.[1] ?? [];
  const split = (text: string) => text.split(' ').filter(Boolean).sort();
  return { verbs: split(verbs), reads: split(reads) };
}

/** What the same person has done already is done, said again, and changes nothing. */
const doneBefore: Partial<Record<Relation, readonly Verb[]>> = {
  own: ['alarm'],
  ownClosed: ['alarm'],
  ownCalled: ['alarm'],
  assignee: ['acknowledge'],
  assigneeOfAQuietOne: ['acknowledge'],
  assigneeWhoReached: ['reached'],
  sharedAndTalked: ['talked'],
  ownDeleted: ['alarm'],
};
const isDoneBefore = (relation: Relation, role: Role, verb: Verb): boolean =>
  doneBefore[relation]?.includes(verb) === true && cell(relation, role).verbs.length > 0;

const isReading = (verb: Verb) => verb === 'details' || verb === 'readers' || verb === 'readings';

/** Answers that make each verb a whole command, as a card sends them. */
const inputs: Partial<Record<Verb, Record<string, string>>> = {
  assign: { to: 'me' },
  assess: { method: 'none' },
  note: { text: 'x' },
  handOver: { text: 'x' },
  link: { person: pia },
  close: { reason: 'handled' },
  categorise: { category: 'relative' },
  restrict: { sent: 'yes' },
  supplement: { text: 'x' },
  callTold: { telephone: 'own' },
  company: { company: 'yes' },
  share: { with: 'relative', contact: 'x' },
  override: { text: 'x' },
  erase: { sure: 'yes' },
};

function commandOf(verb: Verb): Parameters<typeof decide>[1] {
  switch (verb) {
    case 'assign':
      return { verb, to: pia };
    case 'assess':
      return { verb, assessment: { method: 'none', riskClass: 'low' } };
    case 'note':
      return { verb, visibleTo: 'staff' };
    case 'link':
      return { verb, person: pia };
    case 'close':
      return { verb, reason: 'handled' };
    case 'restrict':
      return { verb, to: [pia], out: [] };
    case 'categorise':
      return { verb, category: 'relative', protectedIdentity: false };
    case 'share':
      return { verb, share: { with: 'relative' } };
    case 'supplement':
      return { verb, gave: ['text'] };
    case 'callTold':
      return { verb, told: { telephone: 'own' } };
    case 'company':
      return { verb, company: true };
    case 'details':
    case 'readers':
    case 'readings':
      throw new Error('a reading, not a command');
    default:
      return { verb };
  }
}

/** A bot that has just this case, and Pia with just this role. */
async function having(relation: Relation, role: Role) {
  const person = {
    id: '29:local-user-99',
    oid: pia,
    name: 'Pia Lund',
    email: 'pia.lund@example.com',
    number: '070-174 06 99',
    locale: 'sv' as const,
    roles: [role],
  };
  const world = { ...everybody, people: [...everybody.people, person] };
  const storage = fakeStorage(() => now);
  const messenger = fakeMessenger();
  const { ports } = startInstance(
    { ...storage, messenger },
    {
      clock: () => now,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      nonce: () => 'n',
      world,
    },
  );
  const found = caseOf(relation);
  if (found) {
    await storage.cases.commit({
      id,
      expected: undefined,
      ...found,
      operation: { hash: 'h', at: now, by: pia },
      due: [],
    });
  }
  const from = {
    person: pia,
    conversation: { serviceUrl: 'http://127.0.0.1/', id: 'a:Pia' },
    place: 'personal',
    team: undefined,
    locale: 'sv',
  } as const;
  return {
    ports: { ...ports, hold: () => undefined, wake: () => undefined },
    storage,
    click: async (verb: string, input: object) =>
      (
        await happened(
          { ...ports, hold: () => undefined, wake: () => undefined },
          { ...from, kind: 'click', verb, input, clicked: 'm', invoke: true },
        )
      ).card,
    async writes(text: string) {
      const before = messenger.messages.length;
      await happened(ports, { ...from, kind: 'message', text, attachments: false });
      return messenger.messages.slice(before).map(({ view }) => view);
    },
  };
}

const said = (view: View | undefined): string => JSON.stringify([view?.data, view?.fallback, view?.summary]);
type Outcome = 'missing' | 'refused' | 'done';
const outcomeOf = (card: View | undefined): Outcome =>
  said(card).includes(error.noSuchIncident)
    ? 'missing'
    : said(card).includes(refusals.notAllowed) ||
        said(card).includes(refusals.closed) ||
        said(card).includes(refusals.notClosed) ||
        said(card).includes(refusals.erased) ||
        /har (redan|lämnat över ärendet)/.test(said(card))
      ? 'refused'
      : 'done';

/** The fields whose secrets stand in what was shown. */
const seenIn = (card: View | undefined): string[] =>
  Object.entries(secrets)
    .filter(([, secret]) => said(card).includes(secret))
    .map(([group]) => group)
    .sort();

describe('the grid: the function that everything asks', () => {
  let cells = 0;
  for (const relation of everyRelation) {
    it(`${relation}: ten roles, every verb`, () => {
      const found = caseOf(relation);
      for (const role of everyRole) {
        const { verbs: may, reads } = cell(relation, role);
        const actor = as(role);
        const allowed = found ? allowedVerbs(found.incident, actor) : [];
        expect([...allowed].sort(), role).to.deep.equal(may);
        const scopes = found ? scopesOf(found.incident, { actor, now }) : {};
        const said = Object.entries(scopes).map(([group, scope]) => (scope === 'own' ? `${group}*` : group));
        expect(said.sort(), role).to.deep.equal(reads);
        for (const verb of verbs.filter((one) => !isReading(one))) {
          cells += 1;
          const decided = found && decide(found.incident, commandOf(verb), { actor, now });
          const happens = decided?.ok === true && decided.value.length > 0;
          expect(happens, `${role} ${verb}`).to.equal(may.includes(verb));
        }
      }
    });
  }
  after(() => process.stdout.write(`      ${JSON.stringify({ surface: 'function', cells })}\n`));
});

describe('the grid: a click, through the edge of the bot', function () {
  this.timeout(120_000);
  let cells = 0;
  for (const relation of everyRelation) {
    it(`${relation}: ten roles, every verb, from the card that gives most`, async () => {
      for (const role of everyRole) {
        const { verbs: may, reads } = cell(relation, role);
        for (const verb of verbs) {
          cells += 1;
          const { click, storage } = await having(relation, role);
          const face = 'triage';
          const card = await click(verb, { incident: id, face, nonce: 'n', ...inputs[verb] });
          const nothing = may.length === 0;
          const opens = verb !== 'details' || reads.some((group) => group !== 'log');
          const again = isDoneBefore(relation, role, verb);
          const does = may.includes(verb) && opens;
          const expected = nothing ? 'missing' : does || again ? 'done' : 'refused';
          expect(outcomeOf(card), `${role} ${verb}`).to.equal(expected);
          // Who does something reads no more by it than they may; taking it is being let in.
          if (expected !== 'done') expect(seenIn(card), `${role} ${verb}`).to.deep.equal([]);
          if (verb === 'details' && expected === 'done') {
            // Pia has only given anything herself where the report is hers.
            const given = relation.startsWith('own') ? reads.map((group) => group.replace('*', '')) : reads;
            const own = given.filter((group) => Object.hasOwn(secrets, group)).sort();
            expect(seenIn(card), `${role} reads`).to.deep.equal(own);
          }
          const version = (await storage.cases.load(id))?.incident.version ?? 0;
          const before = caseOf(relation)?.incident.version ?? 0;
          const changes = expected === 'done' && !again && !isReading(verb);
          expect(version > before, `${role} ${verb} changes`).to.equal(changes);
        }
      }
    });
  }
  after(() => process.stdout.write(`      ${JSON.stringify({ surface: 'click', cells })}\n`));
});

describe('the grid: a case asked for by its number, in writing', function () {
  this.timeout(60_000);
  let cells = 0;
  for (const relation of everyRelation) {
    it(`${relation}: ten roles`, async () => {
      for (const role of everyRole) {
        cells += 1;
        const { verbs: may } = cell(relation, role);
        const { writes } = await having(relation, role);
        const [card] = await writes(`ärende ${id}`);
        if (may.length === 0) {
          expect(outcomeOf(card), role).to.equal('missing');
          expect(said(card), role).not.to.include(id);
        } else {
          const offered = card ? buttonsOf(card).map(({ verb }) => verb) : [];
          // One that opens the card of it is asked again at the click.
          expect([...may, 'hide'], role).to.include.members(offered);
          expect(offered, role).not.to.deep.equal([]);
        }
        expect(seenIn(card), role).to.deep.equal([]);
      }
    });
  }
  after(() => process.stdout.write(`      ${JSON.stringify({ surface: 'chat', cells })}\n`));
});

describe('the grid: what the tab will call', () => {
  it('does and refuses as a click does', async () => {
    let cells = 0;
    for (const relation of everyRelation) {
      for (const role of everyRole) {
        const { verbs: may } = cell(relation, role);
        for (const verb of verbs.filter((one) => !isReading(one))) {
          cells += 1;
          const { ports } = await having(relation, role);
          const actor = as(role);
          const { outcome } = await act(ports, id, { actor, now }, commandOf(verb), { nonce: 'n' });
          const expected = may.includes(verb) || isDoneBefore(relation, role, verb) ? 'done' : 'not';
          expect(outcome === 'done' ? 'done' : 'not', `${relation} ${role} ${verb}`).to.equal(expected);
        }
      }
    }
    process.stdout.write(`      ${JSON.stringify({ surface: 'function of the tab', cells })}\n`);
  }).timeout(60_000);
});

describe('the grid: what is left of a case before anything shows it', () => {
  it('is what each may read, and nothing else of what people wrote', () => {
    let cells = 0;
    for (const relation of everyRelation) {
      const found = caseOf(relation);
      for (const role of found ? everyRole : []) {
        cells += 1;
        const { reads } = cell(relation, role);
        const { entries, particulars } = found
          ? readable(found.incident, found.entries, { actor: as(role), now })
          : { entries: [], particulars: {} };
        const left = JSON.stringify([entries, particulars]);
        const seen = Object.entries(secrets).filter(([, secret]) => left.includes(secret));
        const given = relation.startsWith('own') ? reads.map((group) => group.replace('*', '')) : reads;
        expect(seen.map(([group]) => group).sort(), `${relation} ${role}`).to.deep.equal(
          given.filter((group) => Object.hasOwn(secrets, group)).sort(),
        );
      }
    }
    process.stdout.write(`      ${JSON.stringify({ surface: 'what is left', cells })}\n`);
  });
});

describe('the tables', () => {
  const reader = as('dutyOfficer');
  const base = caseOf('other')?.incident;
  if (!base) throw new Error('there is no case');
  const stages: Record<Status, Incident['stage']> = {
    new: { status: 'new' },
    acknowledged: { status: 'acknowledged', assignee: pia, acknowledgedAt: now },
    reached: { status: 'reached', assignee: pia, reachedAt: now, reachedBy: pia },
    closed: { status: 'closed', assignee: pia, closedAt: now, reason: 'handled' },
  };
  const { alarmedAt: _alarmed, ...quiet } = base;
  const call = { at: now };
  const rung = { role: 'dutyOfficer', people: [pia] } as const;
  const ladder = [{ ...rung, people: [...rung.people] }];
  /** Cases in which each verb makes sense somewhere, and which of them it does not. */
  const variants: [
    name: string,
    of: (status: Status) => Incident,
    unfit: Partial<Record<Status | 'any', Verb[]>>,
  ][] = [
    [
      'quiet, about Pia, shared',
      (status) => ({ ...quiet, call, victim: pia, shared: [{ with: 'party' }], stage: stages[status] }),
      { any: ['override'], new: ['decline'] },
    ],
    [
      'alarmed, Pia is asked',
      (status) => ({
        ...base,
        ladder,
        call: { ...call, traced: now },
        stage: stages[status],
        victim: pia,
        shared: [{ with: 'party' }],
      }),
      {
        any: ['alarm', 'override', 'traced'],
        new: ['handOver'],
        acknowledged: ['handOver'],
        closed: ['handOver'],
      },
    ],
    [
      'Pia has nothing to do with it',
      (status) => ({
        ...base,
        stage: { ...stages[status], ...('assignee' in stages[status] && { assignee: base.reporter }) },
      }),
      {
        any: ['alarm', 'share', 'unshare', 'decline', 'callTold', 'traced'],
        new: ['handOver'],
        acknowledged: ['handOver'],
        closed: ['handOver'],
      },
    ],
  ];
  const policyHolds = (): boolean =>
    variants.every(([, of, unfit]) =>
      relations.every((relation) =>
        statuses.every((status) => {
          const not = [...(unfit.any ?? []), ...(unfit[status] ?? [])];
          const expected = agreedPolicy[relation][status].filter((verb) => !not.includes(verb));
          return String(allowedVerbs(of(status), reader, [relation])) === String(expected);
        }),
      ),
    );

  const conditions: [Right[], Incident][] = [
    [['all', 'own', 'acute'], base],
    [['all', 'own', 'consent'], { ...quiet, shared: [{ with: 'hr', person: pia }] }],
    [['all', 'own', 'hour'], { ...quiet, overrides: [{ at: now, by: pia }] }],
    [['all', 'own'], quiet],
  ];
  const expectedScope = (right: Right, given: readonly Right[]) =>
    given.includes(right) ? (right === 'own' ? 'own' : 'all') : undefined;
  const opens = (relation: Tie, group: FieldGroup, status: Status): boolean =>
    agreedPolicy[relation][status].includes(group === 'log' ? 'readings' : 'details');
  const accessHolds = (): boolean =>
    conditions.every(([given, incident]) =>
      relations.every((relation) =>
        statuses.every((status) => {
          const acute = status === 'closed' ? given.filter((right) => right !== 'acute') : given;
          const scopes = scopesOf({ ...incident, stage: stages[status] }, { actor: reader, now }, [relation]);
          return fieldGroups.every((group) => {
            const scope = opens(relation, group, status)
              ? expectedScope(agreedAccess[relation][group], acute)
              : undefined;
            return scopes[group] === scope;
          });
        }),
      ),
    );

  it('are the agreed ones, word for word', () => {
    expect(policy).to.deep.equal(agreedPolicy);
    expect(access).to.deep.equal(agreedAccess);
    expect(policyHolds()).to.equal(true);
    expect(accessHolds()).to.equal(true);
  });

  it('every verb put into or taken out of any cell of the policy is noticed', () => {
    const cells: Record<Tie, Record<Status, readonly Verb[]>> = policy;
    const survived: string[] = [];
    let mutants = 0;
    for (const relation of relations) {
      for (const status of statuses) {
        const row = cells[relation][status];
        for (const verb of verbs) {
          mutants += 1;
          cells[relation][status] = row.includes(verb) ? row.filter((one) => one !== verb) : [...row, verb];
          if (policyHolds()) survived.push(`${relation} ${status} ${verb}`);
          cells[relation][status] = row;
        }
      }
    }
    process.stdout.write(
      `      ${JSON.stringify({ table: 'policy', mutants, survived: survived.length })}\n`,
    );
    expect(survived).to.deep.equal([]);
  }).timeout(60_000);

  it('every right in any cell of what may be read is noticed, where the policy opens anything at all', () => {
    const cells: Record<Tie, Record<FieldGroup, Right>> = access;
    const survived: string[] = [];
    let mutants = 0;
    for (const relation of relations) {
      for (const group of fieldGroups) {
        const right = cells[relation][group];
        for (const other of rights.filter((one) => one !== right)) {
          mutants += 1;
          cells[relation][group] = other;
          if (accessHolds()) survived.push(`${relation} ${group}`);
          cells[relation][group] = right;
        }
      }
    }
    // Closed twice: here the policy opens nothing whatever this table says, and only its words are compared.
    const closedTwice = [...new Set(survived)];
    const never = relations.flatMap((relation) =>
      fieldGroups
        .filter((group) => !statuses.some((status) => opens(relation, group, status)))
        .map((group) => `${relation} ${group}`),
    );
    process.stdout.write(
      `      ${JSON.stringify({ table: 'access', mutants, closedTwice: survived.length, cellsClosedTwice: never.length })}\n`,
    );
    expect(closedTwice).to.deep.equal(never);
    for (const twice of never) expect(twice).to.match(/^standby |^auditor | log$/);
  }).timeout(60_000);
});
