import { createPrivateKey, type KeyObject } from 'node:crypto';
import { StartRefused } from './startRefused.ts';

/** Smallest RSA key, in bits, that Salesforce accepts for the certificate of an app. */
const leastBits = 2048;

/**
 * Imports a private key from a PEM (PKCS #8, or PKCS #1 as older OpenSSL writes it) so that it cannot be exported
 * again.
 *
 * @param path Named in refusals.
 * @throws {StartRefused} for anything but an RSA key without passphrase.
 */
export async function importPrivateKey(pem: string, path: string): Promise<CryptoKey> {
  if (/-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY)-----/.test(pem)) {
    throw new StartRefused(
      `${path} holds a certificate or public key, which belongs into Salesforce: name the file with the private key.`,
    );
  }
  if (/ENCRYPTED/.test(pem))
    throw new StartRefused(
      `The private key in ${path} has a passphrase, and nobody is there to type it: store it without one, for its owner only.`,
    );
  const key = readKey(pem, path);
  if (key.asymmetricKeyType !== 'rsa')
    throw new StartRefused(`The private key in ${path} is not an RSA key, and Salesforce takes no other.`);
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits)
    throw new StartRefused(`The private key in ${path} is too short: make one of ${leastBits} bits or more.`);
  const der = key.export({ format: 'der', type: 'pkcs8' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [
    'sign',
  ]);
}

function readKey(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new StartRefused(`${path} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----).`);
  }
}
