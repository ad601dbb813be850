/**
 * Lets in what the Bot Framework vouches for, and nothing else. In front of botbuilder's adapter, which takes a user's
 * own token for the bot, compares no address that is left out, and grows by every forged token (THREATS 0.2-0.4).
 */
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { ok, type Result, refuse } from '../core/result.ts';
import type { IsServiceUrl } from './serviceUrl.ts';
import { KeysUnavailable, type SigningKey, type SigningKeys } from './signingKeys.ts';

/** Why something is not let in: for the log, and never said to who sent it. */
export type Refusal =
  | 'no token'
  | 'too long'
  | 'malformed token'
  | 'algorithm'
  | 'key'
  | 'no keys'
  | 'endorsement'
  | 'signature'
  | 'claims'
  | 'time'
  | 'channel'
  | 'service address'
  | 'tenant';

/** What a good token says of the activity that comes with it. */
export interface Vouched {
  serviceUrl: string;
}

export interface Gate {
  /** Judges the `Authorization` header, before anything of the body is read. */
  token(authorization: string | undefined): Promise<Result<Vouched, Refusal>>;
  /** @returns why the activity is not what the token vouches for, or not of our tenant */
  activity(vouched: Vouched, body: unknown): Refusal | undefined;
}

export interface GateOptions {
  /** The bot's own app id: the audience. */
  appId: string;
  /** The one Entra tenant whose people are let in, guests of it included. */
  tenantId: string;
  keys: SigningKeys;
  isServiceUrl: IsServiceUrl;
  /** Wall clock in ms. */
  now?: () => number;
}

/** Who signs for the channels (learn.microsoft.com, bot-framework-rest-connector-authentication). */
const issuer = 'https://api.botframework.com';
const channel = 'msteams';
const longestToken = 16 * 1024;
/** Seconds that clocks may differ; Microsoft's documents name 5 minutes. */
const clockTolerance = 5 * 60;

const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
const absent = z.undefined().optional();
/** A token that brings its key itself, or asks for more than this, is not from there. */
const header = z.object({
  alg: z.literal('RS256'),
  kid: z.string().min(1).max(200),
  jku: absent,
  jwk: absent,
  x5u: absent,
  x5c: absent,
  crit: absent,
});
const tenant = z.string().toLowerCase().optional();
const doorplate = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.object({ tenantId: tenant }),
  channelData: z.object({ tenant: z.object({ id: tenant }).optional() }).optional(),
});

export function createGate({ appId, tenantId, keys, isServiceUrl, now = Date.now }: GateOptions): Gate {
  const ours = tenantId.toLowerCase();
  /** One audience: the Bot Framework writes no lists. */
  const claims = z.object({ aud: z.literal(appId), serviceurl: z.string() });

  const verify = async (token: string, { key }: SigningKey): Promise<Result<Vouched, Refusal>> => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer,
        clockTolerance,
        requiredClaims: ['exp', 'nbf'],
        currentDate: new Date(now()),
      });
      const said = claims.safeParse(payload);
      return said.success ? ok({ serviceUrl: said.data.serviceurl }) : refuse('claims');
    } catch (error) {
      return refuse(refusalOf(error));
    }
  };
  return {
    async token(authorization) {
      if (!authorization) return refuse('no token');
      if (authorization.length > longestToken) return refuse('too long');
      const token = bearer.exec(authorization)?.[1];
      const kid = token && kidOf(token);
      if (!token || !kid) return refuse(token ? 'algorithm' : 'malformed token');
      let key: SigningKey | undefined;
      try {
        key = await keys.find(kid);
      } catch (error) {
        if (error instanceof KeysUnavailable) return refuse('no keys');
        throw error;
      }
      if (!key) return refuse('key');
      if (!key.endorsements.includes(channel)) return refuse('endorsement');
      return verify(token, key);
    },
    activity({ serviceUrl }, body) {
      const read = doorplate.safeParse(body);
      if (!read.success) return 'claims';
      const { channelId, serviceUrl: said, conversation, channelData } = read.data;
      if (channelId !== channel) return 'channel';
      if (said !== serviceUrl || !isServiceUrl(said)) return 'service address';
      // In channels Teams often leaves the first out (PLATFORM 2), so one may be missing; both may not.
      const tenants = [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined);
      return tenants.length > 0 && tenants.every((id) => id === ours) ? undefined : 'tenant';
    },
  };
}

/** `undefined` unless the header is one that the Bot Framework writes. */
function kidOf(token: string): string | undefined {
  try {
    return header.safeParse(decodeProtectedHeader(token)).data?.kid;
  } catch {
    return undefined;
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return 'time';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' ? 'time' : 'claims';
  return 'signature';
}
