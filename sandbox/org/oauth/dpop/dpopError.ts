/** Error names of RFC 9449 §5 and §8. `invalid_token` is for a good proof that does not belong to the token. */
export type DpopErrorName = 'invalid_dpop_proof' | 'use_dpop_nonce' | 'invalid_token';

/** A DPoP proof is missing, wrong, or needs a nonce of this org. */
export class DpopError extends Error {
  readonly error: DpopErrorName;

  constructor(error: DpopErrorName, description: string) {
    super(description);
    this.name = 'DpopError';
    this.error = error;
  }
}
