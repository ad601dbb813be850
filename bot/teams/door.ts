/** Everything between Teams and the bot, made from the configuration alone: safe mode stands behind the same door. */
import type { Log } from '../log.ts';
import type { Entrance } from './adapter.ts';
import { createGate } from './gate.ts';
import { isTeams } from './serviceUrl.ts';
import { createSigningKeys } from './signingKeys.ts';
import { createTokenSource, type FetchToken, type TokenSource } from './token.ts';

export interface Door extends Entrance {
  /** The bot's own, for what it sends; absent in the local world. */
  tokens: TokenSource | undefined;
  /** Fetches ahead what the gate needs; to be called now and then. */
  keep(): Promise<void>;
}

/** Where the Bot Framework says which keys it signs with (the public cloud's). */
const metadataUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

export interface DoorOptions {
  appId: string;
  tenantId: string;
  fetchToken: FetchToken;
  log: Log;
  /** Another source of keys; tests have one. */
  keysUrl?: string | undefined;
}

/** The door that Teams comes through. Fetches the keys at once, so that the first who writes need not wait. */
export function openDoor({ appId, tenantId, fetchToken, log, keysUrl = metadataUrl }: DoorOptions): Door {
  const keys = createSigningKeys({ url: keysUrl, log });
  void keys.keep();
  return {
    gate: createGate({ appId, tenantId, keys, isServiceUrl: isTeams }),
    isServiceUrl: isTeams,
    tokens: createTokenSource(fetchToken),
    keep: keys.keep,
  };
}
