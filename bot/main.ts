/** Starts the bot: configuration, then the server with everything behind it; SIGTERM ends it in order. */
import { flushCompileCache } from 'node:module';
import { ConfigError, readConfig } from './config.ts';
import { createLog, faultOf } from './log.ts';
import { OrganisationError } from './organisation.ts';
import { serve } from './serve.ts';

const log = createLog();

/** One sentence for the person who starts it, where they can mend what is wrong. */
function fail(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof OrganisationError;
  log.error('not started', { error: faultOf(error) });
  process.stderr.write(`${known ? error.message : `The bot could not start (${faultOf(error).name}).`}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  if (!process.argv.includes('--local')) {
    throw new ConfigError('Only the local world can be started yet: add --local.');
  }
  const stop = await serve(readConfig(process.env), log);
  // Now, for one that is killed cannot leave its compiled code to the next.
  flushCompileCache();

  const end = async (): Promise<void> => {
    log.info('stopping');
    await stop();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
}

main().catch(fail);
