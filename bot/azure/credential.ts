/** How the bot proves to Microsoft who it is. */
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { FetchToken } from '../teams/token.ts';

/** The ways Azure Bot knows; a managed identity needs no secret, and is the one to choose (PLATFORM 8). */
export type Credential =
  | { kind: 'managedIdentity'; clientId: string }
  | { kind: 'secret'; secret: string }
  /** A PEM file with the certificate and its private key. */
  | { kind: 'certificate'; file: string };

/** Of an app in Entra that lives in one tenant. */
export interface Identity {
  appId: string;
  tenantId: string;
  credential: Credential;
}

/** For the SDKs of Azure and Microsoft Graph. */
export function credentialOf({ appId, tenantId, credential }: Identity): TokenCredential {
  switch (credential.kind) {
    case 'managedIdentity':
      return new ManagedIdentityCredential({ clientId: credential.clientId });
    case 'secret':
      return new ClientSecretCredential(tenantId, appId, credential.secret);
    case 'certificate':
      return new ClientCertificateCredential(tenantId, appId, { certificatePath: credential.file });
    default:
      return credential satisfies never;
  }
}

/** Tokens for the Bot Connector; a credential of its own each time, for one remembers what Teams has refused. */
export const connectorToken =
  (identity: Identity): FetchToken =>
  async (abortSignal) => {
    const fetched = await credentialOf(identity).getToken('https://api.botframework.com/.default', {
      abortSignal,
    });
    if (!fetched) throw new TypeError('no token');
    return { token: fetched.token, expiresAt: fetched.expiresOnTimestamp };
  };

/** Tokens for Microsoft Graph; the credential keeps each until it ends. */
export function graphToken(identity: Identity): () => Promise<string> {
  const credential = credentialOf(identity);
  return async () => {
    const fetched = await credential.getToken('https://graph.microsoft.com/.default');
    if (!fetched) throw new TypeError('no token');
    return fetched.token;
  };
}
