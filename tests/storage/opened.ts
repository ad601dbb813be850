/** Storage on Azurite as the tests of this folder need it: with its tables open for a look behind the ports. */
import { openStorage, type Storage } from '../../bot/storage/open.ts';
import { openTable, type Table } from '../../bot/storage/tables.ts';
import { start, temporaryFolder } from '../contracts/storages.ts';
import { emptyAccount } from '../world/azurite.ts';

export const tenantId = '00000000-0000-4000-8000-00000000000f';

export interface Opened extends Storage {
  /** Port of the storage itself. */
  port: number;
  /** Folder of the key file. */
  dataDir: string;
  table: (name: string) => Table;
  connection: (port?: number) => string;
  unreadable: string[];
  /** Rows whose sealed part has been changed, as often as an instance said so. */
  flagged: string[];
  /** Another instance on the same rows and keys, through another port when asked. */
  again: (options?: { through?: number; limit?: number; giveWay?: () => Promise<void> }) => Promise<Storage>;
}

export async function openedStorage(account: { blobs?: boolean } = {}): Promise<Opened> {
  const { port, connection } = await emptyAccount(account);
  const dataDir = await temporaryFolder();
  const unreadable: string[] = [];
  const flagged: string[] = [];
  const again: Opened['again'] = ({ through, ...options } = {}) =>
    openStorage({
      connection: connection(through),
      tenantId,
      dataDir,
      clock: () => start,
      onUnreadable: (rowKey) => unreadable.push(rowKey),
      onBroken: (rowKey) => flagged.push(rowKey),
      ...options,
    });
  const storage = await again();
  await storage.ping();
  const table = (name: string) => openTable(connection(), name, 1_000);
  return { ...storage, dataDir, port, table, connection, unreadable, flagged, again };
}

/** How a promise ends: the name of its error, or its value. */
export const ending = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (error instanceof Error ? error.name : error));
