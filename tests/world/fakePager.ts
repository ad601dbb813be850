/** Phones that remember. The contract suite holds them to what the real services do. */
import { internationalNumber } from '../../bot/core/phone.ts';
import type { Paged, Pager, PhoneMessage } from '../../bot/features/ports.ts';

export interface FakePager extends Pager {
  /** Every message that made a phone ring, in order. */
  rung: PhoneMessage[];
  /** What paging comes to instead; `lost` rings and nobody is told. Asked for each message. */
  fault?: ((message: PhoneMessage) => Paged | 'lost' | undefined) | undefined;
}

export function fakePager(): FakePager {
  const pager: FakePager = {
    rung: [],
    async page(message) {
      const fault = pager.fault?.(message);
      if (fault && fault !== 'lost') return fault;
      if (internationalNumber(message.number) !== message.number) return { outcome: 'gone' };
      pager.rung.push(message);
      return { outcome: fault ? 'unknown' : 'sent' };
    },
  };
  return pager;
}
