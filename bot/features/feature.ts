import { z } from 'zod';
import type { Answer, Ports, Turn } from './turn.ts';

/** Fields of a card as they came, each still to be read. */
export type Fields = Record<string, unknown>;

const fields = z.record(z.string(), z.unknown()).catch({});
/** What a button has sent; none for what is no set of fields. */
export const fieldsOf = (raw: unknown): Fields => fields.parse(raw);

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
