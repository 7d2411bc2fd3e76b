import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWTPayload } from 'jose';
import { DpopError } from './dpopError.ts';
import { DpopNonces } from './dpopNonces.ts';
import { DpopReplays } from './dpopReplays.ts';

/** How far `iat` may be from the org's clock, either way. */
const windowMs = 5 * 60 * 1000;
export const dpopAlgorithms = ['ES256', 'RS256'];

/** The request a proof was sent with. */
export interface ProvenRequest {
  /** The `DPoP` header. */
  proof: string;
  method: string;
  /** As the client addressed it; query and fragment do not count. */
  url: string;
  /** The token the proof goes with, at a resource. */
  accessToken?: string | undefined;
}

export interface DpopProofsOptions {
  now: () => number;
  /** Whether a proof must carry a nonce of this org; asked for each proof. */
  requiresNonce: () => boolean;
}

/** Checks DPoP proofs (RFC 9449 §4.3) by the org's clock. */
export class DpopProofs {
  readonly #options: DpopProofsOptions;
  readonly #nonces: DpopNonces;
  readonly #replays: DpopReplays;

  constructor(options: DpopProofsOptions) {
    this.#options = options;
    this.#nonces = new DpopNonces(options.now);
    this.#replays = new DpopReplays(options.now);
  }

  /** The `DPoP-Nonce` to send; undefined when this org does not use nonces. */
  nonce(): string | undefined {
    return this.#options.requiresNonce() ? this.#nonces.current() : undefined;
  }

  /**
   * @returns The SHA-256 thumbprint (RFC 7638) of the proof's key.
   * @throws DpopError saying what is wrong with the proof.
   */
  async verify(request: ProvenRequest): Promise<string> {
    const { payload, thumbprint } = await openProof(request.proof, this.#options.now());
    if (payload['htm'] !== request.method) throw invalid('htm mismatch');
    if (comparable(payload['htu']) !== comparable(request.url)) throw invalid('htu mismatch');
    if (typeof payload.jti !== 'string' || payload.jti === '') throw invalid('jti missing');
    if (typeof payload.iat !== 'number') throw invalid('iat missing');
    const ageMs = this.#options.now() - payload.iat * 1000;
    if (Math.abs(ageMs) > windowMs) throw invalid('iat is not recent enough');
    const { accessToken } = request;
    if (accessToken !== undefined && payload['ath'] !== hashOf(accessToken)) throw invalid('ath mismatch');
    this.#checkNonce(payload['nonce']);
    if (!this.#replays.use(thumbprint, payload.jti, payload.iat * 1000 + windowMs + 1))
      throw invalid('replay detected');
    return thumbprint;
  }

  #checkNonce(nonce: unknown): void {
    if (!this.#options.requiresNonce()) return;
    if (typeof nonce === 'string' && this.#nonces.accepts(nonce)) return;
    throw new DpopError('use_dpop_nonce', 'Authorization server requires nonce in DPoP proof');
  }
}

async function openProof(proof: string, now: number): Promise<{ payload: JWTPayload; thumbprint: string }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: dpopAlgorithms,
      typ: 'dpop+jwt',
      currentDate: new Date(now),
    });
    if (!protectedHeader.jwk) throw invalid('jwk missing');
    return { payload, thumbprint: await calculateJwkThumbprint(protectedHeader.jwk) };
  } catch (error) {
    if (error instanceof DpopError) throw error;
    throw invalid('not a signed proof');
  }
}

function invalid(reason: string): DpopError {
  return new DpopError('invalid_dpop_proof', `DPoP proof: ${reason}`);
}

function comparable(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.origin + parsed.pathname;
}

function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('base64url');
}
