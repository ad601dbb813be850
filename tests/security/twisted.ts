/** Activities and invokes as Teams sends them, with something wrong in each: by structure, not by chance alone. */
import fc from 'fast-check';
import * as core from '../../bot/core/incident.ts';
import { roles } from '../../bot/core/people.ts';
import { features } from '../../bot/features/index.ts';
import { faces } from '../../bot/views/view.ts';
import { activityOf } from '../world/gated.ts';
import { people } from '../world/instance.ts';

/** One request to the door. */
export interface Request {
  body: string;
  authorization: 'good' | 'none' | 'forged' | 'odd';
  type: string;
}

/** What a request may name, learnt from earlier answers, so that later ones reach further in. */
export interface Known {
  incidents: string[];
  nonces: string[];
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      0,
      -1,
      1.5,
      1e308,
      '',
      ' ',
      [],
      {},
      [[]],
      [null],
      { '': 1 },
      { length: 1e9 },
      'null',
      '0',
    ],
    ...[
      '\u0000',
      '\ud800',
      '\u202eabc',
      '\u200b',
      '__proto__',
      'constructor',
      'toString',
      "x' or 1 eq 1",
      '../../x',
    ],
    ...[
      `\${x}`,
      '{{x}}',
      '<at>x</at>',
      '[x](http://y)',
      '%s%n',
      '\r\nX: y',
      'H26-000-000',
      'h26-7kq-4mp',
      '💥',
    ],
    ...['2026-02-30', '9999-12-31T23:59:59Z', '1970-01-01T00:00:00.000Z', '25:00', 'NaN', 'Infinity', '-0'],
    ...['x'.repeat(1_001), 'å'.repeat(20_000), { toString: 1 }, { toJSON: 'x' }, { $ne: null }],
    ...people.people.slice(0, 4).map(({ oid }) => oid),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const words = fc.oneof(
  fc.constantFrom(
    ...[
      'meny',
      'akut',
      'hjälp mig, han står utanför',
      'rapportera',
      'jour',
      'läge',
      'provlarm',
      'mina rapporter',
    ],
    ...[
      'komplettera',
      'återkalla',
      'avvikelse',
      '112',
      'on duty',
      'withdraw h26-7kq-4mp',
      '<at>bot</at> läge',
      '',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** What the fields of all the forms hold; the known names with plausible values, so that many get through. */
const fieldsOf = ({ incidents, nonces }: Known) =>
  fc.record(
    {
      incident: fc.constantFrom('H26-000-000', ...incidents, ...incidents),
      nonce: fc.oneof(
        fc.uuid().map((id) => `2026-${id}`),
        fc.constantFrom('nonce', ...nonces),
      ),
      face: fc.constantFrom(...faces),
      dangerNow: fc.constantFrom(...core.dangerNow),
      channel: fc.constantFrom(...core.channels),
      affected: fc.constantFrom(...core.affected),
      whenRough: fc.constantFrom(...core.whenRough),
      callback: fc.constantFrom(...core.callback),
      affectedWho: words,
      where: words,
      number: fc.constantFrom('08-465 004 00', '+46701740605', 'x'),
      text: words,
      method: fc.constantFrom('none', 'matrix'),
      likelihood: fc.constantFrom('1', '4', '5'),
      consequence: fc.constantFrom('1', '4', 'x'),
      reason: fc.constantFrom(...core.closeReasons),
      category: fc.constantFrom(...core.personCategories),
      protectedIdentity: fc.constantFrom('yes', 'no'),
      visibleTo: fc.constantFrom('staff', 'reporter'),
      with: fc.constantFrom('party', 'relative'),
      contact: words,
      exclude: fc.constantFrom(...people.people.map(({ oid }) => oid)),
      person: fc.constantFrom(...people.people.map(({ oid }) => oid)),
      search: words,
      page: fc.constantFrom('0', '1', '-1', '1e9'),
      of: fc.string({ maxLength: 10 }),
      at: fc.constantFrom('2026-11-26T12:00', 'x'),
      role: fc.constantFrom(...roles),
      open: fc.constantFrom('form', 'x'),
    },
    { requiredKeys: ['incident', 'nonce', 'face', 'dangerNow', 'channel'] },
  );

const verbs = Object.keys(features);
/** Reports oftener than the others, which all ask for a case that is there. */
const pressed = (known: Known) =>
  fc.record({ verb: fc.constantFrom(...verbs, ...Array(8).fill('report')), fields: fieldsOf(known) });

const envelope = fc
  .record({
    person: fc.constantFrom(...people.people, undefined),
    userRole: fc.constantFrom('user', 'user', 'user', 'guest', 'anonymous'),
    place: fc.constantFrom('personal', 'personal', 'personal', 'channel', 'groupChat'),
    chat: fc.noBias(fc.nat()),
  })
  .map(({ person, userRole, place, chat }) => ({
    ...activityOf({ aadObjectId: person?.oid ?? `${chat}`, userRole }),
    conversation: {
      // Each its own, for the answers to one conversation wait for one another.
      id: place === 'channel' ? `19:${chat}@thread.tacv2` : `a:${chat}`,
      conversationType: place,
      tenantId: people.tenantId,
    },
    channelData: {
      tenant: { id: people.tenantId },
      ...(place === 'channel' && { team: { id: people.team.id }, channel: { id: people.triageChannel } }),
    },
  }));

const happening = (known: Known) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: pressed(known).map(({ verb, fields }) => ({
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: '1',
        value: { action: { type: 'Action.Execute', verb, data: { verb, ...fields } }, trigger: 'manual' },
      })),
    },
    {
      weight: 2,
      arbitrary: pressed(known).map(({ verb, fields }) => ({
        type: 'message',
        replyToId: '1',
        value: { verb, ...fields },
      })),
    },
    { weight: 3, arbitrary: words.map((text) => ({ type: 'message', text })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { type: 'installationUpdate', action: 'add' },
        { type: 'installationUpdate', action: 'remove' },
        { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }] },
        { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
        {
          type: 'message',
          text: 'x',
          attachments: [{ contentType: 'image/png', contentUrl: 'http://127.0.0.1:1/' }],
        },
        { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: {} },
        { type: 'endOfConversation' },
        { type: 'trace' },
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          name: fc.constantFrom(
            ...['task/fetch', 'task/submit', 'composeExtension/query', 'composeExtension/submitAction'],
            ...[
              'fileConsent/invoke',
              'signin/verifyState',
              'signin/tokenExchange',
              'adaptiveCard/action',
              'x',
            ],
          ),
          value: odd,
        })
        .map((more) => ({ type: 'invoke', ...more })),
    },
  );

/** Puts something else, or nothing, somewhere in it. */
const change = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'wrap', 'twice'),
  odd,
});

type Places = [parent: Record<string, unknown>, key: string][];
function placesIn(node: unknown, found: Places = []): Places {
  if (typeof node !== 'object' || node === null) return found;
  for (const [key, value] of Object.entries(node)) {
    found.push([node as Record<string, unknown>, key]);
    placesIn(value, found);
  }
  return found;
}

/** The requests of one round. */
export const requests = (known: Known): fc.Arbitrary<Request> =>
  fc
    .record({
      base: envelope,
      more: happening(known),
      changes: fc.array(change, { maxLength: 3 }),
      cut: fc.oneof({ weight: 40, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(1_000) }),
      authorization: fc.constantFrom<Request['authorization']>(
        ...Array(17).fill('good'),
        'none',
        'forged',
        'odd',
      ),
      type: fc.oneof(
        { weight: 40, arbitrary: fc.constant('application/json; charset=utf-8') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('text/plain', 'multipart/form-data; boundary=x', 'application/xml'),
        },
      ),
    })
    .map(({ base, more, changes, cut, authorization, type }) => {
      const activity: unknown = structuredClone({ ...base, ...more });
      for (const { at, how, odd: value } of changes) {
        const places = placesIn(activity);
        const [parent, key] = places[at % places.length] ?? [];
        if (!parent || key === undefined) continue;
        if (how === 'remove') delete parent[key];
        else if (how === 'wrap') parent[key] = [parent[key]];
        else if (how === 'twice') parent[`${key}2`] = parent[key];
        else parent[key] = structuredClone(value);
      }
      const text = JSON.stringify(activity);
      return { body: cut ? text.slice(0, cut) : text, authorization, type };
    });
