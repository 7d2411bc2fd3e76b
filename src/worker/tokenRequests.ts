import * as oauth from 'oauth4webapi';
import type { Outcome } from '../outcomes/failure.ts';
import { outcomeFailure, type Stage } from '../outcomes/outcomes.ts';
import { readEvidence } from './evidence.ts';
import { oauthRequestOptions, type HttpOptions, type SeenAnswer } from './oauthHttp.ts';
import type { OrgClock } from './orgClock.ts';
import type { ProofKey } from './proofKey.ts';
import type { OrgSettings } from './settings.ts';
import { readTokenAnswer, type GrantedTokens } from './tokenAnswer.ts';

export interface GrantOptions {
  scopes: readonly string[];
  /** The key that the tokens are, or will be, bound to. */
  proofKey?: ProofKey | undefined;
  /** Whether unbound tokens must be refused: by the settings, or as the session was bound before. */
  bindingRequired?: boolean;
}

interface TokenRequestsOptions {
  org: OrgSettings;
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  extraOrigins: readonly string[];
  clock: OrgClock;
  http: HttpOptions;
  revoke: (token: string) => Promise<unknown>;
}

type RequestOptions = ReturnType<typeof oauthRequestOptions> & oauth.DPoPRequestOptions;

/** The requests for tokens. Each has a proof of the key that they are, or will be, bound to. */
export function createTokenRequests({ org, server, client, extraOrigins, clock, http, revoke }: TokenRequestsOptions) {
  async function tokens(
    stage: Stage,
    { scopes, proofKey, bindingRequired = org.dpop === 'required' }: GrantOptions,
    send: (options: RequestOptions) => Promise<Response>,
    read: (response: Response) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<Outcome<GrantedTokens>> {
    const retried = { nonce: false, clock: false };
    for (;;) {
      const seen: SeenAnswer = {};
      const askedAt = clock.now();
      try {
        const response = await send({
          ...oauthRequestOptions(org.orgUrl, http, seen),
          ...(proofKey && { DPoP: proofKey.handle }),
        });
        // The clock is corrected before it is used to check the id token in the answer.
        clock.learn(await issuedAtOf(response), askedAt);
        const answer = await read(response);
        const granted = readTokenAnswer(answer, {
          stage,
          orgUrl: org.orgUrl,
          requestedScopes: scopes,
          extraOrigins,
          proofKey,
          bindingRequired,
        });
        // A refused grant is revoked. The grant of a session is not, as the session ends it.
        if (!granted.ok && stage !== 'refresh') await revoke(answer.refresh_token ?? answer.access_token);
        return granted;
      } catch (error) {
        // Without a new nonce the same proof would be sent again and again (RFC 9449, 8).
        if (proofKey && !retried.nonce && seen.hasNonce && oauth.isDPoPNonceError(error)) {
          retried.nonce = true;
          continue;
        }
        const evidence = readEvidence(stage, error, seen, http.isOnline);
        if (proofKey && !retried.clock && 'error' in evidence && evidence.error === 'invalid_dpop_proof') {
          retried.clock = true;
          await clock.measure({ again: true });
          continue;
        }
        return outcomeFailure(evidence);
      }
    }
  }

  return {
    /** Exchanges an authorization code (RFC 6749, 4.1.3; RFC 7636). The library has checked the redirect before. */
    redeemCode: (
      callback: URLSearchParams,
      codeVerifier: string,
      nonce: string | undefined,
      grant: GrantOptions,
    ): Promise<Outcome<GrantedTokens>> =>
      tokens(
        'code',
        grant,
        (options) =>
          oauth.authorizationCodeGrantRequest(
            server,
            client,
            oauth.None(),
            callback,
            org.redirectUri,
            codeVerifier,
            options,
          ),
        (response) =>
          oauth.processAuthorizationCodeResponse(server, client, response, nonce ? { expectedNonce: nonce } : {}),
      ),

    /** Renews by refresh token (RFC 6749, 6), which can be used once where the org rotates them. */
    refresh: (refreshToken: string, grant: GrantOptions): Promise<Outcome<GrantedTokens>> =>
      tokens(
        'refresh',
        grant,
        (options) => oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options),
        (response) => oauth.processRefreshTokenResponse(server, client, response),
      ),

    /** Any other grant: device code, JWT bearer, client credentials. */
    grant: (
      stage: 'poll' | 'server',
      grantType: string,
      parameters: Record<string, string>,
      proof: oauth.ClientAuth,
      grant: GrantOptions,
    ): Promise<Outcome<GrantedTokens>> =>
      tokens(
        stage,
        grant,
        (options) =>
          oauth.genericTokenEndpointRequest(server, client, proof, grantType, new URLSearchParams(parameters), options),
        (response) => oauth.processGenericTokenEndpointResponse(server, client, response),
      ),
  };
}

/** `issued_at` of Salesforce's token answer, even if the rest of the answer cannot be used. */
async function issuedAtOf(response: Response): Promise<string | undefined> {
  if (!response.ok) return undefined;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const issuedAt = typeof body === 'object' && body !== null ? (body as { issued_at?: unknown }).issued_at : undefined;
  return typeof issuedAt === 'string' ? issuedAt : undefined;
}
