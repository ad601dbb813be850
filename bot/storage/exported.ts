/** The log and its anchors as they are stored, for `verify`. Reads only. */
import { odata, TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { isLocal, type StorageAccount } from './account.ts';
import { storedAnchors } from './anchors.ts';
import { key, keyAfter } from './rows.ts';
import type { ExportedLine } from './verify.ts';

const row = z.object({ rowKey: z.string(), json: z.string().default('') });

/**
 * Every line of the log. A chain that has grown while it was read shows as one that ends elsewhere: export when the
 * bot rests, or verify again.
 *
 * @throws when the storage does not let itself be read
 */
export async function* exportLog(account: StorageAccount): AsyncGenerator<ExportedLine> {
  for (const table of ['incidents', 'audit']) {
    const client = clientOf(account, table);
    for await (const each of client.listEntities({ queryOptions: { filter: between('audit') } })) {
      yield row.parse(each);
    }
  }
  const states = { filter: between('state'), select: ['rowKey'] };
  for await (const { rowKey = '' } of clientOf(account, 'incidents').listEntities({ queryOptions: states })) {
    yield { chain: rowKey.slice(key('state', '').length) };
  }
  for (const { name, text } of await storedAnchors(account)) yield { anchor: name, text };
}

const between = (kind: string): string => odata`RowKey ge ${key(kind)} and RowKey lt ${keyAfter(kind)}`;

const clientOf = (account: StorageAccount, table: string): TableClient =>
  typeof account === 'string'
    ? TableClient.fromConnectionString(account, table, { allowInsecureConnection: isLocal(account, 'Table') })
    : new TableClient(`https://${account.name}.table.core.windows.net`, table, account.credential);
