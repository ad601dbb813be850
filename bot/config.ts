import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);

const localConfig = z.object({
  PORT: port.default(3978),
  DATA_DIR: z.string().min(1).default('.data'),
  LOCAL_WORLD: z.string().min(1).default('bot/local/world.json'),
  STORAGE_CONNECTION: z.string().min(1),
});

/** Settings of the local world; the only mode there is until production authentication exists. */
export interface Config {
  port: number;
  dataDir: string;
  worldFile: string;
  storageConnection: string;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the environment: the only place that does.
 *
 * @throws {ConfigError} that names every missing or malformed variable at once
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = localConfig.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Wrong or missing in the environment: ${wrong.join('; ')}`);
  }
  const { PORT, DATA_DIR, LOCAL_WORLD, STORAGE_CONNECTION } = parsed.data;
  return { port: PORT, dataDir: DATA_DIR, worldFile: LOCAL_WORLD, storageConnection: STORAGE_CONNECTION };
}
