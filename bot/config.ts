import { z } from 'zod';
import type { Identity } from './azure/credential.ts';
import type { PagingSecrets } from './paging/index.ts';

const port = z.coerce.number().int().min(1).max(65535);
/** Blank is missing: a setting that was emptied in a portal is not one. */
const filled = z.string({ error: 'missing' }).trim().min(1, 'blank');
const secret = z.string().min(1).optional();
const guid = filled.pipe(z.guid('must be a GUID')).transform((id) => id.toLowerCase());

/** `endpoint=https://<name>.communication.azure.com/;accesskey=<base 64>`, as the Azure portal gives it. */
const communicationConnection = z
  .string()
  .transform((text) => ({
    endpoint: /(?:^|;)endpoint=(https:\/\/[^;/]+)\/?(?:;|$)/i.exec(text)?.[1] ?? '',
    key: /(?:^|;)accesskey=([A-Za-z0-9+/]+={0,2})(?:;|$)/i.exec(text)?.[1] ?? '',
  }))
  .refine(({ endpoint, key }) => endpoint && key, 'must be endpoint=https://...;accesskey=...')
  .optional();

const common = z.object({
  PORT: port.default(3978),
  DATA_DIR: z.string().min(1).default('.data'),
  PAGING_TOKEN: secret,
  ELKS_USERNAME: secret,
  ELKS_PASSWORD: secret,
  COMMUNICATION_CONNECTION: communicationConnection,
});

const localConfig = common.extend({
  // Without tokens anyone who reaches the port is let in, as whoever they say they are.
  HOST: z.enum(['127.0.0.1', '::1', 'localhost'], 'must be this machine: 127.0.0.1').default('127.0.0.1'),
  LOCAL_WORLD: z.string().min(1).default('bot/local/world.json'),
  STORAGE_CONNECTION: z.string().min(1),
  GRAPH_URL: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d+$/, 'must be on this machine: http://127.0.0.1:<port>')
    .optional(),
});

const productionConfig = common.extend({
  HOST: z.string().min(1).default('0.0.0.0'),
  BOT_ID: guid,
  TENANT_ID: guid,
  // Whom to call, where cases are triaged, and which group holds which role.
  ORGANISATION: filled,
  // The name alone: an address could hold an account key, a connection string does.
  STORAGE_ACCOUNT: filled.regex(/^[a-z0-9]{3,24}$/, 'must be the name of a storage account'),
  PUBLIC_ADDRESS: z
    .string()
    .regex(/^https:\/\/[a-z0-9.-]+(:\d+)?$/, 'must be https://<host>')
    .optional(),
  KEY_VAULT_KEY: filled.regex(
    /^https:\/\/[a-z0-9-]{3,24}\.vault\.azure\.net\/keys\/[A-Za-z0-9-]{1,127}$/,
    'must be https://<vault>.vault.azure.net/keys/<key>',
  ),
});

const botCredential = z.discriminatedUnion(
  'BOT_CREDENTIAL',
  [
    z.object({ BOT_CREDENTIAL: z.literal('managedIdentity'), BOT_MANAGED_IDENTITY: guid }),
    z.object({ BOT_CREDENTIAL: z.literal('secret'), BOT_SECRET: filled }),
    z.object({ BOT_CREDENTIAL: z.literal('certificate'), BOT_CERTIFICATE: filled }),
  ],
  { error: 'must be managedIdentity, secret or certificate' },
);

interface CommonConfig {
  host: string;
  port: number;
  /** Where telephones reach the bot. */
  publicAddress?: string | undefined;
  dataDir: string;
  /** Never logged, never in an error. */
  secrets: PagingSecrets;
}

/** Settings of the local world: fictional people, no tokens, this machine alone. */
export interface LocalConfig extends CommonConfig {
  mode: 'local';
  worldFile: string;
  storageConnection: string;
  /** A server of this machine that plays Microsoft Graph; roles come from its groups and not from the world file. */
  graphUrl?: string | undefined;
}

/** Settings of the bot that Teams speaks to. */
export interface ProductionConfig extends CommonConfig {
  mode: 'production';
  identity: Identity;
  storageAccount: string;
  /** Path of the organisation file. */
  organisationFile: string;
  /** Address of the key that wraps the cases' keys. */
  keyVaultKey: string;
}

export type Config = LocalConfig | ProductionConfig;

export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Issues = readonly { path: PropertyKey[]; message: string }[];

const wrong = (issues: Issues): ConfigError =>
  new ConfigError(
    `Wrong or missing in the environment: ${issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  );

const commonOf = (data: z.infer<typeof common> & { HOST: string }): CommonConfig => ({
  host: data.HOST,
  port: data.PORT,
  dataDir: data.DATA_DIR,
  secrets: {
    webhookToken: data.PAGING_TOKEN,
    elksUsername: data.ELKS_USERNAME,
    elksPassword: data.ELKS_PASSWORD,
    azure: data.COMMUNICATION_CONNECTION,
  },
});

/**
 * Reads the environment for the local world: with `readProductionConfig` the only place that does.
 *
 * @throws {ConfigError} that names every missing or malformed variable at once, and none of their values
 */
export function readLocalConfig(env: NodeJS.ProcessEnv): LocalConfig {
  const parsed = localConfig.safeParse(env);
  if (!parsed.success) throw wrong(parsed.error.issues);
  const { data } = parsed;
  return {
    mode: 'local',
    ...commonOf(data),
    publicAddress: `http://${data.HOST === '::1' ? '[::1]' : data.HOST}:${data.PORT}`,
    worldFile: data.LOCAL_WORLD,
    storageConnection: data.STORAGE_CONNECTION,
    graphUrl: data.GRAPH_URL,
  };
}

/** The same for the bot that Teams speaks to. @throws {ConfigError} as above */
export function readProductionConfig(env: NodeJS.ProcessEnv): ProductionConfig {
  const settings = productionConfig.safeParse(env);
  const credential = botCredential.safeParse(env);
  if (!settings.success || !credential.success) {
    throw wrong([...(settings.error?.issues ?? []), ...(credential.error?.issues ?? [])]);
  }
  const { data } = settings;
  return {
    mode: 'production',
    ...commonOf(data),
    identity: { appId: data.BOT_ID, tenantId: data.TENANT_ID, credential: credentialOf(credential.data) },
    publicAddress: data.PUBLIC_ADDRESS,
    storageAccount: data.STORAGE_ACCOUNT,
    keyVaultKey: data.KEY_VAULT_KEY,
    organisationFile: data.ORGANISATION,
  };
}

function credentialOf(read: z.infer<typeof botCredential>): Identity['credential'] {
  switch (read.BOT_CREDENTIAL) {
    case 'managedIdentity':
      return { kind: 'managedIdentity', clientId: read.BOT_MANAGED_IDENTITY };
    case 'secret':
      return { kind: 'secret', secret: read.BOT_SECRET };
    case 'certificate':
      return { kind: 'certificate', file: read.BOT_CERTIFICATE };
    default:
      return read satisfies never;
  }
}

const variables: Record<keyof PagingSecrets, keyof z.infer<typeof common>> = {
  webhookToken: 'PAGING_TOKEN',
  elksUsername: 'ELKS_USERNAME',
  elksPassword: 'ELKS_PASSWORD',
  azure: 'COMMUNICATION_CONNECTION',
};

/** Secrets that the rest of the configuration asks for, and that are not in the environment. */
export function missingSecrets(names: (keyof PagingSecrets)[]): ConfigError {
  return wrong(
    names.map((name) => ({ path: [variables[name]], message: 'needed by paging in the world file' })),
  );
}
