import type { Answer, Ports, Turn } from './turn.ts';

/** One thing a user can do from a card. */
export interface Feature {
  /** Where it may be done: a case's card also stands in the coordinators' channel. */
  where: 'personal' | 'anywhere';
  /**
   * @param input as the card sent it, not yet parsed; what cannot be read is answered in words
   * @throws {StorageRefused | StorageUnknown} when the case store does not answer
   */
  run(ports: Ports, turn: Turn, input: unknown): Promise<Answer>;
}
