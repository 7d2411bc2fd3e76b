import { createHash } from 'node:crypto';

/** The shortest verifier RFC 7636 §4.1 allows, and the length of every S256 challenge. */
const shortest = 43;

const s256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * oidc-provider holds verifiers to the 128 characters of RFC 7636; Salesforce takes 128 random *bytes*, which are 171
 * characters (jsforce sends those). So oidc-provider is shown the client's challenge as if that were the verifier, and
 * its hash as the challenge: what must match is the same, whatever the length.
 */
export function challengeForProvider(challenge: string): string {
  return /^[\w-]{43}$/u.test(challenge) ? s256(challenge) : challenge;
}

/** The verifier that goes with {@link challengeForProvider}. A too short one is left for oidc-provider to refuse. */
export function verifierForProvider(verifier: string): string {
  return verifier.length < shortest ? verifier : s256(verifier);
}
