import type { Anchors, Clock, Hmac, StoragePorts } from '../features/ports.ts';
import { hasBlobs, type StorageAccount } from './account.ts';
import { blobAnchors } from './anchors.ts';
import { dayAudit } from './audit.ts';
import { tableCases } from './cases.ts';
import { tableContacts } from './contacts.ts';
import { tableDrafts } from './drafts.ts';
import { localKeys } from './keys.ts';
import { tableKnownPeople } from './knownPeople.ts';
import { tableLanes } from './lanes.ts';
import { tableIndex } from './lists.ts';
import { tableProgress } from './progress.ts';
import { tableProposals } from './proposals.ts';
import { tableRoutines } from './routines.ts';
import { tableSettings } from './settings.ts';
import { openTable } from './tables.ts';
import type { VaultOptions } from './vault.ts';

export interface Storage extends StoragePorts {
  /** Keyed hash for case numbers and operations; the same for as long as the key file lives. */
  hmac: Hmac;
  /** How many sealed rows this instance has met that somebody has changed. */
  broken(): number;
  /** Absent where the account keeps no blobs. */
  anchors?: Anchors;
  /** Makes missing tables and asks each for a row. @throws {StorageRefused} when the storage does not answer */
  ping(): Promise<void>;
}

export interface StorageOptions {
  connection: StorageAccount;
  tenantId: string;
  /** Folder of the key file; with a vault, of what a start without it needs. */
  dataDir: string;
  /** Who keeps the keys in Azure; without it the key file does. */
  vault?: VaultOptions;
  clock: Clock;
  /** Told the key of a due row that cannot be read; it is left where it is, and met again in every sweep. */
  onUnreadable: (rowKey: string) => void;
  /** Told once the key of a row that has been changed by somebody else: what is sealed in it does not open. */
  onBroken: (rowKey: string) => void;
  /** Milliseconds that one request to the storage may take; a click needs up to four, and has 4 s. */
  limit?: number;
  /** Milliseconds that never go back; a lease is measured with it. */
  monotonic?: () => number;
  /** Waited for before each request with which all is looked through for what is due or amiss. */
  giveWay?: () => Promise<void>;
}

/**
 * All that is stored. Opens also when the storage is down, so that people can be told so; `ping` says when it is up.
 *
 * @throws {Error} when the connection string or the key file is not what it should be, or the keys cannot be had
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { connection, tenantId, dataDir, clock, onUnreadable, limit = 1_000 } = options;
  const monotonic = options.monotonic ?? (() => performance.now());
  const incidents = openTable(connection, 'incidents', limit);
  const index = openTable(connection, 'index', limit);
  const people = openTable(connection, 'people', limit);
  const drafts = openTable(connection, 'drafts', limit);
  const lanes = openTable(connection, 'lanes', limit);
  const settings = openTable(connection, 'settings', limit);
  const progress = openTable(connection, 'progress', limit);
  const proposals = openTable(connection, 'proposals', limit);
  const audit = openTable(connection, 'audit', limit);
  const keys = options.vault
    ? await (await import('./vault.ts')).vaultKeys({ ...options.vault, dataDir, table: settings })
    : await localKeys(dataDir);
  const broken = new Set<string>();
  const onBroken = (rowKey: string): void => {
    if (broken.has(rowKey)) return;
    broken.add(rowKey);
    options.onBroken(rowKey);
  };
  return {
    broken: () => broken.size,
    audit: dayAudit(audit, keys.hmac),
    ...(hasBlobs(connection) && {
      anchors: blobAnchors({ incidents, audit, account: connection, limit }, keys.hmac),
    }),
    cases: tableCases({
      table: incidents,
      keys,
      tenantId,
      monotonic,
      onUnreadable,
      giveWay: options.giveWay ?? (async () => undefined),
      onBroken,
    }),
    index: tableIndex(index, keys.hmac),
    contacts: tableContacts(people, monotonic),
    knownPeople: tableKnownPeople(people, keys, tenantId),
    drafts: tableDrafts(drafts, keys, tenantId, clock),
    lanes: tableLanes(lanes, clock),
    settings: tableSettings(settings),
    routines: tableRoutines(settings),
    progress: tableProgress(progress, keys, tenantId),
    proposals: tableProposals(proposals, keys, tenantId),
    hmac: keys.hmac,
    async ping() {
      const all = [incidents, index, people, drafts, lanes, settings, progress, proposals, audit];
      await Promise.all(all.map((table) => table.ping()));
    },
  };
}
