import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';

export interface ProofClaims {
  htm: string;
  htu: string;
  jti: string;
  /** Seconds. */
  iat: number;
  ath?: string;
  nonce?: string;
}

/** A client's DPoP key (RFC 9449), which makes its own proofs. */
export interface DpopKey {
  thumbprint: string;
  jwk: JWK;
  /** A proof for one request; the claims given replace the right ones. */
  prove(method: string, url: string, claims?: Partial<ProofClaims>, header?: Record<string, unknown>): Promise<string>;
  /** Headers of a request with a bound access token. */
  headers(
    method: string,
    url: string,
    accessToken: string,
    claims?: Partial<ProofClaims>,
  ): Promise<Record<string, string>>;
}

/** A new key. @param alg Of JWS, as {@link https://www.rfc-editor.org/rfc/rfc7518 RFC 7518} names it. */
export async function newDpopKey(alg = 'ES256'): Promise<DpopKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwk = await exportJWK(publicKey);
  const prove: DpopKey['prove'] = (htm, htu, claims = {}, header = {}) =>
    new SignJWT({ htm, htu, jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })
      .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk, ...header })
      .sign(privateKey);
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    jwk,
    prove,
    async headers(method, url, accessToken, claims = {}) {
      const ath = createHash('sha256').update(accessToken).digest('base64url');
      return { authorization: `DPoP ${accessToken}`, dpop: await prove(method, url, { ath, ...claims }) };
    },
  };
}
