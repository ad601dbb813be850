import { StorageRefused } from '../features/ports.ts';

/** Where a row stands. */
export interface Place {
  partitionKey: string;
  rowKey: string;
}
/** A row to be written. */
export type Row = Place & { [property: string]: string | number | Uint8Array };

/** What a transaction is made of. `merge` and `upsert` leave the properties they do not name as they are. */
export type Operation =
  | { do: 'insert' | 'upsert'; row: Row }
  | { do: 'merge' | 'replace'; row: Row; etag: string }
  | { do: 'delete'; row: Place; etag: string };

/** What Azure Tables takes (PLATFORM 12). Azurite takes more, so a test would not notice; hence our own check. */
const mostOperations = 100;
const mostTransactionBytes = 4 * 1024 * 1024;
const mostRowBytes = 1024 * 1024;
const mostTextUnits = 32 * 1024;
/** The most that one binary property holds. */
export const mostBinaryBytes = 64 * 1024;

/** What a transaction spends on headers and key for each operation; 430 to 620 bytes measured. */
const operationBytes = 1024;

/**
 * Refuses a transaction that Azure would not take.
 *
 * @throws {StorageRefused} naming the limit, never the content
 */
export function checkSize(operations: Operation[]): void {
  if (operations.length > mostOperations) tooMuch(`${operations.length} operations in one transaction`);
  let sum = 0;
  for (const { row } of operations) {
    let bytes = 0;
    for (const [name, value] of Object.entries(row)) {
      if (typeof value === 'string' && value.length > mostTextUnits) tooMuch(`text in ${name}`);
      if (value instanceof Uint8Array && value.length > mostBinaryBytes) tooMuch(`bytes in ${name}`);
      bytes +=
        2 * name.length +
        (typeof value === 'string' ? 2 * value.length : value instanceof Uint8Array ? value.length : 8);
    }
    if (bytes > mostRowBytes) tooMuch(`${bytes} bytes in one row`);
    // On the wire bytes travel as base 64, and a UTF-16 unit as three bytes at most.
    sum += 1.5 * bytes + operationBytes;
  }
  if (sum > mostTransactionBytes) tooMuch(`about ${Math.round(sum)} bytes in one transaction`);
}

function tooMuch(what: string): never {
  throw new StorageRefused(`more than storage takes: ${what}`);
}
