import { generateKeyPairSync } from 'node:crypto';
import { confidentialApp } from '../../sandbox/org/oauth/defaultClients.ts';
import type { AppChange } from '../../sandbox/org/control/controlClient.ts';
import { alex } from './orgBrowser.ts';

/** An administrator's key pair: `privateKey` or `pem` (in a file) for the provider, `certificate` for the org. */
export interface ServerKey {
  privateKey: CryptoKey;
  pem: string;
  certificate: string;
}

/** A new RSA key of 2048 bits. */
export async function newServerKey(): Promise<ServerKey> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [
      'sign',
    ]),
    pem: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    certificate: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}

/** The app as an administrator sets it up for both flows, signing in Alex. */
export const setUpApp = ({ certificate }: ServerKey): AppChange => ({
  certificate,
  secret: confidentialApp.secret,
  clientCredentialsUser: alex.username,
  adminApprovedOnly: true,
  approvedUsernames: [alex.username],
  installed: true,
  blocked: false,
});
