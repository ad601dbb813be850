/** Listens for Teams with all that the product is; or, when that cannot be put together, in safe mode until it can. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError } from './config.ts';
import { createServer } from './http/server.ts';
import { type LastKnown, readLastKnown } from './lastKnown.ts';
import { readWorld } from './local/world.ts';
import { faultOf, type Log } from './log.ts';
import { createReceive } from './teams/adapter.ts';
import { createConnector } from './teams/connector.ts';
import { createRender, loadCards } from './teams/render.ts';
import { createSafeAnswer } from './teams/safeMode.ts';

/** In safe mode a full start is tried this often, in ms. */
const retryEvery = 3_000;

/**
 * @returns what stops it
 * @throws {ConfigError} when the port is taken
 * @throws what `createApp` throws, when not even whom to call is known
 */
export async function serve(config: Config, log: Log): Promise<() => Promise<void>> {
  try {
    return await listen(await createApp(config, log), config, log);
  } catch (error) {
    const known = error instanceof ConfigError ? undefined : await whomToCall(config);
    if (!known) throw error;
    log.error('safe mode', { error: faultOf(error) });
    return serveSafely(known, config, log);
  }
}

async function serveSafely(known: LastKnown, config: Config, log: Log): Promise<() => Promise<void>> {
  const safe = await createSafeApp(known, log);
  const stopListening = await listen(safe, config, log);
  const ending = new AbortController();
  let app: App | undefined;
  const recover = async (): Promise<void> => {
    for (let last = ''; !app; ) {
      await wait(retryEvery, undefined, { signal: ending.signal });
      app = await createApp(config, log).catch((error: unknown) => {
        const fault = faultOf(error);
        if (fault.name !== last) log.error('still in safe mode', { error: fault });
        last = fault.name;
        return undefined;
      });
    }
    handOver(safe, app);
    log.info('safe mode is over');
  };
  const recovering = recover().catch((error: unknown) => {
    if (!ending.signal.aborted) log.error('recovery ended', { error: faultOf(error) });
  });
  return async () => {
    ending.abort();
    await recovering;
    await Promise.all([stopListening(), app?.stop()]);
  };
}

/** On the same port, so that no request falls between the two. */
function handOver(from: App, to: App): void {
  from.server.server.removeAllListeners('request');
  from.server.server.on('request', (request, response) =>
    to.server.server.emit('request', request, response),
  );
}

/** As the configuration says; when that cannot be read, as it was last known. */
const whomToCall = ({ worldFile, dataDir }: Config): Promise<LastKnown | undefined> =>
  readWorld(worldFile).catch(() => readLastKnown(dataDir));

/** The server alone: alive, not ready, and with one answer to everyone. */
async function createSafeApp({ dutyFunction, bot, tenantId }: LastKnown, log: Log): Promise<App> {
  const cards = await loadCards(new URL('../cards/', import.meta.url)).catch(() => new Map());
  const render = createRender(cards, log);
  const messenger = createConnector({ render, log, bot, tenantId });
  const server = createServer({
    receive: createReceive(createSafeAnswer({ dutyFunction, messenger, log }), render, log),
    ready: () => Promise.reject(new Error('in safe mode')),
    alarm: () => ({ ok: false }),
    log,
  });
  return { server, stop: () => Promise.resolve() };
}

async function listen({ server, stop }: App, { port }: Config, log: Log): Promise<() => Promise<void>> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch(async (error: NodeJS.ErrnoException) => {
    await stop();
    throw error.code === 'EADDRINUSE' ? new ConfigError(`Port ${port} is taken.`) : error;
  });
  log.info('listening', { port });
  return async () => {
    server.close();
    await stop();
  };
}
