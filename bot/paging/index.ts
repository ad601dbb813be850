import type { Pager } from '../features/ports.ts';
import type { Attempts } from './attempt.ts';
import { createAzure } from './azure.ts';
import { createElks } from './elks.ts';
import type { PagingSettings } from './settings.ts';
import { createWebhook } from './webhook.ts';

/** What the services want to know us by; from the environment alone, and apart from the rest of the configuration. */
export interface PagingSecrets {
  webhookToken?: string | undefined;
  elksUsername?: string | undefined;
  elksPassword?: string | undefined;
  azure?: { endpoint: string; key: string } | undefined;
}

/** Secrets that the chosen service needs and that are not there. */
export class SecretsMissing extends Error {
  override name = 'SecretsMissing';
  readonly missing: (keyof PagingSecrets)[];
  constructor(missing: (keyof PagingSecrets)[]) {
    super(`missing: ${missing.join(', ')}`);
    this.missing = missing;
  }
}

/**
 * The telephone service that the configuration names.
 *
 * @param localPhone of the local world, and of nothing else
 * @throws {SecretsMissing} with all that is missing
 * @throws {TypeError} when the local phone is asked for where there is none
 */
export function createPager(
  attempts: Attempts,
  settings: PagingSettings,
  secrets: PagingSecrets,
  localPhone: Pager | undefined,
): Pager {
  switch (settings.by) {
    case 'localPhone':
      if (!localPhone) throw new TypeError('the local phone rings for nobody');
      return localPhone;
    case 'webhook': {
      const { webhookToken: token } = need(secrets, ['webhookToken']);
      return createWebhook(attempts, { ...settings, token });
    }
    case '46elks': {
      const known = need(secrets, ['elksUsername', 'elksPassword']);
      return createElks(attempts, {
        ...settings,
        username: known.elksUsername,
        password: known.elksPassword,
      });
    }
    case 'azure':
      return createAzure(attempts, { ...settings, ...need(secrets, ['azure']).azure });
    default:
      return settings satisfies never;
  }
}

function need<Name extends keyof PagingSecrets>(
  secrets: PagingSecrets,
  names: Name[],
): { [N in Name]: NonNullable<PagingSecrets[N]> } {
  const missing = names.filter((name) => secrets[name] === undefined);
  if (missing.length > 0) throw new SecretsMissing(missing);
  return secrets as { [N in Name]: NonNullable<PagingSecrets[N]> };
}
