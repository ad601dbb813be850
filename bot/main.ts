/** Starts the bot: configuration, then the server with everything behind it; SIGTERM ends it in order. */
import { flushCompileCache } from 'node:module';
import { readLocalConfig, readProductionConfig } from './config.ts';
import { createLog, faultOf } from './log.ts';

const log = createLog();

/** What the person who starts it can mend, in a sentence of its own. */
const told = ['ConfigError', 'OrganisationError'];

function fail(error: unknown): never {
  const known = error instanceof Error && told.includes(error.name) ? error.message : undefined;
  log.error('not started', { error: faultOf(error) });
  process.stderr.write(`${known ?? `The bot could not start (${faultOf(error).name}).`}\n`);
  process.exit(1);
}

/** The configuration is judged before anything else is loaded: what is missing is said at once, and nothing listens. */
async function start(): Promise<() => Promise<void>> {
  if (process.argv.includes('--local')) {
    const config = readLocalConfig(process.env);
    const [{ serve }, { localStart }] = await Promise.all([
      import('./serve.ts'),
      import('./local/surroundings.ts'),
    ]);
    return serve(localStart(config, log), log);
  }
  const config = readProductionConfig(process.env);
  const [{ serve }, { productionStart }] = await Promise.all([
    import('./serve.ts'),
    import('./production.ts'),
  ]);
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
