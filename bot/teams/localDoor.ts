import type { Door } from './door.ts';
import { isLoopback } from './serviceUrl.ts';

/** Of the local world: nobody has a token, and nothing goes beyond this machine. */
export const localDoor: Door = {
  gate: undefined,
  isServiceUrl: isLoopback,
  tokens: undefined,
  keep: () => Promise.resolve(),
};
