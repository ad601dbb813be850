/**
 * Loaded first in every process of the local world: it ends when its parent does, however that ended, and it
 * listens to this machine only (the Playground would listen to the whole network).
 */
import { Server } from 'node:net';

// Azurite saves what it holds in memory only on SIGINT, and Windows has no signals: so it is raised from within.
process.once('disconnect', () => {
  if (!process.emit('SIGINT', 'SIGINT')) process.exit();
});

const listen = Server.prototype.listen;
Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') args.splice(1, 0, '127.0.0.1');
  return Reflect.apply(listen, this, args);
};
