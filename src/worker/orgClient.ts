import * as oauth from 'oauth4webapi';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { readDeviceCodes, withLifetime, type DeviceCodes } from './deviceCodes.ts';
import { readEvidence } from './evidence.ts';
import { isPage, oauthRequestOptions, type HttpOptions, type SeenAnswer } from './oauthHttp.ts';
import type { OrgClock } from './orgClock.ts';
import type { OrgSettings } from './settings.ts';
import { createTokenRequests } from './tokenRequests.ts';

interface OrgClientOptions {
  org: OrgSettings;
  server: oauth.AuthorizationServer;
  extraOrigins: readonly string[];
  clock: OrgClock;
  http: HttpOptions;
  /** How the app authenticates where the org asks for it; undefined for a public client. */
  authentication?: oauth.ClientAuth | undefined;
}

export type OrgClient = ReturnType<typeof createOrgClient>;

/** One app's requests to one org's OAuth endpoints. */
export function createOrgClient({
  org,
  server,
  extraOrigins,
  clock,
  http,
  authentication = oauth.None(),
}: OrgClientOptions) {
  const client: oauth.Client = {
    client_id: org.consumerKey,
    get [oauth.clockSkew]() {
      return clock.skewSeconds();
    },
  };

  /** Revokes a token (RFC 7009). A token that the org no longer knows counts as revoked. */
  async function revoke(token: string): Promise<Outcome<void>> {
    const seen: SeenAnswer = {};
    try {
      // Asks for JSON, which Salesforce then sends. `keepalive` lets the request outlive the page, which may be about
      // to go.
      const send: typeof fetch = (url, init) =>
        http.fetch(url, {
          ...init,
          headers: { ...(init?.headers as Record<string, string>), accept: 'application/json' },
          keepalive: true,
        });
      const options = oauthRequestOptions(org.orgUrl, { ...http, fetch: send }, seen);
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, oauth.None(), token, options),
      );
      // A page that a network has put in place of the org has status 200 and has revoked nothing.
      return isPage(seen.type ?? '')
        ? outcomeFailure({ stage: 'revoke', noAnswer: seen.isMaintenance ? 'maintenance' : 'captivePortal' })
        : success(undefined);
    } catch (error) {
      const failed = outcomeFailure(readEvidence('revoke', error, seen, http.isOnline));
      return failed.error.reason === 'revoke.gone' ? success(undefined) : failed;
    }
  }

  return {
    org,
    server,

    ...createTokenRequests({ org, server, client, extraOrigins, clock, http, revoke }),

    /**
     * Requests the codes of the device flow: RFC 8628, 3.1, at the token endpoint (Salesforce Help, "OAuth 2.0 Device
     * Flow").
     */
    async requestDeviceCodes(scopes: readonly string[]): Promise<Outcome<DeviceCodes>> {
      const seen: SeenAnswer = {};
      const deviceServer = { ...server, device_authorization_endpoint: server.token_endpoint! };
      try {
        const parameters = new URLSearchParams({ response_type: 'device_code', scope: scopes.join(' ') });
        const response = await oauth.deviceAuthorizationRequest(
          deviceServer,
          client,
          oauth.None(),
          parameters,
          oauthRequestOptions(org.orgUrl, http, seen),
        );
        return readDeviceCodes(
          await oauth.processDeviceAuthorizationResponse(deviceServer, client, await withLifetime(response)),
          org.orgUrl,
        );
      } catch (error) {
        return outcomeFailure(readEvidence('device', error, seen, http.isOnline));
      }
    },

    /** Checks a redirect (RFC 6749, 4.1.2; RFC 9207). @throws the library's errors. */
    readRedirect: (url: URL, state: string): URLSearchParams => oauth.validateAuthResponse(server, client, url, state),

    revoke,

    /** Lifetime of an access token in milliseconds (RFC 7662; Salesforce gives `iat` and `exp`). */
    async lifetimeMs(accessToken: string): Promise<number | undefined> {
      if (!server.introspection_endpoint) return undefined;
      try {
        const options = oauthRequestOptions(org.orgUrl, http);
        const response = await oauth.introspectionRequest(server, client, authentication, accessToken, options);
        const { active, exp, iat } = await oauth.processIntrospectionResponse(server, client, response);
        // The difference is right even if the clocks are not.
        return active && exp !== undefined && iat !== undefined && exp > iat ? (exp - iat) * 1000 : undefined;
      } catch {
        // Without a lifetime the token is renewed once the org has refused it.
        return undefined;
      }
    },

    /**
     * Whether the org's CORS answers let this worker send DPoP proofs, to the token endpoint and to the REST API. Has
     * to be known before a code is bound to a key, as a bound code is of no use without a proof.
     */
    async acceptsProofHeader(): Promise<boolean> {
      const probe = async (url: string, init: RequestInit): Promise<boolean> => {
        try {
          await http.fetch(url, {
            ...init,
            headers: { dpop: 'probe' },
            redirect: 'manual',
            cache: 'no-store',
            credentials: 'omit',
            signal: AbortSignal.timeout(http.timeoutMs),
          });
          return true;
        } catch {
          return false;
        }
      };
      const answers = await Promise.all([
        probe(server.token_endpoint!, { method: 'POST', body: new URLSearchParams() }),
        probe(`${org.orgUrl}/services/data`, { method: 'GET' }),
      ]);
      return answers.every(Boolean);
    },
  };
}
