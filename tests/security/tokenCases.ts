/** The table of tokens and activities that the gate is tried with: each is the good one with something changed. */
import { generateKeyPairSync } from 'node:crypto';
import { goodClaims, hmac, newPair, rsa, type SigningPair, tokenOf } from '../world/keyServer.ts';

export const appId = '11111111-2222-4333-8444-555555555555';
export const tenantId = '99999999-2222-4333-8444-555555555555';
const otherTenant = '00000000-2222-4333-8444-555555555555';
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

/** The keys that the server tells of. */
export const good = newPair('good');
export const webchat = newPair('webchat', ['webchat', 'directline']);
export const unendorsed = newPair('unendorsed', null);
const nowhere = newPair('nowhere');
const twin: SigningPair = { ...newPair('twin'), kid: good.kid };
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

type Claims = Record<string, unknown>;
export interface Case {
  what: string;
  authorization: string | undefined;
  activity: Record<string, unknown>;
}

const header = { alg: 'RS256', kid: good.kid, typ: 'JWT' };
const claims = (changes: Claims = {}): Claims => ({ ...goodClaims(appId, serviceUrl), ...changes });
export const activity = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'message',
  id: '1',
  text: 'hej',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:1', aadObjectId: '44444444-2222-4333-8444-555555555555' },
  recipient: { id: `28:${appId}` },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
  ...changes,
});

const sign = (head: object, body: object, pair = good, hash?: string) =>
  `Bearer ${tokenOf(head, body, rsa(pair.privateKey, hash))}`;
const withClaims = (what: string, changes: Claims): Case => ({
  what,
  authorization: sign(header, claims(changes)),
  activity: activity(),
});
const withHeader = (what: string, changes: object, pair = good): Case => ({
  what,
  authorization: sign({ ...header, ...changes }, claims(), pair),
  activity: activity(),
});
const withActivity = (what: string, changes: Record<string, unknown>): Case => ({
  what,
  authorization: sign(header, claims()),
  activity: activity(changes),
});
const withToken = (what: string, authorization: string | undefined): Case => ({
  what,
  authorization,
  activity: activity(),
});

/** The one shape that is let in. */
export const accepted: Case = withToken('the good one', sign(header, claims()));
const goodJwt = accepted.authorization?.slice('Bearer '.length) ?? '';
const [goodHead = '', goodBody = '', goodSignature = ''] = goodJwt.split('.');

const issuers: unknown[] = [
  `https://sts.windows.net/${tenantId}/`,
  `https://sts.windows.net/${otherTenant}/`,
  `https://login.microsoftonline.com/${tenantId}/v2.0`,
  `https://login.microsoftonline.com/${otherTenant}/v2.0`,
  'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
  'https://login.microsoftonline.com/botframework.com/v2.0',
  'https://api.botframework.us',
  'https://api.botframework.com/',
  'http://api.botframework.com',
  'https://API.botframework.com',
  'https://api.botframework.com.example.org',
  'api.botframework.com',
  'null',
  '',
  null,
  5,
  ['https://api.botframework.com'],
  { iss: 'https://api.botframework.com' },
];
const audiences: unknown[] = [
  appId.toUpperCase().replace('1', '2'),
  otherTenant,
  `api://${appId}`,
  `api://bot.example.org/botid-${appId}`,
  `${appId} `,
  `${appId},${otherTenant}`,
  'https://api.botframework.com',
  '*',
  '',
  null,
  0,
  [],
  [otherTenant],
  [otherTenant, appId],
  [appId],
  { aud: appId },
];
const minute = 60;
/** When the cases were made: other tests may have run for minutes when they are judged. */
export const madeAt = Date.now();
const second = () => Math.floor(madeAt / 1_000);
const times: [what: string, changes: Claims][] = [
  ['expired an hour ago', { exp: second() - 60 * minute }],
  ['expired 6 min ago', { exp: second() - 6 * minute }],
  ['expired at the beginning of time', { exp: 0 }],
  ['expires never', { exp: undefined }],
  ['expires in words', { exp: 'tomorrow' }],
  ['expires null', { exp: null }],
  ['expires before it begins', { exp: -1 }],
  ['expires at a date as text', { exp: new Date(madeAt + 3_600_000).toISOString() }],
  ['begins in 6 min', { nbf: second() + 6 * minute }],
  ['begins tomorrow', { nbf: second() + 24 * 60 * minute }],
  ['begins never', { nbf: undefined }],
  ['begins in words', { nbf: 'now' }],
  ['begins null', { nbf: null }],
];
/** Changes to both the claim and the activity, so that only the host stands in the way. */
export const badServiceUrls = [
  'https://example.org/',
  'https://smba.trafficmanager.net.example.org/',
  'https://evil.trafficmanager.net/',
  'https://evilsmba.trafficmanager.net/',
  'https://evil.smba.trafficmanager.net/',
  'https://smba.trafficmanager.net@example.org/',
  'https://smba.trafficmanager.net:443@example.org/',
  'https://user@smba.trafficmanager.net/emea/',
  'https://user:secret@smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net:443/emea/',
  'https://smba.trafficmanager.net:8443/emea/',
  'https://smba.trafficmanager.net./emea/',
  'https://SMBA.trafficmanager.net/emea/',
  'https://ｓｍｂａ.trafficmanager.net/emea/',
  'https://smba。trafficmanager。net/emea/',
  'https://smba.trafficmanager.net\\@example.org/',
  'https:\\\\smba.trafficmanager.net/emea/',
  'https:smba.trafficmanager.net/emea/',
  ' https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/emea/\n',
  'https://smba.trafficmanager.net/emea/?x=1',
  'https://smba.trafficmanager.net/emea/#x',
  'https://smba.trafficmanager.net/../emea/',
  'https://smba.trafficmanager.net%2eexample.org/',
  'http://smba.trafficmanager.net/emea/',
  'ftp://smba.trafficmanager.net/emea/',
  'file:///etc/passwd',
  'https://127.0.0.1/',
  'https://[::1]/',
  'http://169.254.169.254/',
  'https://2130706433/',
  'smba.trafficmanager.net',
  '//smba.trafficmanager.net/emea/',
  'https://smba.infra.gov.teams.microsoft.us/gcch',
  'javascript:alert(1)',
  '',
];
const channels: unknown[] = [
  'webchat',
  'directline',
  'emulator',
  'AseChannel',
  'skype',
  'email',
  'MSTEAMS',
  'msteams ',
  'msteams,webchat',
  '',
  null,
  undefined,
  5,
  ['msteams'],
  { id: 'msteams' },
];
const tenants: unknown[] = [otherTenant, '', ' ', `${tenantId} `, null, 5, [tenantId], { id: tenantId }];

/** As a user's own client gets it for the tab's API: any tenant, the bot as its audience (THREATS 0.2). */
export const userClaims = (changes: Claims = {}): Claims => ({
  aud: appId,
  iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
  exp: second() + 3_600,
  nbf: second() - 60,
  iat: second() - 60,
  azp: appId,
  azpacr: '0',
  name: 'Someone',
  oid: '44444444-2222-4333-8444-555555555555',
  scp: 'access_as_user',
  tid: tenantId,
  ver: '2.0',
  ...changes,
});

/** Shown to pass botbuilder's adapter as it is. */
export const passesTheAdapter: Case[] = [
  { what: 'a user’s own token', authorization: sign(header, userClaims()), activity: activity() },
  {
    what: 'the token of a user of another tenant',
    authorization: sign(
      header,
      userClaims({ tid: otherTenant, iss: `https://login.microsoftonline.com/${otherTenant}/v2.0` }),
    ),
    activity: activity(),
  },
  {
    what: 'a user’s token of version 1',
    authorization: sign(
      header,
      userClaims({ ver: '1.0', appid: appId, azp: undefined, iss: `https://sts.windows.net/${tenantId}/` }),
    ),
    activity: activity(),
  },
  {
    what: 'a user’s token, from someone else, to another address',
    authorization: sign(header, userClaims()),
    activity: activity({
      serviceUrl: 'https://example.org/',
      from: { id: '29:2', aadObjectId: otherTenant },
    }),
  },
  withActivity('an activity without a service address', { serviceUrl: undefined }),
  withActivity('an activity with an empty service address', { serviceUrl: '' }),
  {
    what: 'a channel with no name, by a key that is endorsed for another',
    authorization: sign({ ...header, kid: webchat.kid }, claims(), webchat),
    activity: activity({ channelId: '' }),
  },
  {
    what: 'another channel, by a key that is endorsed for it',
    authorization: sign({ ...header, kid: webchat.kid }, claims(), webchat),
    activity: activity({ channelId: 'webchat' }),
  },
  withHeader('a key that nobody endorses', { kid: unendorsed.kid }, unendorsed),
  withActivity('another tenant, in both places', {
    conversation: { id: 'a:1', tenantId: otherTenant },
    channelData: { tenant: { id: otherTenant } },
  }),
  withActivity('no tenant at all', { conversation: { id: 'a:1' }, channelData: {} }),
  {
    what: 'a service address of someone else, in the claim and in the activity',
    authorization: sign(header, claims({ serviceurl: 'https://evil.trafficmanager.net/' })),
    activity: activity({ serviceUrl: 'https://evil.trafficmanager.net/' }),
  },
  withClaims('a token that begins never', { nbf: undefined }),
  withClaims('a token that expires never', { exp: undefined }),
];

export const refused: Case[] = [
  ...passesTheAdapter,
  // --- No token, or none of the right form
  withToken('no header', undefined),
  ...[
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b',
    'Bearer ..',
    'Bearer a.b.c.d.e',
    'Bearer null',
    'Bearer e30.e30.e30',
    `Bearer ${goodJwt} `,
    ` Bearer ${goodJwt}`,
    `Bearer  ${goodJwt}`,
    `Bearer ${goodJwt},Bearer ${goodJwt}`,
    `Bearer ${goodJwt} ${goodJwt}`,
    `bearer ${goodJwt}`,
    `Basic ${goodJwt}`,
    `Token ${goodJwt}`,
    goodJwt,
    `Bearer ${goodHead}.${goodBody}.`,
    `Bearer ${goodHead}.${goodBody}`,
    `Bearer ${goodHead}..${goodSignature}`,
    `Bearer .${goodBody}.${goodSignature}`,
    `Bearer ${goodHead}=.${goodBody}.${goodSignature}`,
    `Bearer ${goodBody}.${goodHead}.${goodSignature}`,
    `Bearer ${goodJwt}${'A'.repeat(16 * 1024)}`,
    `Bearer ${'A'.repeat(1024 * 1024)}`,
    `Bearer ${goodHead}.${goodBody}.${goodSignature}\u0000`,
  ].map((text, n) => withToken(`header ${n}: ${text.slice(0, 30)}`, text)),
  // --- Signature
  ...[0, 10, 100, 200, 300, 340].map((at) => {
    const other = goodSignature[at] === 'A' ? 'B' : 'A';
    const twisted = goodSignature.slice(0, at) + other + goodSignature.slice(at + 1);
    return withToken(`signature changed at ${at}`, `Bearer ${goodHead}.${goodBody}.${twisted}`);
  }),
  withToken(
    'the signature of another body',
    `${sign(header, claims({ x: 1 }))
      .split('.')
      .slice(0, 2)
      .join('.')}.${goodSignature}`,
  ),
  withToken(
    'another body under the signature',
    `Bearer ${goodHead}.${sign(header, claims({ x: 1 })).split('.')[1]}.${goodSignature}`,
  ),
  withToken('half a signature', `Bearer ${goodHead}.${goodBody}.${goodSignature.slice(0, 171)}`),
  withToken(
    'zeros for a signature',
    `Bearer ${goodHead}.${goodBody}.${Buffer.alloc(256).toString('base64url')}`,
  ),
  withToken('signed by a key of the same name', sign(header, claims(), twin)),
  withToken('signed as SHA-1', sign(header, claims(), good, 'RSA-SHA1')),
  withToken('signed as SHA-512', sign(header, claims(), good, 'RSA-SHA512')),
  withToken('signed with 1,024 bits', `Bearer ${tokenOf(header, claims(), rsa(small.privateKey))}`),
  withToken(
    'signed with a curve',
    `Bearer ${tokenOf({ ...header, alg: 'ES256' }, claims(), rsa(curve.privateKey, 'SHA256'))}`,
  ),
  // --- Algorithm
  withToken(
    'algorithm none, no signature',
    `Bearer ${tokenOf({ ...header, alg: 'none' }, claims(), () => '')}`,
  ),
  ...[
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    'HS256',
    'HS384',
    'HS512',
    'RS1',
    'RS384',
    'RS512',
    'PS256',
    'ES256',
    'EdDSA',
    'rs256',
  ].map((alg) => withHeader(`algorithm ${alg || 'empty'}`, { alg })),
  ...[null, undefined, 5, ['RS256'], { alg: 'RS256' }].map((alg) =>
    withHeader(`algorithm ${JSON.stringify(alg)}`, { alg }),
  ),
  withToken(
    'HS256 with the public key',
    `Bearer ${tokenOf({ ...header, alg: 'HS256' }, claims(), hmac(good.publicKey))}`,
  ),
  withToken(
    'RS256 with the public key as a secret',
    `Bearer ${tokenOf(header, claims(), hmac(good.publicKey))}`,
  ),
  // --- Which key
  ...[
    'nowhere',
    'GOOD',
    'good ',
    '',
    '__proto__',
    'constructor',
    '../good',
    "good' or '1'='1",
    'x'.repeat(201),
  ].map((kid) => withHeader(`key ${kid.slice(0, 20) || 'without a name'}`, { kid })),
  ...[null, undefined, 0, ['good'], { kid: 'good' }].map((kid) =>
    withHeader(`key ${JSON.stringify(kid)}`, { kid }),
  ),
  withHeader('a key of nowhere', { kid: nowhere.kid }, nowhere),
  withHeader('brings its key', { jwk: nowhere.jwk }, nowhere),
  withHeader('brings its key, and the name of a good one', { jwk: nowhere.jwk, kid: good.kid }, nowhere),
  withHeader('says where its key is', { jku: 'https://example.org/keys' }, nowhere),
  withHeader('says where its certificate is', { x5u: 'https://example.org/x' }, nowhere),
  withHeader('brings its certificate', { x5c: ['MIIB'] }, nowhere),
  withHeader('brings its key, well signed', { jwk: good.jwk }),
  withHeader('says where its key is, well signed', {
    jku: 'https://login.botframework.com/v1/.well-known/keys',
  }),
  withHeader('asks for what nobody knows', { crit: ['x'], x: 1 }),
  withHeader('is not encoded', { crit: ['b64'], b64: false }),
  withHeader('endorsed for other channels', { kid: webchat.kid }, webchat),
  // --- Who says so, to whom, when
  ...issuers.map((iss) => withClaims(`issuer ${JSON.stringify(iss)}`, { iss })),
  withClaims('no issuer', { iss: undefined }),
  ...audiences.map((aud) => withClaims(`audience ${JSON.stringify(aud)}`, { aud })),
  withClaims('no audience', { aud: undefined }),
  ...times.map(([what, changes]) => withClaims(what, changes)),
  { what: 'no claims', authorization: sign(header, {}), activity: activity() },
  { what: 'claims that are a list', authorization: sign(header, []), activity: activity() },
  ...[
    { aud: otherTenant },
    { idtyp: 'app', azp: appId },
    { ver: '1.0', appid: appId },
    { ver: undefined },
  ].map((changes) => ({
    what: `a user’s token with ${JSON.stringify(changes)}`,
    authorization: sign(header, userClaims(changes)),
    activity: activity({ channelId: 'emulator' }),
  })),
  // --- Where it is answered
  withClaims('no service address in the token', { serviceurl: undefined }),
  withClaims('another service address in the token', { serviceurl: 'https://smba.trafficmanager.net/amer/' }),
  withClaims('the service address under another name', { serviceurl: undefined, serviceUrl }),
  ...[null, 5, [serviceUrl], '', `${serviceUrl} `].map((serviceurl) =>
    withClaims(`service address ${JSON.stringify(serviceurl)} in the token`, { serviceurl }),
  ),
  ...[null, 5, [serviceUrl], `${serviceUrl}x`, serviceUrl.slice(0, -1)].map((url) =>
    withActivity(`service address ${JSON.stringify(url)} in the activity`, { serviceUrl: url }),
  ),
  ...badServiceUrls.map((url) => ({
    what: `service address ${JSON.stringify(url)} in both`,
    authorization: sign(header, claims({ serviceurl: url })),
    activity: activity({ serviceUrl: url }),
  })),
  // --- From which channel and tenant
  ...channels.map((channelId) => withActivity(`channel ${JSON.stringify(channelId)}`, { channelId })),
  ...tenants.flatMap((id) => [
    withActivity(`tenant ${JSON.stringify(id)} of the conversation`, {
      conversation: { id: 'a:1', tenantId: id },
    }),
    withActivity(`tenant ${JSON.stringify(id)} of the channel data`, { channelData: { tenant: { id } } }),
  ]),
  withActivity('another tenant, said once', {
    conversation: { id: 'a:1', tenantId: otherTenant },
    channelData: undefined,
  }),
  withActivity('no conversation', { conversation: undefined }),
];
