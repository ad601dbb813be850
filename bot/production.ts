/** What stands around the bot that Teams speaks to. */
import type { Surroundings } from './app.ts';
import { connectorToken } from './azure/credential.ts';
import { ConfigError, type ProductionConfig } from './config.ts';
import { instant } from './core/ids.ts';
import { readLastKnown } from './lastKnown.ts';
import type { Log } from './log.ts';
import { choosePager } from './pager.ts';
import type { PagingSettings } from './paging/settings.ts';
import type { Start } from './serve.ts';
import { openDoor } from './teams/door.ts';

/** The organisation: who is who, where cases are triaged, and where they are stored. */
export type Organisation = Omit<
  Surroundings,
  'door' | 'tenantId' | 'pager' | 'clock' | 'dataDir' | 'pages'
> & { paging?: PagingSettings | undefined };

/**
 * @param organisation read anew at every try
 * @param door another source of keys and tokens; tests have one
 */
export function productionStart(
  config: ProductionConfig,
  organisation: () => Promise<Organisation>,
  log: Log,
  door: { keysUrl?: string; fetchToken?: ReturnType<typeof connectorToken> } = {},
): Start {
  const { identity, host, port, dataDir, guests, secrets } = config;
  const opened = openDoor({ fetchToken: connectorToken(identity), ...identity, guests, ...door, log });
  return {
    host,
    port,
    door: opened,
    async surroundings() {
      const { paging, ...rest } = await organisation();
      if (paging?.by === 'localPhone')
        throw new ConfigError('paging: localPhone rings only in the local world');
      return {
        ...rest,
        door: opened,
        tenantId: identity.tenantId,
        pager: paging && choosePager(paging, secrets, log),
        clock: () => instant(Date.now()),
        dataDir,
      };
    },
    whomToCall: () => readLastKnown(dataDir),
  };
}
