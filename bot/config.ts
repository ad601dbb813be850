import { z } from 'zod';
import type { PagingSecrets } from './paging/index.ts';

const port = z.coerce.number().int().min(1).max(65535);
const secret = z.string().min(1).optional();

/** `endpoint=https://<name>.communication.azure.com/;accesskey=<base 64>`, as the Azure portal gives it. */
const communicationConnection = z
  .string()
  .transform((text) => ({
    endpoint: /(?:^|;)endpoint=(https:\/\/[^;/]+)\/?(?:;|$)/i.exec(text)?.[1] ?? '',
    key: /(?:^|;)accesskey=([A-Za-z0-9+/]+={0,2})(?:;|$)/i.exec(text)?.[1] ?? '',
  }))
  .refine(({ endpoint, key }) => endpoint && key, 'must be endpoint=https://...;accesskey=...')
  .optional();

const localConfig = z.object({
  PORT: port.default(3978),
  DATA_DIR: z.string().min(1).default('.data'),
  LOCAL_WORLD: z.string().min(1).default('bot/local/world.json'),
  STORAGE_CONNECTION: z.string().min(1),
  GRAPH_URL: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d+$/, 'must be on this machine: http://127.0.0.1:<port>')
    .optional(),
  PAGING_TOKEN: secret,
  ELKS_USERNAME: secret,
  ELKS_PASSWORD: secret,
  COMMUNICATION_CONNECTION: communicationConnection,
});

/** Settings of the local world; the only mode there is until production authentication exists. */
export interface Config {
  port: number;
  dataDir: string;
  worldFile: string;
  storageConnection: string;
  /** A server of this machine that plays Microsoft Graph; roles come from its groups and not from the world file. */
  graphUrl?: string | undefined;
  /** Never logged, never in an error. */
  secrets: PagingSecrets;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the environment: the only place that does.
 *
 * @throws {ConfigError} that names every missing or malformed variable at once, and none of their values
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = localConfig.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Wrong or missing in the environment: ${wrong.join('; ')}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    dataDir: data.DATA_DIR,
    worldFile: data.LOCAL_WORLD,
    storageConnection: data.STORAGE_CONNECTION,
    graphUrl: data.GRAPH_URL,
    secrets: {
      webhookToken: data.PAGING_TOKEN,
      elksUsername: data.ELKS_USERNAME,
      elksPassword: data.ELKS_PASSWORD,
      azure: data.COMMUNICATION_CONNECTION,
    },
  };
}

const variables: Record<keyof PagingSecrets, keyof z.infer<typeof localConfig>> = {
  webhookToken: 'PAGING_TOKEN',
  elksUsername: 'ELKS_USERNAME',
  elksPassword: 'ELKS_PASSWORD',
  azure: 'COMMUNICATION_CONNECTION',
};

/** Secrets that the rest of the configuration asks for, and that are not in the environment. */
export function missingSecrets(names: (keyof PagingSecrets)[]): ConfigError {
  const wrong = names.map((name) => `${variables[name]}: needed by paging in the world file`);
  return new ConfigError(`Wrong or missing in the environment: ${wrong.join('; ')}`);
}
