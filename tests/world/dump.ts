/** Everything that stands in a storage account, as one who has stolen it would see it. */
import { TableClient, TableServiceClient } from '@azure/data-tables';

export interface Dump {
  rows: number;
  /** Partition and row keys. */
  keys: string;
  /** Every row as JSON, its binary values in base64. */
  text: string;
  bytes: Buffer;
}

/** @param connection string of the account */
export async function everything(connection: string): Promise<Dump> {
  const options = { allowInsecureConnection: true };
  const texts: string[] = [];
  const keys: string[] = [];
  const bytes: Uint8Array[] = [];
  for await (const { name } of TableServiceClient.fromConnectionString(connection, options).listTables()) {
    if (!name) continue;
    for await (const row of TableClient.fromConnectionString(connection, name, options).listEntities()) {
      keys.push(`${row.partitionKey}/${row.rowKey}`);
      texts.push(JSON.stringify(row));
      for (const value of Object.values(row)) if (value instanceof Uint8Array) bytes.push(value);
    }
  }
  return { rows: keys.length, keys: keys.join('\n'), text: texts.join('\n'), bytes: Buffer.concat(bytes) };
}

/** Whether a word stands in the dump in any writing: plain, escaped, hex, base64, UTF-8 or UTF-16 bytes. */
export function holds({ text, bytes }: Dump, word: string): boolean {
  const utf8 = Buffer.from(word);
  const plain = [
    word,
    JSON.stringify(word).slice(1, -1),
    utf8.toString('hex'),
    encodeURIComponent(word),
    utf8.toString('base64').replace(/=+$/, '').slice(0, -1),
  ];
  return (
    plain.some((form) => text.includes(form)) ||
    [utf8, Buffer.from(word, 'utf16le')].some((form) => bytes.includes(form))
  );
}
