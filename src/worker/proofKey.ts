import * as oauth from 'oauth4webapi';
import type { OrgClock } from './orgClock.ts';

/** A key pair that tokens are bound to, with a function that signs proofs with it. */
export interface ProofKey {
  keyPair: CryptoKeyPair;
  handle: oauth.DPoPHandle;
}

/** Creates an ES256 key pair whose private key cannot be exported, not even by this worker (RFC 9449, 2). */
export async function newProofKey(clock: OrgClock): Promise<ProofKey> {
  return proofKey(await oauth.generateKeyPair('ES256', { extractable: false }), clock);
}

/** Signs proofs with an existing key pair, at the org's time. */
export function proofKey(keyPair: CryptoKeyPair, clock: OrgClock): ProofKey {
  const handle = oauth.DPoP({}, keyPair, {
    [oauth.modifyAssertion]: (_header, payload) => {
      payload['iat'] = clock.seconds();
    },
  });
  return { keyPair, handle };
}
