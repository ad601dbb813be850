/** What stands around the bot that Teams speaks to. */
import type { Surroundings } from './app.ts';
import { connectorToken, credentialOf, graphToken } from './azure/credential.ts';
import { ConfigError, type ProductionConfig } from './config.ts';
import { instant } from './core/ids.ts';
import { openGraphPeople } from './graph/open.ts';
import { readLastKnown } from './lastKnown.ts';
import type { Log } from './log.ts';
import { dutyRulesOf, readOrganisation } from './organisation.ts';
import { choosePager } from './pager.ts';
import type { Start } from './serve.ts';
import { openStorage } from './storage/open.ts';
import { openDoor } from './teams/door.ts';

/** What lies beyond the bot, where a test stands in for it. */
export interface Beyond {
  openStorage?: Surroundings['openStorage'];
  keysUrl?: string;
  fetchToken?: ReturnType<typeof connectorToken>;
  graph?: { url?: string; token: () => Promise<string> };
}

export function productionStart(config: ProductionConfig, log: Log, beyond: Beyond = {}): Start {
  const { identity, host, port, dataDir, secrets, organisationFile, publicAddress } = config;
  const { graph = { token: graphToken(identity) }, ...keysAndToken } = beyond;
  const credential = credentialOf(identity);
  const door = openDoor({ fetchToken: connectorToken(identity), ...identity, ...keysAndToken, log });
  return {
    host,
    port,
    door,
    async surroundings() {
      const organisation = await readOrganisation(organisationFile);
      const { paging, entra } = organisation;
      if (paging?.by === 'localPhone')
        throw new ConfigError('paging: localPhone rings only in the local world');
      if (organisation.tenantId !== identity.tenantId)
        throw new ConfigError('tenantId: the organisation file names another tenant than TENANT_ID');
      return {
        ...organisation,
        door,
        dutyRules: dutyRulesOf(organisation),
        people: async ({ storage, clock, log }) =>
          openGraphPeople(entra, { ...graph, known: storage.knownPeople, clock, log }),
        pager: paging && choosePager(paging, secrets, log),
        clock: () => instant(Date.now()),
        openStorage:
          beyond.openStorage ??
          ((options) =>
            openStorage({
              ...options,
              connection: { name: config.storageAccount, credential },
              vault: { key: config.keyVaultKey, credential },
              tenantId: identity.tenantId,
              dataDir,
            })),
        dataDir,
        publicAddress,
      };
    },
    whomToCall: () => readLastKnown(dataDir),
  };
}
