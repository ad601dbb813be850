import type { TokenCredential } from '@azure/identity';

/** An Azure Storage account: by name, with an identity that may use it; in the local world a connection string. */
export type StorageAccount = string | { name: string; credential: TokenCredential };

/** Plain http only to this machine. */
export const isLocal = (connection: string, service: 'Table' | 'Blob'): boolean =>
  new RegExp(`${service}Endpoint=http://(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/]`, 'i').test(connection);

/** Whether the account keeps blobs too: a connection string may name tables alone. */
export const hasBlobs = (account: StorageAccount): boolean =>
  typeof account !== 'string' || /(BlobEndpoint|EndpointSuffix)=/i.test(account);
