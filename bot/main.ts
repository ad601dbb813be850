/** Starts the bot: configuration, everything put together, then the server; SIGTERM ends it in order. */
import { flushCompileCache } from 'node:module';
import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { WorldError } from './local/world.ts';
import { createLog, faultOf } from './log.ts';

const log = createLog();

/** One sentence for the person who starts it, where they can mend what is wrong. */
function fail(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof WorldError;
  log.error('not started', { error: faultOf(error) });
  process.stderr.write(`${known ? error.message : `The bot could not start (${faultOf(error).name}).`}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  if (!process.argv.includes('--local')) {
    throw new ConfigError('Only the local world can be started yet: add --local.');
  }
  const config = readConfig(process.env);
  const { server, stop } = await createApp(config, log);
  server.on('error', (error: NodeJS.ErrnoException) => {
    fail(error.code === 'EADDRINUSE' ? new ConfigError(`Port ${config.port} is taken.`) : error);
  });
  server.listen(config.port, '127.0.0.1', () => {
    log.info('listening', { port: config.port });
    // Now, for one that is killed cannot leave its compiled code to the next.
    flushCompileCache();
  });

  const end = async (): Promise<void> => {
    log.info('stopping');
    server.close();
    await stop();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
}

main().catch(fail);
