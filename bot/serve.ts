/** Listens for Teams with all that the product is; or, when that cannot be put together, in safe mode until it can. */
import { setTimeout as wait } from 'node:timers/promises';
import { type App, createApp, type Surroundings } from './app.ts';
import { ConfigError } from './config.ts';
import { listen } from './http/listen.ts';
import { createServer } from './http/server.ts';
import type { LastKnown } from './lastKnown.ts';
import { faultOf, type Log } from './log.ts';
import { createReceive } from './teams/adapter.ts';
import { createConnector } from './teams/connector.ts';
import type { Door } from './teams/door.ts';
import { createRender, loadCards } from './teams/render.ts';
import { createSafeAnswer } from './teams/safeMode.ts';

/** In safe mode a full start is tried this often, in ms. */
const retryEvery = 3_000;

/** What a start is made of. */
export interface Start {
  host: string;
  port: number;
  door: Door;
  /** Read anew at every try. */
  surroundings(): Promise<Surroundings>;
  /** The little that safe mode needs; `undefined` when not even that is known. */
  whomToCall(): Promise<LastKnown | undefined>;
}

/**
 * @returns what stops it
 * @throws {ConfigError} when the port is taken
 * @throws what `createApp` throws, when not even whom to call is known
 */
export async function serve(start: Start, log: Log): Promise<() => Promise<void>> {
  try {
    return await open(await startApp(start, log), start, log);
  } catch (error) {
    const known = error instanceof ConfigError ? undefined : await start.whomToCall();
    if (!known) throw error;
    log.error('safe mode', { error: faultOf(error) });
    return serveSafely(known, start, log);
  }
}

const startApp = async (start: Start, log: Log): Promise<App> => createApp(await start.surroundings(), log);

async function serveSafely(known: LastKnown, start: Start, log: Log): Promise<() => Promise<void>> {
  const safe = await createSafeApp(known, start.door, log);
  const stopListening = await open(safe, start, log);
  const ending = new AbortController();
  let app: App | undefined;
  const recover = async (): Promise<void> => {
    for (let last = ''; !app; ) {
      await wait(retryEvery, undefined, { signal: ending.signal });
      app = await startApp(start, log).catch((error: unknown) => {
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
  from.server.removeAllListeners('request');
  from.server.on('request', (request, response) => to.server.emit('request', request, response));
}

/** The server alone: alive, not ready, and with one answer to everyone. */
async function createSafeApp({ dutyFunction, bot, tenantId }: LastKnown, door: Door, log: Log): Promise<App> {
  const cards = await loadCards(new URL('../cards/', import.meta.url)).catch(() => new Map());
  const render = createRender(cards, log);
  const messenger = createConnector({ ...door, render, log, bot, tenantId });
  const server = createServer({
    receive: createReceive(door, createSafeAnswer({ dutyFunction, messenger, log }), render, log),
    ready: () => Promise.reject(new Error('in safe mode')),
    alarm: () => ({ ok: false }),
    log,
  });
  return { server, stop: () => Promise.resolve() };
}

async function open({ server, stop }: App, { host, port }: Start, log: Log): Promise<() => Promise<void>> {
  const close = await listen(server, { host, port }).catch(async (error: NodeJS.ErrnoException) => {
    await stop();
    throw error.code === 'EADDRINUSE' ? new ConfigError(`Port ${port} is taken.`) : error;
  });
  log.info('listening', { port });
  return async () => {
    close();
    await stop();
  };
}
