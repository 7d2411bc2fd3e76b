import * as oauth from 'oauth4webapi';
import { failure, success, type Outcome } from '../channel/failure.ts';
import { networkFailure } from './oauthFailure.ts';

export interface HttpOptions {
  fetch: typeof fetch;
  timeoutMs: number;
}

/** Options that every call into the OAuth library shares. */
export function oauthRequestOptions(orgUrl: string, http: HttpOptions) {
  return {
    // Only a page served from this machine may talk to an org without TLS; the settings decide which orgs exist at all.
    [oauth.allowInsecureRequests]: new URL(orgUrl).protocol === 'http:',
    [oauth.customFetch]: (url: string, init: object) =>
      http.fetch(url, { ...init, redirect: 'error', cache: 'no-store', credentials: 'omit' }),
    signal: () => AbortSignal.timeout(http.timeoutMs),
  };
}

/** Finds each org's OAuth endpoints once (OpenID Connect Discovery; Salesforce answers it to any origin). */
export function createAuthorizationServers(http: HttpOptions) {
  const known = new Map<string, oauth.AuthorizationServer>();

  /** Refuses metadata whose issuer or endpoints live elsewhere than the org asked for (RFC 9700, 4.4 mix-up). */
  return async function authorizationServer(orgUrl: string): Promise<Outcome<oauth.AuthorizationServer>> {
    const cached = known.get(orgUrl);
    if (cached) return success(cached);
    const issuer = new URL(orgUrl);
    let server: oauth.AuthorizationServer;
    try {
      const response = await oauth.discoveryRequest(issuer, oauthRequestOptions(orgUrl, http));
      server = await oauth.processDiscoveryResponse(issuer, response);
    } catch (error) {
      if (error instanceof oauth.OperationProcessingError) {
        return failure('ORG_MISCONFIGURED', `${orgUrl} does not answer as a Salesforce org (no OpenID configuration for this address). Use the org's My Domain URL.`);
      }
      return failure('ORG_UNREACHABLE', `${orgUrl} could not be reached.`, { data: { reason: networkFailure(error).error.code } });
    }
    const foreign = [server.authorization_endpoint, server.token_endpoint, server.revocation_endpoint].find(
      (endpoint) => !endpoint || !URL.canParse(endpoint) || new URL(endpoint).origin !== issuer.origin,
    );
    if (foreign !== undefined) {
      return failure('ORG_MISCONFIGURED', `${orgUrl} names OAuth endpoints on another host.`);
    }
    known.set(orgUrl, server);
    return success(server);
  };
}
