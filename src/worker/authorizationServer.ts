import * as oauth from 'oauth4webapi';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { readEvidence } from './evidence.ts';
import { oauthRequestOptions, type HttpOptions, type SeenAnswer } from './oauthHttp.ts';

/** Finds each org's OAuth endpoints once (OpenID Connect Discovery; Salesforce answers it to any origin). */
export function createAuthorizationServers(http: HttpOptions) {
  const known = new Map<string, oauth.AuthorizationServer>();

  /** Refuses metadata whose issuer or endpoints live elsewhere than the org asked for (RFC 9700, 4.4 mix-up). */
  return async function authorizationServer(orgUrl: string): Promise<Outcome<oauth.AuthorizationServer>> {
    const cached = known.get(orgUrl);
    if (cached) return success(cached);
    const issuer = new URL(orgUrl);
    const seen: SeenAnswer = {};
    let server: oauth.AuthorizationServer;
    try {
      const response = await oauth.discoveryRequest(issuer, oauthRequestOptions(orgUrl, http, seen));
      server = await oauth.processDiscoveryResponse(issuer, response);
    } catch (error) {
      const evidence =
        seen.status === 404
          ? ({ stage: 'discovery', refused: 'incomplete' } as const)
          : readEvidence('discovery', error, seen, http.isOnline);
      return outcomeFailure(evidence, { data: { orgUrl } });
    }
    const foreign = [server.authorization_endpoint, server.token_endpoint, server.revocation_endpoint].some(
      (endpoint) => !endpoint || !URL.canParse(endpoint) || new URL(endpoint).origin !== issuer.origin,
    );
    if (foreign) return outcomeFailure({ stage: 'discovery', refused: 'foreignEndpoints' }, { data: { orgUrl } });
    // The introspection endpoint is left out where it is elsewhere, as it would be sent access tokens.
    const { introspection_endpoint: introspection, ...others } = server;
    const keepsIntrospection =
      introspection !== undefined && URL.canParse(introspection) && new URL(introspection).origin === issuer.origin;
    const checked = keepsIntrospection ? server : others;
    known.set(orgUrl, checked);
    return success(checked);
  };
}

/** Salesforce's OAuth endpoints, which every org has at the same paths, for an org whose metadata cannot be fetched. */
export function knownEndpoints(orgUrl: string): oauth.AuthorizationServer {
  const at = (name: string): string => new URL(`/services/oauth2/${name}`, orgUrl).href;
  return {
    issuer: orgUrl,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    revocation_endpoint: at('revoke'),
    introspection_endpoint: at('introspect'),
  };
}
