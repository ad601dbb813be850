/** What stands around the bot that Teams speaks to. */
import type { Surroundings } from './app.ts';
import { tokensFor } from './azure/credential.ts';
import { ConfigError, type ProductionConfig } from './config.ts';
import { instant } from './core/ids.ts';
import type { Clock } from './features/ports.ts';
import { openGraphPeople } from './graph/open.ts';
import { readLastKnown } from './lastKnown.ts';
import type { Log } from './log.ts';
import { readOrganisation } from './organisation.ts';
import { choosePager } from './pager.ts';
import type { Start } from './serve.ts';
import { openDoor } from './teams/door.ts';
import { createTokenSource, type FetchToken } from './teams/token.ts';

/** What a test puts in the place of Microsoft's hosts. */
export interface Elsewhere {
  keysUrl?: string;
  fetchToken?: FetchToken;
  openStorage?: Surroundings['openStorage'];
  openPeople?: Surroundings['openPeople'];
}

const clock: Clock = () => instant(Date.now());

export function productionStart(config: ProductionConfig, log: Log, elsewhere: Elsewhere = {}): Start {
  const { identity, host, port, dataDir } = config;
  const { keysUrl, fetchToken = tokensFor(identity, 'https://api.botframework.com/.default') } = elsewhere;
  const door = openDoor({ ...identity, fetchToken, keysUrl, log });
  const forGraph = createTokenSource(tokensFor(identity, 'https://graph.microsoft.com/.default'));
  return {
    host,
    port,
    door,
    async surroundings() {
      const organisation = await readOrganisation(config.organisationFile);
      const { entra, paging, tenantId } = organisation;
      if (tenantId.toLowerCase() !== identity.tenantId) {
        throw new ConfigError('TENANT_ID: is not the tenantId of the organisation file');
      }
      if (paging?.by === 'localPhone') {
        throw new ConfigError('paging: localPhone rings only in the local world');
      }
      return {
        organisation,
        door,
        dataDir,
        clock,
        pager: paging && choosePager(paging, config.secrets, log),
        openStorage() {
          throw new ConfigError(
            'KEY_VAULT_KEY: this version cannot use it, and production keeps no keys elsewhere',
          );
        },
        openPeople: async (storage) =>
          openGraphPeople(entra, { token: forGraph.token, known: storage.knownPeople, clock, log }),
        ...elsewhere,
      };
    },
    whomToCall: () => readLastKnown(dataDir),
  };
}
