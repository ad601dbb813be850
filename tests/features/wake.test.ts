import { expect } from 'chai';
import { incidentNumbers } from '../../bot/core/ids.ts';
import { createDelivery } from '../../bot/features/deliver.ts';
import type { DueRow } from '../../bot/features/ports.ts';
import { noon } from '../world/given.ts';
import { createWorld } from '../world/world.ts';

describe('a worker that is woken', () => {
  it('takes on a few cases at once, and leaves a crowd to its sweep', async () => {
    const { storage, directory } = createWorld();
    const held = new Set<string>();
    const never = () => expect.fail('nothing is sent before it is claimed');
    const delivery = createDelivery({
      ...storage,
      cases: {
        ...storage.cases,
        claim(rows) {
          for (const { id } of rows) held.add(id);
          return new Promise(() => undefined);
        },
      },
      directory,
      triageChannel: { standing: never, changed: never },
      hmac: () => new Uint8Array(32),
      messenger: { post: never, update: never, members: never },
      clock: () => noon,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      draw: never,
      drawDigest: never,
      hold: () => undefined,
      wake: () => undefined,
    });
    const rows = incidentNumbers(
      Uint8Array.from({ length: 400 }, (_, n) => n),
      2026,
    ).map(
      (id): DueRow => ({
        id,
        at: noon,
        what: 'x',
        effect: { do: 'index', at: noon },
        urgency: 'acute',
        version: 1,
        tries: 0,
        repeat: false,
      }),
    );
    delivery.wake(rows);
    await new Promise((resolve) => setImmediate(resolve));
    expect(rows.length).to.equal(100);
    expect(held.size).to.equal(24);
  });
});
