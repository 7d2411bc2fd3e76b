import * as oauth from 'oauth4webapi';
import { failure, success, type Outcome } from '../channel/failure.ts';
import { oauthRequestOptions, type HttpOptions } from './authorizationServer.ts';
import { networkFailure, tokenEndpointFailure } from './oauthFailure.ts';
import type { GrantedTokens } from './tokenAnswer.ts';

export interface SessionOptions {
  id: string;
  orgUrl: string;
  consumerKey: string;
  server: oauth.AuthorizationServer;
  tokens: GrantedTokens;
  http: HttpOptions;
  /** Called once, when the org has ended the grant and only a person can renew it. */
  onLost: () => void;
}

/** An access token with the number of the refresh that brought it. */
export interface AccessToken {
  value: string;
  generation: number;
}

export type Session = ReturnType<typeof createSession>;

/**
 * Keeps one grant's tokens in this closure and nowhere else. A refresh token is single use where the org rotates them
 * (Salesforce Help, "Refresh Token Rotation"), so there is never more than one refresh in flight.
 */
export function createSession({ id, orgUrl, consumerKey, server, tokens, http, onLost }: SessionOptions) {
  const client: oauth.Client = { client_id: consumerKey };
  let accessToken: AccessToken = { value: tokens.accessToken, generation: 0 };
  let refreshToken = tokens.refreshToken;
  let refreshing: Promise<Outcome<AccessToken>> | undefined;
  let state: 'usable' | 'lost' | 'ended' = 'usable';

  function lose(): void {
    if (state !== 'usable') return;
    state = 'lost';
    refreshToken = undefined;
    onLost();
  }

  async function refresh(): Promise<Outcome<AccessToken>> {
    if (!refreshToken) {
      lose();
      return signInRequired();
    }
    try {
      const options = oauthRequestOptions(orgUrl, http);
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
      const answer = await oauth.processRefreshTokenResponse(server, client, response);
      if (state === 'ended') {
        await Promise.all([revoke(answer.access_token), answer.refresh_token && revoke(answer.refresh_token)]);
        return sessionEnded();
      }
      refreshToken = answer.refresh_token ?? refreshToken;
      accessToken = { value: answer.access_token, generation: accessToken.generation + 1 };
      return success(accessToken);
    } catch (error) {
      if (error instanceof oauth.ResponseBodyError && error.status < 500 && error.status !== 429) {
        lose();
        return tokenEndpointFailure(error, 'SIGN_IN_REQUIRED', 'Your Salesforce session has expired. Please sign in again');
      }
      return error instanceof oauth.OperationProcessingError || error instanceof oauth.ResponseBodyError
        ? tokenEndpointFailure(error, 'NETWORK_FAILED', 'Salesforce could not renew the session')
        : networkFailure(error);
    }
  }

  async function revoke(token: string): Promise<Outcome<void>> {
    try {
      const response = await oauth.revocationRequest(server, client, oauth.None(), token, oauthRequestOptions(orgUrl, http));
      await oauth.processRevocationResponse(response);
      return success(undefined);
    } catch (error) {
      return tokenEndpointFailure(error, 'REQUEST_FAILED', 'Salesforce did not revoke the token');
    }
  }

  /** The access token to use now, or why there is none. Takes no lock and makes no request. */
  function currentAccessToken(): Outcome<AccessToken> {
    if (state === 'ended') return sessionEnded();
    if (state === 'lost') return signInRequired();
    return success(accessToken);
  }

  return {
    id,
    orgUrl,
    consumerKey,
    instanceUrl: tokens.instanceUrl,
    scopes: tokens.scopes,
    userId: tokens.userId,
    organizationId: tokens.organizationId,

    currentAccessToken,

    /** A token newer than `failed`: the one somebody else has already fetched, or that of the one refresh in flight. */
    renewedAccessToken(failed: AccessToken): Promise<Outcome<AccessToken>> {
      const current = currentAccessToken();
      if (!current.ok || current.data.generation > failed.generation) return Promise.resolve(current);
      refreshing ??= refresh().finally(() => (refreshing = undefined));
      return refreshing;
    },

    /** Revokes tokens at the org but keeps the session, as if an administrator had done it. For embedded orgs. */
    async expireTokens(accessTokenOnly: boolean): Promise<Outcome<void>> {
      const revoked = await revoke(accessToken.value);
      if (!revoked.ok || accessTokenOnly || !refreshToken) return revoked;
      return revoke(refreshToken);
    },

    /** Forgets the tokens at once and revokes them (RFC 7009). The refresh token goes first: it ends the whole grant. */
    async end(): Promise<Outcome<void>> {
      if (state === 'ended') return success(undefined);
      const wasLost = state === 'lost';
      state = 'ended';
      const [access, refreshable] = [accessToken.value, refreshToken];
      accessToken = { value: '', generation: accessToken.generation + 1 };
      refreshToken = undefined;
      if (wasLost) return success(undefined);
      const revoked = await revoke(refreshable ?? access);
      if (refreshable) await revoke(access);
      return revoked;
    },
  };
}

function signInRequired(): Outcome<never> {
  return failure('SIGN_IN_REQUIRED', 'Your Salesforce session has expired. Please sign in again.');
}

function sessionEnded(): Outcome<never> {
  return failure('SESSION_ENDED', 'This Salesforce session has ended. Please connect again.');
}
