import type { Context } from 'koa';
import { publicOriginOf } from '../../publicOrigin.ts';
import type { RegisteredApp } from '../appRegistry.ts';
import type { OAuthFailure } from '../authorizationErrors.ts';
import type { OAuthState } from '../oauthState.ts';
import { DpopError } from './dpopError.ts';

const mismatch: OAuthFailure = { error: 'invalid_grant', error_description: 'DPoP proof key does not match' };

/**
 * The key a token request proves to hold (RFC 9449 §5), by the app's posture: `off` passes over proofs, `allowed`
 * checks those that are there, `required` demands one. A bound code or refresh token demands its own key always.
 * @returns The key's thumbprint, undefined for a bearer request, or why the request is refused.
 */
export async function keyOfTokenRequest(
  ctx: Context,
  app: RegisteredApp,
  form: ReadonlyMap<string, string>,
  { dpop, tokens }: OAuthState,
): Promise<{ thumbprint: string | undefined } | { refused: OAuthFailure }> {
  const credential = form.get('grant_type') === 'refresh_token' ? form.get('refresh_token') : form.get('code');
  const bound = credential === undefined ? undefined : tokens.keyOf(credential);
  const proof = ctx.get('dpop');
  if (app.dpop === 'off' && bound === undefined) return { thumbprint: undefined };
  if (proof === '') {
    if (bound !== undefined) return { refused: mismatch };
    if (app.dpop !== 'required') return { thumbprint: undefined };
    return { refused: { error: 'invalid_dpop_proof', error_description: 'DPoP proof: required for this app' } };
  }
  try {
    const url = publicOriginOf(ctx) + ctx.path;
    const thumbprint = await dpop.verify({ proof, method: ctx.method, url });
    return bound === undefined || bound === thumbprint ? { thumbprint } : { refused: mismatch };
  } catch (error) {
    if (!(error instanceof DpopError)) throw error;
    return { refused: { error: error.error, error_description: error.message } };
  }
}

/** Tells the client which nonce to use next, when this org uses them (RFC 9449 §8.2). */
export function sendNonce(ctx: Context, { dpop }: OAuthState): void {
  const nonce = dpop.nonce();
  if (nonce !== undefined) ctx.set('DPoP-Nonce', nonce);
}

/**
 * Binds what a token request was given. A confidential app's refresh token is bound by its secret already (RFC 9449
 * §5).
 */
export function bindTokens(
  { tokens }: OAuthState,
  app: RegisteredApp,
  thumbprint: string,
  issued: { accessToken: string; refreshToken: string | undefined },
): void {
  tokens.bindToKey(issued.accessToken, thumbprint);
  if (app.secret === undefined && issued.refreshToken !== undefined) {
    tokens.bindToKey(issued.refreshToken, thumbprint);
  }
}
