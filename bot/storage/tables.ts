/**
 * One Azure table, without the traps of its SDK (THREATS 0 and 5): no retries, a time limit on every request (on a
 * compressed answer that stops halfway the SDK waits for ever, whatever its signal says), an etag on every write,
 * filters by `odata` alone, and failures told apart by what they mean for the writer.
 */
import { odata, RestError, TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { z } from 'zod';
import { StorageRefused, StorageUnknown } from '../features/ports.ts';
import { within } from '../within.ts';
import { isLocal, type StorageAccount } from './account.ts';
import { checkSize, type Operation, type Place } from './transaction.ts';

export type StoredRow = Place & { etag: string; [property: string]: unknown };

export type Written =
  /** The new etags in the order of the operations; a deleted row has none. */
  | { stored: true; etags: (string | undefined)[] }
  /** A row was there, gone, or changed; nothing is stored. */
  | { stored: false };

/** Every method throws `StorageRefused` or `StorageUnknown` as the ports say, after `limit` ms at the latest. */
export interface Table {
  get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined>;
  /** Rows from `from` up to but not including `to`, ascending, all pages, `most` at most; within twice the limit. */
  list(partitionKey: string, from: string, to: string, most?: number): Promise<StoredRow[]>;
  /** All of these or none, in one partition, in one request. */
  write(operations: Operation[]): Promise<Written>;
  /** Makes the table when it is missing, and shows that the storage answers. */
  ping(): Promise<void>;
}

/**
 * @param account whose tables; plain http only to this machine
 * @param limit milliseconds that one request may take
 */
export function openTable(account: StorageAccount, name: string, limit: number): Table {
  const options: TableServiceClientOptions = {
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: conditionalDeletes, position: 'perCall' }],
  };
  const client =
    typeof account === 'string'
      ? TableClient.fromConnectionString(account, name, {
          ...options,
          allowInsecureConnection: isLocal(account, 'Table'),
        })
      : new TableClient(`https://${account.name}.table.core.windows.net`, name, account.credential, options);
  let made = false;

  const table: Table = {
    async get(partitionKey, rowKey) {
      try {
        return stored(
          await within(limit, (abortSignal) => client.getEntity(partitionKey, rowKey, { abortSignal })),
        );
      } catch (error) {
        if (isRowMissing(error)) return undefined;
        throw refused(error);
      }
    },

    async list(partitionKey, from, to, most = Number.POSITIVE_INFINITY) {
      const filter = odata`PartitionKey eq ${partitionKey} and RowKey ge ${from} and RowKey lt ${to}`;
      try {
        return await within(2 * limit, async (abortSignal) => {
          const rows: StoredRow[] = [];
          const pages = client
            .listEntities({ queryOptions: { filter }, abortSignal })
            .byPage({ maxPageSize: Math.min(most, 1000) });
          for await (const page of pages) {
            rows.push(...page.map(stored));
            if (rows.length >= most) break;
          }
          return rows.slice(0, most);
        });
      } catch (error) {
        throw refused(error);
      }
    },

    async write(operations) {
      checkSize(operations);
      const etags = operations.flatMap((operation) => (operation.do === 'delete' ? [operation.etag] : []));
      try {
        return await within(limit, async (abortSignal) => {
          const [only, ...more] = operations;
          if (only && more.length === 0)
            return { stored: true, etags: [await writeOne(client, only, abortSignal)] };
          deletionEtags.set(abortSignal, etags);
          const answer = await client.submitTransaction(operations.map(asAction), { abortSignal });
          return written(operations, answer.subResponses);
        });
      } catch (error) {
        const status = error instanceof RestError ? error.statusCode : undefined;
        if (status === 409 || status === 412 || isRowMissing(error)) return { stored: false };
        throw isDefinite(error) ? refused(error) : unknown(error);
      }
    },

    async ping() {
      if (!made) {
        await within(limit, (abortSignal) => client.createTable({ abortSignal })).catch((error: unknown) => {
          throw refused(error);
        });
        made = true;
      }
      await table.get('ping', 'ping');
    },
  };
  return table;
}

function stored(row: Partial<StoredRow>): StoredRow {
  const { partitionKey, rowKey, etag } = row;
  if (!partitionKey || !rowKey || !etag) throw new StorageRefused('a row came without its key or etag');
  return { ...row, partitionKey, rowKey, etag };
}

/** A transaction of one costs the storage and us more than the request that it is. @returns the new etag */
async function writeOne(
  client: TableClient,
  operation: Operation,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const { row } = operation;
  switch (operation.do) {
    case 'insert':
      return (await client.createEntity(operation.row, { abortSignal })).etag;
    case 'upsert':
      return (await client.upsertEntity(operation.row, 'Merge', { abortSignal })).etag;
    case 'merge':
    case 'replace': {
      const { etag } = operation;
      const mode = operation.do === 'merge' ? 'Merge' : 'Replace';
      return (await client.updateEntity(operation.row, mode, { etag, abortSignal })).etag;
    }
    case 'delete':
      await client.deleteEntity(row.partitionKey, row.rowKey, { etag: operation.etag, abortSignal });
      return undefined;
  }
}

type Action = Parameters<TableClient['submitTransaction']>[0][number];

function asAction(operation: Operation): Action {
  switch (operation.do) {
    case 'insert':
      return ['create', operation.row];
    case 'upsert':
      return ['upsert', operation.row, 'Merge'];
    case 'merge':
      return ['update', operation.row, 'Merge', { etag: operation.etag }];
    case 'replace':
      return ['update', operation.row, 'Replace', { etag: operation.etag }];
    case 'delete':
      return ['delete', { ...operation.row }];
  }
}

/** The SDK takes an answer without a status for each operation as a success; we do not. */
function written(operations: Operation[], answers: { status: number; etag?: string }[]): Written {
  if (answers.some(({ status }) => status === 409 || status === 412)) return { stored: false };
  const all = answers.length === operations.length && answers.every(({ status }) => status < 300);
  if (!all) throw new StorageUnknown('storage gave half an answer');
  return { stored: true, etags: answers.map(({ etag }) => etag?.trim()) };
}

/** Etags of the rows that a request deletes, in order, by the request's own abort signal. */
const deletionEtags = new WeakMap<object, string[]>();

/** In a transaction the SDK deletes with `If-Match: *`, whoever has changed the row; this puts the etag there. */
const conditionalDeletes: NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'] = {
  name: 'conditionalDeletes',
  sendRequest(request, next) {
    const etags = request.abortSignal && deletionEtags.get(request.abortSignal);
    if (etags?.length && typeof request.body === 'string') {
      const left = [...etags];
      request.body = request.body.replace(
        /^(DELETE .+\r\n(?:.+\r\n)*?if-match: )\*/gim,
        (_whole, head: string) => head + left.shift(),
      );
      if (left.length > 0) throw new StorageRefused('a delete would go without its etag');
    }
    return next(request);
  },
};

/** The service names an error on the error itself in a transaction, and in its `details` elsewhere. */
const namedError = z.object({ details: z.object({ errorCode: z.string() }) });

function codeOf(error: RestError): string {
  const named = namedError.safeParse(error);
  return named.success ? named.data.details.errorCode : (error.code ?? '');
}

const isRowMissing = (error: unknown) =>
  error instanceof RestError && error.statusCode === 404 && codeOf(error) === 'ResourceNotFound';

/** Whether this failure of a write proves that nothing was stored: it was never sent, or was answered with a no. */
function isDefinite(error: unknown): boolean {
  if (error instanceof StorageRefused) return true;
  if (!(error instanceof RestError)) return false;
  const { statusCode: status } = error;
  if (status === undefined) return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(error));
  if (status === 503) return codeOf(error) !== 'OperationTimedOut';
  return status >= 400 && status < 500 && status !== 408;
}

/** Names what happened by status and code alone: an SDK message may carry addresses and keys. */
function describe(error: unknown): string {
  if (error instanceof RestError)
    return `storage: ${[error.statusCode, codeOf(error)].filter(Boolean).join(' ')}`;
  return `storage: ${error instanceof Error ? error.name : 'failed'}`;
}
/** A read that fails has stored nothing, however it fails. */
const refused = (error: unknown) =>
  error instanceof StorageRefused ? error : new StorageRefused(describe(error));
const unknown = (error: unknown) =>
  error instanceof StorageUnknown ? error : new StorageUnknown(describe(error));
