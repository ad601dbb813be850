import { missingSecrets } from './config.ts';
import type { Pager } from './features/ports.ts';
import type { Log } from './log.ts';
import { createPager, type PagingSecrets, SecretsMissing } from './paging/index.ts';
import type { PagingSettings } from './paging/settings.ts';

/**
 * The telephone service that the organisation has chosen.
 *
 * @param localPhone of the local world
 * @throws {ConfigError} that names every secret that is missing
 */
export function choosePager(
  settings: PagingSettings,
  secrets: PagingSecrets,
  log: Log,
  localPhone?: Pager,
): Pager {
  try {
    return createPager({ log }, settings, secrets, localPhone);
  } catch (error) {
    throw error instanceof SecretsMissing ? missingSecrets(error.missing) : error;
  }
}
