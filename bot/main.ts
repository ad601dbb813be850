/** Starts the bot: configuration, then the server with everything behind it; SIGTERM ends it in order. */
import { flushCompileCache } from 'node:module';
import { ConfigError, readLocalConfig, readProductionConfig } from './config.ts';
import { createLog, faultOf } from './log.ts';

const log = createLog();

/** One sentence for the person who starts it, where they can mend what is wrong. */
async function fail(error: unknown): Promise<never> {
  const { OrganisationError } = await import('./organisation.ts');
  const known = error instanceof ConfigError || error instanceof OrganisationError;
  log.error('not started', { error: faultOf(error) });
  process.stderr.write(`${known ? error.message : `The bot could not start (${faultOf(error).name}).`}\n`);
  process.exit(1);
}

/** The settings are judged before anything else is loaded: what is missing is said at once, and nothing listens. */
async function start(): Promise<() => Promise<void>> {
  if (process.argv.includes('--local')) {
    const config = readLocalConfig(process.env);
    const { serve } = await import('./serve.ts');
    const { localStart } = await import('./local/surroundings.ts');
    return serve(localStart(config, log), log);
  }
  const config = readProductionConfig(process.env);
  const { serve } = await import('./serve.ts');
  const { productionStart } = await import('./production.ts');
  return serve(productionStart(config, log), log);
}

async function main(): Promise<void> {
  const stop = await start();
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
