import { createHmac } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { publicOriginOf } from '../publicOrigin.ts';
import { userIdOfAccount } from './accountId.ts';
import type { RegisteredApp } from './appRegistry.ts';
import type { OAuthFailure } from './authorizationErrors.ts';
import { clientIdOf } from './clientAuthentication.ts';
import { verifierForProvider } from './codeChallenge.ts';
import { bindTokens, keyOfTokenRequest, sendNonce } from './dpop/bindTokens.ts';
import { authorizeDevice } from './deviceFlow/deviceAuthorization.ts';
import { putDirectGrant } from './grants/directGrant.ts';
import { judgeGrant } from './grants/judgeGrant.ts';
import { handOverForm, readForm } from './formBody.ts';
import { identityUrl } from './identityUrl.ts';
import type { OAuthState } from './oauthState.ts';
import type { RunProvider } from './providerPool.ts';
import { tokenFailure } from './tokenErrors.ts';
import { sendOAuthAnswer } from './answerFormat.ts';

/**
 * POST `/services/oauth2/token`. oidc-provider checks client, code, verifier and refresh token and rotates; this puts
 * Salesforce's request habits before it and Salesforce's answers after it.
 */
export function createTokenEndpoint(state: OAuthState, runProvider: RunProvider): Middleware {
  return async (ctx) => {
    if (ctx.method !== 'POST') {
      return sendFailure(ctx, undefined, {
        error: 'invalid_request',
        error_description: 'GET requests are not supported for token',
      });
    }
    const form = await readForm(ctx);
    state.onTokenRequest(form.get('grant_type') ?? '');
    const format = form.get('format');
    for (const kind of ['code_verifier', 'assertion'] as const) {
      const secret = form.get(kind) ?? '';
      if (secret !== '') state.journal.record(kind, secret);
    }
    if (form.get('response_type') === 'device_code') {
      const answer = authorizeDevice(ctx, form, state);
      return 'refused' in answer ? sendFailure(ctx, format, answer.refused) : sendOAuthAnswer(ctx, format, answer);
    }
    sendNonce(ctx, state);
    // The proof first, so that a device which has to repeat it with a nonce has not polled yet.
    const claimedApp = state.apps.find(clientIdOf(ctx, form));
    const claimedKey = claimedApp && (await keyOfTokenRequest(ctx, claimedApp, form, state));
    if (claimedKey && 'refused' in claimedKey) return sendFailure(ctx, format, claimedKey.refused);
    const judgement = await judgeGrant(ctx, form, state);
    if ('refused' in judgement) return sendFailure(ctx, format, judgement.refused);
    const { app, grant } = judgement;
    if (grant) putDirectGrant(ctx, grant);
    const key = claimedKey ?? (await keyOfTokenRequest(ctx, app, form, state));
    if ('refused' in key) return sendFailure(ctx, format, key.refused);
    if (grant?.isAppProven) proveApp(form, app);
    passOn(ctx, form, state);
    await runProvider(ctx);
    const oidcContext = ctx as unknown as KoaContextWithOIDC;
    if (ctx.status !== 200) return sendFailure(ctx, format, tokenFailure(oidcContext, form, state));
    return sendOAuthAnswer(ctx, format, tokenAnswer(oidcContext, app, key.thumbprint, state));
  };
}

/** What oidc-provider asks of every app, for one that has proven itself in another way. */
function proveApp(form: Map<string, string>, { consumerKey, secret }: RegisteredApp): void {
  form.set('client_id', consumerKey);
  if (secret !== undefined) form.set('client_secret', secret);
}

/** Gives oidc-provider the request it would have got from a client that follows the RFCs to the letter. */
function passOn(ctx: Context, form: Map<string, string>, { apps }: OAuthState): void {
  const verifier = form.get('code_verifier');
  if (form.get('grant_type') === 'refresh_token') form.delete('code_verifier');
  else if (verifier !== undefined) form.set('code_verifier', verifierForProvider(verifier));
  if (apps.find(form.get('client_id'))?.secret === undefined) form.delete('client_secret');
  else if (form.has('client_secret')) delete ctx.req.headers.authorization;
  form.delete('scope');
  handOverForm(ctx, form);
}

function tokenAnswer(
  ctx: KoaContextWithOIDC,
  app: RegisteredApp,
  thumbprint: string | undefined,
  state: OAuthState,
): Record<string, string> {
  const { AccessToken: accessToken, RefreshToken: refreshToken } = ctx.oidc.entities;
  if (!accessToken) throw new Error('The token endpoint answered without a token');
  const body = ctx.body as { access_token: string; refresh_token?: string; id_token?: string; scope?: string };
  const userId = userIdOfAccount(accessToken.accountId);
  const givesRefreshToken = refreshToken !== undefined && isNew(ctx, state);
  if (refreshToken !== undefined && !givesRefreshToken) state.tokens.useRefreshToken(refreshToken.jti);
  if (givesRefreshToken) evictOldApprovals(state, userId, app.consumerKey);
  if (thumbprint !== undefined) {
    bindTokens(state, app, thumbprint, { accessToken: body.access_token, refreshToken: body.refresh_token });
  }
  if (body.id_token !== undefined) state.journal.record('id_token', body.id_token);
  const id = identityUrl(publicOriginOf(ctx), userId);
  const issuedAt = String(state.clock.now());
  return {
    access_token: body.access_token,
    ...(givesRefreshToken && body.refresh_token !== undefined ? { refresh_token: body.refresh_token } : {}),
    signature: createHmac('sha256', app.signingSecret)
      .update(id + issuedAt)
      .digest('base64'),
    scope: body.scope ?? '',
    ...(body.id_token === undefined ? {} : { id_token: body.id_token }),
    instance_url: publicOriginOf(ctx),
    id,
    token_type: thumbprint === undefined ? 'Bearer' : 'DPoP',
    issued_at: issuedAt,
  };
}

/** A refresh answers with a refresh token only when it was rotated. */
function isNew({ oidc }: KoaContextWithOIDC, { settings }: OAuthState): boolean {
  return oidc.params?.['grant_type'] !== 'refresh_token' || settings.refreshTokenRotation;
}

/** At most so many approvals per user and app; the oldest gives way (Salesforce Help, "Application Access Request"). */
function evictOldApprovals({ tokens, settings }: OAuthState, userId: string, consumerKey: string): void {
  const approvals = tokens.approvals(userId, consumerKey);
  const surplus = approvals.length - settings.maxApprovalsPerUserAndApp;
  for (const { grantId } of approvals.slice(0, Math.max(0, surplus))) tokens.revokeGrant(grantId);
}

function sendFailure(ctx: Context, format: string | undefined, failure: OAuthFailure): void {
  sendOAuthAnswer(ctx, format, { ...failure }, 400);
}
